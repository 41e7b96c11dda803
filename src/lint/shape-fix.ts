import type { Path } from './diagnostic';
import type { Fix } from './fix';
import { isSlipOf } from './slip';
import { accepts, SCALARS, shapeAt } from '../spec/shape';
import type { Scalar, Shape } from '../spec/shape';

const NUMBERS: readonly Shape[] = ['int32', 'int64', 'seconds'] satisfies Scalar[];

/** The value that can only have been meant by one that its field does not allow; undefined where a human has to say. */
export function fixOfValue(top: Shape, path: Path, value: unknown): Fix | undefined {
  const shape = shapeAt(top, path);
  if (typeof shape === 'object' && 'values' in shape && typeof value === 'string') {
    const meant = shape.values.find((allowed) => isSlipOf(value, allowed, shape.values));
    return meant === undefined ? undefined : { kind: 'replace-value', path, value: meant };
  }
  if (shape === 'text') {
    return typeof value === 'number' || typeof value === 'boolean' ? { kind: 'quote-value', path } : undefined;
  }
  if (shape === 'boolean') {
    return value === 'true' || value === 'false' ? { kind: 'replace-value', path, value: value === 'true' } : undefined;
  }
  return shape !== undefined && NUMBERS.includes(shape) && typeof value === 'string' && /^-?(0|[1-9]\d{0,14})$/.test(value) && SCALARS[shape as Scalar](Number(value))
    ? { kind: 'replace-value', path, value: Number(value) } : undefined;
}

/** What is known of a key that its object does not have. */
export interface UnknownKey {
  /** The path of the object. */
  readonly parent: Path;
  readonly key: string;
  /** The object's value. */
  readonly object: object;
  /** The keys that it may have. */
  readonly known: readonly string[];
  /** The one of them that is meant, and whether it is known to be so often meant that nothing else can be. */
  readonly meant: string;
  readonly isOldName: boolean;
}

/** The key that can only have been meant; undefined where it is there already, or could not have the value. */
export function fixOfKey(top: Shape, { parent, key, object, known, meant, isOldName }: UnknownKey): Fix | undefined {
  const path = [...parent, meant];
  const shape = shapeAt(top, path);
  const value = (object as { readonly [key: string]: unknown })[key];
  const isItsValue = shape !== undefined && (accepts(shape, value) || fixOfValue(top, path, value) !== undefined);
  return isItsValue && (isOldName || isSlipOf(key, meant, known)) && !Object.hasOwn(object, meant)
    ? { kind: 'rename-key', path: [...parent, key], to: meant } : undefined;
}
