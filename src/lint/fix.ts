import type { Path } from './diagnostic';

/** What a fix writes. */
export type FixValue = string | number | boolean;

/** A mend that is certain, as data: one edit of the document. Whoever applies it needs to know nothing of the rule. */
export type Fix =
  /** Gives the key at the path another name. */
  | { readonly kind: 'rename-key'; readonly path: Path; readonly to: string }
  /** Writes another value at the path. */
  | { readonly kind: 'replace-value'; readonly path: Path; readonly value: FixValue }
  /** Makes a text of the number or boolean at the path, as it is written: `1.0` becomes `"1.0"`. */
  | { readonly kind: 'quote-value'; readonly path: Path }
  /** Adds a key to the map at the path. */
  | { readonly kind: 'add-key'; readonly path: Path; readonly key: string; readonly value: FixValue }
  /** Removes the key at the path with its value. */
  | { readonly kind: 'remove-key'; readonly path: Path };
