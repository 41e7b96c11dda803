/** A value as it stands in a message; long ones are cut. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** `a`, `a or b`, `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}

/** More than a message shows. */
const MOST_LISTED = 20;

/** `a, b, c`; of very many the first. */
export function listed(words: readonly string[], separator = ', '): string {
  return words.length <= MOST_LISTED ? words.join(separator) : `${words.slice(0, MOST_LISTED).join(separator)}${separator}${words.length - MOST_LISTED} others`;
}

/** Of so many names that are nothing a graph is told what was meant: looking for more among many names would take for ever. */
export const MOST_SUGGESTIONS = 100;

/** The candidate that `word` is most likely a slip of, if one is near enough and none as near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const bound = Math.max(1, Math.floor(word.length / 3));
  const [best, second] = [...new Set(candidates)]
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase(), bound) }))
    .filter(({ distance }) => distance <= bound)
    .sort((a, b) => a.distance - b.distance);
  return best?.distance === second?.distance ? undefined : best?.candidate;
}

/** Levenshtein's distance, or more than `bound` where the lengths alone differ by more. */
function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) > bound) {
    return bound + 1;
  }
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}
