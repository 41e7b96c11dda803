import { ByteBuffer, compareBytes } from './bytes';
import { appendQuoted, plainStringEnd, unquote } from './json-string';

/** The kinds of JSON values, in the words of Go's UnmarshalTypeError. */
export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'bool' | 'null';

/** One value that was decoded into `interface{}` and is written again. */
export interface RewrittenValue {
  /** As json.Marshal writes it: keys sorted, numbers as float64, `<>&` escaped. */
  readonly bytes: Uint8Array;
  readonly end: number;
}

/** A number that no float64 holds: Go refuses the whole body. */
export class NumberRangeError extends Error {
  public constructor(literal: string) {
    super(`json: cannot unmarshal number ${literal} into Go value of type float64`);
  }
}

/** A container that is being written. */
interface Frame {
  /** For an object: where in the output each member begins; undefined for an array. */
  readonly starts?: number[];
  /** The latest key, in the input, between its quotes. */
  keyStart: number;
  keyEnd: number;
  /** Whether the members may be out of order, or a key may be there twice. */
  isUnsorted: boolean;
}

/**
 * Reads the value at `start` of valid JSON as Go decodes it into `interface{}`, and writes it as json.Marshal does.
 * What Go would write as it came in, which is most of most bodies, is copied in one piece.
 * The stack is explicit: 10000 levels are legal, and no call stack is promised to hold them.
 * @throws NumberRangeError
 */
export function rewrite(bytes: Uint8Array, start: number): RewrittenValue {
  const out = new Copy(bytes, start);
  const stack: Frame[] = [];
  let i = start;
  for (;;) {
    i = skipSpaceOf(out, bytes, i);
    const c = bytes[i];
    let closes = false;
    if (c === 0x7b || c === 0x5b) {
      const frame: Frame = { starts: c === 0x7b ? [] : undefined, keyStart: 0, keyEnd: 0, isUnsorted: false };
      stack.push(frame);
      i = skipSpaceOf(out, bytes, i + 1);
      closes = bytes[i] === 0x7d || bytes[i] === 0x5d;
      if (!closes) {
        if (frame.starts) i = copyKey(out, bytes, i, frame);
        continue;
      }
    } else if (c === 0x22) {
      i = copyString(out, bytes, i);
    } else if (c === 0x2d || (c >= 0x30 && c <= 0x39)) {
      i = copyNumber(out, bytes, i);
    } else {
      i = scalarEnd(bytes, i);
    }

    // the value is complete: go up until a container goes on
    for (;;) {
      if (closes) {
        const frame = stack.pop()!;
        if (frame.isUnsorted) {
          out.leaveOut(i, i);
          sortMembers(out, frame.starts!);
        }
        i++;
      }
      if (stack.length === 0) return { bytes: out.upTo(i), end: i };
      const top = stack[stack.length - 1];
      i = skipSpaceOf(out, bytes, i);
      closes = bytes[i] !== 0x2c;
      if (closes) continue;
      i++;
      if (top.starts) i = copyKey(out, bytes, skipSpaceOf(out, bytes, i), top);
      break;
    }
  }
}

const WINDOW = 4096;
/** A character for each byte, whichever it is. */
const oneByteDecoder = new TextDecoder('latin1');

/** What is written of a text: runs of it as they are, and other bytes in place of some of it. */
class Copy {
  public readonly out = new ByteBuffer();
  private window = '';
  private windowStart = 0;

  /** @param runStart where the run begins that is still to be copied */
  public constructor(private readonly bytes: Uint8Array, private runStart: number) {}

  /** Where in the output the input's `i` will be. */
  public positionOf(i: number): number {
    return this.out.length + i - this.runStart;
  }

  /** Copies up to `from`, and goes on at `to`. */
  public leaveOut(from: number, to: number): ByteBuffer {
    if (from > this.runStart) this.out.appendRange(this.bytes, this.runStart, from);
    this.runStart = to;
    return this.out;
  }

