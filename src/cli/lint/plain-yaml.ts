/*
 * A reader for the YAML that people and tools write most: block maps and lists, texts on one line or as `|` blocks, numbers, comments, several
 * documents. It keeps no positions and is many times as fast as a parser of all of YAML. Whatever it is not certain of it gives back: anchors, tags,
 * flow collections, texts over several lines, keys that are twice there, tabs, and all that is no YAML. A property test holds it to the values of
 * the parser that reads the rest.
 */

import { GO_WORDS, plainScalar } from '../../spec/go-yaml';

/** A document of a stream. */
export interface PlainDocument {
  readonly value: unknown;
  /** The line of the value of `kind`, from 1, of each map in the document that has one. */
  readonly kindLines: ReadonlyMap<unknown, number>;
}

/** The documents of a YAML text, or undefined where it is not plain. */
export function plainDocuments(text: string): PlainDocument[] | undefined {
  if (NOT_PLAIN.test(text)) {
    return undefined;
  }
  try {
    return new PlainReader(text).documents();
  } catch (error) {
    if (error !== NO) {
      throw error;
    }
    return undefined;
  }
}

/** Tabs, carriage returns, other control characters, byte order marks, characters that kubectl does not read. */
// eslint-disable-next-line no-control-regex
const NOT_PLAIN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

/** Thrown where the text is not plain: one for all, since it is no error and needs no stack. */
const NO = Symbol('not plain');

const DEEPEST = 100;
const LONGEST_KEY = 200;

const [LINE_END, SPACE, QUOTE, HASH, PERCENT, APOSTROPHE, MINUS, COLON, BACKSLASH, BAR] = Array.from('\n "#%\'-:\\|', (char) => char.charCodeAt(0));

/** What may begin a text without quotes: nothing that means something else to YAML. */
const BEGINS_TEXT = tableOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/.$+-~');
const BEGINS_KEY = tableOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_');
const IN_KEY = tableOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/.$-');

function tableOf(chars: string): readonly boolean[] {
  const table = Array.from({ length: 128 }, () => false);
  for (const char of chars) {
    table[char.charCodeAt(0)] = true;
  }
  return table;
}

/** Texts without quotes that are no texts, and may be no keys; undefined stands for those that are not plain. */
const WORDS: ReadonlyMap<string, unknown> = new Map(
  Array.from(GO_WORDS, ([word, value]) => [word, /^(?:~|null|true|false)$/i.test(word) ? value : undefined] as const),
);

const SIMPLE_NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/;

const ESCAPES: { readonly [char: string]: string | undefined } = { '"': '"', '\\': '\\', '/': '/', 'n': '\n', 't': '\t' };

class PlainReader {
  /** What is left of the line begins here. */
  private at = 0;
  /** The end of the line. */
  private end = -1;
  private line = 0;
  /** The column of the first thing in the line that is left to read; -1 between documents and at the end. */
  private indent = -1;
  private depth = 0;
  private kindLines = new Map<unknown, number>();

  constructor(private readonly text: string) {}

  public documents(): PlainDocument[] {
    const documents: PlainDocument[] = [];
    do {
      this.nextLine();
      if (this.indent === 0) {
        documents.push({ value: this.map(0), kindLines: this.kindLines });
        this.kindLines = new Map();
      }
      // one that is indented, or whose top is no map
      check(this.indent === -1);
    } while (this.end < this.text.length);
    return documents;
  }

  /** Goes on to the next line that has something in it. */
  private nextLine(): void {
    const { text } = this;
    while (this.end < text.length) {
      const start = this.end + 1;
      let at = start;
      while (text.charCodeAt(at) === SPACE) {
        at++;
      }
      const end = text.indexOf('\n', at);
      this.end = end === -1 ? text.length : end;
      this.line++;
      if (at < this.end && text.charCodeAt(at) !== HASH) {
        this.at = at;
        this.indent = at - start;
        if (this.indent === 0) {
          this.markers();
        }
        return;
      }
    }
    this.indent = -1;
  }

  private markers(): void {
    const { text, at } = this;
    const first = text.charCodeAt(at);
    check(first !== PERCENT && !text.startsWith('...', at));
    if (first === MINUS && text.startsWith('---', at)) {
      this.at += 3;
      check(this.at === this.end || text.charCodeAt(this.at) === SPACE);
      check(this.isDone());
      this.indent = -1;
    }
  }

  /** Whether only spaces and a comment are left of the line. Moves behind the spaces. */
  private isDone(): boolean {
    const start = this.at;
    while (this.at < this.end && this.text.charCodeAt(this.at) === SPACE) {
      this.at++;
    }
    return this.at === this.end || (this.text.charCodeAt(this.at) === HASH && this.at > start);
  }

  private block(): unknown {
    return this.isItem() ? this.list(this.indent) : this.map(this.indent);
  }

  private isItem(): boolean {
    return this.text.charCodeAt(this.at) === MINUS && this.text.charCodeAt(this.at + 1) === SPACE;
  }

  private map(indent: number): object {
    check(++this.depth < DEEPEST);
    const map: { [key: string]: unknown } = {};
    while (this.indent === indent && !this.isItem()) {
      const key = this.key();
      check(!(key in map)); // those of every object too, such as __proto__
      if (key === 'kind') {
        this.kindLines.set(map, this.line);
      }
      map[key] = this.isDone() ? this.nested(indent, true) : this.value(indent);
    }
    check(this.indent <= indent);
    this.depth--;
    return map;
  }

  private list(indent: number): unknown[] {
    check(++this.depth < DEEPEST);
    const list: unknown[] = [];
    while (this.indent === indent && this.isItem()) {
      const start = this.at;
      this.at++;
      check(!this.isDone());
      this.indent += this.at - start;
      list.push(this.isItem() || this.isKey() ? this.block() : this.value(indent));
    }
    check(this.indent <= indent);
    this.depth--;
    return list;
  }

