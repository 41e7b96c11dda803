const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function utf8(value: string): Uint8Array {
  return encoder.encode(value);
}

export function text(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** The length of the UTF-8 sequence at `i`; 1 for a byte that begins none. */
export function sequenceLength(bytes: Uint8Array, i: number, end: number): number {
  const c = bytes[i];
  const second = i + 1 < end ? bytes[i + 1] : 0;
  if (c >= 0xc2 && c <= 0xdf) return isContinuation(second) ? 2 : 1;
  if (c >= 0xe0 && c <= 0xef) {
    const low = c === 0xe0 ? 0xa0 : 0x80;
    const high = c === 0xed ? 0x9f : 0xbf;
    return second >= low && second <= high && i + 2 < end && isContinuation(bytes[i + 2]) ? 3 : 1;
  }
  if (c >= 0xf0 && c <= 0xf4) {
    const low = c === 0xf0 ? 0x90 : 0x80;
    const high = c === 0xf4 ? 0x8f : 0xbf;
    return second >= low && second <= high && i + 3 < end && isContinuation(bytes[i + 2]) && isContinuation(bytes[i + 3]) ? 4 : 1;
  }
  return 1;
}

function isContinuation(c: number): boolean {
  return c >= 0x80 && c <= 0xbf;
}
