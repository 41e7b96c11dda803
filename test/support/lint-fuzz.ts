import { fixFiles } from '../../src/cli/lint/fix-files';
import { lintFiles } from '../../src/cli/lint/lint-files';
import type { LintResult } from '../../src/cli/lint/lint-files';
import { FORMATS, reportOf } from '../../src/cli/lint/reports';
import type { LintContext } from '../../src/lint/context';
import { randomFrom } from '../arbitraries/graph-with-mistakes';
import { inputFrom } from '../arbitraries/input-bytes';

/** What came of many inputs. */
export interface FuzzResult {
  readonly inputs: number;
  /** Inputs of which something could be read. */
  readonly read: number;
  readonly findings: number;
  readonly mended: number;
  /** The input that took longest, in milliseconds. */
  readonly slowest: { readonly number: number; readonly time: number };
  /** What went wrong; none is as it should be. */
  readonly failures: readonly { readonly number: number; readonly reason: string }[];
}

const CONTEXTS: readonly LintContext[] = [{}, { kserveVersion: '0.15.2' }, { deploymentMode: 'Knative' }, { deploymentMode: 'Standard', kserveVersion: '0.18.1' }];

/** Every so many inputs are reported in every format, and mended. */
const REPORT_EVERY = 10;
const FIX_EVERY = 25;

/** Lints the inputs `first`, `first + 1` … of a seed. */
export async function fuzzLint(seed: number, first: number, count: number): Promise<FuzzResult> {
  const totals = { read: 0, findings: 0, mended: 0 };
  const failures: { number: number; reason: string }[] = [];
  let slowest = { number: first, time: 0 };
  for (let number = first; number < first + count; number++) {
    const bytes = inputOf(seed, number);
    const context = CONTEXTS[number % CONTEXTS.length];
    const start = performance.now();
    try {
      const result = await lintFiles([{ path: '-' }], async () => bytes, context);
      check(result, bytes, number % REPORT_EVERY === 0);
      totals.read += result.objects > 0 ? 1 : 0;
      totals.findings += result.findings.length;
      if (number % FIX_EVERY === 0) {
        totals.mended += await fixed(bytes, result, context);
      }
    } catch (error) {
      failures.push({ number, reason: (error as Error).stack ?? String(error) });
    }
    const time = performance.now() - start;
    slowest = time > slowest.time ? { number, time } : slowest;
  }
  return { inputs: count, ...totals, slowest, failures };
}

/** An input by its seed and number. */
export function inputOf(seed: number, number: number): Buffer {
  const random = randomFrom(seed * 1_000_003 + number);
  random(2); // the first numbers of near seeds are near each other
  random(2);
  return inputFrom(random);
}

function check(result: LintResult, bytes: Uint8Array, isReported: boolean): void {
  const lines = new TextDecoder().decode(bytes).split('\n');
  for (const { line, column, message, help } of result.findings) {
    expectThat(line >= 1 && line <= lines.length && column >= 1 && column <= lines[line - 1].length + 1, `no such place: ${line}:${column} of ${JSON.stringify(lines[line - 1])}, ${JSON.stringify(lines)}`);
    expectThat(message !== '' && help !== '' && !/undefined|\[object|NaN,/.test(message.replace(/'[^']*'|"[^"]*"/g, '')), `no message: ${message}`);
  }
  for (const { message, line = 1, column = 1 } of result.unreadable) {
    expectThat(message !== '' && !message.includes('\n') && line >= 1 && column >= 1, `no message: ${message}`);
  }
  for (const format of isReported ? FORMATS : []) {
    const text = [...reportOf(format, result, { lineOf: (_, line) => lines[line - 1], color: false, target: '0.20.0' })].join('');
    expectThat(format === 'json' || format === 'sarif' ? JSON.parse(text) !== null : true, 'no JSON');
  }
}

/** Mends an input; how much of it. */
async function fixed(bytes: Uint8Array, before: LintResult, context: LintContext): Promise<number> {
  const lint = (inputs: Parameters<typeof lintFiles>[0], read: Parameters<typeof lintFiles>[1]) => lintFiles(inputs, read, context);
  const once = await fixFiles([{ path: '-' }], async () => bytes, lint);
  expectThat(once.result.findings.length <= before.findings.length, 'more findings than before');
  const text = await once.read('-');
  const twice = await fixFiles([{ path: '-' }], async () => text, lint);
  expectThat(twice.mended === 0 && Buffer.compare(await twice.read('-'), text) === 0, 'mended twice');
  return once.mended;
}

function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) {
    throw new Error(otherwise);
  }
}
