/*
 * Shapes of JSON values as data, for what a CRD's schema says. One description, two readers: `accepts` is quick and says yes or no,
 * `schema.ts` makes zod schemas of it, which say what is wrong.
 */

import { isBelow } from './versions';

/** The shape of a value. */
export type Shape = Scalar | EnumShape | ListShape | MapShape | ObjectShape;

/** A value without parts; times are whole seconds. */
export type Scalar = 'text' | 'boolean' | 'int32' | 'int64' | 'seconds' | 'quantity';

/** One of some texts. */
export interface EnumShape {
  readonly values: readonly [string, ...string[]];
}

/** A list of values of one shape; `keys` are the fields in which no two of its objects may be equal, with what counts where one is not there. */
export interface ListShape {
  readonly items: Shape;
  readonly keys?: { readonly [field: string]: string | undefined };
}

/** Values of one shape under any keys. */
export interface MapShape {
  readonly entries: Shape;
}

/** Values under known keys. */
export interface ObjectShape {
  readonly fields: { readonly [name: string]: Field };
  /** Whether other keys are allowed too. */
  readonly open?: boolean;
}

/** A key of an object. */
export interface Field {
  readonly shape: Shape;
  readonly required?: boolean;
  /** The first KServe version that has the field; none for the fields of Kubernetes' own types. */
  readonly since?: string;
}

/** The fields of an object, none of which is required. */
export function optional(shapes: { readonly [name: string]: Shape }): { [name: string]: Field } {
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, { shape }]));
}

/** The fields of an object, all of which are required. */
export function required(shapes: { readonly [name: string]: Shape }): { [name: string]: Field } {
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, { shape, required: true }]));
}

/** Optional fields that KServe has since one version. */
export function since(version: string, shapes: { readonly [name: string]: Shape }): { [name: string]: Field } {
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, { shape, since: version }]));
}

// the pattern of the CRDs lets pass an exponent with a fraction, at which Kubernetes' parser and so KServe's webhook fail
const QUANTITY = /^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$/;

// Go's JSON decoder reads 64-bit integers; as far as JavaScript's numbers tell, these are the whole ones below 2^63
const isInt64 = (value: unknown) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 63;

/** What each kind of scalar allows. */
export const SCALARS: { readonly [scalar in Scalar]: (value: unknown) => boolean } = {
  text: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  int32: (value) => Number.isInteger(value) && (value as number) >= -(2 ** 31) && (value as number) < 2 ** 31,
  int64: isInt64,
  seconds: isInt64,
  quantity: (value) => typeof value === 'string' ? QUANTITY.test(value) : isInt64(value),
};

/** Whether a value has a shape, unknown keys included. */
export function accepts(shape: Shape, value: unknown): boolean {
  return testOf(shape)(value);
}

type Test = (value: unknown) => boolean;

/** What tests for a shape, made when it is first needed. */
const tests = new WeakMap<object, Test>();

function testOf(shape: Shape): Test {
  if (typeof shape === 'string') {
    return SCALARS[shape];
  }
  let test = tests.get(shape);
  if (test === undefined) {
    test = 'values' in shape ? (value) => shape.values.includes(value as string)
      : 'items' in shape ? listTest(shape)
        : 'entries' in shape ? mapTest(shape)
          : objectTest(shape);
    tests.set(shape, test);
  }
  return test;
}

function listTest(shape: ListShape): Test {
  const item = testOf(shape.items);
  return (value) => Array.isArray(value) && value.every(item) && duplicateKeys(shape, value).length === 0;
}

function mapTest(shape: MapShape): Test {
  const entry = testOf(shape.entries);
  return (value) => isMap(value) && Object.values(value).every(entry);
}

function objectTest({ fields, open = false }: ObjectShape): Test {
  const byName = new Map(Object.entries(fields).map(([name, field]) => [name, testOf(field.shape)]));
  const needed = Object.keys(fields).filter((name) => fields[name].required);
  return (value) => {
    if (!isMap(value)) {
      return false;
    }
    for (const key in value) {
      const test = byName.get(key);
      if (test === undefined ? !open : value[key] !== undefined && !test(value[key])) {
        return false;
      }
    }
    return needed.every((name) => value[name] !== undefined);
  };
}

