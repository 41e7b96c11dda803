/**
 * The index just after the `#(…)` or `#[…]` that starts the text, by gjson's own count of brackets
 * (`(` and `[` are one kind, a backslash takes the next character along, quotes hide what is in them);
 * -1 where it is never closed.
 */
export function queryEnd(text: string): number {
  let depth = 1;
  for (let i = 2; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') {
      i++;
    } else if (c === '(' || c === '[') {
      depth++;
    } else if (c === ')' || c === ']') {
      depth--;
      if (depth === 0) {
        return i + 1;
      }
    } else if (c === '"') {
      i++;
      while (i < text.length && text[i] !== '"') {
        i += text[i] === '\\' ? 2 : 1;
      }
    }
  }
  return -1;
}
