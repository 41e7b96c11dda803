/*
 * The linter on many small files, as a process, beside kubeconform with the schema of KServe's CRD: the same files, in turn.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { parse, stringify } from 'yaml';
import { machine, median } from './measure';

const FILES = Number(process.argv[2] ?? 10_000);
const PAIRS = 5;
const SMALL_RUNS = 15;
const root = path.join(__dirname, '..');
const program = path.join(root, 'lib/cli/main.js');

/** In milliseconds. */
interface Cost { readonly wall: number; readonly processor: number }

/** A good graph, one of four shapes with 3 to 8 steps. */
function graph(shape: number): object {
  const i = 'NUMBER';
  const steps = Array.from({ length: 3 + shape % 6 }, (_, s) => ({ name: `step-${s}`, serviceName: `model-${i}-${s}` }));
  const nodes = [
    { root: { routerType: 'Sequence', steps: steps.map((step, s) => ({ ...step, ...s < steps.length - 1 && { dependency: 'Hard' }, ...s > 0 && { data: '$response' } })) } },
    {
      root: { routerType: 'Switch', steps: [{ condition: '[@this].#(kind=="image")', nodeName: 'images' }, { condition: '@this', serviceName: `other-${i}` }] },
      images: { routerType: 'Sequence', steps },
    },
    { root: { routerType: 'Ensemble', steps: steps.map((step) => ({ ...step, dependency: 'Hard' })) } },
    { root: { routerType: 'Splitter', steps: [{ serviceName: `old-${i}`, weight: 90 }, { serviceName: `new-${i}`, weight: 10 }] } },
  ][shape % 4];
  return {
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'InferenceGraph',
    metadata: { name: `graph-${i}`, namespace: 'models', annotations: { 'serving.kserve.io/deploymentMode': 'Standard' }, labels: { team: 'search' } },
    spec: { nodes, resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } } },
  };
}

const SHAPES = Array.from({ length: 12 }, (_, shape) => stringify(graph(shape)));

/** The texts of graphs, each with names of its own. */
function manifest(i: number): string {
  return SHAPES[i % SHAPES.length].replaceAll('NUMBER', String(i));
}

/** The schema of the CRD as kubeconform wants it: JSON Schema, unknown fields refused. */
function schemaOf(crd: string): object {
  const { spec: { versions: [{ schema: { openAPIV3Schema } }] } } = parse(readFileSync(crd, 'utf8'));
  const strict = (schema: any): any => {
    if (Array.isArray(schema)) return schema.map(strict);
    if (typeof schema !== 'object' || schema === null) return schema;
    const converted = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, strict(value)]));
    if (schema['x-kubernetes-int-or-string'] === true) return { oneOf: [{ type: 'string' }, { type: 'integer' }] };
    return schema.type === 'object' && schema.properties !== undefined ? { ...converted, additionalProperties: false } : converted;
  };
  const converted = strict(openAPIV3Schema);
  return { ...converted, properties: { ...converted.properties, metadata: { type: 'object' } } };
}

/** Writes what the process used into a file when it ends: only the process itself can tell its memory. */
const PROBE = `process.on('exit', () => {
  require('node:fs').writeFileSync(process.env.PROBE, String(process.resourceUsage().maxRSS / 1024));
});`;

/** Runs a program, which must end well, by the shell, which tells the processor time of what it ran. */
function run(command: readonly string[], env: { readonly [name: string]: string } = {}): Cost {
  const started = process.hrtime.bigint();
  const shell = spawnSync('/bin/sh', ['-c', '"$@" >/dev/null || exit 1; times', 'run', ...command], { encoding: 'utf8', env: { ...process.env, ...env } });
  const wall = Number(process.hrtime.bigint() - started) / 1e6;
  if (shell.status !== 0) {
    throw new Error(`${command.join(' ').slice(0, 200)} failed: ${shell.stderr.slice(0, 500)}`);
  }
  // the second line is of the children: user and system, as 0m1.230000s
  const [user, system] = shell.stdout.trim().split('\n')[1].split(' ').map((text) => {
    const [, minutes, seconds] = /(\d+)m([\d.]+)s/.exec(text)!;
    return Number(minutes) * 60 + Number(seconds);
  });
  return { wall, processor: (user + system) * 1000 };
}

