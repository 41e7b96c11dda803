/*
 * `npm run example:real-model`: the pipeline of iris.ts, served on this machine by `cdk8s-kserve serve` before two real models, and asked about
 * three flowers. Fails if an answer is not the flower's name.
 */
import { spawn, type ChildProcess } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { createInterface } from 'readline';

const FLOWERS = [
  { name: 'setosa', measured: [5.1, 3.5, 1.4, 0.2] },
  { name: 'versicolor', measured: [7.0, 3.2, 4.7, 1.4] },
  { name: 'virginica', measured: [6.3, 3.3, 6.0, 2.5] },
];

const started: ChildProcess[] = [];

async function main(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'iris-'));
  process.env.CDK8S_OUTDIR = folder;
  // the app synthesizes when it is loaded
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  require('./iris');

  const models = start(process.env.PYTHON ?? 'python3', path.join(__dirname, 'models.py'));
  const port = await lineOf(models, 'stdout', /^(\d+)$/);
  const map = (name: string) => ['--map', `${name}=http://127.0.0.1:${port}/v1/models/${name}:predict`];
  const program = path.join(__dirname, '../../lib/cli/main.js');
  const router = start(process.execPath, program, 'serve', path.join(folder, 'iris.k8s.yaml'), '--port', '0', ...map('is-setosa'), ...map('which-other'));
  const url = await lineOf(router, 'stderr', /listening on (\S+)/);

  for (const { name, measured } of FLOWERS) {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify({ instances: [measured] }), headers: { 'X-Graph-Trace': '1' } });
    const { predictions } = await response.json() as { predictions: string[] };
    console.log(`${decodeURIComponent(response.headers.get('x-graph-trace')!)}\n`);
    if (response.status !== 200 || predictions[0] !== name) {
      throw new Error(`the flower is a ${name}, got status ${response.status} and ${predictions}`);
    }
  }
  console.log(`${FLOWERS.length} flowers, each with its right name`);
}

function start(program: string, ...args: string[]): ChildProcess {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  return child;
}

/** What a program's first fitting line says; fails with all that it wrote when it ends before. */
async function lineOf(child: ChildProcess, stream: 'stdout' | 'stderr', wanted: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const written: string[] = [];
    const read = (line: string): void => {
      written.push(line);
      const match = wanted.exec(line);
      if (match) resolve(match[1]);
    };
    createInterface({ input: child[stream]! }).on('line', read);
    createInterface({ input: child[stream === 'stdout' ? 'stderr' : 'stdout']! }).on('line', (line) => written.push(line));
    child.on('error', reject);
    child.on('exit', () => reject(new Error(written.join('\n'))));
  });
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
}).finally(() => started.forEach((child) => child.kill()));
