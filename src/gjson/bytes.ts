/**
 * gjson works on bytes. A document is a Uint8Array of UTF-8; a path is a "byte text": a string whose every character is one byte
 * (0 to 255), which orders, cuts and compares as Go's strings do.
 */
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const EMPTY = new Uint8Array(0);

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

export function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** The UTF-8 of a text, a character for each byte. */
export function byteText(text: string): string {
  return /[^\0-\x7f]/.test(text) ? bytesToByteText(utf8(text)) : text;
}

/** The text whose UTF-8 this is. */
export function textOfByteText(text: string): string {
  return /[^\0-\x7f]/.test(text) ? textOf(byteTextToBytes(text)) : text;
}

const CHUNK = 8192; // a call has a limited number of arguments

export function bytesToByteText(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += CHUNK) {
    text += String.fromCharCode.apply(null, bytes.subarray(i, i + CHUNK) as unknown as number[]);
  }
  return text;
}

export function byteTextToBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    bytes[i] = text.charCodeAt(i);
  }
  return bytes;
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a[i] !== b[i]) {
      return a[i] - b[i];
    }
  }
  return a.length - b.length;
}

/** Whether `bytes[start..end)` are exactly the bytes of this byte text. */
export function equalsAt(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  if (end - start !== text.length) {
    return false;
  }
  for (let i = 0; i < text.length; i++) {
    if (bytes[start + i] !== text.charCodeAt(i)) {
      return false;
    }
  }
  return true;
}

/** The character (rune) at a position of UTF-8, as Go decodes it: a byte that begins no valid sequence is U+FFFD of size 1. */
export interface Rune {
  readonly code: number;
  readonly size: number;
}

const NOTHING: Rune = { code: 0xfffd, size: 0 };
const INVALID: Rune = { code: 0xfffd, size: 1 };

export function runeAt(bytes: Uint8Array, i: number, end: number): Rune {
  if (i >= end) {
    return NOTHING;
  }
  const first = bytes[i];
  if (first < 0x80) {
    return { code: first, size: 1 };
  }
  const size = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  if (size === 0 || i + size > end) {
    return INVALID;
  }
  // the second byte has a smaller range after some first ones: no overlong form, no surrogate, nothing above U+10FFFF
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (bytes[i + 1] < low || bytes[i + 1] > high) {
    return INVALID;
  }
  let code = first & (0xff >> (size + 1));
  for (let j = 1; j < size; j++) {
    if ((bytes[i + j] & 0xc0) !== 0x80) {
      return INVALID;
    }
    code = (code << 6) | (bytes[i + j] & 0x3f);
  }
  return { code, size };
}

/** The last character before `end`. */
export function runeBefore(bytes: Uint8Array, start: number, end: number): Rune {
  if (end <= start) {
    return NOTHING;
  }
  let at = end - 1;
  if (bytes[at] < 0x80) {
    return { code: bytes[at], size: 1 };
  }
  for (const lowest = Math.max(start, end - 4); at > lowest && (bytes[at] & 0xc0) === 0x80;) {
    at--;
  }
  const rune = runeAt(bytes, at, end);
  return at + rune.size === end ? rune : INVALID;
}

/** Go's `strings.TrimSpace`: white space as Unicode has it. */
export function trimUnicode(bytes: Uint8Array): Uint8Array {
  let start = 0;
  let end = bytes.length;
  for (let rune = runeAt(bytes, start, end); isSpace(rune.code); rune = runeAt(bytes, start, end)) {
    start += rune.size;
  }
  for (let rune = runeBefore(bytes, start, end); isSpace(rune.code); rune = runeBefore(bytes, start, end)) {
    end -= rune.size;
  }
  return bytes.subarray(start, end);
}

function isSpace(code: number): boolean {
  return (code >= 0x09 && code <= 0x0d) || code === 0x20 || code === 0x85 || code === 0xa0 || code === 0x1680
    || (code >= 0x2000 && code <= 0x200a) || code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f || code === 0x3000;
}

/** Appends bytes; grows as needed. */
export class ByteBuilder {
  private bytes: Uint8Array;
  private used = 0;

  constructor(capacity = 64) {
    this.bytes = new Uint8Array(capacity);
  }

  public get length(): number {
    return this.used;
  }

  public last(): number {
    return this.bytes[this.used - 1];
  }

  public push(byte: number): void {
    this.grow(1);
    this.bytes[this.used++] = byte;
  }

  public replaceLast(byte: number): void {
    this.bytes[this.used - 1] = byte;
  }

  public append(bytes: Uint8Array): void {
    this.grow(bytes.length);
    this.bytes.set(bytes, this.used);
    this.used += bytes.length;
  }

  public appendText(text: string): void {
    this.grow(text.length);
    for (let i = 0; i < text.length; i++) {
      this.bytes[this.used++] = text.charCodeAt(i);
    }
  }

  public truncate(length: number): void {
    this.used = length;
  }

  /** A view, good until the next change. */
  public view(start: number, end: number): Uint8Array {
    return this.bytes.subarray(start, end);
  }

  public done(): Uint8Array {
    return this.bytes.subarray(0, this.used);
  }

  private grow(by: number): void {
    if (this.used + by > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.used + by, 2 * this.bytes.length));
      larger.set(this.bytes.subarray(0, this.used));
      this.bytes = larger;
    }
  }
}
