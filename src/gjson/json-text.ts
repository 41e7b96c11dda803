import { ByteBuilder, runeAt } from './bytes';

const SHORT = new Map<number, string>([[0x08, '\\b'], [0x0c, '\\f'], [0x0a, '\\n'], [0x0d, '\\r'], [0x09, '\\t'], [0x5c, '\\\\'], [0x22, '\\"']]);

/** Appends the bytes as JSON text the way gjson's `AppendJSONString` does: `<`, `>`, `&` are escaped too, a byte that is no UTF-8 is U+FFFD. */
export function appendJsonText(out: ByteBuilder, bytes: Uint8Array): void {
  out.push(0x22);
  for (let i = 0; i < bytes.length;) {
    const c = bytes[i];
    if (c >= 0x80) {
      const rune = runeAt(bytes, i, bytes.length);
      if (rune.code === 0xfffd && rune.size === 1) {
        out.appendText('\\ufffd');
      } else if (rune.code === 0x2028 || rune.code === 0x2029) {
        out.appendText(`\\u${rune.code.toString(16)}`);
      } else {
        out.append(bytes.subarray(i, i + rune.size));
      }
      i += rune.size;
      continue;
    }
    const short = SHORT.get(c);
    if (short !== undefined) {
      out.appendText(short);
    } else if (c < 0x20 || c === 0x3c || c === 0x3e || c === 0x26) {
      out.appendText(`\\u00${c.toString(16).padStart(2, '0')}`);
    } else {
      out.push(c);
    }
    i++;
  }
  out.push(0x22);
}
