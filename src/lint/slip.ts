import type { Path } from './diagnostic';
import type { Fix } from './fix';

/**
 * Whether `word` can be nothing but a slip of `meant`: other case, `-` or `_` between the words, or one letter too many, too few, wrong, or two
 * swapped, and of no other candidate.
 */
export function isSlipOf(word: string, meant: string, candidates: readonly string[]): boolean {
  if (plain(word) === plain(meant)) {
    return candidates.filter((candidate) => plain(candidate) === plain(meant)).length === 1;
  }
  // in a short word one letter is too much of it
  return word.length > 3 && candidates.filter((candidate) => isOneEdit(plain(word), plain(candidate))).join() === meant;
}

/** The edit that writes what is meant at a path, where the word there can be nothing but a slip of it. */
export function fixOfSlip(path: Path, word: string, meant: string | undefined, candidates: readonly string[]): Fix | undefined {
  return meant !== undefined && isSlipOf(word, meant, candidates) ? { kind: 'replace-value', path, value: meant } : undefined;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_]/g, '');
}

function isOneEdit(a: string, b: string): boolean {
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) {
    start++;
  }
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) {
    end++;
  }
  const [inA, inB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return (inA.length < 2 && inB.length < 2) || (inA.length === 2 && inB === inA[1] + inA[0]);
}
