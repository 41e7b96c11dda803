/** Bodies are bytes, as they are in the router; texts of the public API are turned into UTF-8 at the border. */

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export const NO_BYTES = new Uint8Array(0);

export function utf8(value: string): Uint8Array {
  return encoder.encode(value);
}

export function text(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Bytes that are known to be ASCII, without a decoder's start-up. */
export function ascii(bytes: Uint8Array, start: number, end: number): string {
  let out = '';
  for (let i = start; i < end; i++) out += String.fromCharCode(bytes[i]);
  return out;
}

/** A growing byte buffer. */
export class ByteBuffer {
  private bytes = new Uint8Array(256);
  private used = 0;

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

  /** What was written from `from` to `to`; good until the next write. */
  public view(from: number, to: number): Uint8Array {
    return this.bytes.subarray(from, to);
  }

  public truncate(length: number): void {
    this.used = length;
  }

  public toBytes(): Uint8Array {
    return this.bytes.slice(0, this.used);
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
