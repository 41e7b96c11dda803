import { ascii, ByteBuffer, compareBytes, text } from './bytes';
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

interface ObjectFrame {
  readonly members: Map<string, { key: Uint8Array; value: Uint8Array }>;
  key: Uint8Array;
}
interface ArrayFrame {
  readonly elements: Uint8Array[];
}
type Frame = ObjectFrame | ArrayFrame;

/**
 * Reads the value at `start` of valid JSON as Go decodes it into `interface{}`, and writes it as json.Marshal does.
 * The stack is explicit: 10000 levels are legal, and no call stack is promised to hold them.
 * @throws NumberRangeError
 */
export function rewrite(bytes: Uint8Array, start: number): RewrittenValue {
  const stack: Frame[] = [];
  let i = skipSpace(bytes, start);
  for (;;) {
    let value: Uint8Array | undefined;
    const c = bytes[i];
    if (c === 0x7b || c === 0x5b) {
      stack.push(c === 0x7b ? { members: new Map(), key: bytes.subarray(0, 0) } : { elements: [] });
      i = skipSpace(bytes, i + 1);
      if (bytes[i] !== 0x7d && bytes[i] !== 0x5d) {
        if (c === 0x7b) i = readKey(bytes, i, stack[stack.length - 1] as ObjectFrame);
        continue;
      }
    } else {
      const end = scalarEnd(bytes, i);
      value = rewriteScalar(bytes, i, end);
      i = skipSpace(bytes, end);
    }

    // hand the value up until a container goes on
    for (;;) {
      if (value === undefined) {
        value = close(stack.pop()!);
        i++;
      }
      const top = stack[stack.length - 1];
      if (top === undefined) return { bytes: value, end: i };
      if ('members' in top) top.members.set(text(top.key), { key: top.key, value }); // a duplicate key: the last one wins
      else top.elements.push(value);
      value = undefined;
      i = skipSpace(bytes, i);
      if (bytes[i] === 0x2c) {
        i = skipSpace(bytes, i + 1);
        if ('members' in top) i = readKey(bytes, i, top);
        break;
      }
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

function close(frame: Frame): Uint8Array {
  if ('members' in frame) return writeObject([...frame.members.values()]);
  const out = new ByteBuffer();
  out.byte(0x5b);
  frame.elements.forEach((element, index) => {
    if (index > 0) out.byte(0x2c);
    out.append(element);
  });
  out.byte(0x5d);
  return out.toBytes();
}

function readKey(bytes: Uint8Array, at: number, frame: ObjectFrame): number {
  const end = stringEnd(bytes, at);
  frame.key = unquote(bytes, at + 1, end - 1);
  return skipSpace(bytes, skipSpace(bytes, end) + 1);
}

function rewriteScalar(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const c = bytes[start];
  const out = new ByteBuffer();
  if (c === 0x22) {
    appendQuoted(out, unquote(bytes, start + 1, end - 1));
  } else if (c === 0x2d || (c >= 0x30 && c <= 0x39)) {
    out.ascii(goFloat(ascii(bytes, start, end)));
  } else {
    return bytes.subarray(start, end);
  }
  return out.toBytes();
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
