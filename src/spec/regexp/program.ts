import { characters, has } from './ascii-set';
import type { AsciiSet } from './ascii-set';
import { Place } from './tree';
import type { Tree } from './tree';

type Instruction =
  | { readonly kind: 'character'; readonly holds: Uint8Array; readonly next: number }
  | { readonly kind: 'place'; readonly place: Place; readonly next: number }
  | { kind: 'either'; one: number; other: number }
  | { readonly kind: 'match' };

/** A regular expression that is followed on all ways at once, so that no pattern takes long (as Go does it, regexp/exec.go). */
export class Program {
  private readonly instructions: Instruction[] = [{ kind: 'match' }];
  private readonly tables = new Map<AsciiSet, Uint8Array>();
  private readonly start: number;

  constructor(tree: Tree) {
    this.start = this.compile(tree, 0);
  }

  /** Whether it matches anywhere in an ASCII text. */
  public matches(text: string): boolean {
    let states: number[] = [];
    for (let at = 0; at <= text.length; at++) {
      const reached = this.reach([...states, this.start], text, at);
      if (reached === undefined) {
        return true;
      }
      states = reached.filter(([set]) => set[text.charCodeAt(at)] === 1).map(([, next]) => next);
    }
    return false;
  }

  /** The characters that may come next, with where they lead to; undefined where the end is reached. */
  private reach(from: readonly number[], text: string, at: number): [Uint8Array, number][] | undefined {
    const seen = new Set<number>();
    const open = [...from];
    const found: [Uint8Array, number][] = [];
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      if (seen.has(state)) {
        continue;
      }
      seen.add(state);
      const instruction = this.instructions[state];
      switch (instruction.kind) {
        case 'match':
          return undefined;
        case 'character':
          found.push([instruction.holds, instruction.next]);
          break;
        case 'either':
          open.push(instruction.one, instruction.other);
          break;
        case 'place':
          if (holds(instruction.place, text, at)) {
            open.push(instruction.next);
          }
      }
    }
    return found;
  }

  /** A look-up is quicker in a table than in a number of 128 bits. */
  private table(set: AsciiSet): Uint8Array {
    const known = this.tables.get(set) ?? Uint8Array.from({ length: 128 }, (_, code) => (has(set, code) ? 1 : 0));
    this.tables.set(set, known);
    return known;
  }

  private add(instruction: Instruction): number {
    return this.instructions.push(instruction) - 1;
  }

  /** Where a tree begins that goes on at `next`. */
  private compile(tree: Tree, next: number): number {
    switch (tree.kind) {
      case 'character':
        return this.add({ kind: 'character', holds: this.table(tree.set), next });
      case 'place':
        return this.add({ kind: 'place', place: tree.place, next });
      case 'sequence':
        return tree.parts.reduceRight((after, part) => this.compile(part, after), next);
      case 'choice':
        return tree.parts.map((part) => this.compile(part, next)).reduceRight((other, one) => this.add({ kind: 'either', one, other }));
      case 'repeat':
        return this.repeat(tree.part, tree.least, tree.most, next);
    }
  }

  private repeat(part: Tree, least: number, most: number, next: number): number {
    let start = next;
    if (most === Infinity) {
      const loop = { kind: 'either' as const, one: 0, other: next };
      start = this.add(loop);
      loop.one = this.compile(part, start);
    } else {
      for (let i = least; i < most; i++) {
        start = this.add({ kind: 'either', one: this.compile(part, start), other: next });
      }
    }
    for (let i = 0; i < least; i++) {
      start = this.compile(part, start);
    }
    return start;
  }
}

const WORD = characters('0-9A-Za-z_');

function holds(place: Place, text: string, at: number): boolean {
  const isWord = (index: number) => index >= 0 && index < text.length && has(WORD, text.charCodeAt(index));
  switch (place) {
    case Place.BEGIN_TEXT: return at === 0;
    case Place.END_TEXT: return at === text.length;
    case Place.BEGIN_LINE: return at === 0 || text[at - 1] === '\n';
    case Place.END_LINE: return at === text.length || text[at] === '\n';
    case Place.WORD_BOUNDARY: return isWord(at - 1) !== isWord(at);
    case Place.NO_WORD_BOUNDARY: return isWord(at - 1) === isWord(at);
  }
}
