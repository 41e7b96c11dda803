/** A map of JSON, whose values are not known yet. */
export type Fields = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fieldsOf(value: unknown): Fields {
  return isMap(value) ? value : {};
}

/** A field of a map that is the map's own: `constructor` is none. */
export function field(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The maps in a list. */
export function mapsOf(value: unknown): Fields[] {
  return listOf(value).filter(isMap);
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The empty text counts as not set, as in Go. */
export function nonEmpty(value: unknown): string | undefined {
  return textOf(value) || undefined;
}

export function wholeOf(value: unknown): number | undefined {
  return Number.isInteger(value) ? value as number : undefined;
}
