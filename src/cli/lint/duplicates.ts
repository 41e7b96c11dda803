import { identityOf, isLinted } from './known-object';
import type { KnownObject } from './known-object';
import type { Diagnostic } from '../../lint/diagnostic';
import { fieldsOf, nonEmpty } from '../../lint/json';
import { Severity } from '../../lint/severity';

/** The rule about two objects of one name in a file. In two files they may be variants, as in overlays. */
export const DUPLICATE = 'duplicate-object';

/** What is to be said of the objects of a file that another one behind them replaces. */
export function duplicatesIn(known: readonly KnownObject[]): ReadonlyMap<KnownObject, readonly Diagnostic[]> {
  const last = new Map<string, KnownObject>();
  const found = new Map<KnownObject, readonly Diagnostic[]>();
  for (const one of known.filter((object) => isLinted(object) && isNamed(object)).reverse()) {
    const key = identityOf(one);
    const other = last.get(key);
    if (other === undefined) {
      last.set(key, one);
    } else {
      found.set(one, [{
        rule: DUPLICATE,
        severity: Severity.WARNING,
        path: ['metadata', 'name'],
        message: `the file has another ${one.kind} '${one.metadata.name}' further down, in line ${other.object.lineOfKind()}, which replaces this one`,
        help: 'rename one of them, or remove this one',
      }]);
    }
  }
  return found;
}

/** Whether an object has a name of its own, and none that the API server makes. */
function isNamed({ object: { value: { metadata } } }: KnownObject): boolean {
  return nonEmpty(fieldsOf(metadata).name) !== undefined;
}
