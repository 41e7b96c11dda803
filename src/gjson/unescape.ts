import { ByteBuilder } from './bytes';

const BACKSLASH = 0x5c;
const LOWER_U = 0x75;

/** What the character after a backslash stands for. */
const SIMPLE = new Map<number, number>(
  [['\\', '\\'], ['/', '/'], ['b', '\b'], ['f', '\f'], ['n', '\n'], ['r', '\r'], ['t', '\t'], ['"', '"']]
    .map(([name, character]) => [name.charCodeAt(0), character.charCodeAt(0)]),
);

/**
 * The inside of a JSON text without its escapes, as gjson decodes it: it ends at a control character or at an escape that JSON does
 * not know, half a surrogate pair becomes U+FFFD, and after one any second `\u` is taken along.
 */
export function unescape(json: Uint8Array): Uint8Array {
  const out = new ByteBuilder(json.length + 3);
  for (let i = 0; i < json.length; i++) {
    const c = json[i];
    if (c < 0x20) {
      break;
    }
    if (c !== BACKSLASH) {
      out.push(c);
      continue;
    }
    i++;
    const simple = SIMPLE.get(json[i]);
    if (simple !== undefined) {
      out.push(simple);
      continue;
    }
    if (json[i] !== LOWER_U || i + 5 > json.length) {
      break;
    }
    let code = hex4(json, i + 1);
    i += 4;
    if (isSurrogate(code) && json.length - (i + 1) >= 6 && json[i + 1] === BACKSLASH && json[i + 2] === LOWER_U) {
      code = pair(code, hex4(json, i + 3));
      i += 6;
    }
    pushRune(out, code);
  }
  return out.done();
}

/** Four hexadecimal digits; 0 where they are none (Go's ParseUint drops a number that it cannot read). */
function hex4(json: Uint8Array, at: number): number {
  let code = 0;
  for (let i = at; i < at + 4; i++) {
    const c = json[i];
    const digit = c >= 0x30 && c <= 0x39 ? c - 0x30 : (c | 0x20) >= 0x61 && (c | 0x20) <= 0x66 ? (c | 0x20) - 0x57 : -1;
    if (digit === -1) {
      return 0;
    }
    code = code * 16 + digit;
  }
  return code;
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

function pair(high: number, low: number): number {
  return high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff ? ((high - 0xd800) << 10) + (low - 0xdc00) + 0x10000 : 0xfffd;
}

function pushRune(out: ByteBuilder, rune: number): void {
  const code = isSurrogate(rune) ? 0xfffd : rune;
  if (code < 0x80) {
    out.push(code);
  } else if (code < 0x800) {
    out.push(0xc0 | (code >> 6));
    out.push(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    out.push(0xe0 | (code >> 12));
    out.push(0x80 | ((code >> 6) & 0x3f));
    out.push(0x80 | (code & 0x3f));
  } else {
    out.push(0xf0 | (code >> 18));
    out.push(0x80 | ((code >> 12) & 0x3f));
    out.push(0x80 | ((code >> 6) & 0x3f));
    out.push(0x80 | (code & 0x3f));
  }
}
