/** Deeper than anything that is written, and before the parser runs out of stack, which takes it long where a text is long. */
const DEEPEST = 10_000;

const [OPEN_LIST, CLOSE_LIST, OPEN_MAP, CLOSE_MAP] = Array.from('[]{}', (char) => char.charCodeAt(0));

/** Whether a text opens so many more brackets than it closes, or lists in one line, that no parser should try it. Those in texts and comments count too. */
export function isNestedTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === OPEN_LIST || char === OPEN_MAP) {
      depth++;
      if (depth > DEEPEST) {
        return true;
      }
    } else if ((char === CLOSE_LIST || char === CLOSE_MAP) && depth > 0) {
      depth--;
    }
  }
  return /(?:[-?][ \t]{1,9}){1000}/.test(text);
}
