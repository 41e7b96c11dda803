/** How Go's regexp takes a pattern. */
export enum PatternKind {
  COMPILED,
  /** Go refuses it: the router logs that and goes on without it. */
  INVALID,
  /** Go takes it, but it uses a part of RE2 that is not translated here. */
  UNTRANSLATED,
}

/** A pattern of `PROPAGATE_HEADERS`: RE2 syntax, unanchored, matched with ASCII header names. */
export class GoPattern {
  private readonly compiled?: RegExp;
  public readonly kind: PatternKind;

  public constructor(public readonly source: string) {
    try {
      const { flags, pattern } = new Translator(source).translate();
      this.compiled = new RegExp(pattern, flags);
      this.kind = PatternKind.COMPILED;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.kind = error.kind;
    }
  }

  public matches(name: string): boolean {
    return this.compiled !== undefined && this.compiled.test(name);
  }
}

class Refusal extends Error {
  public constructor(public readonly kind: PatternKind) {
    super();
  }
}

const MAX_REPEAT = 1000;
const POSIX: { [name: string]: string } = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t ',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

/** Turns RE2 into a JavaScript pattern, construct by construct, so that nothing passes which the two read differently. */
class Translator {
  private at = 0;
  private out = '';
  private depth = 0;
  private repeatable = false;
  private repeated = false;

  public constructor(private readonly source: string) {}

  public translate(): { pattern: string; flags: string } {
    const ignoresCase = this.source.startsWith('(?i)');
    if (ignoresCase) this.at = 4;
    while (this.at < this.source.length) this.next();
    if (this.depth > 0) throw new Refusal(PatternKind.INVALID);
    return { pattern: this.out, flags: ignoresCase ? 'i' : '' };
  }

  private next(): void {
    const c = this.source[this.at];
    switch (c) {
      case '(': return this.open();
      case ')':
        if (this.depth-- === 0) throw new Refusal(PatternKind.INVALID);
        this.at++;
        return this.atom(')');
      case '|':
        this.at++;
        this.out += '|';
        this.repeatable = this.repeated = false;
        return;
      case '*': case '+': case '?':
        this.at++;
        return this.repeat(c);
      case '{': return this.count();
      case '[': return this.characterClass();
      case '\\': return this.escape();
      case '^': case '$':
        this.at++;
        return this.atom(`(?:${c})`); // Go lets an anchor be repeated
      case '.':
        this.at++;
        return this.atom('[^\\n]');
      default:
        this.at++;
        return this.atom(literal(c));
    }
  }

  private atom(text: string): void {
    this.out += text;
    this.repeatable = true;
    this.repeated = false;
  }

  private open(): void {
    const rest = this.source.slice(this.at);
    const named = /^\(\?P?<([A-Za-z0-9_]+)>/.exec(rest);
    if (rest.startsWith('(?:')) {
      this.at += 3;
      this.out += '(?:';
    } else if (named) {
      this.at += named[0].length;
      this.out += '(?:';
    } else if (/^\(\?[imsU-]*[:)]/.test(rest)) {
      throw new Refusal(PatternKind.UNTRANSLATED); // flags in the middle
    } else if (rest.startsWith('(?')) {
      throw new Refusal(PatternKind.INVALID); // look-around: RE2 has none
    } else {
      this.at++;
      this.out += '(?:';
    }
    this.depth++;
    this.repeatable = this.repeated = false;
  }

  private repeat(operator: string): void {
    if (!this.repeatable || this.repeated) throw new Refusal(PatternKind.INVALID);
    this.out += operator;
    if (this.source[this.at] === '?') {
      this.at++;
      this.out += '?';
    }
    this.repeated = true;
  }

  private count(): void {
    const match = /^\{(0|[1-9][0-9]*)(,(0|[1-9][0-9]*)?)?\}/.exec(this.source.slice(this.at));
    if (!match) {
      this.at++;
      return this.atom('\\{');
    }
    const least = Number(match[1]);
    const most = match[3] === undefined ? least : Number(match[3]);
    if (least > MAX_REPEAT || most > MAX_REPEAT || most < least) throw new Refusal(PatternKind.INVALID);
    this.at += match[0].length;
    this.repeat(match[0]);
  }

  private characterClass(): void {
    this.at++;
    let body = '';
    if (this.source[this.at] === '^') {
      this.at++;
      body = '^';
    }
    let first = true;
    for (;;) {
      if (this.at >= this.source.length) throw new Refusal(PatternKind.INVALID);
      if (this.source[this.at] === ']' && !first) break;
      first = false;
      body += this.classItem();
    }
    this.at++;
    this.atom(`[${body}]`);
  }

  private classItem(): string {
    const rest = this.source.slice(this.at);
    const posix = /^\[:(\^?)([a-z]+):\]/.exec(rest);
    if (posix) {
      if (posix[1] !== '') throw new Refusal(PatternKind.UNTRANSLATED);
      if (POSIX[posix[2]] === undefined) throw new Refusal(PatternKind.INVALID);
      this.at += posix[0].length;
      return POSIX[posix[2]];
    }
    const shorthand = /^\\[dDwWsS]/.exec(rest);
    if (shorthand) {
      this.at += 2;
      return shorthand[0];
    }
    const low = this.classChar();
    const isRange = this.source[this.at] === '-' && this.at + 1 < this.source.length && this.source[this.at + 1] !== ']';
    if (!isRange) return literal(low);
    this.at++;
    const high = this.classChar();
    if (high < low) throw new Refusal(PatternKind.INVALID);
    return `${literal(low)}-${literal(high)}`;
  }

  private classChar(): string {
    if (this.source[this.at] === '\\') return this.escapedChar();
    return this.source[this.at++];
  }

  private escape(): void {
    const c = this.source[this.at + 1];
    if (c !== undefined && 'dDwWsSbB'.includes(c)) {
      this.at += 2;
      return this.atom('bB'.includes(c) ? `(?:\\${c})` : `\\${c}`);
    }
    if (c === 'A' || c === 'z') {
      this.at += 2;
      return this.atom(c === 'A' ? '(?:^)' : '(?:$)');
    }
    this.atom(literal(this.escapedChar()));
  }

  private escapedChar(): string {
    const c = this.source[this.at + 1];
    if (c === undefined) throw new Refusal(PatternKind.INVALID);
    if (c === 'p' || c === 'P' || c === 'Q' || c === 'E' || c === 'C' || c === '0') throw new Refusal(PatternKind.UNTRANSLATED);
    if (/[1-7]/.test(c)) {
      throw new Refusal(/[0-7]/.test(this.source[this.at + 2] ?? '') ? PatternKind.UNTRANSLATED : PatternKind.INVALID);
    }
    if (c === 'x') {
      const code = /^([0-9A-Fa-f]{2})|^\{([0-9A-Fa-f]{1,6})\}/.exec(this.source.slice(this.at + 2));
      if (!code) throw new Refusal(PatternKind.INVALID);
      const point = parseInt(code[1] ?? code[2], 16);
      if (point > 0xffff) throw new Refusal(PatternKind.UNTRANSLATED);
      this.at += 2 + code[0].length;
      return String.fromCharCode(point);
    }
    const control = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }[c];
    if (control === undefined && (/[A-Za-z0-9]/.test(c) || c > '\x7f')) throw new Refusal(PatternKind.INVALID);
    this.at += 2;
    return control ?? c;
  }
}

function literal(c: string): string {
  return /[A-Za-z0-9_]/.test(c) ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
