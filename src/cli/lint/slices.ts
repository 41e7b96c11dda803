/** A part of a YAML text that is a document. */
export interface Slice {
  readonly text: string;
  /** How many lines of the text stand before it. */
  readonly linesBefore: number;
}

/**
 * The documents of a YAML text, each for itself: a line that begins with `---` is the border of two wherever it stands. One that ends with `...` or
 * has directives, which stand before its border, is not taken apart.
 */
export function slicesOf(text: string): Slice[] {
  if (/^(?:\.\.\.|%)/m.test(text)) {
    return [{ text, linesBefore: 0 }];
  }
  const slices: Slice[] = [];
  let [start, linesBefore] = [0, 0];
  for (const { index } of text.matchAll(/^---(?![^\s])/gm)) {
    const slice = text.slice(start, index);
    if (index > start) {
      slices.push({ text: slice, linesBefore });
    }
    linesBefore += countLines(slice);
    start = index;
  }
  return [...slices, { text: text.slice(start), linesBefore }];
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    count++;
  }
  return count;
}
