import type { Dirent } from 'node:fs';
import { readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';

/** An input to read, or why there is none. */
export interface Input {
  readonly path: string;
  readonly problem?: string;
}

/** Which files folders and globs pass over. */
export interface Ignored {
  readonly globs: readonly string[];
  /** The folder that the globs are seen from. */
  readonly from: string;
}

/**
 * The files that a call names: files as they are, folders with all YAML and JSON files in them, globs with all files that they match;
 * `-` is standard input.
 *
 * Of many no list is made: each time they are gone through, the folders are walked anew, and of one folder and those around it the names are held.
 */
export function inputsOf(paths: readonly string[], ignored: Ignored = { globs: [], from: '.' }, remembered = REMEMBERED): Iterable<Input> {
  const isIgnored = ignored.globs.length === 0 ? undefined : matcherOf(ignored.globs);
  const isWanted = (path: string) => isIgnored === undefined || !isIgnored(slashed(relative(ignored.from, path)));
  const sources = paths.map((path) => sourceOf(path, isWanted));
  return upTo(remembered, sources.length === 1 ? sources[0].inputs : { [Symbol.iterator]: () => eachOnce(sources) });
}

/** So many inputs are a list: it takes a few MiB, and a walk some of the time. */
const REMEMBERED = 20_000;

/** What is walked once where it has no more inputs, and else each time. */
function upTo(most: number, inputs: Iterable<Input>): Iterable<Input> {
  let list: readonly Input[] | undefined;
  function* walk(): Iterator<Input> {
    const walked: Input[] = [];
    for (const input of inputs) {
      walked.length <= most && walked.push(input);
      yield input;
    }
    list = walked.length <= most ? walked : undefined;
  }
  return { [Symbol.iterator]: () => list?.[Symbol.iterator]() ?? walk() };
}

/** What one argument names. */
interface Source {
  readonly inputs: Iterable<Input>;
  /** The one path that it is, from the root; undefined of a folder or glob. */
  readonly only?: string;
  /** Of a folder or glob: whether a file, by its path from the root, is one of them. */
  readonly has?: Filter;
}

type Filter = (path: string) => boolean;

function sourceOf(path: string, isWanted: Filter): Source {
  const single = (problem?: string): Source => (
    { inputs: [{ path, ...problem !== undefined && { problem } }], only: path === '-' ? path : resolve(path) }
  );
  try {
    const found = path === '-' ? undefined : statSync(path);
    return found?.isDirectory() === true ? folderSource(path, isWanted) : single(found?.isFile() === false ? NO_FILE : undefined);
  } catch (error) {
    return isMissing(error) && isGlob(path) ? globSource(path, isWanted) : single(reasonOf(error));
  }
}

function folderSource(folder: string, isWanted: Filter): Source {
  const isInput = (path: string) => YAML_FILE.test(path) && isWanted(path);
  return { inputs: { [Symbol.iterator]: () => filesIn(folder, isInput) }, has: (path) => isIn(folder, path) && isInput(path) };
}

/** The files that a glob matches. A shell expands globs itself, save those in quotes; none knows `**` unless it is told to. */
function globSource(glob: string, isWanted: Filter): Source {
  const parts = slashed(glob).split('/');
  const fixed = parts.slice(0, parts.findIndex(isGlob));
  const folder = fixed.length === 0 ? '.' : fixed.join('/') || '/';
  const matches = matcherOf([slashed(join(glob))]);
  const isInput = (path: string) => matches(slashed(path)) && isWanted(path);
  function* inputs(): Iterator<Input> {
    let none = true;
    for (const input of isFolder(folder) ? filesIn(folder, isInput) : []) {
      none = false;
      yield input;
    }
    if (none) {
      yield { path: glob, problem: 'no file matches it' };
    }
  }
  return { inputs: { [Symbol.iterator]: inputs }, has: (path) => isIn(folder, path) && isInput(isAbsolute(glob) ? path : relative('.', path)) };
}

/** The inputs of sources that may overlap. Which were there already is asked of the sources before: so it needs no list of them. */
function* eachOnce(sources: readonly Source[]): Iterator<Input> {
  const told = new Set<string>();
  const wider: Filter[] = [];
  for (const { inputs, only, has } of sources) {
    for (const input of inputs) {
      const path = only ?? resolve(input.path);
      if (!told.has(path) && (input.problem !== undefined || !wider.some((holds) => holds(path)))) {
        (only !== undefined || input.problem !== undefined) && told.add(path);
        yield input;
      }
    }
    has !== undefined && wider.push(has);
  }
}

const YAML_FILE = /\.(ya?ml|json)$/i;

const PASSED_OVER: readonly string[] = ['node_modules', '.git'];

const NO_FILE = 'it is no regular file';

/** Whether a file would be found in a folder, by its path. */
function isIn(folder: string, path: string): boolean {
  const parts = relative(folder, path).split(sep);
  return parts[0] !== '..' && !parts.some((part) => PASSED_OVER.includes(part));
}

/** The files in a folder and below it, by name. */
function* filesIn(folder: string, isWanted: Filter): Generator<Input> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    yield { path: folder, problem: reasonOf(error) };
    return;
  }
  entries.sort((a, b) => a.name < b.name ? -1 : 1);
  const before = join(folder, 'x').slice(0, -1); // as `join` would write it for each
  for (const entry of entries) {
    const path = before + entry.name;
    if (PASSED_OVER.includes(entry.name)) {
      continue;
    }
    if (entry.isDirectory()) {
      yield* filesIn(path, isWanted);
    } else if (isWanted(path)) {
      yield* entry.isFile() ? [{ path }] : linkedFile(path);
    }
  }
}

/** What a link leads to. One to a folder is not followed, so that no circle of links is. */
function linkedFile(path: string): Input[] {
  try {
    const found = statSync(path);
    return found.isDirectory() ? [] : [{ path, ...!found.isFile() && { problem: NO_FILE } }];
  } catch (error) {
    return [{ path, problem: reasonOf(error) }];
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function isGlob(text: string): boolean {
  return /[*?[\]{}]/.test(text);
}

function matcherOf(globs: readonly string[]): Filter {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const picomatch = require('picomatch') as typeof import('picomatch');
  return picomatch([...globs], { dot: false });
}

function slashed(path: string): string {
  return process.platform === 'win32' ? path.replace(/\\/g, '/') : path;
}

/** An input as findings name it. */
export function fileOf(path: string): string {
  return path === '-' ? STDIN : path;
}

/** The input that findings name so. */
export function pathOf(file: string): string {
  return file === STDIN ? '-' : file;
}

const STDIN = '<stdin>';

/** What the operating system says, in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const known: { readonly [code: string]: string | undefined } = {
    ENOENT: 'there is no such file', EACCES: 'no permission to read it', EISDIR: 'it is a folder', ELOOP: 'its links run in a circle',
  };
  return known[code ?? ''] ?? message;
}
