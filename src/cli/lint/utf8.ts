import { isUtf8 } from 'node:buffer';
import type { Position } from './documents';

/** Where bytes stop being UTF-8, and by which byte; undefined where they never do. */
export function invalidUtf8(bytes: Uint8Array): Position & { readonly byte: number } | undefined {
  if (isUtf8(bytes)) {
    return undefined;
  }
  const LINE = 0x0a;
  for (let line = 1, start = 0; ; line++) {
    const next = bytes.indexOf(LINE, start);
    const end = next === -1 ? bytes.length : next + 1;
    const text = bytes.subarray(start, end);
    if (!isUtf8(text)) {
      const at = firstInvalid(text);
      return { line, column: new TextDecoder().decode(text.subarray(0, at)).length + 1, byte: text[at] };
    }
    start = end;
  }
}

/** The first place at which no character begins. */
function firstInvalid(bytes: Uint8Array): number {
  let at = 0;
  for (;;) {
    const length = [1, 2, 3, 4].find((size) => at + size <= bytes.length && isUtf8(bytes.subarray(at, at + size)));
    if (length === undefined) {
      return at;
    }
    at += length;
  }
}
