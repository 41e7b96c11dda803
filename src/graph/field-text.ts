import { escapeKey, isWellFormed } from '../gjson/escape';
import { isModifier } from '../gjson/modifier-names';
import { queryEnd } from '../gjson/query-end';

/** The field path of the document itself, which `any` and `all` need for arrays of texts and numbers. */
export const ITSELF = '@this';

/** Paths of which GJSON takes each character as it stands; most are such. */
const PLAIN = /^[\w-]+(?:\.[\w-]+)*$/;

/** Characters with which people write something else than a key: another query language, a wildcard, a comparison. */
const AMBIGUOUS = /[*?|[\]{}()#=<>]/;

/**
 * A field path, as a user writes it, as the GJSON path of that field.
 *
 * @throws where the text reads as something else than keys and indexes
 */
export function gjsonOf(field: string): string {
  if (PLAIN.test(field)) {
    return field;
  }
  checkWellFormed('field path', field);
  if (field === '') {
    throw new Error('the field path is empty, got \'\': name the field whose value decides, as in \'predictions.0\'');
  }
  if (field === ITSELF) {
    return field;
  }
  const components: string[] = [];
  for (let at = 0; at <= field.length;) {
    const end = componentEnd(field, at);
    components.push(component(field, field.slice(at, end), end === field.length));
    at = end + 1;
  }
  return components.join('.');
}

/** A key for `FieldPath.of`: any text but the empty one, which a path can hold only in some places. */
export function checkKey(key: string): void {
  checkWellFormed('key', key);
  if (key === '') {
    throw new Error('a key of the field path is empty, got \'\': leave it out, or write the path yourself with Condition.gjson');
  }
}

export function checkWellFormed(what: string, text: string): void {
  if (!isWellFormed(text)) {
    throw new Error(`the ${what} holds half a surrogate pair, got ${JSON.stringify(text)}: `
      + 'such a text has no form in UTF-8, which KServe compares; give whole characters');
  }
}

function componentEnd(field: string, start: number): number {
  let i = start;
  if (field.startsWith('#(', i)) {
    const length = queryEnd(field.slice(i));
    if (length === -1) {
      throw new Error(`the query in the field path is never closed, got '${field}': balance the parentheses and the double quotes`);
    }
    i += length;
  }
  while (i < field.length && field[i] !== '.') {
    i += field[i] === '\\' ? 2 : 1;
  }
  if (i > field.length) {
    throw new Error(`the field path ends in a backslash, got '${field}': write '\\\\' for a key that holds one`);
  }
  return i;
}

function component(field: string, text: string, last: boolean): string {
  if (text === '') {
    throw new Error(`a component of the field path is empty, got '${field}': put one key or index between the dots`);
  }
  if (text.startsWith('#(')) {
    if (queryEnd(text) !== text.length) {
      throw new Error(`a query in the field path goes on after its parenthesis, got '${field}': `
        + 'follow it with a dot, or use Condition.gjson (\'#(…)#\' gives an array, which always exists)');
    }
    return text;
  }
  if (text === '#') {
    if (!last) {
      throw new Error(`'#' does not end the field path, got '${field}': '#.x' collects an array, which always exists; `
        + 'give an index, or ask for any element with Condition.any');
    }
    return text;
  }
  const plain = text.replace(/\\./gsu, '');
  if (AMBIGUOUS.test(plain) || plain === '$' || isModifier(/^@([^:]*)/.exec(text)?.[1] ?? '')) {
    throw new Error(`'${text}' in the field path is no plain key, got '${field}': ${mend(field, text)}`);
  }
  return escapeKey(text.replace(/\\(.)/gsu, '$1'));
}

function mend(field: string, text: string): string {
  const dotted = field.replace(/^\$\.?/, '').replace(/\[(?:'([^']*)'|"([^"]*)"|(\d+))\]/g, '.$1$2$3').replace(/^\./, '');
  const key = `for a key of that very name FieldPath.of('${text}')`;
  if (dotted !== field) {
    return `GJSON has no '$' and no brackets; write '${dotted}', or ${key}`;
  }
  return /[=<>]/.test(text)
    ? `name the field only, the factory makes the comparison; ${key}`
    : `wildcards, pipes and modifiers need Condition.gjson; ${key}`;
}
