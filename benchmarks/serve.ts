/*
 * Our local router beside the real one (conformance/bin/router-program), over HTTP on this machine: the same graphs, the same model server,
 * in turn. All share the machine with the load, so the ratio says more than the figures.
 */
import { spawn, type ChildProcess } from 'child_process';
import * as http from 'http';
import * as net from 'net';
import * as path from 'path';
import { machine, median } from './measure';

const ROUNDS = 3;
const MODEL_PORT = 18_201;
const ROUTER_PORT = 18_202;
const root = path.join(__dirname, '..');

// a model that hangs up on idle connections would make some requests fail on either router
const MODEL = `require('http').createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => response.end(Buffer.concat(chunks)));
}).listen(${MODEL_PORT}, '127.0.0.1')`;

const model = `http://127.0.0.1:${MODEL_PORT}/`;
const GRAPHS = {
  'Sequence of 3': { routerType: 'Sequence', steps: [{ serviceUrl: model }, { serviceUrl: model, data: '$response' }, { serviceUrl: model, data: '$response' }] },
  'Ensemble of 4': { routerType: 'Ensemble', steps: ['a', 'b', 'c', 'd'].map((name) => ({ name, serviceUrl: model })) },
};
const BODIES = { '1 kB': { bytes: 1_000, requests: 3_000 }, '1 MB': { bytes: 1_000_000, requests: 60 } };
const CONNECTIONS = [1, 32, 256];

interface Run { readonly perSecond: number; readonly p99: number }

const PROGRAMS: { [name: string]: (spec: string) => ChildProcess } = {
  real: (spec) => spawn(path.join(root, 'conformance/bin/router-program'), ['--graph-json', spec], { env: { ...process.env, ROUTER_PORT: String(ROUTER_PORT) }, stdio: 'ignore' }),
  ours: (spec) => spawn(process.execPath, ['-r', 'ts-node/register/transpile-only', path.join(__dirname, 'serve-loop.ts'), spec, String(ROUTER_PORT)], {
    env: { ...process.env, TS_NODE_PROJECT: path.join(root, 'tsconfig.check.json') }, stdio: 'ignore',
  }),
};

async function main(): Promise<void> {
  const models = spawn(process.execPath, ['-e', MODEL], { stdio: 'ignore' });
  try {
    await listens(MODEL_PORT);
    console.log(`${machine()}; requests per second and p99 in milliseconds, median of ${ROUNDS}`);
    for (const [graph, node] of Object.entries(GRAPHS)) {
      for (const [size, { bytes, requests }] of Object.entries(BODIES)) {
        for (const connections of CONNECTIONS) {
          const title = `${graph}, ${size}, ${connections} connections`;
          if (title.includes(process.argv[2] ?? '')) await compare(title, node, bytes, requests, connections);
        }
      }
    }
  } finally {
    models.kill('SIGKILL');
  }
}

async function compare(title: string, node: object, bytes: number, requests: number, connections: number): Promise<void> {
  const json = Buffer.from(JSON.stringify({ instances: Array.from({ length: Math.floor((bytes - 16) / 8) }, (_, i) => 1_000_000 + i) }));
  const found: { [name: string]: Run[] } = { real: [], ours: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of Object.keys(PROGRAMS)) {
      const program = PROGRAMS[name](JSON.stringify({ nodes: { root: node } }));
      try {
        await listens(ROUTER_PORT);
        await load(name, json, Math.ceil(requests / 10), connections); // warms up
        found[name].push(await load(name, json, requests, connections));
      } finally {
        if (program.exitCode === null) {
          await new Promise((resolve) => {
            program.once('exit', resolve);
            program.kill('SIGKILL');
          });
        }
      }
    }
  }
  const [real, ours] = [found.real, found.ours].map((runs) => ({
    perSecond: median(runs.map((run) => run.perSecond)),
    p99: median(runs.map((run) => run.p99)),
  }));
  console.log(`${title.padEnd(40)} real ${show(real)}   ours ${show(ours)}   ratio ${(ours.perSecond / real.perSecond).toFixed(2)}`);
}

function show({ perSecond, p99 }: Run): string {
  return `${perSecond.toFixed(0).padStart(6)}/s ${p99.toFixed(1).padStart(7)} ms`;
}

async function load(name: string, body: Buffer, requests: number, connections: number): Promise<Run> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let left = requests;
  const started = performance.now();
  await Promise.all(Array.from({ length: Math.min(connections, requests) }, async () => {
    while (left-- > 0) {
      const sent = performance.now();
      await post(name, agent, body);
      times.push(performance.now() - sent);
    }
  }));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  return { perSecond: requests / seconds, p99: times[Math.floor(times.length * 0.99)] };
}

async function post(name: string, agent: http.Agent, body: Buffer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port: ROUTER_PORT, method: 'POST', agent, headers: { 'Content-Length': body.length } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${name} answered ${response.statusCode}`));
      response.resume();
      response.on('end', resolve);
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function listens(port: number): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`nothing listens on port ${port}`);
}

void main();
