/** A part of a YAML text: whole documents. */
export interface Slice {
  readonly text: string;
  /** How many lines of the text stand before it. */
  readonly linesBefore: number;
}

/** Documents of together so many characters are a slice; one that is longer is one alone. */
const ENOUGH = 1024 * 1024;

/**
 * The documents of a YAML text, as many together as make a slice: a line that begins with `---` is the border of two wherever it stands. A text in which
 * one ends with `...` or has directives, which stand before its border, is not taken apart.
 */
export function slicesOf(text: string): Iterable<Slice> {
  return text.length < ENOUGH || /^(?:\.\.\.|%)/m.test(text) ? [{ text, linesBefore: 0 }] : slicesOfLong(text);
}

function* slicesOfLong(text: string): Generator<Slice> {
  let [start, linesBefore, document] = [0, 0, 0];
  const upTo = (end: number): Slice => {
    const slice = { text: text.slice(start, end), linesBefore };
    start = end;
    linesBefore += countLines(slice.text);
    return slice;
  };
  for (const border of bordersOf(text)) {
    if (border - document >= ENOUGH && document > start) {
      yield upTo(document);
    }
    if (border - start >= ENOUGH || border === text.length) {
      yield upTo(border);
    }
    document = border;
  }
}

function* bordersOf(text: string): Generator<number> {
  for (const { index } of text.matchAll(/^---(?![^\s])/gm)) {
    yield index;
  }
  yield text.length;
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    count++;
  }
  return count;
}
