import { quoteText } from './escape';
import { queryEnd } from './query-end';

/*
 * Reads what people write in place of GJSON, and writes it in GJSON. Everything here is a guess at what was meant; the caller
 * checks the result.
 */

/** `$.a[0]['b']` as `a.0.b`. */
export function dotted(path: string): string {
  return path.trim()
    .replace(/^\$\.?|^\.(?=[A-Za-z_])/, '')
    .replace(/\[(?:'([^']*)'|"([^"]*)"|(\d+))\]/g, (_, single, double, index) => `.${single ?? double ?? index}`)
    .replace(/^\./, '');
}

/** A comparison of a field, outside of any query. */
const COMPARISON = /^([^=<>!%&|]+?)\s*(===?|!==?|<=|>=|=|<|>)\s*([^=<>!&|]+)$/s;

/** `score > 0.5` as the inside of a query, `score>0.5`; a word becomes a text in double quotes. */
export function queryOf(comparison: string): string | undefined {
  const parts = COMPARISON.exec(comparison.trim());
  if (parts === null) {
    return undefined;
  }
  const field = dotted(parts[1]);
  const operator = parts[2].startsWith('=') ? '==' : parts[2].startsWith('!') ? '!=' : parts[2];
  const value = operand(parts[3].trim());
  if (field === '' || value === undefined || /[()[\]{}'"#\s]/.test(field)) {
    return undefined;
  }
  if (operator === '==' && /^(?:true|false|null)$/.test(value)) {
    return `${field}|@tostr==${quoteText(value)}`;
  }
  return `${field}${operator}${value}`;
}

function operand(text: string): string | undefined {
  const quoted = /^'([^'"\\]*)'$|^"([^"\\]*)"$/s.exec(text);
  if (quoted !== null) {
    return quoteText(quoted[1] ?? quoted[2]);
  }
  if (isNumber(text) || /^(?:true|false|null)$/.test(text)) {
    return text;
  }
  return /^[\w.-]+$/.test(text) ? quoteText(text) : undefined;
}

export function isNumber(text: string): boolean {
  return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text);
}

/** The comparison as a condition on the document. */
export function conditionOf(comparison: string): string | undefined {
  const query = queryOf(comparison);
  return query === undefined ? undefined : `[@this].#(${query})`;
}

/** What `a && b` or `a || b` joins, outside of quotes; `and` and `or` are taken for the same. */
export function joined(text: string): { operator: '&&' | '||'; parts: string[] } | undefined {
  const outside = text.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/gs, (quoted) => '_'.repeat(quoted.length));
  const found = [...outside.matchAll(/&&|\|\||\s(?:and|AND|or|OR)\s/g)];
  if (found.length === 0) {
    return undefined;
  }
  const operators = new Set(found.map(([sign]) => (/and|&/i.test(sign) ? '&&' as const : '||' as const)));
  if (operators.size > 1) {
    return { operator: '&&', parts: [] }; // which of them binds first is for a human to say
  }
  const parts: string[] = [];
  let from = 0;
  for (const match of found) {
    parts.push(text.slice(from, match.index).trim());
    from = match.index + match[0].length;
  }
  return { operator: [...operators][0], parts: [...parts, text.slice(from).trim()] };
}

/** The text around the one query of a path, and what is inside of it. */
export function aroundQuery(path: string): { before: string; inside: string; after: string } | undefined {
  const start = path.indexOf('#(');
  const length = start === -1 ? -1 : queryEnd(path.slice(start));
  return length === -1 ? undefined
    : { before: path.slice(0, start), inside: path.slice(start + 2, start + length - 1), after: path.slice(start + length) };
}

/** The text with the brackets and the quote closed that it leaves open; undefined where one is closed that was never opened. */
export function closed(text: string): string | undefined {
  const open: string[] = [];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') {
      i++;
    } else if (c === '"') {
      quoted = !quoted;
    } else if (!quoted && '([{'.includes(c)) {
      open.push(')]}'['([{'.indexOf(c)]);
    } else if (!quoted && ')]}'.includes(c) && open.pop() !== c) {
      return undefined;
    }
  }
  return text + (quoted ? '"' : '') + open.reverse().join('');
}
