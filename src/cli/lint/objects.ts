import type { FileObject } from './documents';
import type { Path } from '../../lint/diagnostic';
import { isMap, listOf } from '../../lint/json';

/** The objects that a document is or lists, each with the path to it. */
export function objectsIn(document: unknown): { readonly object: FileObject['value']; readonly before: Path }[] {
  if (!isMap(document)) {
    return [];
  }
  const { kind, items } = document;
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)
    ? listOf(items).flatMap((item, i) => isMap(item) ? [{ object: item, before: ['items', i] }] : [])
    : [{ object: document, before: [] }];
}
