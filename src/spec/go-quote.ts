import { sequenceLength, text } from './utf8';

const NAMED: { [code: number]: string } = {
  7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r', 34: '\\"', 92: '\\\\',
};

/**
 * Go prints letters, marks, numbers, punctuation, symbols and the ASCII space, and escapes all else (strconv.IsPrint).
 * Which characters are letters depends on the Unicode version: Go 1.26 has 15, this engine may have a newer one.
 */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** A text in double quotes as Go's `%q` and strconv.Quote write it. */
export function goQuote(value: string): string {
  let out = '"';
  for (const char of value) {
    const code = char.codePointAt(0)!;
    const named = NAMED[code];
    if (named) out += named;
    else if (code >= 0xd800 && code <= 0xdfff) out += '\ufffd'; // no Go string holds a lone surrogate
    else if (PRINTABLE.test(char)) out += char;
    else if (code < 0x20 || code === 0x7f) out += '\\x' + hex(code, 2);
    else if (code < 0x10000) out += '\\u' + hex(code, 4);
    else out += '\\U' + hex(code, 8);
  }
  return out + '"';
}

/** The same for bytes that may be no UTF-8: those are written as `\xc3`. */
export function goQuoteBytes(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length;) {
    const size = sequenceLength(bytes, i, bytes.length);
    const isBroken = size === 1 && bytes[i] >= 0x80;
    out += isBroken ? '\\x' + hex(bytes[i], 2) : goQuote(text(bytes.subarray(i, i + size))).slice(1, -1);
    i += size;
  }
  return `"${out}"`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
