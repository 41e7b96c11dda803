/*
 * The local router over an hour's worth of requests: heap, resident memory, sockets and timers must stay flat. One process holds router,
 * model and load; it is looked at after a collection.
 */
import * as http from 'http';
import type { AddressInfo } from 'net';
import { machine, runToEnd } from './measure';
import { GraphServer } from '../lib/cli/serve/graph-server';
import { GraphSimulator } from '../lib/simulate';

/** 100 a second for an hour; a team that tries a pipeline sends fewer. */
const REQUESTS = Number(process.argv[2] ?? 360_000);
const CONNECTIONS = 32;
const READINGS = 10;
const PATIENCE_MILLIS = 60_000;

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
  console.log(`${machine()}; after each tenth of ${REQUESTS} requests of four calls`);
  const started = performance.now();
  const readings: Reading[] = [];
  for (let reading = 0; reading < READINGS; reading++) {
    let left = REQUESTS / READINGS;
    await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
      while (left-- > 0) await post(agent, server.url);
    }));
    readings.push(await look());
    console.log(`  ${Object.entries(readings[reading]).map(([what, value]) => `${what} ${value}`).join('  ')}`);
  }
  console.log(`${(REQUESTS / ((performance.now() - started) / 1000)).toFixed(0)} requests per second`);
  agent.destroy();
  await server.stop();
  model.close();
  model.closeAllConnections();
  const [second, last] = [readings[1], readings[READINGS - 1]];
  console.log(`last to second: ${Object.entries(last).filter(([what]) => second[what] > 0).map(([what, value]) => `${what} ${(value / second[what]).toFixed(2)}`).join('  ')}`);
}

type Reading = Record<string, number>;

/** Once what is about to end has ended. */
async function look(): Promise<Reading> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  gc!();
  const { heapUsed, rss, arrayBuffers } = process.memoryUsage();
  const mebi = (bytes: number) => Number((bytes / 2 ** 20).toFixed(1));
  const active = process.getActiveResourcesInfo();
  const count = (type: string) => active.filter((each) => each === type).length;
  return { 'heap MiB': mebi(heapUsed), 'buffers MiB': mebi(arrayBuffers), 'resident MiB': mebi(rss), 'sockets': count('TCPSocketWrap'), 'timers': count('Timeout') };
}

async function post(agent: http.Agent, url: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`the router answered ${response.statusCode}`));
      response.resume();
      response.on('end', resolve);
      response.on('close', () => reject(new Error('the router hung up in its answer'))); // after the end it comes too late to matter
    });
    request.setTimeout(PATIENCE_MILLIS, () => request.destroy(new Error(`no answer in ${PATIENCE_MILLIS} ms`)));
    request.on('error', reject);
    request.end('{"instances":[1,2,3]}');
  });
}

runToEnd(main);
