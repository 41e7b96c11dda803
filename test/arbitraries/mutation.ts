import * as fc from 'fast-check';

/*
 * Documents that were valid once: a few small damages at any depth, as a person or a template makes them.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Values of every type, those included that look right. */
const OTHER_VALUES: readonly Json[] = [
  null, true, false, 0, 1.5, '', '1', 'root', 'Sequence', [], [null], [[]], {}, { a: 1 }, [{}], { name: 'a' },
];

/** Where integers of 32 and 64 bits and JavaScript's numbers end. */
const EXTREME_NUMBERS: readonly number[] = [
  0, -0, -1, 99, 101, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 2 ** 53 - 1, 2 ** 53, -(2 ** 53), 2 ** 62, 2 ** 63, -(2 ** 63), 1e19, 1e21,
  1e300, Number.MAX_VALUE, Number.MIN_VALUE, 0.1, 0.5, -1.5, 1e-7,
];

/** Texts that names, enums, patterns and lengths trip over. */
const ODD_TEXTS: readonly string[] = [
  '', ' ', 'a b', 'A', 'ä', '😀', '\u0000', '\ud800', '\u202e', 'a'.repeat(64), 'a'.repeat(300), 'root ', '-a', 'a-', 'a.b', 'a/b', '4a', 'sequence',
  'SEQUENCE', 'Hard ', '$response', '"', '\\', '\n', '1e1.5', '1e', '1K', '+.', '1 Gi', '-1', '1e400', '0.0000000001', '9'.repeat(30),
];

/** Fields of some level, which do not belong to most. */
const FIELDS: readonly string[] = [
  'nodes', 'routerType', 'steps', 'name', 'nodeName', 'serviceName', 'serviceUrl', 'data', 'weight', 'condition', 'dependency',
  'mapPredictionsToInstances', 'resources', 'limits', 'requests', 'claims', 'affinity', 'tolerations', 'timeout', 'routerTimeouts', 'minReplicas',
  'maxReplicas', 'scaleTarget', 'scaleMetric', 'nodeSelector', 'serviceAccountName', 'spec', 'metadata', 'status', 'labels', 'annotations', 'generateName',
  'routes', 'service', 'serviceURL', 'Nodes', '', ' ', 'x-y', 'ä', '__proto__', 'constructor',
];

/** What is done at one place. */
export type Damage =
  | { readonly kind: 'drop' | 'duplicate' | 'empty' }
  | { readonly kind: 'rename'; readonly key: string }
  | { readonly kind: 'replace'; readonly value: Json }
  | { readonly kind: 'add'; readonly key: string; readonly value: Json }
  | { readonly kind: 'copy'; readonly from: number };

/** One damage; `place` counts the document's values, modulo how many there are. */
export interface Mutation {
  readonly place: number;
  readonly damage: Damage;
}

const value = (): fc.Arbitrary<Json> => fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...OTHER_VALUES) },
  { weight: 2, arbitrary: fc.constantFrom(...EXTREME_NUMBERS) },
  { weight: 2, arbitrary: fc.constantFrom(...ODD_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json> },
);

const key = (): fc.Arbitrary<string> => fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...FIELDS) }, { weight: 1, arbitrary: fc.constantFrom(...ODD_TEXTS) });

/** One damage of any kind. */
export function mutation(): fc.Arbitrary<Mutation> {
  const damage: fc.Arbitrary<Damage> = fc.oneof(
    fc.constantFrom<Damage>({ kind: 'drop' }, { kind: 'duplicate' }, { kind: 'empty' }),
    key().map((name) => ({ kind: 'rename' as const, key: name })),
    value().map((other) => ({ kind: 'replace' as const, value: other })),
    fc.tuple(key(), value()).map(([name, other]) => ({ kind: 'add' as const, key: name, value: other })),
    fc.nat().map((from) => ({ kind: 'copy' as const, from })),
  );
  return fc.record({ place: fc.nat(), damage });
}

/** The document, damaged one to four times. */
export function mutated<T>(valid: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  return fc.tuple(valid, fc.array(mutation(), { minLength: 1, maxLength: 4 }))
    .map(([document, mutations]) => mutations.reduce<Json>(applied, document as Json));
}

/** A copy of the document with one damage. */
export function applied(document: Json, { place, damage }: Mutation): Json {
  const copy = structuredClone(document);
  const places = valuesOf(copy);
  if (places.length === 0) return copy;
  const { parent, at } = places[place % places.length];
  const current = read(parent, at);
  switch (damage.kind) {
    case 'drop':
      remove(parent, at);
      break;
    case 'duplicate':
      if (Array.isArray(parent)) {
        parent.push(structuredClone(current));
      } else {
        write(parent, `${at}2`, structuredClone(current));
      }
      break;
    case 'empty':
      write(parent, at, emptied(current));
      break;
    case 'rename':
      if (Array.isArray(parent)) break; // an element has no name
      remove(parent, at);
      write(parent, damage.key, current);
      break;
    case 'replace':
      write(parent, at, structuredClone(damage.value));
      break;
    case 'add':
      write(isObject(current) ? current : parent, isObject(current) || !Array.isArray(parent) ? damage.key : at, structuredClone(damage.value));
      break;
    case 'copy': {
      const other = places[damage.from % places.length];
      write(parent, at, structuredClone(read(other.parent, other.at)));
      break;
    }
  }
  return copy;
}

interface Place {
  readonly parent: Json[] | { [key: string]: Json };
  readonly at: string | number;
}

/** Every value below the top, outer ones first. */
function valuesOf(top: Json): Place[] {
  const places: Place[] = [];
  const walk = (parent: Json): void => {
    if (typeof parent !== 'object' || parent === null) return;
    const keys = Array.isArray(parent) ? [...parent.keys()] : Object.keys(parent);
    for (const at of keys) places.push({ parent, at });
    for (const at of keys) walk(read(parent, at));
  };
  walk(top);
  return places;
}

function read(parent: Place['parent'], at: string | number): Json {
  return (parent as Record<string | number, Json>)[at];
}

function write(parent: Place['parent'], at: string | number, to: Json): void {
  // a plain assignment to __proto__ would set the prototype
  Object.defineProperty(parent, at, { value: to, enumerable: true, writable: true, configurable: true });
}

function remove(parent: Place['parent'], at: string | number): void {
  if (Array.isArray(parent)) {
    parent.splice(at as number, 1);
  } else {
    delete parent[at];
  }
}

function isObject(json: Json): json is { [key: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function emptied(json: Json): Json {
  if (typeof json === 'string') return '';
  if (Array.isArray(json)) return [];
  return isObject(json) ? {} : null;
}
