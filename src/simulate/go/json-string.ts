import { ByteBuffer } from './bytes';
import { sequenceLength } from '../../spec/utf8';

/* eslint-disable no-bitwise -- UTF-8 is made of bits */

const HEX = '0123456789abcdef';

/**
 * The bytes between a JSON string's quotes as Go decodes them: every byte that is no UTF-8 becomes U+FFFD (Go replaces byte
 * by byte, a TextDecoder by whole sequences), and so does a lone surrogate.
 */
export function unquote(bytes: Uint8Array, start: number, end: number): Uint8Array {
  let plain = start;
  while (plain < end && bytes[plain] < 0x80 && bytes[plain] !== 0x5c) plain++;
  if (plain === end) return bytes.subarray(start, end);
  const out = new ByteBuffer();
  out.append(bytes.subarray(start, plain));
  let i = plain;
  while (i < end) {
    const c = bytes[i];
    if (c === 0x5c) {
      i = unescape(bytes, i + 1, end, out);
    } else if (c < 0x80) {
      out.byte(c);
      i++;
    } else {
      const size = sequenceLength(bytes, i, end);
      if (size === 1) appendRune(out, 0xfffd);
      else out.append(bytes.subarray(i, i + size));
      i += size;
    }
  }
  return out.written();
}

/** Where the string that begins at `at` ends, if Go would write it as it is; -1 if not. */
export function plainStringEnd(bytes: Uint8Array, at: number): number {
  for (let i = at + 1; ; i++) {
    const c = bytes[i];
    if (c === 0x22) return i + 1;
    if (c === 0x5c || c === 0x3c || c === 0x3e || c === 0x26) return -1;
    if (c >= 0x80) {
      const size = sequenceLength(bytes, i, bytes.length);
      if (size === 1 || (c === 0xe2 && bytes[i + 1] === 0x80 && (bytes[i + 2] & 0xfe) === 0xa8)) return -1;
      i += size - 1;
    }
  }
}

/** Writes decoded bytes as Go's json.Marshal writes a string: `<`, `>`, `&`, U+2028 and U+2029 are escaped too. */
export function appendQuoted(out: ByteBuffer, bytes: Uint8Array): void {
  out.byte(0x22);
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i];
    if (c === 0x22 || c === 0x5c) {
      out.byte(0x5c);
      out.byte(c);
    } else if (c === 0x08) {
      out.ascii('\\b');
    } else if (c === 0x0c) {
      out.ascii('\\f');
    } else if (c === 0x0a) {
      out.ascii('\\n');
    } else if (c === 0x0d) {
      out.ascii('\\r');
    } else if (c === 0x09) {
      out.ascii('\\t');
    } else if (c < 0x20 || c === 0x3c || c === 0x3e || c === 0x26) {
      out.ascii('\\u00' + HEX[c >> 4] + HEX[c & 15]);
    } else if (c === 0xe2 && bytes[i + 1] === 0x80 && (bytes[i + 2] & 0xfe) === 0xa8) {
      out.ascii('\\u202' + HEX[bytes[i + 2] & 15]);
      i += 2;
    } else {
      out.byte(c);
    }
  }
  out.byte(0x22);
}

function unescape(bytes: Uint8Array, at: number, end: number, out: ByteBuffer): number {
  switch (bytes[at]) {
    case 0x62: out.byte(0x08); break;
    case 0x66: out.byte(0x0c); break;
    case 0x6e: out.byte(0x0a); break;
    case 0x72: out.byte(0x0d); break;
    case 0x74: out.byte(0x09); break;
    case 0x75: return unescapeUnicode(bytes, at + 1, end, out);
    default: out.byte(bytes[at]);
  }
  return at + 1;
}

function unescapeUnicode(bytes: Uint8Array, at: number, end: number, out: ByteBuffer): number {
  const first = hexValue(bytes, at);
  const next = at + 4;
  if (first < 0xd800 || first > 0xdfff) {
    appendRune(out, first);
    return next;
  }
  if (first < 0xdc00 && next + 5 < end && bytes[next] === 0x5c && bytes[next + 1] === 0x75) {
    const second = hexValue(bytes, next + 2);
    if (second >= 0xdc00 && second <= 0xdfff) {
      appendRune(out, 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
      return next + 6;
    }
  }
  appendRune(out, 0xfffd);
  return next;
}

function hexValue(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let i = at; i < at + 4; i++) {
    const c = bytes[i];
    value = value * 16 + (c <= 0x39 ? c - 0x30 : (c | 0x20) - 0x61 + 10);
  }
  return value;
}

function appendRune(out: ByteBuffer, code: number): void {
  if (code < 0x80) {
    out.byte(code);
  } else if (code < 0x800) {
    out.byte(0xc0 | (code >> 6));
    out.byte(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    out.byte(0xe0 | (code >> 12));
    out.byte(0x80 | ((code >> 6) & 0x3f));
    out.byte(0x80 | (code & 0x3f));
  } else {
    out.byte(0xf0 | (code >> 18));
    out.byte(0x80 | ((code >> 12) & 0x3f));
    out.byte(0x80 | ((code >> 6) & 0x3f));
    out.byte(0x80 | (code & 0x3f));
  }
}