  /** Part of the input, which is ASCII there. Decoding a window of it once is faster than each part on its own. */
  public textOf(from: number, to: number): string {
    if (from < this.windowStart || to > this.windowStart + this.window.length) {
      this.windowStart = from;
      this.window = oneByteDecoder.decode(this.bytes.subarray(from, Math.max(to, from + WINDOW)));
    }
    return this.window.slice(from - this.windowStart, to - this.windowStart);
  }

  public upTo(end: number): Uint8Array {
    if (this.out.length === 0) return this.bytes.subarray(this.runStart, end);
    return this.leaveOut(end, end).written();
  }
}

/** A top-level object's members, keys decoded, values unread. Only for valid JSON that begins with `{`. */
export function members(bytes: Uint8Array): { key: Uint8Array; valueAt: number }[] {
  const found: { key: Uint8Array; valueAt: number }[] = [];
  let i = skipSpace(bytes, skipSpace(bytes, 0) + 1);
  while (bytes[i] !== 0x7d) {
    const end = stringEnd(bytes, i);
    const valueAt = skipSpace(bytes, skipSpace(bytes, end) + 1);
    found.push({ key: unquote(bytes, i + 1, end - 1), valueAt });
    i = skipSpace(bytes, valueEnd(bytes, valueAt));
    if (bytes[i] === 0x2c) i = skipSpace(bytes, i + 1);
  }
  return found;
}

export function kindAt(bytes: Uint8Array, at: number): JsonKind {
  switch (bytes[skipSpace(bytes, at)]) {
    case 0x7b: return 'object';
    case 0x5b: return 'array';
    case 0x22: return 'string';
    case 0x74:
    case 0x66: return 'bool';
    case 0x6e: return 'null';
    default: return 'number';
  }
}

/** Writes an object of keys and already written values, keys in the order of their bytes. */
export function writeObject(entries: readonly { key: Uint8Array; value: Uint8Array }[]): Uint8Array {
  const out = new ByteBuffer();
  out.byte(0x7b);
  [...entries].sort((a, b) => compareBytes(a.key, b.key)).forEach((entry, index) => {
    if (index > 0) out.byte(0x2c);
    appendQuoted(out, entry.key);
    out.byte(0x3a);
    out.append(entry.value);
  });
  out.byte(0x7d);
  return out.written();
}

/** Of two equal keys the last one wins. */
function sortMembers({ out }: Copy, starts: readonly number[]): void {
  const end = out.length;
  const written = out.written();
  const all = starts.map((from, index) => ({
    key: unquote(written, from + 1, stringEnd(written, from) - 1),
    from,
    to: index + 1 < starts.length ? starts[index + 1] - 1 : end,
  })).sort((a, b) => compareBytes(a.key, b.key));
  const sorted = new ByteBuffer(end - starts[0]);
  all.forEach(({ key, from, to }, index) => {
    if (index + 1 < all.length && compareBytes(key, all[index + 1].key) === 0) return;
    if (sorted.length > 0) sorted.byte(0x2c);
    sorted.appendRange(written, from, to);
  });
  out.truncate(starts[0]);
  out.append(sorted.written());
}

function copyKey(copy: Copy, bytes: Uint8Array, at: number, frame: Frame): number {
  const { starts, keyStart, keyEnd } = frame;
  starts!.push(copy.positionOf(at));
  const plainEnd = plainStringEnd(bytes, at);
  const end = plainEnd > 0 ? plainEnd : copyString(copy, bytes, at);
  frame.keyStart = at + 1;
  frame.keyEnd = end - 1;
  if (plainEnd < 0 || (starts!.length > 1 && !isBefore(bytes, keyStart, keyEnd, at + 1, end - 1))) frame.isUnsorted = true;
  const colon = skipSpaceOf(copy, bytes, end);
  return skipSpaceOf(copy, bytes, colon + 1);
}

