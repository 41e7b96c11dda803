/** Deeper than anything that is written, and before the parser runs out of stack, which takes it long where a text is long. */
const DEEPEST = 10_000;

/** Whether a text opens so many more brackets than it closes, or lists in one line, that no parser should try it. Those in texts and comments count too. */
export function isNestedTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(depth - 1, 0);
    if (depth > DEEPEST) {
      return true;
    }
  }
  return /(?:[-?][ \t]{1,9}){1000}/.test(text);
}
