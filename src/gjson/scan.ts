import { Budget } from './budget';
import { byteTextToBytes, EMPTY } from './bytes';
import { unescape } from './unescape';
import { FALSE, JSON_TYPE, MISSING, NULL, NUMBER, STRING, TRUE, Value } from './value';

/** Written into the code as numbers: a loop over bytes should not look up each of these each time. */
const enum Byte {
  QUOTE = 0x22,
  COMMA = 0x2c,
  COLON = 0x3a,
  OPEN_ARRAY = 0x5b,
  BACKSLASH = 0x5c,
  CLOSE_ARRAY = 0x5d,
  LOWER_N = 0x6e,
  OPEN_OBJECT = 0x7b,
  CLOSE_OBJECT = 0x7d,
  OPEN_PARENTHESIS = 0x28,
  CLOSE_PARENTHESIS = 0x29,
  /** `[` and `{`, `]` and `}` differ in this bit only. */
  CURLY = 0x20,
}

export const QUOTE = Byte.QUOTE;
export const COMMA = Byte.COMMA;
export const COLON = Byte.COLON;
export const OPEN_ARRAY = Byte.OPEN_ARRAY;
export const BACKSLASH = Byte.BACKSLASH;
export const CLOSE_ARRAY = Byte.CLOSE_ARRAY;
export const LOWER_N = Byte.LOWER_N;
export const OPEN_OBJECT = Byte.OPEN_OBJECT;
export const CLOSE_OBJECT = Byte.CLOSE_OBJECT;

/** What a byte may begin, where a value is looked for. */
export const SKIP = 0;
export const BEGINS_STRING = 1;
export const BEGINS_OBJECT = 2;
export const BEGINS_ARRAY = 3;
export const BEGINS_LITERAL = 4;
export const BEGINS_NUMBER = 5;
export const ENDS_ARRAY = 6;

const BEGINS = new Uint8Array(256);
BEGINS[Byte.QUOTE] = BEGINS_STRING;
BEGINS[Byte.OPEN_OBJECT] = BEGINS_OBJECT;
BEGINS[Byte.OPEN_ARRAY] = BEGINS_ARRAY;
BEGINS[Byte.CLOSE_ARRAY] = ENDS_ARRAY;
mark('tfn', BEGINS_LITERAL);
mark('+-0123456789iIN', BEGINS_NUMBER);

function mark(characters: string, kind: number): void {
  for (const byte of byteTextToBytes(characters)) {
    BEGINS[byte] = kind;
  }
}

/** The kind of value that begins at `i`: an `n` begins a number (`nan`) unless `u` or nothing follows. */
export function beginsAt(json: Uint8Array, i: number): number {
  const kind = BEGINS[json[i]];
  return kind === BEGINS_LITERAL && json[i] === Byte.LOWER_N && i + 1 < json.length && json[i + 1] !== 0x75 ? BEGINS_NUMBER : kind;
}

/** The index after the quote that ends the text begun before `i`; the length where none does. */
export function stringEnd(json: Uint8Array, i: number): number {
  const length = json.length;
  while (i < length) {
    const c = json[i];
    if (c === Byte.QUOTE) {
      return i + 1;
    }
    i += c === Byte.BACKSLASH ? 2 : 1;
  }
  return length;
}

/** Whether a text that begins before `i` has its closing quote just before `end`. */
export function isClosed(json: Uint8Array, i: number, end: number): boolean {
  if (end <= i || json[end - 1] !== Byte.QUOTE) {
    return false;
  }
  if (end < json.length) {
    return true;
  }
  let backslashes = 0;
  for (let j = end - 2; j >= i && json[j] === Byte.BACKSLASH; j--) {
    backslashes++;
  }
  return backslashes % 2 === 0;
}


/**
 * The index after the bracket that closes the one at `i`; the length where none does, and one more where a quote is open at the end
 * (an array is then not closed by the end of the text). Any bracket closes any other, as in gjson.
 */
export function blockEnd(json: Uint8Array, i: number): number {
  const length = json.length;
  let depth = 1;
  i++;
  // most of the time of a walk is spent here; comparing bytes in this order is a third faster than a table of them
  while (i < length) {
    const c = json[i];
    i++;
    if (c === Byte.QUOTE) {
      for (;;) {
        if (i >= length) {
          return length + 1;
        }
        const inside = json[i];
        i++;
        if (inside === Byte.QUOTE) {
          break;
        }
        if (inside === Byte.BACKSLASH) {
          i++;
        }
      }
    } else if (c < Byte.OPEN_ARRAY) {
      if (c === Byte.OPEN_PARENTHESIS) {
        depth++;
      } else if (c === Byte.CLOSE_PARENTHESIS && --depth === 0) {
        return i;
      }
    } else if ((c | Byte.CURLY) === Byte.OPEN_OBJECT) {
      depth++;
    } else if ((c | Byte.CURLY) === Byte.CLOSE_OBJECT && --depth === 0) {
      return i;
    }
  }
  return length;
}

