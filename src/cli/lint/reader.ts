import { readDocuments } from './documents';
import type { FileContent } from './documents';
import { isKnown } from './known-object';

/** Inputs that take together less memory than this are read once, in bytes. */
const KEPT = 16 * 1024 * 1024;

/** What keeping a file takes beside its text, about, in bytes: its path, and Node's buffer. */
const BESIDE = 512;

/** Reads files, and parses one at a time for the objects in it that the linter knows. */
export class Reader {
  private readonly kept = new Map<string, Uint8Array>();
  private left = KEPT;
  private last?: { readonly path: string; readonly content: FileContent };

  constructor(private readonly read: (path: string) => Promise<Uint8Array>) {}

  public async bytesOf(path: string): Promise<Uint8Array> {
    const known = this.kept.get(path);
    if (known !== undefined) {
      return known;
    }
    const bytes = await this.read(path);
    if (path === '-') {
      this.kept.set(path, bytes); // there is no second standard input
    } else if (bytes.length + BESIDE <= this.left) {
      this.kept.set(path, bytes);
      this.left -= bytes.length + BESIDE;
    }
    return bytes;
  }

  /** A file that is asked for twice in a row is parsed once. */
  public async contentOf(path: string): Promise<FileContent> {
    if (this.last?.path !== path) {
      this.last = undefined; // its memory is free before the next is read
      this.last = { path, content: readDocuments(await this.bytesOf(path), isKnown) };
    }
    return this.last.content;
  }
}
