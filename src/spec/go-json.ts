/*
 * Go's json.Marshal of a struct, in the order and with the omissions that the struct's tags ask for (encoding/json, Go 1.25).
 */

/** Writes a value, or says that it is one which `omitempty` leaves out. */
export interface Shape {
  readonly encode: (value: unknown) => string;
  readonly isEmpty: (value: unknown) => boolean;
}

const isUnset = (value: unknown): boolean => value === undefined || value === null;

/** A string. The empty one is left out. */
export const TEXT: Shape = { encode: (value) => goString(isUnset(value) ? '' : String(value)), isEmpty: (value) => isUnset(value) || value === '' };

/** A number that is not a pointer: 0 is left out. */
export const NUMBER: Shape = { encode: (value) => String(value ?? 0), isEmpty: (value) => isUnset(value) || value === 0 };

/** A pointer to a number or a string: what is set is written, 0 and the empty text too. */
export const POINTER: Shape = { encode: (value) => typeof value === 'string' ? goString(value) : String(value), isEmpty: isUnset };

/** A boolean: false is left out. */
export const FLAG: Shape = { encode: (value) => String(value === true), isEmpty: (value) => value !== true };

/** A string that is changed before it is written. */
export function textBy(change: (text: string) => string): Shape {
  return { encode: (value) => goString(change(String(value))), isEmpty: isUnset };
}

/** A slice: the one without elements is left out. */
export function listOf(element: Shape): Shape {
  return {
    encode: (value) => isUnset(value) ? 'null' : `[${(value as readonly unknown[]).map(element.encode).join(',')}]`,
    isEmpty: (value) => isUnset(value) || (value as readonly unknown[]).length === 0,
  };
}

/** A map: Go sorts the keys by their bytes. */
export function mapOf(element: Shape): Shape {
  return {
    encode: (value) => isUnset(value) ? 'null' : `{${entriesOf(value)
      .sort(([a], [b]) => compareBytes(a, b))
      .map(([key, entry]) => `${goString(key)}:${element.encode(entry)}`)
      .join(',')}}`,
    isEmpty: (value) => isUnset(value) || entriesOf(value).length === 0,
  };
}

/** A struct, or a pointer to one: written whenever it is set. Fields stand in Go's order. */
export function struct(fields: { readonly [name: string]: Shape }): Shape {
  return {
    encode: (value) => `{${Object.entries(fields)
      .map(([name, shape]) => ({ name, shape, field: (value as Record<string, unknown> | undefined)?.[name] }))
      .filter(({ shape, field }) => !shape.isEmpty(field))
      .map(({ name, shape, field }) => `"${name}":${shape.encode(field)}`)
      .join(',')}}`,
    isEmpty: isUnset,
  };
}

/** A field without `omitempty`. */
export function always(shape: Shape): Shape {
  return { encode: shape.encode, isEmpty: () => false };
}

/** A string as Go writes it: `<`, `>`, `&` and the two line separators of JavaScript are escaped, half a character becomes U+FFFD. */
export function goString(text: string): string {
  // eslint-disable-next-line no-control-regex
  return `"${text.replace(/["\\\u0000-\u001f<>&\u2028\u2029]|[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, escape)}"`;
}

const SHORT: { readonly [character: string]: string } = { '"': '\\"', '\\': '\\\\', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escape(found: string): string {
  if (found.length === 2) {
    return found;
  }
  const code = found.charCodeAt(0);
  return SHORT[found] ?? (code >= 0xd800 && code <= 0xdfff ? '\ufffd' : `\\u${code.toString(16).padStart(4, '0')}`);
}

function entriesOf(value: unknown): [string, unknown][] {
  return Object.entries(value as Record<string, unknown>).filter(([, entry]) => entry !== undefined);
}

/** UTF-8 sorts as code points do; JavaScript's own order is that of UTF-16. */
function compareBytes(a: string, b: string): number {
  const [x, y] = [Array.from(a), Array.from(b)];
  const at = x.findIndex((character, i) => character !== y[i]);
  if (at === -1 || at >= y.length) {
    return x.length - y.length;
  }
  return x[at].codePointAt(0)! - y[at].codePointAt(0)!;
}
