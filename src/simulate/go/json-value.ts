import { ascii, ByteBuffer, compareBytes, NO_BYTES, text } from './bytes';
import { appendQuoted, unquote } from './json-string';

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

/** A container that is being written; what is inside lies in `out` from `start` on. */
interface Frame {
  readonly start: number;
  /** For an object: its members so far, by key; they are put in order when it ends. */
  readonly members?: Map<string, Member>;
  key: Uint8Array;
  valueStart: number;
}

interface Member {
  readonly key: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/**
 * Reads the value at `start` of valid JSON as Go decodes it into `interface{}`, and writes it as json.Marshal does.
 * The stack is explicit: 10000 levels are legal, and no call stack is promised to hold them.
 * @throws NumberRangeError
 */
export function rewrite(bytes: Uint8Array, start: number): RewrittenValue {
  const out = new ByteBuffer();
  const stack: Frame[] = [];
  let i = skipSpace(bytes, start);
  for (;;) {
    const c = bytes[i];
    let closes = false;
    if (c === 0x7b || c === 0x5b) {
      const frame: Frame = { start: out.length, members: c === 0x7b ? new Map() : undefined, key: NO_BYTES, valueStart: 0 };
      stack.push(frame);
      if (c === 0x5b) out.byte(0x5b);
      i = skipSpace(bytes, i + 1);
      closes = bytes[i] === 0x7d || bytes[i] === 0x5d;
      if (!closes) {
        if (frame.members) i = readKey(bytes, i, frame, out);
        continue;
      }
    } else {
      const end = scalarEnd(bytes, i);
      appendScalar(out, bytes, i, end);
      i = end;
    }

    // the value is complete: go up until a container goes on
    for (;;) {
      if (closes) {
        close(stack.pop()!, out);
        i++;
      }
      const top = stack[stack.length - 1];
      if (top === undefined) return { bytes: out.toBytes(), end: i };
      // of two equal keys the last one wins
      top.members?.set(text(top.key), { key: top.key, from: top.valueStart, to: out.length });
      i = skipSpace(bytes, i);
      closes = bytes[i] !== 0x2c;
      if (closes) continue;
      i = skipSpace(bytes, i + 1);
      if (top.members) i = readKey(bytes, i, top, out);
      else out.byte(0x2c);
      break;
    }
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
  return out.toBytes();
}

function close(frame: Frame, out: ByteBuffer): void {
  if (!frame.members) {
    out.byte(0x5d);
    return;
  }
  const object = writeObject([...frame.members.values()].map(({ key, from, to }) => ({ key, value: out.view(from, to) })));
  out.truncate(frame.start);
  out.append(object);
}

function readKey(bytes: Uint8Array, at: number, frame: Frame, out: ByteBuffer): number {
  const end = stringEnd(bytes, at);
  frame.key = unquote(bytes, at + 1, end - 1);
  frame.valueStart = out.length;
  return skipSpace(bytes, skipSpace(bytes, end) + 1);
}

function appendScalar(out: ByteBuffer, bytes: Uint8Array, start: number, end: number): void {
  const c = bytes[start];
  if (c === 0x22) appendQuoted(out, unquote(bytes, start + 1, end - 1));
  else if (c === 0x2d || (c >= 0x30 && c <= 0x39)) out.ascii(goFloat(ascii(bytes, start, end)));
  else out.append(bytes.subarray(start, end));
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
  return c === 0x20 || c === 0x09 || c === 0x0a || c === 0x0d;
}

export function skipSpace(bytes: Uint8Array, at: number): number {
  let i = at;
  while (i < bytes.length && isSpace(bytes[i])) i++;
  return i;
}
