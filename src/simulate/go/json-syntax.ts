import { isValidJson as isJson } from '../../gjson/valid';
import { goQuote } from '../../spec/go-quote';

/** Deeper nesting is an error for Go (encoding/json, scanner.go). */
const MAX_DEPTH = 10000;

/** Where a container stands. */
const enum Place { KEY, VALUE, ELEMENT }

/** What may come next. */
const enum Expect {
  VALUE, VALUE_OR_END, KEY, KEY_OR_END, AFTER_VALUE,
  STRING, ESCAPE, HEX, MINUS, ZERO, DIGITS, DOT, FRACTION, EXPONENT, EXPONENT_SIGN, EXPONENT_DIGITS, LITERAL,
}

const LITERALS: { [first: number]: string } = { 0x74: 'true', 0x66: 'false', 0x6e: 'null' };

/**
 * Tells whether Go's encoding/json takes these bytes as JSON: `undefined` if it does, its own error text if not.
 * It differs from JSON.parse in small ways: bytes that are no UTF-8 pass, a depth beyond 10000 does not.
 */
export function jsonSyntaxError(bytes: Uint8Array): string | undefined {
  return isValidJson(bytes) ? undefined : firstSyntaxError(bytes);
}

/** Whether Go's encoding/json takes these bytes as JSON. */
export function isValidJson(bytes: Uint8Array): boolean {
  return isJson(bytes, MAX_DEPTH);
}

/** Byte by byte as Go's scanner goes, since its words depend on where it stands. */
function firstSyntaxError(bytes: Uint8Array): string {
  const stack: Place[] = [];
  let expect = Expect.VALUE;
  let literal = '';
  let position = 0; // in the literal, or hexadecimal digits seen

  for (let i = 0; i <= bytes.length; i++) {
    const c = i < bytes.length ? bytes[i] : 0x20; // Go ends the text with a space, and complains about that space
    switch (expect) {
      case Expect.STRING:
        if (c === 0x22) expect = Expect.AFTER_VALUE;
        else if (c === 0x5c) expect = Expect.ESCAPE;
        else if (c < 0x20) return invalid(c, 'in string literal');
        continue;
      case Expect.ESCAPE:
        if (c === 0x75) {
          expect = Expect.HEX;
          position = 0;
        } else if (isSimpleEscape(c)) {
          expect = Expect.STRING;
        } else {
          return invalid(c, 'in string escape code');
        }
        continue;
      case Expect.HEX:
        if (!isHex(c)) return invalid(c, 'in \\u hexadecimal character escape');
        if (++position === 4) expect = Expect.STRING;
        continue;
      case Expect.LITERAL:
        if (c !== literal.charCodeAt(position)) return invalid(c, `in literal ${literal} (expecting '${literal[position]}')`);
        if (++position === literal.length) expect = Expect.AFTER_VALUE;
        continue;
      case Expect.MINUS:
        if (!isDigit(c)) return invalid(c, 'in numeric literal');
        expect = c === 0x30 ? Expect.ZERO : Expect.DIGITS;
        continue;
      case Expect.DOT:
        if (!isDigit(c)) return invalid(c, 'after decimal point in numeric literal');
        expect = Expect.FRACTION;
        continue;
      case Expect.EXPONENT:
      case Expect.EXPONENT_SIGN:
        if (expect === Expect.EXPONENT && (c === 0x2b || c === 0x2d)) {
          expect = Expect.EXPONENT_SIGN;
          continue;
        }
        if (!isDigit(c)) return invalid(c, 'in exponent of numeric literal');
        expect = Expect.EXPONENT_DIGITS;
        continue;
      case Expect.DIGITS:
      case Expect.ZERO:
      case Expect.FRACTION:
      case Expect.EXPONENT_DIGITS:
        if (isDigit(c) && expect !== Expect.ZERO) continue;
        if (c === 0x2e && (expect === Expect.ZERO || expect === Expect.DIGITS)) {
          expect = Expect.DOT;
          continue;
        }
        if ((c === 0x65 || c === 0x45) && expect !== Expect.EXPONENT_DIGITS) {
          expect = Expect.EXPONENT;
          continue;
        }
        expect = Expect.AFTER_VALUE;
        break;
      default:
    }

    if (c === 0x20 || c === 0x09 || c === 0x0d || c === 0x0a) continue;
    switch (expect) {
      case Expect.AFTER_VALUE: {
        if (stack.length === 0) return invalid(c, 'after top-level value');
        const place = stack[stack.length - 1];
        if (place === Place.KEY) {
          if (c !== 0x3a) return invalid(c, 'after object key');
          stack[stack.length - 1] = Place.VALUE;
          expect = Expect.VALUE;
        } else if (place === Place.VALUE) {
          if (c === 0x2c) {
            stack[stack.length - 1] = Place.KEY;
            expect = Expect.KEY;
          } else if (c === 0x7d) {
            stack.pop();
          } else {
            return invalid(c, 'after object key:value pair');
          }
        } else if (c === 0x2c) {
          expect = Expect.VALUE;
        } else if (c === 0x5d) {
          stack.pop();
        } else {
          return invalid(c, 'after array element');
        }
        continue;
      }
      case Expect.KEY:
      case Expect.KEY_OR_END:
        if (expect === Expect.KEY_OR_END && c === 0x7d) {
          stack.pop();
          expect = Expect.AFTER_VALUE;
          continue;
        }
        if (c !== 0x22) return invalid(c, 'looking for beginning of object key string');
        expect = Expect.STRING;
        continue;
      default:
        if (expect === Expect.VALUE_OR_END && c === 0x5d) {
          stack.pop();
          expect = Expect.AFTER_VALUE;
        } else if (c === 0x7b || c === 0x5b) {
          stack.push(c === 0x7b ? Place.KEY : Place.ELEMENT);
          if (stack.length > MAX_DEPTH) return invalid(c, 'exceeded max depth');
          expect = c === 0x7b ? Expect.KEY_OR_END : Expect.VALUE_OR_END;
        } else if (c === 0x22) {
          expect = Expect.STRING;
        } else if (c === 0x2d) {
          expect = Expect.MINUS;
        } else if (isDigit(c)) {
          expect = c === 0x30 ? Expect.ZERO : Expect.DIGITS;
        } else if (LITERALS[c] !== undefined) {
          literal = LITERALS[c];
          position = 1;
          expect = Expect.LITERAL;
        } else {
          return invalid(c, 'looking for beginning of value');
        }
    }
  }

  return 'unexpected end of JSON input';
}

function invalid(c: number, context: string): string {
  return `invalid character ${quoteByte(c)} ${context}`;
}

/** Go takes the byte for a code point here, whatever it is part of. */
function quoteByte(c: number): string {
  if (c === 0x27) return "'\\''";
  if (c === 0x22) return "'\"'";
  return `'${goQuote(String.fromCharCode(c)).slice(1, -1)}'`;
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}

function isHex(c: number): boolean {
  return isDigit(c) || (c >= 0x61 && c <= 0x66) || (c >= 0x41 && c <= 0x46);
}

function isSimpleEscape(c: number): boolean {
  return c === 0x62 || c === 0x66 || c === 0x6e || c === 0x72 || c === 0x74 || c === 0x5c || c === 0x2f || c === 0x22;
}