  /** What stands on the lines below a key. */
  private nested(indent: number, mayBeListAtIndent: boolean): unknown {
    this.nextLine();
    if (this.indent > indent || (mayBeListAtIndent && this.indent === indent && this.isItem())) {
      return this.block();
    }
    return null;
  }

  private keyEnd(): number {
    const { text } = this;
    let at = this.at;
    if (BEGINS_KEY[text.charCodeAt(at)] === true) {
      while (IN_KEY[text.charCodeAt(at)] === true) {
        at++;
      }
    }
    const next = text.charCodeAt(at + 1);
    return at > this.at && text.charCodeAt(at) === COLON && (next === SPACE || at + 1 === this.end) ? at : -1;
  }

  private isKey(): boolean {
    return this.keyEnd() !== -1;
  }

  private key(): string {
    const end = this.keyEnd();
    check(end !== -1 && end - this.at < LONGEST_KEY);
    const key = this.text.slice(this.at, end);
    check(!WORDS.has(key));
    this.at = end + 1;
    return key;
  }

  /** A value that begins on the line of its key or item, whose column is `indent`; moves to the next line. */
  private value(indent: number): unknown {
    const first = this.text.charCodeAt(this.at);
    if (first === BAR) {
      return this.literal(indent);
    }
    const value = first === QUOTE ? this.doubleQuoted() : first === APOSTROPHE ? this.singleQuoted() : this.empty() ?? this.plain();
    check(this.isDone());
    this.nextLine();
    check(this.indent <= indent); // else the text goes on
    return value;
  }

  private empty(): object | undefined {
    const made = this.text.startsWith('{}', this.at) ? {} : this.text.startsWith('[]', this.at) ? [] : undefined;
    this.at += made === undefined ? 0 : 2;
    return made;
  }

  private doubleQuoted(): string {
    const { text } = this;
    const start = this.at + 1;
    let result = '';
    let from = start;
    for (let at = start; at < this.end; at++) {
      const char = text.charCodeAt(at);
      if (char === QUOTE) {
        this.at = at + 1;
        return result + text.slice(from, at);
      }
      if (char === BACKSLASH) {
        const escaped = ESCAPES[text.charAt(at + 1)];
        check(escaped !== undefined);
        result += text.slice(from, at) + escaped;
        from = at + 2;
        at++;
      }
    }
    throw NO;
  }

  private singleQuoted(): string {
    const { text } = this;
    let result = '';
    let from = this.at + 1;
    for (;;) {
      const at = text.indexOf("'", from);
      check(at !== -1 && at < this.end);
      result += text.slice(from, at);
      if (text.charCodeAt(at + 1) !== APOSTROPHE) {
        this.at = at + 1;
        return result;
      }
      result += "'";
      from = at + 2;
    }
  }

  private plain(): unknown {
    const { text, at: start } = this;
    const first = text.charCodeAt(start);
    check(first > 0xa0 || BEGINS_TEXT[first]);
    check(first !== MINUS || (text.charCodeAt(start + 1) > SPACE && !text.startsWith('---', start)));
    let at = start;
    for (; at < this.end; at++) {
      const char = text.charCodeAt(at);
      if (char === COLON) {
        check(at + 1 < this.end && text.charCodeAt(at + 1) !== SPACE);
      } else if (char === HASH && text.charCodeAt(at - 1) === SPACE) {
        break;
      }
    }
    while (text.charCodeAt(at - 1) === SPACE) {
      at--;
    }
    this.at = at;
    return scalar(text.slice(start, at), first);
  }

  /** A text as it stands, after `|` or `|-`. */
  private literal(indent: number): string {
    const { text } = this;
    this.at++;
    const isStripped = text.charCodeAt(this.at) === MINUS;
    this.at += isStripped ? 1 : 0;
    check(this.isDone());
    const lines: string[] = [];
    let inner = -1;
    let blank = 0;
    for (;;) {
      const start = this.end + 1;
      let at = start;
      while (text.charCodeAt(at) === SPACE) {
        at++;
      }
      const isBlank = at >= text.length || text.charCodeAt(at) === LINE_END;
      if (start >= text.length || (!isBlank && at - start <= indent)) {
        break;
      }
      // blank lines that are longer than the text is indented belong to it, and some are mistakes
      check(isBlank ? at - start <= Math.max(inner, 0) : inner === -1 || at - start >= inner);
      if (!isBlank) {
        inner = inner === -1 ? at - start : inner;
      }
      const end = text.indexOf('\n', at);
      this.end = end === -1 ? text.length : end;
      this.line++;
      if (isBlank) {
        blank++;
      } else {
        for (; blank > 0; blank--) {
          lines.push('');
        }
        lines.push(text.slice(start + inner, this.end));
        blank = 0;
      }
    }
    this.nextLine();
    check(this.indent <= indent && lines.length > 0);
    return lines.join('\n') + (isStripped ? '' : '\n');
  }
}

function check(holds: boolean): asserts holds {
  if (!holds) {
    throw NO;
  }
}

function scalar(text: string, first: number): unknown {
  if (first > 57 && first !== 126) { // neither a digit nor a sign, a dot or ~
    if (text.length < 6 && WORDS.has(text)) {
      const value = WORDS.get(text);
      check(value !== undefined);
      return value;
    }
    return text;
  }
  if (text === '~') {
    return null;
  }
  if (SIMPLE_NUMBER.test(text) && text !== '-0') {
    return Number(text);
  }
  check(typeof plainScalar(text) === 'string');
  return text;
}
