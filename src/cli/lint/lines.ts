import type { Position } from './documents';

/** Where the lines of a text begin. The parser's own count goes wrong where a text is broken. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      this.starts.push(at + 1);
    }
  }

  /** The line and column of a place. */
  public at(offset: number): Position {
    let [first, after] = [0, this.starts.length];
    while (after - first > 1) {
      const middle = Math.floor((first + after) / 2);
      this.starts[middle] <= offset ? first = middle : after = middle;
    }
    return { line: first + 1, column: offset - this.starts[first] + 1 };
  }

  /** The place of a line and column. */
  public offsetOf({ line, column }: Position): number {
    return this.starts[line - 1] + column - 1;
  }
}
