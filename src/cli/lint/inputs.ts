import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

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

const YAML_FILE = /\.(ya?ml|json)$/i;

/**
 * The files that a call names: files as they are, folders with all YAML and JSON files in them, globs with all files that they match;
 * `-` is standard input.
 */
export async function inputsOf(paths: readonly string[], ignored: Ignored = { globs: [], from: '.' }): Promise<Input[]> {
  const isIgnored = ignored.globs.length === 0 ? undefined : matcherOf(ignored.globs);
  const isWanted = (path: string) => isIgnored === undefined || !isIgnored(slashed(relative(ignored.from, path)));
  const found = await Promise.all(paths.map(async (path) => path === '-' ? [{ path }] : inputsAt(path, isWanted)));
  return found.length === 1 ? found[0] : unique(found.flat());
}

function unique(inputs: readonly Input[]): Input[] {
  const seen = new Set<string>();
  return inputs.filter(({ path }) => !seen.has(path) && seen.add(path));
}

type Filter = (path: string) => boolean;

async function inputsAt(path: string, isWanted: Filter): Promise<Input[]> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? await filesIn(path, (file) => YAML_FILE.test(file) && isWanted(file))
      : [{ path, ...!found.isFile() && { problem: 'it is no regular file' } }];
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && isGlob(path) ? matching(path, isWanted) : [{ path, problem: reasonOf(error) }];
  }
}

/** The files that a glob matches. A shell expands globs itself, save those in quotes; none knows `**` unless it is told to. */
async function matching(glob: string, isWanted: Filter): Promise<Input[]> {
  const parts = slashed(glob).split('/');
  const fixed = parts.slice(0, parts.findIndex(isGlob));
  const folder = fixed.length === 0 ? '.' : fixed.join('/') || '/';
  const matches = matcherOf([slashed(join(glob))]);
  const found = await stat(folder).then(() => filesIn(folder, (file) => matches(slashed(file)) && isWanted(file)), () => []);
  return found.length === 0 ? [{ path: glob, problem: 'no file matches it' }] : found;
}

/** The files in a folder and below it, by name. */
async function filesIn(folder: string, isWanted: Filter): Promise<Input[]> {
  const found: Input[] = [];
  const addFrom = async (path: string): Promise<void> => {
    const entries = (await readdir(path, { withFileTypes: true })).filter(({ name }) => name !== 'node_modules' && name !== '.git');
    entries.sort((a, b) => a.name < b.name ? -1 : 1);
    for (const entry of entries) {
      const inside = join(path, entry.name);
      if (entry.isDirectory()) {
        await addFrom(inside).catch((error: unknown) => found.push({ path: inside, problem: reasonOf(error) }));
      } else if (isWanted(inside)) {
        found.push(...entry.isFile() ? [{ path: inside }] : await inputAt(inside));
      }
    }
  };
  await addFrom(folder).catch((error: unknown) => found.push({ path: folder, problem: reasonOf(error) }));
  return found;
}

/** A file of a folder. A link to a folder is not followed, so that no circle of links is. */
async function inputAt(path: string): Promise<Input[]> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? [] : [{ path, ...!found.isFile() && { problem: 'it is no regular file' } }];
  } catch (error) {
    return [{ path, problem: reasonOf(error) }];
  }
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
