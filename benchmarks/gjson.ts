/*
 * What one GJSON path costs: beside JSON.parse and a walk to the field (the same text), and beside Go's gjson (the same bytes).
 */
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { machine, median } from './measure';

const conformance = path.join(__dirname, '../conformance');
const ROUNDS = 15;
/** A measurement goes on for this long, in milliseconds. */
const SPAN = 30;

/** The processor time of this process so far, in milliseconds: other work on the machine counts less than by the clock. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** A v1 answer of about this size in bytes, with the value that is looked for at the start, in the middle and at the end. */
function answer(size: number): string {
  const items: string[] = [];
  for (let [i, length] = [0, 0]; length < size / 2 - 50; i++) {
    items.push(JSON.stringify({ id: i, label: `label number ${i}`, score: (i * 7919 % 1000) / 1000, tags: ['a', 'bb'], box: { x: i, name: 'a "quoted" text' } }));
    length += items[i].length + 1;
  }
  const half = `[${items.join(',')}]`;
  return `{"first":{"value":"dog"},"before":${half},"middle":{"value":"dog"},"after":${half},"last":{"value":"dog"}}`;
}

/** Nanoseconds of processor time of one call. */
function nanoseconds(call: () => unknown): number {
  for (let repetitions = 1; ; repetitions *= 2) {
    const start = processorTime();
    for (let i = 0; i < repetitions; i++) {
      call();
    }
    const passed = processorTime() - start;
    if (passed > SPAN) {
      return (passed * 1e6) / repetitions;
    }
  }
}

async function main() {
  // what is published: ts-node would compile the source otherwise than jsii does
  const { Gjson } = await import(path.join(__dirname, '../lib/index.js')) as typeof import('../src');
  const folder = mkdtempSync(path.join(tmpdir(), 'gjson-'));
  const program = path.join(folder, 'gjsonbench');
  execFileSync('go', ['build', '-o', program, './cmd/gjsonbench'], { cwd: conformance, stdio: 'inherit' });
  const go = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: go.stdout })[Symbol.asyncIterator]();
  const goNanoseconds = async (repetitions: number, file: string, query: string) => {
    go.stdin.write(`${repetitions} ${file} ${query}\n`);
    return Number((await answers.next()).value);
  };

  console.log(`${machine()}\n`);
  console.log('| document | path | JSON.parse and walk | Gjson.get | of JSON.parse | on bytes | Go\'s gjson | of Go |');
  console.log('|---|---|---|---|---|---|---|---|');
  for (const size of [1_000, 100_000, 10_000_000]) {
    const json = answer(size);
    const bytes = new TextEncoder().encode(json);
    const file = path.join(folder, `${size}.json`);
    writeFileSync(file, json);
    const last = JSON.parse(json).after.length - 1;
    const cases: Array<[query: string, walk: (document: any) => unknown]> = [
      ['first.value', (document) => document.first.value],
      ['middle.value', (document) => document.middle.value],
      ['last.value', (document) => document.last.value],
      [`after.#(id==${last}).label`, (document) => document.after.find(({ id }: { id: number }) => id === last).label],
      ['missing', (document) => document.missing],
    ];
    for (const [query, walk] of cases) {
      const rounds: Array<Record<'parse' | 'ours' | 'onBytes' | 'go', number>> = [];
      for (let i = 0; i < ROUNDS; i++) {
        const parse = nanoseconds(() => walk(JSON.parse(json)));
        const ours = nanoseconds(() => Gjson.get(json, query));
        const onBytes = nanoseconds(() => Gjson._evaluate(bytes, query));
        rounds.push({ parse, ours, onBytes, go: await goNanoseconds(Math.ceil((SPAN * 1e6) / onBytes), file, query) });
      }
      const of = (name: keyof typeof rounds[0]) => median(rounds.map((round) => round[name]));
      const ratio = (a: keyof typeof rounds[0], b: keyof typeof rounds[0]) => median(rounds.map((round) => round[a] / round[b])).toFixed(2);
      const micro = (name: keyof typeof rounds[0]) => `${(of(name) / 1000).toFixed(1)} µs`;
      console.log(`| ${size / 1000} kB | \`${query}\` | ${micro('parse')} | ${micro('ours')} | **${ratio('ours', 'parse')}** | ${micro('onBytes')} | `
        + `${micro('go')} | **${ratio('onBytes', 'go')}** |`);
    }
  }
  go.stdin.end();
  rmSync(folder, { recursive: true });
}

void main();
