import { ALL, characters, folded, foldedRange, not, range } from './ascii-set';
import type { AsciiSet } from './ascii-set';
import { PERL, POSIX, unicodeClass } from './classes';
import { captured, character, choice, counted, place, Place, repeated, sequence } from './tree';
import type { Tree } from './tree';

/** Go refuses the pattern. */
export class Refusal extends Error {}

/** Reads a pattern as Go's regexp.Compile does (regexp/syntax/parse.go, Go 1.25 and 1.26, with the flags of Perl). @throws Refusal */
export function parse(source: string): Tree {
  return new Parser(source).parse();
}

const MOST_REPEATS = 1000;
const MOST_HEIGHT = 1000;
const MOST_SIZE = Math.floor((128 * 1024 * 1024) / 40);

/** `(?ims)`; which of two matches is taken (`U`) does not matter here. */
interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

/** A group that is open. */
interface Group {
  readonly capturing: boolean;
  /** Those that hold again behind it. */
  readonly flags: Flags;
  readonly choices: Tree[];
  items: Tree[];
}

class Parser {
  private at = 0;
  private flags: Flags = { i: false, m: false, s: false };
  private readonly groups: Group[] = [];
  private group: Group = { capturing: false, flags: this.flags, choices: [], items: [] };

  constructor(private readonly text: string) {}

  public parse(): Tree {
    let isRepeat = false;
    while (this.at < this.text.length) {
      isRepeat = this.next(isRepeat);
    }
    if (this.groups.length > 0) {
      throw new Refusal('missing )');
    }
    return this.closed();
  }

  /** Reads the next thing, and says whether it was a repetition. */
  private next(afterRepeat: boolean): boolean {
    const c = this.take();
    switch (c) {
      case '(':
        this.open();
        return false;
      case ')':
        this.close();
        return false;
      case '|':
        this.group.choices.push(checked(sequence(this.group.items)));
        this.group.items = [];
        return false;
      case '^':
        this.push(place(this.flags.m ? Place.BEGIN_LINE : Place.BEGIN_TEXT));
        return false;
      case '$':
        this.push(place(this.flags.m ? Place.END_LINE : Place.END_TEXT));
        return false;
      case '.':
        this.push(character(this.flags.s ? ALL : not(characters('\n'))));
        return false;
      case '[':
        this.push(character(this.characterClass()));
        return false;
      case '*':
        return this.repeat((part) => repeated(part, 0, Infinity), afterRepeat);
      case '+':
        return this.repeat((part) => repeated(part, 1, Infinity), afterRepeat);
      case '?':
        return this.repeat((part) => repeated(part, 0, 1), afterRepeat);
      case '{':
        return this.count(afterRepeat);
      case '\\':
        this.escape();
        return false;
      default:
        this.literal(c.codePointAt(0)!);
        return false;
    }
  }

  private push(tree: Tree): void {
    this.group.items.push(checked(tree));
  }

  private literal(code: number): void {
    this.push(character(this.range(code, code), true));
  }

  private range(low: number, high: number): AsciiSet {
    return this.flags.i ? foldedRange(low, high) : range(low, high);
  }

  /** The next character; the empty text at the end. */
  private take(): string {
    const code = this.text.codePointAt(this.at);
    const c = code === undefined ? '' : String.fromCodePoint(code);
    this.at += c.length;
    return c;
  }

