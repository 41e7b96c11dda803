import { parse, Refusal } from './regexp/parse';
import { Program } from './regexp/program';
import type { Tree } from './regexp/tree';

/**
 * A pattern of `PROPAGATE_HEADERS`: a regular expression of Go (RE2), unanchored, matched with ASCII header names.
 *
 * It is judged as by Go 1.25, which KServe v0.20.0 is built with (router.Dockerfile); before, Go knew fewer spellings of Unicode classes.
 */
export class GoPattern {
  private readonly tree?: Tree;
  private program?: Program;

  constructor(public readonly source: string) {
    try {
      this.tree = parse(source);
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
    }
  }

  /** Whether Go compiles it. One that it does not the router logs, and goes on without it. */
  public get isValid(): boolean {
    return this.tree !== undefined;
  }

  public matches(name: string): boolean {
    if (this.tree === undefined) {
      return false;
    }
    this.program ??= new Program(this.tree);
    return this.program.matches(name);
  }
}
