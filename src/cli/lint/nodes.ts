import { isMap, isScalar, isSeq } from 'yaml';
import type { Document, Node, Pair, Range, Scalar } from 'yaml';
import type { Path } from '../../lint/diagnostic';
import { isReadOtherwise } from '../../spec/go-yaml';

/*
 * YAML as kubectl reads it, and where in a text it is written: what an alias stands for is somewhere else.
 */

/** Aliases that a document may resolve to; more are a bomb. */
const ALIASES = 100;

/** Whether a text is JSON, which kubectl reads as such. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** @throws on aliases of nothing or of too much, and on a merge key without a map */
export function valueOf(document: Document.Parsed): unknown {
  return document.toJS({ maxAliasCount: ALIASES });
}

/** The node at a path. */
export function nodeAt(top: unknown, path: Path): Node | undefined {
  const found = path.reduce<unknown>((node, key) => isSeq<Node>(node) ? node.items[Number(key)] : pairOf(node, key)?.value, top);
  return found === null ? undefined : found as Node | undefined;
}

/** The key at a path, with its value. */
export function pairOf(node: unknown, key: string | number): Pair | undefined {
  if (!isMap(node)) {
    return undefined;
  }
  let pairs = pairsOf.get(node);
  if (pairs === undefined) {
    pairs = new Map();
    for (const pair of node.items) {
      const name = isScalar(pair.key) ? String(pair.key.value) : undefined;
      if (name !== undefined && !pairs.has(name)) {
        pairs.set(name, pair);
      }
    }
    pairsOf.set(node, pairs);
  }
  return pairs.get(String(key));
}

/** By key: where a map of many keys has many findings, looking for each of them would take for ever. */
const pairsOf = new WeakMap<object, Map<string, Pair>>();

/** Where a node begins, where its value ends, and where what belongs to it ends. */
export function rangeOf(node: unknown): Range | undefined {
  return (node as { readonly range?: Range | null } | null | undefined)?.range ?? undefined;
}

/** How a text without quotes and tag is written; undefined for all other nodes. */
export function plainSource(node: unknown): string | undefined {
  return isScalar(node) && node.type === 'PLAIN' && node.tag === undefined ? node.source : undefined;
}

/** What a look at all nodes of a document shows. */
export interface Inspection {
  /** The first key that kubectl takes not, and why. */
  readonly badKey?: { readonly node: Node; readonly message: string };
  /** Whether it has texts without quotes that are read otherwise. */
  readonly hasWords: boolean;
}

export function inspected(top: unknown): Inspection {
  let badKey: Inspection['badKey'];
  let hasWords = false;
  const look = (node: unknown): void => {
    if (isSeq(node)) {
      node.items.forEach(look);
    } else if (isMap(node)) {
      const known = new Set<unknown>();
      for (const { key, value } of node.items) {
        if (isMap(key) || isSeq(key)) {
          badKey ??= { node: key, message: 'a map or list is no key of JSON (of a template, lint what it renders)' };
        } else if (isScalar(key)) {
          badKey ??= known.has(key.value) ? { node: key, message: 'Map keys must be unique' } : undefined;
          known.add(key.value);
        }
        look(key);
        look(value);
      }
    } else {
      const source = plainSource(node);
      hasWords ||= source !== undefined && isReadOtherwise(source);
    }
  };
  look(top);
  return { badKey, hasWords };
}

/** A text without quotes that kubectl reads otherwise than readers of YAML 1.2 and most people. */
export interface PlainWord {
  /** As kubectl reads the keys. */
  readonly path: Path;
  readonly isKey: boolean;
  readonly written: string;
  readonly offset: number;
}

export function wordsIn(top: unknown): PlainWord[] {
  const words: PlainWord[] = [];
  const look = (node: unknown, path: Path, isKey = false): void => {
    if (isSeq(node)) {
      node.items.forEach((item, i) => look(item, [...path, i]));
    } else if (isMap(node)) {
      node.items.filter(({ key }) => isScalar(key)).forEach(({ key, value }) => {
        const inner = [...path, String((key as Scalar).value)];
        look(key, inner, true);
        look(value, inner);
      });
    } else {
      const written = plainSource(node);
      if (written !== undefined && isReadOtherwise(written)) {
        words.push({ path, isKey, written, offset: rangeOf(node)?.[0] ?? 0 });
      }
    }
  };
  look(top, []);
  return words;
}
