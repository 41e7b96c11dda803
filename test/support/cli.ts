import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../../src/cli/program';

/** How a call of the program ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const ROOT = process.cwd();

/** A folder of its own to call the program in; paths in what it prints begin there. */
export class CliFolder {
  public readonly path = mkdtempSync(join(tmpdir(), 'cdk8s-kserve-'));

  public write(files: Readonly<Record<string, string | Uint8Array>>): this {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, name)), { recursive: true });
      writeFileSync(join(this.path, name), content);
    }
    return this;
  }

  /** Calls the program with this as working directory. */
  public async run(args: readonly string[], stdin: string | Uint8Array = ''): Promise<Ended> {
    let [out, err] = ['', ''];
    const before = process.cwd();
    process.chdir(this.path);
    try {
      const code = await run(args, {
        read: async (path) => path === '-' ? Buffer.from(stdin) : readFile(path),
        out: (text) => { out += text; },
        err: (text) => { err += text; },
        color: false,
      });
      return { code, out, err };
    } finally {
      process.chdir(before);
    }
  }

  public remove(): void {
    process.chdir(ROOT); // a call that took too long may still be in the folder, and no test runs where none is
    rmSync(this.path, { recursive: true, force: true });
  }
}