  /** Reads what a sticky pattern matches at this place, if anything. */
  private read(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text) ?? undefined;
    this.at += match?.[0].length ?? 0;
    return match;
  }

  private open(): void {
    const { flags } = this;
    if (this.text[this.at] !== '?') {
      this.enter(true, flags);
    } else if (this.text[this.at + 1] === '<' || (this.text[this.at + 1] === 'P' && this.text[this.at + 2] === '<')) {
      if (this.read(/\?P?<[0-9A-Za-z_]+>/y) === undefined) {
        throw new Refusal('invalid named capture');
      }
      this.enter(true, flags);
    } else {
      const found = this.read(/\?([imsU]*)(?:-([imsU]+))?([:)])/y);
      if (found === undefined) {
        throw new Refusal('invalid or unsupported Perl syntax');
      }
      const [, on, off = '', end] = found;
      const now = (flag: keyof Flags) => !off.includes(flag) && (on.includes(flag) || flags[flag]);
      this.flags = { i: now('i'), m: now('m'), s: now('s') };
      if (end === ':') {
        this.enter(false, flags);
      }
    }
  }

  private enter(capturing: boolean, flags: Flags): void {
    this.groups.push(this.group);
    this.group = { capturing, flags, choices: [], items: [] };
  }

  private close(): void {
    const { capturing, flags } = this.group;
    const tree = this.closed();
    const outer = this.groups.pop();
    if (outer === undefined) {
      throw new Refusal('unexpected )');
    }
    this.group = outer;
    this.flags = flags;
    this.push(capturing ? captured(tree) : { ...tree, literal: false });
  }

  private closed(): Tree {
    const { choices, items } = this.group;
    return checked(choice([...choices, checked(sequence(items))]));
  }

  private repeat(make: (part: Tree) => Tree, afterRepeat: boolean): boolean {
    this.read(/\?/y); // the least that matches: no matter here
    const part = this.group.items.pop();
    if (afterRepeat || part === undefined) {
      throw new Refusal('nothing to repeat, or repeated twice');
    }
    this.push(make(part));
    return true;
  }

  private count(afterRepeat: boolean): boolean {
    const found = this.read(/(0|[1-9][0-9]*)(?:(,)(0|[1-9][0-9]*)?)?\}/y);
    if (found === undefined) {
      this.literal('{'.charCodeAt(0));
      return false;
    }
    const [, first, comma, second] = found;
    const numberOf = (digits: string) => Math.min(Number(digits), MOST_REPEATS + 1);
    const least = numberOf(first);
    const most = comma === undefined ? least : second === undefined ? Infinity : numberOf(second);
    if (least > MOST_REPEATS || (most > MOST_REPEATS && most !== Infinity) || most < least) {
      throw new Refusal('invalid repeat count');
    }
    return this.repeat((part) => {
      const tree = counted(part, least, most);
      if (tree.copies > MOST_REPEATS && (least >= 2 || (most >= 2 && most !== Infinity))) {
        throw new Refusal('invalid repeat count');
      }
      return tree;
    }, afterRepeat);
  }

  private characterClass(): AsciiSet {
    const isNegated = this.read(/\^/y) !== undefined;
    let set = 0n;
    for (let first = true; first || this.text[this.at] !== ']'; first = false) {
      set |= this.posixClass() ?? this.namedClass() ?? this.classRange();
    }
    this.at++;
    return isNegated ? not(set) : set;
  }

  private posixClass(): AsciiSet | undefined {
    const found = this.read(/\[:(\^?)([^]*?):\]/y);
    if (found === undefined) {
      return undefined;
    }
    const set = POSIX.get(found[2]);
    if (set === undefined) {
      throw new Refusal('invalid character class range');
    }
    return this.signed(set, found[1] === '^');
  }

  private classRange(): AsciiSet {
    const low = this.classCharacter();
    const high = this.read(/-(?=[^\]])/y) === undefined ? low : this.classCharacter();
    if (high < low) {
      throw new Refusal('invalid character class range');
    }
    return this.range(low, high);
  }

  private classCharacter(): number {
    const c = this.take();
    if (c === '') {
      throw new Refusal('missing closing ]');
    }
    return c === '\\' ? this.escapedCharacter() : c.codePointAt(0)!;
  }

  /** A set as its name says, or the rest. */
  private signed(set: AsciiSet, isNegated: boolean): AsciiSet {
    const whole = this.flags.i ? folded(set) : set;
    return isNegated ? not(whole) : whole;
  }

  /** `\d`, `\p{Greek}` and their like, here or in brackets. */
  private namedClass(): AsciiSet | undefined {
    const perl = this.read(/\\([dswDSW])/y)?.[1];
    if (perl !== undefined) {
      const name = perl.toLowerCase();
      return this.signed(PERL.get(name)!, perl !== name);
    }
    if (!this.text.startsWith('\\p', this.at) && !this.text.startsWith('\\P', this.at)) {
      return undefined;
    }
    const [, sign, braced, name = braced] = this.read(/\\([pP])(?:\{([^}]*)\}|([^{]))/uy) ?? [];
    const set = name === undefined ? undefined : unicodeClass(name.replace(/^\^/, ''));
    if (set === undefined) {
      throw new Refusal('invalid character class range');
    }
    return this.signed(set, (sign === 'P') !== name.startsWith('^'));
  }

  private escape(): void {
    const c = this.text[this.at];
    const at = PLACES.get(c);
    if (at !== undefined) {
      this.at++;
      this.push(place(at));
      return;
    }
    if (c === 'Q') {
      this.at++;
      const [, quoted] = this.read(/([^]*?)(?:\\E|$)/y)!;
      [...quoted].forEach((each) => this.literal(each.codePointAt(0)!));
      return;
    }
    this.at--;
    const set = this.namedClass();
    if (set !== undefined) {
      this.push(character(set));
      return;
    }
    this.at++;
    this.literal(this.escapedCharacter());
  }

  /** What follows a backslash, where it is one character. */
  private escapedCharacter(): number {
    const octal = this.read(/(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/y);
    if (octal !== undefined) {
      return parseInt(octal[0], 8);
    }
    const hexadecimal = this.read(/x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]+)\})/y);
    if (hexadecimal !== undefined) {
      const code = parseInt(hexadecimal[1] ?? hexadecimal[2], 16);
      if (code > 0x10ffff) {
        throw new Refusal('invalid escape sequence');
      }
      return code;
    }
    const c = this.take();
    const control = CONTROLS.get(c);
    if (c === '' || (control === undefined && (/^[0-9A-Za-z]$/.test(c) || c > '\x7f'))) {
      throw new Refusal('invalid escape sequence, or a backslash at the end');
    }
    return control ?? c.charCodeAt(0);
  }
}

const PLACES: ReadonlyMap<string, Place> = new Map([
  ['A', Place.BEGIN_TEXT], ['z', Place.END_TEXT], ['b', Place.WORD_BOUNDARY], ['B', Place.NO_WORD_BOUNDARY],
]);
const CONTROLS: ReadonlyMap<string, number> = new Map([['a', 7], ['t', 9], ['n', 10], ['v', 11], ['f', 12], ['r', 13]]);

function checked(tree: Tree): Tree {
  if (tree.height > MOST_HEIGHT || tree.size > MOST_SIZE) {
    throw new Refusal('expression nests too deeply, or is too large');
  }
  return tree;
}
