import { EditableText } from './edit';
import type { PlacedFix } from './edit';
import type { Finding } from './findings';
import { fileOf } from './inputs';
import type { Input } from './inputs';
import type { LintResult, Unreadable } from './lint-files';
import { writeWhole } from './write-whole';
import { Severity } from '../../lint/severity';

type Read = (path: string) => Promise<Uint8Array>;

/** Lints inputs, as the user wants it. */
export type Lint = (inputs: Iterable<Input>, read: Read) => Promise<LintResult>;

/** What is left after fixes, and what they did. */
export interface FixResult {
  /** The findings that are left; what could not be written is among the unreadable. */
  readonly result: LintResult;
  /** Findings that were mended. */
  readonly mended: number;
  /** Files that were written, standard input included. */
  readonly written: number;
  /** The text of an input as it is now. */
  readonly read: Read;
}

/** Larger files are not mended, in bytes: the editor has the whole of a file in mind, with all positions. */
const LARGEST_MENDED = 4 * 1024 * 1024;

/** A fix may show the next mistake; nobody makes so many in one place. */
const ROUNDS = 10;

/**
 * Applies the fixes after which no file has more findings, or more errors, than it had, and writes the files.
 *
 * Standard input is not written anywhere: `read` gives its mended text.
 */
export async function fixFiles(inputs: Iterable<Input>, read: Read, lint: Lint): Promise<FixResult> {
  const fixed = new Map<string, Fixed>();
  const now: Read = async (path) => fixed.get(path)?.bytes ?? read(path);
  const before = await lint(inputs, read);
  const fixable = new Set(before.findings.flatMap(({ file, fix }) => fix === undefined ? [] : file));
  const broken = new Set(before.unreadable.map(({ file }) => file));
  const unmended: Unreadable[] = [];
  for (const { path, problem } of inputs) {
    const file = fileOf(path);
    if (problem === undefined && fixable.has(file) && !broken.has(file)) {
      const bytes = await read(path);
      if (bytes.length > LARGEST_MENDED) {
        unmended.push({ file, message: `it cannot be mended: it is larger than ${LARGEST_MENDED / 1024 / 1024} MiB` });
        continue;
      }
      const found = await fixBytes(path, bytes, lint);
      found !== undefined && fixed.set(path, found);
    }
  }
  let result = fixed.size === 0 ? before : await lint(inputs, now);
  // a fix may also show in the findings about others
  for (let worse = worseAmong(fixed, before, result); worse.length > 0; worse = worseAmong(fixed, before, result)) {
    worse.forEach((path) => fixed.delete(path));
    result = await lint(inputs, now);
  }
  const unwritten = await writeAll(fixed);
  result = unwritten.length > 0 ? await lint(inputs, now) : result;
  result = { ...result, unreadable: [...result.unreadable, ...unmended, ...unwritten] };
  return { result, mended: [...fixed.values()].reduce((sum, { count }) => sum + count, 0), written: fixed.size, read: now };
}

interface Fixed {
  readonly bytes: Uint8Array;
  /** How many findings were mended. */
  readonly count: number;
}

/** The bytes of a file with its fixes; undefined where there is none to make. */
async function fixBytes(path: string, bytes: Uint8Array, lint: Lint): Promise<Fixed | undefined> {
  const whole = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (Buffer.compare(Buffer.from(whole), bytes) !== 0) {
    return undefined; // not all of it is UTF-8, and would not come back
  }
  const mark = whole.startsWith('\ufeff') ? '\ufeff' : '';
  const alone = lastKept((text) => lint([{ path }], async () => Buffer.from(text)));
  let text = whole.slice(mark.length);
  let count = 0;
  const baseline = await alone(text);
  for (let round = 0; round < ROUNDS; round++) {
    const next = await fixOnce(text, baseline, alone);
    if (next.count === 0) {
      break;
    }
    text = next.text;
    count += next.count;
  }
  return count === 0 ? undefined : { bytes: Buffer.from(mark + text), count };
}

/** Lints a text that is asked for again in a row once. */
function lastKept(lint: (text: string) => Promise<LintResult>): (text: string) => Promise<LintResult> {
  let last: { readonly text: string; readonly result: Promise<LintResult> } | undefined;
  return (text) => {
    last = last?.text === text ? last : { text, result: lint(text) };
    return last.result;
  };
}

/** All fixes at once if that does no harm, else as many halves of them as do none. */
async function fixOnce(text: string, baseline: LintResult, lint: (text: string) => Promise<LintResult>): Promise<{ text: string; count: number }> {
  const editable = new EditableText(text);
  let best = text;
  const good: PlacedFix[] = [];
  const accept = async (fixes: readonly PlacedFix[]): Promise<void> => {
    const edited = editable.apply([...good, ...fixes]);
    const after = edited === undefined ? undefined : await lint(edited);
    if (after !== undefined && !isWorse(after, baseline)) {
      fixes.forEach((fix) => good.push(fix));
      best = edited!;
    } else if (fixes.length > 1) {
      const half = Math.ceil(fixes.length / 2);
      await accept(fixes.slice(0, half));
      await accept(fixes.slice(half));
    }
  };
  const fixes = (await lint(text)).findings.flatMap(({ fix, line, column }) => fix === undefined ? [] : [{ fix, line, column }]);
  if (fixes.length > 0) {
    await accept(fixes);
  }
  return { text: best, count: good.length };
}

function isWorse(after: LintResult, before: LintResult): boolean {
  const [{ all, errors }, old] = [countOf(after.findings), countOf(before.findings)];
  return after.unreadable.length > before.unreadable.length || all > old.all || errors > old.errors;
}

interface Count {
  readonly all: number;
  readonly errors: number;
}

function countOf(findings: readonly Finding[]): Count {
  return { all: findings.length, errors: findings.filter(({ severity }) => severity === Severity.ERROR).length };
}

/** The fixed files that have more findings than before. */
function worseAmong(fixed: ReadonlyMap<string, Fixed>, before: LintResult, after: LintResult): string[] {
  const [old, now] = [before, after].map(byFile);
  return [...fixed.keys()].filter((path) => {
    const [was, is] = [old, now].map((files) => countOf(files.get(fileOf(path)) ?? []));
    return is.all > was.all || is.errors > was.errors;
  });
}

function byFile({ findings }: LintResult): Map<string, Finding[]> {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    files.get(finding.file)?.push(finding) ?? files.set(finding.file, [finding]);
  }
  return files;
}

/** Writes the files; those that could not be are taken back, and told. */
async function writeAll(fixed: Map<string, Fixed>): Promise<Unreadable[]> {
  const unwritten: Unreadable[] = [];
  for (const [path, { bytes }] of fixed) {
    try {
      if (path !== '-') await writeWhole(path, bytes);
    } catch (error) {
      fixed.delete(path);
      unwritten.push({ file: path, message: `it cannot be mended: ${(error as NodeJS.ErrnoException).code === 'EACCES' ? 'no permission to write it' : (error as Error).message}` });
    }
  }
  return unwritten;
}
