import { plainEnd } from './plain-bytes';

/**
 * Whether the bytes are one valid JSON value, by the rules of gjson's `ValidBytes` (v1.18.0): RFC 8259, and no check of what is inside
 * of a text beyond escapes and control characters. So duplicate keys, lone surrogates, bytes that are no UTF-8 and numbers of any size
 * pass; nesting may be as deep as the text is long.
 * @param maxDepth more levels than these make it invalid; gjson sets no bound, Go's encoding/json does
 */
export function isValidJson(data: Uint8Array, maxDepth = Infinity): boolean {
  const length = data.length;
  const open: number[] = []; // the brackets that enclose position i
  let close = NONE; // the innermost of them
  let i = 0;
  let expectKey = false;

  for (;;) {
    i = skipSpace(data, i);
    if (expectKey) {
      if (at(data, i) !== QUOTE || (i = stringEnd(data, i + 1)) === -1) {
        return false;
      }
      i = skipSpace(data, i);
      if (at(data, i) !== COLON) {
        return false;
      }
      i = skipSpace(data, i + 1);
      expectKey = false;
    }
    // one value
    switch (at(data, i)) {
      case OPEN_OBJECT:
        if (open.length >= maxDepth) {
          return false;
        }
        i = skipSpace(data, i + 1);
        if (at(data, i) !== CLOSE_OBJECT) {
          open.push(close = CLOSE_OBJECT);
          expectKey = true;
          continue;
        }
        i++;
        break;
      case OPEN_ARRAY:
        if (open.length >= maxDepth) {
          return false;
        }
        i = skipSpace(data, i + 1);
        if (at(data, i) !== CLOSE_ARRAY) {
          open.push(close = CLOSE_ARRAY);
          continue;
        }
        i++;
        break;
      case QUOTE:
        i = stringEnd(data, i + 1);
        break;
      case LOWER_T:
        i = literalEnd(data, i, 'true');
        break;
      case LOWER_F:
        i = literalEnd(data, i, 'false');
        break;
      case LOWER_N:
        i = literalEnd(data, i, 'null');
        break;
      default:
        i = numberEnd(data, i);
    }
    if (i === -1) {
      return false;
    }
    // what may follow it
    for (;;) {
      i = skipSpace(data, i);
      if (close === NONE) {
        return i === length;
      }
      const c = at(data, i);
      if (c === COMMA) {
        i = close === CLOSE_ARRAY ? numbersEnd(data, i) : i + 1;
        expectKey = close === CLOSE_OBJECT;
        break;
      }
      if (c !== close) {
        return false;
      }
      open.pop();
      close = open.length === 0 ? NONE : open[open.length - 1];
      i++;
    }
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const LOWER_F = 0x66;
const LOWER_N = 0x6e;
const LOWER_T = 0x74;
const LOWER_U = 0x75;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** No bracket, and no byte that means anything: what `at` gives behind the end. */
const NONE = 0;

/** A byte. To read past the end is slow, also where it is done but once: V8 then reads every byte as something that may be undefined. */
function at(data: Uint8Array, i: number): number {
  return i < data.length ? data[i] : NONE;
}

function skipSpace(data: Uint8Array, i: number): number {
  // one comparison for what is no space, which most bytes are: it halves the time
  while (i < data.length && data[i] <= 0x20 && (data[i] === 0x20 || data[i] === 0x0a || data[i] === 0x0d || data[i] === 0x09)) {
    i++;
  }
  return i;
}

/** So many bytes of a string are looked at one by one: most have no more. */
const SHORT = 128;

function stringEnd(data: Uint8Array, i: number): number {
  for (;;) {
    const shortEnd = Math.min(i + SHORT, data.length);
    for (; i < shortEnd; i++) {
      const c = data[i];
      if (c > BACKSLASH) {
        continue;
      }
      if (c === QUOTE) {
        return i + 1;
      }
      if (c < 0x20) {
        return -1;
      }
      if (c === BACKSLASH) {
        i++;
        if (at(data, i) === LOWER_U) {
          for (let digits = 0; digits < 4; digits++) {
            i++;
            if (!isHexDigit(at(data, i))) {
              return -1;
            }
          }
        } else if (!ESCAPES.has(at(data, i))) {
          return -1;
        }
      }
    }
    if (i >= data.length) {
      return -1;
    }
    i = plainEnd(data, i);
  }
}

const ESCAPES = new Set([...'"\\/bfnrt'].map((c) => c.charCodeAt(0)));

function isHexDigit(c: number): boolean {
  return (c >= ZERO && c <= NINE) || (c >= 0x41 && c <= 0x46) || (c >= 0x61 && c <= 0x66);
}

function literalEnd(data: Uint8Array, i: number, literal: string): number {
  for (let j = 0; j < literal.length; j++) {
    if (at(data, i + j) !== literal.charCodeAt(j)) {
      return -1;
    }
  }
  return i + literal.length;
}

function numberEnd(data: Uint8Array, i: number): number {
  if (at(data, i) === MINUS) {
    i++;
  }
  const first = at(data, i);
  if (!isDigit(first)) {
    return -1;
  }
  i = first === ZERO ? i + 1 : skipDigits(data, i + 1);
  let c = at(data, i);
  if (c === DOT) {
    if (!isDigit(at(data, i + 1))) {
      return -1;
    }
    i = skipDigits(data, i + 2);
    c = at(data, i);
  }
  if (c === 0x45 || c === 0x65) {
    i++;
    if (at(data, i) === 0x2b || at(data, i) === MINUS) {
      i++;
    }
    if (!isDigit(at(data, i))) {
      return -1;
    }
    i = skipDigits(data, i + 1);
  }
  return i;
}

function isDigit(c: number): boolean {
  return c >= ZERO && c <= NINE;
}

function skipDigits(data: Uint8Array, i: number): number {
  while (i < data.length && isDigit(data[i])) {
    i++;
  }
  return i;
}

/**
 * Goes over a comma in an array, and over the numbers with a comma behind them that follow it: they are most of most bodies.
 * @returns where the next value begins
 */
function numbersEnd(data: Uint8Array, comma: number): number {
  for (;;) {
    const start = at(data, comma + 1) === 0x20 ? comma + 2 : comma + 1; // Python writes a space
    const end = numberEnd(data, start);
    if (end === -1 || at(data, end) !== COMMA) {
      return start;
    }
    comma = end;
  }
}