/**
 * The value as the API server reads it: `null` under a known key is as if the key were not there (PruneNonNullableNullsWithoutDefaults,
 * k8s.io/apiextensions-apiserver v0.34.3; the CRD has nothing nullable).
 */
export function withoutNulls(shape: Shape | undefined, value: unknown): unknown {
  if (shape === undefined || typeof shape === 'string' || 'values' in shape || typeof value !== 'object' || value === null) {
    return value;
  }
  if ('items' in shape) {
    return Array.isArray(value) ? value.map((item) => withoutNulls(shape.items, item)) : value;
  }
  if (Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).flatMap(([key, child]) => {
    const known = 'entries' in shape ? shape.entries : fieldOf(shape, key)?.shape;
    return child === null && known !== undefined ? [] : [[key, withoutNulls(known, child)]];
  }));
}

/** The indexes of objects whose keys were there before. */
export function duplicateKeys({ keys }: ListShape, items: readonly unknown[]): number[] {
  if (keys === undefined || items.length < 2) {
    return [];
  }
  const fields = Object.keys(keys);
  const seen = new Set<string>();
  return items.flatMap((item, i) => {
    const values = fields.map((field) => isMap(item) ? item[field] ?? keys[field] : undefined);
    const key = JSON.stringify(values);
    const isDuplicate = values.every((value) => value !== undefined) && seen.has(key);
    seen.add(key);
    return isDuplicate ? [i] : [];
  });
}

/** The field of an object, by its own name: `constructor` is no field. */
export function fieldOf(shape: ObjectShape, name: string): Field | undefined {
  return Object.prototype.hasOwnProperty.call(shape.fields, name) ? shape.fields[name] : undefined;
}

/** The shape of a value inside of another, by its path. */
export function shapeAt(shape: Shape, path: readonly (string | number)[]): Shape | undefined {
  return path.reduce<Shape | undefined>((outer, key) => {
    if (outer === undefined || typeof outer === 'string' || 'values' in outer) {
      return undefined;
    }
    return 'items' in outer ? outer.items : 'entries' in outer ? outer.entries : fieldOf(outer, String(key))?.shape;
  }, shape);
}

/** A field of a document that says its first version. */
export interface FieldInUse {
  readonly path: readonly (string | number)[];
  readonly since: string;
}

/** The fields of a document whose first version is news; one that is reported hides those in it. */
export function fieldsInUse(shape: Shape | undefined, value: unknown, isNews: (since: string) => boolean, path: FieldInUse['path'] = []): FieldInUse[] {
  if (shape === undefined || typeof shape === 'string' || 'values' in shape || typeof value !== 'object' || value === null) {
    return [];
  }
  if ('items' in shape) {
    return Array.isArray(value) ? value.flatMap((item, index) => fieldsInUse(shape.items, item, isNews, [...path, index])) : [];
  }
  return Object.entries(value).flatMap(([key, child]) => {
    if (child === undefined) {
      return [];
    }
    const field: Field | undefined = 'entries' in shape ? { shape: shape.entries } : fieldOf(shape, key);
    return field?.since !== undefined && isNews(field.since)
      ? [{ path: [...path, key], since: field.since }]
      : fieldsInUse(field?.shape, child, isNews, [...path, key]);
  });
}

/** The highest first version of any field: from there on no document of the shape has news. */
export function newestField(shape: Shape): string {
  if (typeof shape === 'string' || 'values' in shape) {
    return '0.0.0';
  }
  if (!('fields' in shape)) {
    return newestField('items' in shape ? shape.items : shape.entries);
  }
  return Object.values(shape.fields)
    .flatMap((field) => [field.since ?? '0.0.0', newestField(field.shape)])
    .reduce((newest, version) => isBelow(newest, version) ? version : newest, '0.0.0');
}

/** Whether a value is a JSON object. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
