/*
 * `cdk8s-kserve serve` beside the real router (conformance/bin/router-program), over HTTP on this machine: the same graphs, models and
 * clients, in turn. Models and clients are one small Go program (conformance/cmd/load), so that most of the machine is left to the routers.
 */
import { spawn, type ChildProcess } from 'child_process';
import * as fs from 'fs';
import * as net from 'net';
import * as os from 'os';
import * as path from 'path';
import { machine, median, runToEnd } from './measure';

const ROUNDS = 3;
/** Both routers get as many, warm or measured: by count, so that a busy machine leaves none cold and no p99 to a few requests. The time is a bound. */
const MEASURED = { '1 kB': 20_000, '1 MB': 500, 'perConnection': 4, 'seconds': 20 };
/**
 * Of so many requests over a connection the routers are asked in turn. What is slow over one connection is mostly what other processes make wait:
 * asked for all at once, minutes apart, one router's p99 differed by 3 between runs.
 */
const TURN = 1_000;
const WARM_UP = { '1 kB': 5_000, '1 MB': 50, 'connections': 8, 'seconds': 10 };
const root = path.join(__dirname, '..');
const load = path.join(root, 'conformance/bin/load');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'serve-'));

const BODIES = { '1 kB': 1_000, '1 MB': 1_000_000 } as const;
type Size = keyof typeof BODIES;
const CONNECTIONS = [1, 32, 256];
/** Part of a case's title, such as 'Sequence of 3, 1 MB': only those are measured. */
const wanted = process.argv[2] ?? '';

const graphs = (model: string): { [name: string]: object } => ({
  'Sequence of 3': { routerType: 'Sequence', steps: [{ serviceUrl: model }, { serviceUrl: model, data: '$response' }, { serviceUrl: model, data: '$response' }] },
  'Ensemble of 4': { routerType: 'Ensemble', steps: ['a', 'b', 'c', 'd'].map((name) => ({ name, serviceUrl: model })) },
});

/** What `load clients` prints. */
interface Run {
  readonly requests: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p99: number;
  readonly failures: { readonly [what: string]: number };
}

interface Measured extends Run {
  /** The router's processor time for a request in milliseconds: it hardly depends on what else the machine does. NaN where nobody tells. */
  readonly processor: number;
}

const PROGRAMS: { [name: string]: (spec: object, port: number) => ChildProcess } = {
  real: (spec, port) => spawn(path.join(root, 'conformance/bin/router-program'), ['--graph-json', JSON.stringify(spec)],
    { env: { ...process.env, ROUTER_PORT: String(port) }, stdio: 'ignore' }),
  ours: (spec, port) => {
    const file = path.join(folder, 'graph.json');
    fs.writeFileSync(file, JSON.stringify({ apiVersion: 'serving.kserve.io/v1alpha1', kind: 'InferenceGraph', metadata: { name: 'benchmark' }, spec }));
    return spawn(process.execPath, [path.join(root, 'lib/cli/main.js'), 'serve', file, '--port', String(port)], { stdio: 'ignore' });
  },
};

async function main(): Promise<void> {
  const modelPort = await freePort();
  const models = spawn(load, ['models', `127.0.0.1:${modelPort}`], { stdio: 'inherit', env: { ...process.env, GOMAXPROCS: '1' } });
  try {
    await listens(modelPort);
    console.log(`${machine()}, load average ${os.loadavg()[0].toFixed(1)}; requests per second, p99, processor time of the router for a request; median of ${ROUNDS} (an Ensemble with 1 MB: one run)`);
    console.log('| graph, body, connections | real | ours | ours to real: requests/s | p99 | processor time |\n|---|---|---|---|---|---|');
    for (const [graph, node] of Object.entries(graphs(`http://127.0.0.1:${modelPort}/`))) {
      for (const size of Object.keys(BODIES) as Size[]) {
        for (const connections of CONNECTIONS) {
          const title = `${graph}, ${size}, ${connections}`;
          if (title.includes(wanted)) await compare(title, { nodes: { root: node } }, size, connections);
        }
      }
    }
  } finally {
    await end(models);
    fs.rmSync(folder, { recursive: true });
  }
}

async function compare(title: string, spec: object, size: Size, connections: number): Promise<void> {
  const bytes = BODIES[size];
  const json = JSON.stringify({ instances: Array.from({ length: Math.floor((bytes - 16) / 8) }, (_, i) => 1_000_000 + i) });
  const found: { [name: string]: Measured[] } = { real: [], ours: [] };
  const rounds = size === '1 MB' && title.startsWith('Ensemble') ? 1 : ROUNDS; // the real router answers 13 a second
  const requests = Math.max(MEASURED[size], MEASURED.perConnection * connections);
  const turns = Math.max(Math.floor(requests / connections / TURN), 1);
  for (let round = 0; round < rounds; round++) {
    const running: { name: string; program: ChildProcess; port: number }[] = [];
    try {
      for (const name of Object.keys(PROGRAMS)) {
        const port = await freePort();
        running.push({ name, port, program: PROGRAMS[name](spec, port) });
        await listens(port);
        await clients(port, json, Math.min(connections, WARM_UP.connections), WARM_UP[size], WARM_UP.seconds);
      }
      for (let turn = 0; turn < turns; turn++) {
        for (const { name, program, port } of running) {
          const before = processorMillis(program);
          const run = await clients(port, json, connections, Math.ceil(requests / turns), MEASURED.seconds);
          found[name].push({ ...run, processor: (processorMillis(program) - before) / run.requests });
        }
      }
    } finally {
      await Promise.all(running.map(async ({ program }) => end(program)));
    }
  }
  const [real, ours] = [found.real, found.ours].map((runs) => ({
    perSecond: median(runs.map((run) => run.perSecond)),
    p99: median(runs.map((run) => run.p99)),
    processor: median(runs.map((run) => run.processor)),
  }));
  console.log(`| ${title} | ${show(real)} | ${show(ours)} | ${ratio(ours.perSecond, real.perSecond)} | ${ratio(ours.p99, real.p99)} | ${ratio(ours.processor, real.processor)} |`);
  for (const [name, runs] of Object.entries(found)) {
    for (const run of runs) if (Object.keys(run.failures).length > 0) console.log(`    ${name}: beside ${run.requests} answers, ${JSON.stringify(run.failures)}`);
  }
}

function ratio(ours: number, real: number): string {
  return ours > 0 && real > 0 ? (ours / real).toFixed(2) : '–';
}

/** Linux tells in hundredths of a second. */
function processorMillis({ pid }: ChildProcess): number {
  try {
    const [user, system] = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ').slice(11, 13).map(Number);
    return (user + system) * 10;
  } catch {
    return NaN;
  }
}

function show({ perSecond, p99, processor }: { perSecond: number; p99: number; processor: number }): string {
  if (perSecond === 0) return 'no answer';
  return `${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s, ${p99.toFixed(1)} ms, ${processor < 10 ? processor.toPrecision(2) : processor.toFixed(0)} ms`;
}

async function clients(port: number, body: string, connections: number, requests: number, seconds: number): Promise<Run> {
  const program = spawn(load, ['clients', `127.0.0.1:${port}`, String(connections), String(requests), String(seconds)],
    { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, GOMAXPROCS: '1' } });
  program.stdin.end(body);
  let printed = '';
  for await (const chunk of program.stdout) printed += chunk;
  return JSON.parse(printed);
}

async function end(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  await new Promise((resolve) => {
    program.once('exit', resolve);
    program.kill('SIGKILL');
  });
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
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

runToEnd(main);
