import type { AsciiSet } from './ascii-set';

/** What has to be true of a place between two characters. */
export enum Place {
  BEGIN_TEXT,
  END_TEXT,
  BEGIN_LINE,
  END_LINE,
  WORD_BOUNDARY,
  NO_WORD_BOUNDARY,
}

/** A regular expression; with what Go's limits are about (regexp/syntax/parse.go). */
export type Tree = Shape & {
  /** Instructions that it compiles to. */
  readonly size: number;
  /** How deep it nests. */
  readonly height: number;
  /** How many copies there are, at most, of what is innermost in counted repetitions. */
  readonly copies: number;
  /** One character that is no class: those that follow each other are one text. */
  readonly literal?: boolean;
};

export type Shape =
  | { readonly kind: 'character'; readonly set: AsciiSet }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Tree[] }
  | { readonly kind: 'repeat'; readonly part: Tree; readonly least: number; readonly most: number };

/** One character of a set. */
export function character(set: AsciiSet, literal = false): Tree {
  return { kind: 'character', set, size: 1, height: 1, copies: 1, literal };
}

export function place(at: Place): Tree {
  return { kind: 'place', place: at, size: 1, height: 1, copies: 1 };
}

/** One after the other; none matches the empty text. */
export function sequence(parts: readonly Tree[]): Tree {
  return parts.length === 1 ? parts[0] : joined('sequence', parts, parts.every(({ literal }) => literal));
}

/** Any of them. */
export function choice(parts: readonly Tree[]): Tree {
  return parts.length === 1 ? parts[0] : joined('choice', parts, parts.every(({ kind, height }) => kind === 'character' && height === 1));
}

function joined(kind: 'sequence' | 'choice', parts: readonly Tree[], isFlat: boolean): Tree {
  const sum = parts.reduce((total, { size }) => total + size, kind === 'choice' ? parts.length - 1 : 0);
  return { kind, parts, size: Math.max(1, sum), height: isFlat ? 1 : 1 + most(parts, 'height'), copies: most(parts, 'copies') };
}

function most(parts: readonly Tree[], field: 'height' | 'copies'): number {
  return parts.reduce((greatest, part) => Math.max(greatest, part[field]), 1);
}

/** A group that Go remembers what it matched of. */
export function captured(part: Tree): Tree {
  return { ...part, size: part.size + 2, height: part.height + 1, literal: false };
}

/** `*`, `+` or `?`. */
export function repeated(part: Tree, least: number, upTo: number): Tree {
  return { kind: 'repeat', part, least, most: upTo, size: part.size + (least === 0 && upTo === Infinity ? 2 : 1), height: part.height + 1, copies: part.copies };
}

/** `{least,most}`. */
export function counted(part: Tree, least: number, upTo: number): Tree {
  const size = upTo === Infinity ? (least === 0 ? 2 + part.size : 1 + least * part.size) : upTo * part.size + upTo - least;
  const copies = upTo === 0 ? 1 : part.copies * Math.max(1, upTo === Infinity ? least : upTo);
  return { kind: 'repeat', part, least, most: upTo, size: Math.max(1, size), height: part.height + 1, copies };
}
