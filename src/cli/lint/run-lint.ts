import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { CONFIG_FILE, NO_CONFIG, readConfig } from './config';
import type { LintConfig, MODES } from './config';
import type { Lint } from './fix-files';
import { inputsOf, pathOf } from './inputs';
import { lintFiles } from './lint-files';
import type { LintResult } from './lint-files';
import { fixing } from './on-demand';
import { printable, reportOf } from './reports';
import type { Format } from './reports';
import { withSettings } from './settings';
import { Severity } from '../../lint/severity';
import { NEWEST_RELEASE, patchOf } from '../../spec/versions';
import { EXIT, nameOf, readInput, Terminal } from '../terminal';

/** What a call of `lint` says; it wins over what the configuration says. */
export interface LintOptions {
  readonly format: Format;
  readonly fix?: boolean;
  readonly kserveVersion?: string;
  readonly mode?: typeof MODES[number];
  readonly strict?: boolean;
  readonly config?: string;
}

/** Lints, prints, and returns the exit code. */
export async function runLint(terminal: Terminal, paths: readonly string[], options: LintOptions): Promise<number> {
  const { format, fix } = options;
  const config = await configOf(terminal, options.config);
  const context = { kserveVersion: options.kserveVersion ?? config.kserveVersion, deploymentMode: options.mode ?? config.mode };
  const lint: Lint = async (inputs, read) => withSettings(await lintFiles(inputs, read, context), config);
  const inputs = inputsOf(paths, { globs: config.ignore, from: options.config === undefined ? '.' : dirname(options.config) });
  const read = readerOf(terminal);
  const done: Done = fix === true ? await fixing().fixFiles(inputs, read, lint) : { result: await lint(inputs, read), read };
  const { result } = done;
  const lineOf = format === 'text' ? await linesOf(result, done.read) : () => undefined;
  const target = context.kserveVersion ?? patchOf(NEWEST_RELEASE);
  const write = (to: Terminal['out']) => {
    for (const piece of reportOf(format, result, { lineOf, color: terminal.color, mended: done.mended, target })) {
      to(piece);
    }
  };
  if (fix === true && paths.includes('-')) {
    terminal.out(new TextDecoder('utf-8', { ignoreBOM: true }).decode(await done.read('-')));
    write(terminal.err);
  } else {
    write(terminal.out);
  }
  result.unreadable.forEach(({ file, line, column, message }) => {
    const place = line === undefined ? '' : ` line ${line}, column ${column}`;
    terminal.err(`error: the input cannot be used, got ${printable(nameOf(file))}${place}: ${printable(message)}\n`);
  });
  const isStrict = options.strict ?? config.strict ?? false;
  const bad = result.findings.filter(({ severity }) => severity === Severity.ERROR || (isStrict && severity === Severity.WARNING));
  return result.unreadable.length > 0 ? EXIT.UNUSABLE : bad.length > 0 ? EXIT.FINDINGS : EXIT.GOOD;
}

interface Done {
  readonly result: LintResult;
  readonly mended?: number;
  readonly read: Terminal['read'];
}

/** The named configuration, or that of the working directory. */
async function configOf(terminal: Terminal, named: string | undefined): Promise<LintConfig> {
  const file = named ?? CONFIG_FILE;
  return named === undefined && !existsSync(file) ? NO_CONFIG : readConfig(await readInput(terminal, file), file);
}

/** Reads files as often as asked, and standard input once. */
function readerOf({ read }: Terminal): Terminal['read'] {
  let stdin: Promise<Uint8Array> | undefined;
  return (path) => path === '-' ? stdin ??= read(path) : read(path);
}

/** The lines that findings stand in, from one file at a time. */
async function linesOf({ findings }: LintResult, read: Terminal['read']): Promise<(file: string, line: number) => string | undefined> {
  const lines = new Map<string, Map<number, string | undefined>>();
  for (const { file, line } of findings) {
    lines.get(file)?.set(line, undefined) ?? lines.set(file, new Map([[line, undefined]]));
  }
  for (const [file, wanted] of lines) {
    const text = await read(pathOf(file)).then((bytes) => new TextDecoder().decode(bytes).split(/\r?\n/), () => []);
    [...wanted.keys()].forEach((line) => wanted.set(line, text[line - 1]));
  }
  return (file, line) => lines.get(file)?.get(line);
}
