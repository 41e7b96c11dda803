/** A set of ASCII characters, a bit each: header names have no others. */
export type AsciiSet = bigint;

export const ALL: AsciiSet = (1n << 128n) - 1n;

/** The characters from `low` to `high`, and of them those that are ASCII. */
export function range(low: number, high: number): AsciiSet {
  const last = Math.min(high, 127);
  return low > last ? 0n : ((1n << BigInt(last - low + 1)) - 1n) << BigInt(low);
}

/** The characters of a text, where `a-z` is a range. */
export function characters(text: string): AsciiSet {
  return [...text.matchAll(/([^])-([^])|[^]/g)].reduce((set, [one, low = one, high = one]) => set | range(low.charCodeAt(0), high.charCodeAt(0)), 0n);
}

export function not(set: AsciiSet): AsciiSet {
  return ALL ^ set;
}

export function has(set: AsciiSet, code: number): boolean {
  return code < 128 && (set >> BigInt(code) & 1n) === 1n;
}

const UPPER = range(0x41, 0x5a);
const LOWER = range(0x61, 0x7a);

/** The set with the other case of its letters. */
export function folded(set: AsciiSet): AsciiSet {
  return set | (set & UPPER) << 32n | (set & LOWER) >> 32n;
}

/** What `(?i)` adds to a range for its characters beyond ASCII: two of them are a letter of ASCII in another case. */
export function foldedRange(low: number, high: number): AsciiSet {
  const holds = (code: number) => low <= code && code <= high;
  return folded(range(low, high)) | (holds(LONG_S) ? characters('Ss') : 0n) | (holds(KELVIN) ? characters('Kk') : 0n);
}

const LONG_S = 0x17f;
const KELVIN = 0x212a;
