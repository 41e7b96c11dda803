import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** An input to read, or why there is none. */
export interface Input {
  readonly path: string;
  readonly problem?: string;
}

const YAML_FILE = /\.(ya?ml|json)$/i;

/** The files that a call names: files as they are, folders with all YAML and JSON files in them; `-` is standard input. */
export async function inputsOf(paths: readonly string[]): Promise<Input[]> {
  const found = await Promise.all(paths.map(async (path) => path === '-' ? [{ path }] : filesIn(path, true)));
  const seen = new Set<string>();
  return found.flat().filter(({ path }) => !seen.has(path) && seen.add(path));
}

async function filesIn(path: string, named: boolean): Promise<Input[]> {
  try {
    const found = await stat(path);
    if (!found.isDirectory()) {
      return named || YAML_FILE.test(path) ? [{ path, ...!found.isFile() && { problem: 'it is no regular file' } }] : [];
    }
    const entries = (await readdir(path, { withFileTypes: true })).filter(({ name }) => name !== 'node_modules' && name !== '.git');
    entries.sort((a, b) => a.name < b.name ? -1 : 1);
    // a link to a folder is not followed, so that no circle of links is
    const inner = await Promise.all(entries.map(async (entry) => {
      const file = join(path, entry.name);
      return entry.isDirectory() || YAML_FILE.test(entry.name) ? filesIn(file, false) : [];
    }));
    return inner.flat();
  } catch (error) {
    return [{ path, problem: reasonOf(error) }];
  }
}

/** What the operating system says, in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const known: { readonly [code: string]: string | undefined } = {
    ENOENT: 'there is no such file', EACCES: 'no permission to read it', EISDIR: 'it is a folder', ELOOP: 'its links run in a circle',
  };
  return known[code ?? ''] ?? message;
}
