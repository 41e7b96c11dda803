/** Bodies are bytes, as they are in the router; texts of the public API are turned into UTF-8 at the border. */

export const NO_BYTES = new Uint8Array(0);

const SHORT = 48;

/** A growing byte buffer. */
export class ByteBuffer {
  private bytes: Uint8Array;
  private used = 0;

  public constructor(capacity = 256) {
    this.bytes = new Uint8Array(capacity);
  }

  public get length(): number {
    return this.used;
  }

  public byte(value: number): void {
    this.room(1);
    this.bytes[this.used++] = value;
  }

  public ascii(value: string): void {
    this.room(value.length);
    for (let i = 0; i < value.length; i++) this.bytes[this.used++] = value.charCodeAt(i);
  }

  public append(value: Uint8Array): void {
    this.room(value.length);
    this.bytes.set(value, this.used);
    this.used += value.length;
  }

  /** Appends `value` from `from` to `to`; for a few bytes a loop is faster than a view. */
  public appendRange(value: Uint8Array, from: number, to: number): void {
    const length = to - from;
    this.room(length);
    if (length > SHORT) {
      this.bytes.set(value.subarray(from, to), this.used);
    } else {
      for (let i = 0; i < length; i++) this.bytes[this.used + i] = value[from + i];
    }
    this.used += length;
  }

  /** All that was written, without a copy: good until the next write. */
  public written(): Uint8Array {
    return this.bytes.subarray(0, this.used);
  }

  public truncate(length: number): void {
    this.used = length;
  }

  private room(more: number): void {
    if (this.used + more <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.used + more));
    grown.set(this.bytes.subarray(0, this.used));
    this.bytes = grown;
  }
}

/** Go compares strings by their bytes; UTF-16 code units would sort a surrogate before U+E000. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    if (a[i] !== b[i]) return a[i] - b[i];
  }
  return a.length - b.length;
}
