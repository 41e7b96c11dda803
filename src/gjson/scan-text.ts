/*
 * Cutting a path (a byte text) the way gjson does. Every function looks at its text once.
 */

/** Without the white space and control characters at both ends. */
export function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 0x20) {
    start++;
  }
  while (end > start && text.charCodeAt(end - 1) <= 0x20) {
    end--;
  }
  return text.slice(start, end);
}

/**
 * The bracketed or quoted block at the start; the whole text where it is not closed. Its first character counts as an opening bracket,
 * whatever it is, unless it is a quote.
 */
export function squash(text: string): string {
  return text.startsWith('"') ? text.slice(0, quoteEnd(text, 1)) : block(text);
}

/** Like `squash`, where a quote at the start is also taken for an opening bracket. */
export function block(text: string): string {
  let depth = 1;
  for (let i = 1; i < text.length; i++) {
    const c = text[i];
    if (c === '"') {
      i = quoteEnd(text, i + 1) - 1;
    } else if (c === '{' || c === '[' || c === '(') {
      depth++;
    } else if (c === '}' || c === ']' || c === ')') {
      depth--;
      if (depth === 0) {
        return text.slice(0, i + 1);
      }
    }
  }
  return text;
}

/** The index after the quote that ends the text begun before `i`; a backslash takes the next character along. */
export function quoteEnd(text: string, i: number): number {
  for (; i < text.length; i++) {
    if (text[i] === '\\') {
      i++;
    } else if (text[i] === '"') {
      return i + 1;
    }
  }
  return text.length;
}

/**
 * Where a path behind a query has a pipe that belongs to the whole and not to a part of it: what is left and right of the first one.
 */
export function splitAtPipe(path: string): { left: string; right: string } | undefined {
  if (!path.includes('|')) {
    return undefined;
  }
  if (path.startsWith('{')) {
    const inner = squash(path.slice(1));
    const end = inner.length + 1;
    return end < path.length && path[end] === '|' ? { left: path.slice(0, end), right: path.slice(end + 1) } : undefined;
  }
  for (let i = 0; i < path.length; i++) {
    if (path[i] === '\\') {
      i++;
    } else if (path[i] === '|') {
      return { left: path.slice(0, i), right: path.slice(i + 1) };
    } else if (path[i] === '.') {
      if (i === path.length - 1) {
        return undefined;
      }
      if (path[i + 1] === '#') {
        i += 2;
        if (i === path.length) {
          return undefined;
        }
        if (path[i] === '[' || path[i] === '(') {
          i = selectorEnd(path, i + 1, path[i], path[i] === '[' ? ']' : ')');
        }
      }
    }
  }
  return undefined;
}

/** The index of the bracket that closes a selector; here, unlike in a query, only brackets of its own kind count. */
function selectorEnd(path: string, i: number, open: string, close: string): number {
  let depth = 1;
  for (; i < path.length; i++) {
    if (path[i] === '\\') {
      i++;
    } else if (path[i] === open) {
      depth++;
    } else if (path[i] === close) {
      depth--;
      if (depth === 0) {
        break;
      }
    } else if (path[i] === '"') {
      i = quoteEnd(path, i + 1) - 1;
    }
  }
  return i;
}