function isBefore(bytes: Uint8Array, start: number, end: number, otherStart: number, otherEnd: number): boolean {
  let i = start;
  let j = otherStart;
  for (; i < end && j < otherEnd; i++, j++) {
    if (bytes[i] !== bytes[j]) return bytes[i] < bytes[j];
  }
  return i === end && j < otherEnd;
}

function copyString(copy: Copy, bytes: Uint8Array, at: number): number {
  const plainEnd = plainStringEnd(bytes, at);
  if (plainEnd > 0) return plainEnd;
  const end = stringEnd(bytes, at);
  appendQuoted(copy.leaveOut(at, end), unquote(bytes, at + 1, end - 1));
  return end;
}

/** Fifteen digits are exact in a float64, so Go writes them as they came in. */
const EXACT_DIGITS = 15;

function copyNumber(copy: Copy, bytes: Uint8Array, at: number): number {
  let i = bytes[at] === 0x2d ? at + 1 : at;
  const first = i;
  while (isDigit(bytes[i])) i++;
  let isPlain = i - first <= EXACT_DIGITS;
  if (bytes[i] === 0x2e) {
    const point = i++;
    while (isDigit(bytes[i])) i++;
    // no zero at the end, and not so small that Go writes an exponent
    const digits = bytes[first] === 0x30 ? i - point - 1 : i - first - 1;
    isPlain = digits <= EXACT_DIGITS && bytes[i - 1] !== 0x30 && (bytes[first] !== 0x30 || !isBelowMillionth(bytes, point + 1, i));
  }
  if (isPlain && !isExponent(bytes[i])) return i;
  const end = scalarEnd(bytes, at);
  copy.leaveOut(at, end).ascii(goFloat(copy.textOf(at, end)));
  return end;
}

function isBelowMillionth(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end && i < start + 6; i++) {
    if (bytes[i] !== 0x30) return false;
  }
  return true;
}

function isExponent(c: number): boolean {
  return c === 0x65 || c === 0x45;
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}

function skipSpaceOf(copy: Copy, bytes: Uint8Array, at: number): number {
  if (!isSpace(bytes[at])) return at;
  const end = skipSpace(bytes, at);
  copy.leaveOut(at, end);
  return end;
}

/** Go's float64 in JSON: the shortest digits, an exponent below 1e-6 and from 1e21 on; JavaScript writes the same but for -0. */
function goFloat(literal: string): string {
  const value = Number(literal);
  if (!Number.isFinite(value)) throw new NumberRangeError(literal);
  return Object.is(value, -0) ? '-0' : String(value);
}

function valueEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0x7b && bytes[at] !== 0x5b) return scalarEnd(bytes, at);
  let depth = 0;
  for (let i = at; ; i++) {
    const c = bytes[i];
    if (c === 0x22) {
      i = stringEnd(bytes, i) - 1;
    } else if (c === 0x7b || c === 0x5b) {
      depth++;
    } else if ((c === 0x7d || c === 0x5d) && --depth === 0) {
      return i + 1;
    }
  }
}

function scalarEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 0x22) return stringEnd(bytes, at);
  let i = at;
  while (i < bytes.length && !isDelimiter(bytes[i])) i++;
  return i;
}

function stringEnd(bytes: Uint8Array, at: number): number {
  let i = at + 1;
  while (bytes[i] !== 0x22) i += bytes[i] === 0x5c ? 2 : 1;
  return i + 1;
}

function isDelimiter(c: number): boolean {
  return c === 0x2c || c === 0x5d || c === 0x7d || c === 0x3a || isSpace(c);
}

function isSpace(c: number): boolean {
  return c <= 0x20 && (c === 0x20 || c === 0x09 || c === 0x0a || c === 0x0d);
}

export function skipSpace(bytes: Uint8Array, at: number): number {
  let i = at;
  while (i < bytes.length && isSpace(bytes[i])) i++;
  return i;
}
