/** Bytes read or written for one evaluation of a small document; larger documents get `PER_BYTE` for each of their bytes. */
const LEAST = 1 << 26;
const PER_BYTE = 32;

/** How deep queries, multipaths, collections, pipes into them and steps of a path may nest while a document is walked. */
const DEEPEST = 400;

/**
 * What one evaluation may cost. gjson itself has no such bounds: on such input Go's engine works for minutes, or grows until the
 * process dies. We refuse instead.
 */
export class Budget {
  private left: number;
  private depth = 0;

  constructor(documentLength: number) {
    this.left = Math.max(LEAST, PER_BYTE * documentLength);
  }

  /** Counts work, in bytes read or written. */
  spend(bytes: number): void {
    this.left -= bytes;
    if (this.left < 0) {
      throw new GjsonLimitError('the GJSON path costs too much on this document, got more work than '
        + `${LEAST / 2 ** 20} MiB read and written (or ${PER_BYTE} times the document): simplify the path, or send a smaller document`);
    }
  }

  enter(): void {
    if (++this.depth > DEEPEST) {
      throw new GjsonLimitError(`the GJSON path nests too deep on this document, got more than ${DEEPEST} levels: write a flatter path`);
    }
  }

  leave(): void {
    this.depth--;
  }
}

/** The input is beyond what the engine answers; nothing is known about the result. */
export class GjsonLimitError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'GjsonLimitError';
  }
}
