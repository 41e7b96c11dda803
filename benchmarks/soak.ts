/*
 * The local router over many requests: memory must stay flat. One process holds router, model and load; the heap is read after a collection.
 */
import * as http from 'http';
import type { AddressInfo } from 'net';
import { machine } from './measure';
import { GraphServer } from '../lib/cli/serve/graph-server';
import { GraphSimulator } from '../lib/simulate';

const REQUESTS = Number(process.argv[2] ?? 100_000);
const CONNECTIONS = 32;
const READINGS = 10;

async function main(): Promise<void> {
  const model = http.createServer((request, response) => {
    request.resume();
    request.on('end', () => response.end('{"predictions":["dog"]}'));
  });
  await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(model.address() as AddressInfo).port}/`;
  const steps = ['a', 'b'].map((name) => ({ name, serviceUrl: address, condition: name === 'b' ? 'predictions' : undefined }));
  const spec = { nodes: { root: { routerType: 'Sequence', steps: [...steps, { nodeName: 'vote' }] }, vote: { routerType: 'Ensemble', steps } } };
  delete (spec.nodes.vote.steps[1] as { condition?: string }).condition;
  const server = new GraphServer(GraphSimulator.of({ name: 'soak', specAsJson: () => JSON.stringify(spec) }), { port: 0, log: () => undefined });
  await server.start();

  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  console.log(`${machine()}; heap after each tenth of ${REQUESTS} requests`);
  const heaps: number[] = [];
  for (let reading = 0; reading < READINGS; reading++) {
    let left = REQUESTS / READINGS;
    await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
      while (left-- > 0) await post(agent, server.url);
    }));
    gc!();
    heaps.push(process.memoryUsage().heapUsed / 2 ** 20);
    console.log(`  ${heaps[reading].toFixed(1)} MiB`);
  }
  agent.destroy();
  await server.stop();
  model.close();
  model.closeAllConnections();
  console.log(`last to second: ${(heaps[READINGS - 1] / heaps[1]).toFixed(2)}`);
}

async function post(agent: http.Agent, url: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`the router answered ${response.statusCode}`));
      response.resume();
      response.on('end', resolve);
    });
    request.on('error', reject);
    request.end('{"instances":[1,2,3]}');
  });
}

void main();
