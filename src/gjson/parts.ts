import { ModifierName } from './modifier-names';
import { Member, Path, Query } from './parse';

/**
 * A path as people read it: part after part, each in the sense that it was most likely meant. (What it does is decided by the document:
 * `0` is an index to an array and a key to an object, and `#` is a key to an object.)
 */
export type Part =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'wildcard'; readonly pattern: string }
  | { readonly kind: 'count' }
  | { readonly kind: 'collect'; readonly path: Path }
  | { readonly kind: 'query'; readonly query: Query }
  | { readonly kind: 'modifier'; readonly name: ModifierName; readonly argument: string }
  | { readonly kind: 'literal'; readonly json: string }
  | { readonly kind: 'multipath'; readonly shape: '[' | '{'; readonly members: readonly Member[] }
  | { readonly kind: 'lines' };

/** More parts than anyone reads. */
const MOST = 1000;

export function partsOf(path: Path): Part[] {
  const parts: Part[] = [];
  for (let at: Place | undefined = { path, atHead: true }; at !== undefined && parts.length < MOST;) {
    at = read(at, parts);
  }
  return parts;
}

/** Where reading goes on: with a whole JSON text at hand, or inside of an object or array. */
interface Place {
  readonly path: Path;
  readonly atHead: boolean;
}

function read({ path, atHead }: Place, parts: Part[]): Place | undefined {
  if (!atHead) {
    return readStep(path, parts);
  }
  const head = path.head;
  switch (head.kind) {
    case 'modifier':
      parts.push({ kind: 'modifier', name: head.name, argument: head.argument });
      break;
    case 'literal':
      parts.push({ kind: 'literal', json: head.json });
      break;
    case 'multipath':
      parts.push({ kind: 'multipath', shape: head.shape, members: head.members });
      break;
    case 'lines':
      parts.push({ kind: 'lines' });
      return { path: head.path, atHead: false };
    case 'steps':
      return readStep(head.path, parts);
  }
  return head.next === undefined ? undefined : { path: head.next, atHead: true };
}

function readStep(path: Path, parts: Part[]): Place | undefined {
  if (!path.text.startsWith('#')) {
    const step = path.objectStep;
    parts.push(step.wild
      ? { kind: 'wildcard', pattern: step.part }
      : /^[0-9]{1,15}$/.test(step.part) ? { kind: 'index', index: Number(step.part) } : { kind: 'key', key: step.part });
    return after(step.next, step.pipe, false);
  }
  const step = path.arrayStep;
  if (step.collect !== undefined) {
    parts.push({ kind: 'collect', path: step.collect.split.left });
    return after(undefined, step.collect.split.right, true);
  }
  if (step.query !== undefined) {
    parts.push({ kind: 'query', query: step.query });
    if (step.query.all && step.next !== undefined) {
      parts.push({ kind: 'collect', path: step.next.split.left });
      return after(undefined, step.next.split.right, true);
    }
    return after(step.next, step.pipe, true);
  }
  parts.push(step.part === '#' ? { kind: 'count' } : { kind: 'key', key: step.part });
  return after(step.next, step.pipe, false);
}

function after(next: Path | undefined, pipe: Path | undefined, nextAtHead: boolean): Place | undefined {
  return next !== undefined ? { path: next, atHead: nextAtHead } : pipe !== undefined ? { path: pipe, atHead: true } : undefined;
}