/** Measures in turn, A B A B …, and prints medians and the ratio of each pair. */
function compare(title: string, runs: number, peer: () => Cost, ours: () => Cost): void {
  const pairs = Array.from({ length: runs + 1 }, () => ({ peer: peer(), ours: ours() })).slice(1); // the first warms the disk's cache
  for (const [name, of] of [['wall clock', ({ wall }: Cost) => wall], ['processor', ({ processor }: Cost) => processor]] as const) {
    const ratios = pairs.map((pair) => of(pair.ours) / of(pair.peer)).sort((a, b) => a - b);
    const show = (costs: readonly Cost[]) => `${median(costs.map(of)).toFixed(0)} ms`;
    console.log(`| ${title}, ${name} | ${show(pairs.map((pair) => pair.peer))} | ${show(pairs.map((pair) => pair.ours))} | `
      + `${median(ratios).toFixed(2)} (${ratios[0].toFixed(2)} to ${ratios[runs - 1].toFixed(2)}, ${runs} pairs) |`);
  }
}

function main(): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'lint-'));
  try {
    const kubeconform = path.join(folder, 'kubeconform');
    const modules = path.join(__dirname, 'kubeconform');
    execFileSync('go', ['build', '-o', kubeconform, 'github.com/yannh/kubeconform/cmd/kubeconform'], { cwd: modules, stdio: 'inherit' });
    const conformance = path.join(root, 'conformance');
    execFileSync('go', ['mod', 'download', 'github.com/kserve/kserve'], { cwd: conformance, stdio: 'inherit' });
    const kserve = execFileSync('go', ['list', '-m', '-f', '{{.Dir}}', 'github.com/kserve/kserve'], { cwd: conformance, encoding: 'utf8' }).trim();
    const schema = path.join(folder, 'inferencegraph_v1alpha1.json');
    writeFileSync(schema, JSON.stringify(schemaOf(path.join(kserve, 'config/crd/full/serving.kserve.io_inferencegraphs.yaml'))));

    const write = (name: string, count: number, textOf = manifest) => {
      mkdirSync(path.join(folder, name));
      for (let i = 0; i < count; i++) {
        writeFileSync(path.join(folder, name, `graph-${i}.yaml`), textOf(i));
      }
      return path.join(folder, name);
    };
    const said = spawnSync(process.execPath, [program, 'lint', write('check', SHAPES.length)], { encoding: 'utf8' }).stdout;
    if (!said.includes('nothing found')) {
      throw new Error(`the graphs are not good, so that the times say something else: ${said.slice(0, 1000)}`);
    }
    const peer = (files: string) => run([kubeconform, '-strict', '-summary', '-schema-location', path.join(folder, '{{.ResourceKind}}_{{.ResourceAPIVersion}}.json'), files]);
    const ours = (files: string) => run([process.execPath, program, 'lint', files]);

    const [one, many] = [write('one', 1), write('many', FILES)];
    console.log(`${machine()}\n\n| | peer | ours | ratio |\n|---|---|---|---|`);
    compare(`${FILES} files, beside kubeconform`, PAIRS, () => peer(many), () => ours(many));
    compare('one file, beside kubeconform', SMALL_RUNS, () => peer(one), () => ours(one));
    compare('one file, beside `node -e 0`', SMALL_RUNS, () => run([process.execPath, '-e', '0']), () => ours(one));
    console.log('\n| files | lint | lint --fix |\n|---|---|---|');
    const mistaken = (i: number) => SHAPES[0].replaceAll('NUMBER', String(i)).replace('data: $response', 'data: response');
    for (const [title, files] of [['good', many], ['with one finding each that --fix mends', write('mistaken', FILES, mistaken)]]) {
      const [lint, fix] = [ours(files), run([process.execPath, program, 'lint', '--fix', files])];
      console.log(`| ${FILES} ${title}, processor time | ${lint.processor.toFixed(0)} ms | ${fix.processor.toFixed(0)} ms |`);
    }
    console.log('\n| files | peak memory |\n|---|---|');
    const probe = path.join(folder, 'probe.js');
    writeFileSync(probe, PROBE);
    for (const count of [1, FILES / 10, FILES, FILES * 5]) {
      const files = count === 1 ? one : count === FILES ? many : write(`of-${count}`, count);
      const peak = path.join(folder, 'peak');
      run([process.execPath, '-r', probe, program, 'lint', files], { PROBE: peak });
      console.log(`| ${count} | ${Number(readFileSync(peak, 'utf8')).toFixed(0)} MiB |`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main();