/** The index after the number at `i`: numbers end at white space, a comma or a bracket that closes. */
export function numberEnd(json: Uint8Array, i: number): number {
  i++;
  while (i < json.length) {
    const c = json[i];
    if (c <= 0x20 || c === Byte.COMMA || c === Byte.CLOSE_ARRAY || c === Byte.CLOSE_OBJECT) {
      break;
    }
    i++;
  }
  return i;
}

/** The index after the small letters that follow `i`. */
export function literalEnd(json: Uint8Array, i: number): number {
  i++;
  while (i < json.length && json[i] >= 0x61 && json[i] <= 0x7a) {
    i++;
  }
  return i;
}

/** The literal that begins with this byte: `n` is null. */
export function literalType(first: number): number {
  return first === 0x74 ? TRUE : first === 0x66 ? FALSE : NULL;
}

/** gjson's `Parse`: the first value of a text. An object or array is everything from its bracket to the end, other values are cut out. */
export function parseValue(json: Uint8Array): Value {
  let i = 0;
  while (i < json.length && json[i] <= 0x20) {
    i++;
  }
  if (i === json.length) {
    return MISSING;
  }
  switch (beginsAt(json, i)) {
    case BEGINS_OBJECT:
    case BEGINS_ARRAY:
      return new Value(JSON_TYPE, json.subarray(i));
    case BEGINS_STRING:
      return parseString(json.subarray(i));
    case BEGINS_LITERAL:
      return new Value(literalType(json[i]), json.subarray(i, literalEnd(json, i)));
    case BEGINS_NUMBER:
      return new Value(NUMBER, json.subarray(i, numberEnd(json, i)));
    default:
      return MISSING;
  }
}

function parseString(json: Uint8Array): Value {
  const end = stringEnd(json, 1);
  if (isClosed(json, 1, end)) {
    return new Value(STRING, json.subarray(0, end));
  }
  const rest = json.subarray(1);
  return new Value(STRING, json, rest.includes(Byte.BACKSLASH) ? unescape(rest) : rest);
}

/** A member costs time even where it is a single byte. */
const PER_MEMBER = 48;

/** gjson's `ForEach`: the members of an object or array; a value that is neither is its own only member. */
export function forEach(value: Value, budget: Budget, visit: (member: Value, key: Value) => void): void {
  if (!value.exists) {
    return;
  }
  if (value.type !== JSON_TYPE) {
    visit(value, MISSING);
    return;
  }
  const json = value.raw; // begins with its bracket
  const isObject = json[0] === Byte.OPEN_OBJECT;
  let key = new Value(isObject ? STRING : NUMBER, EMPTY);
  for (let i = 1; i < json.length; i++) {
    if (isObject) {
      if (json[i] !== Byte.QUOTE) {
        continue;
      }
      const end = stringEnd(json, i + 1);
      if (!isClosed(json, i + 1, end)) {
        return;
      }
      key = new Value(STRING, json.subarray(i, end));
      i = end;
    }
    while (i < json.length && (json[i] <= 0x20 || json[i] === Byte.COMMA || json[i] === Byte.COLON)) {
      i++;
    }
    const next = nextValue(json, i);
    if (next === undefined) {
      return;
    }
    budget.spend(PER_MEMBER + next.end - i);
    visit(next.value, key);
    i = next.end; // and one character more is skipped, whatever it is
  }
}

/** gjson's `parseAny`: the next value at or after `i`, skipping what begins none. */
export function nextValue(json: Uint8Array, i: number): { value: Value; end: number } | undefined {
  for (; i < json.length; i++) {
    switch (beginsAt(json, i)) {
      case BEGINS_OBJECT:
      case BEGINS_ARRAY:
        return read(JSON_TYPE, json, i, blockEnd(json, i));
      case BEGINS_STRING: {
        const end = stringEnd(json, i + 1);
        return isClosed(json, i + 1, end) ? read(STRING, json, i, end) : undefined;
      }
      case BEGINS_LITERAL:
        return read(literalType(json[i]), json, i, literalEnd(json, i));
      case BEGINS_NUMBER:
        return read(NUMBER, json, i, numberEnd(json, i));
    }
  }
  return undefined;
}

function read(type: number, json: Uint8Array, start: number, end: number): { value: Value; end: number } {
  return { value: new Value(type, json.subarray(start, end)), end };
}
