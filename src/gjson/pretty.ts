import { Budget } from './budget';
import { ByteBuilder, bytesToByteText, byteTextToBytes, compareBytes, EMPTY, runeAt, trimUnicode } from './bytes';
import { parseFloatGo } from './float';
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, LOWER_N, OPEN_ARRAY, OPEN_OBJECT, QUOTE, stringEnd } from './scan';
import { unescape } from './unescape';
import { isValidJson } from './valid';

/** The layout of `@pretty`, with the defaults and the quirks of github.com/tidwall/pretty v1.2.0. */
export interface PrettyOptions {
  /** An array goes on one line if it fits in this many bytes. */
  width: number;
  prefix: Uint8Array;
  indent: Uint8Array;
  sortKeys: boolean;
}

/** A member costs time even where it is a single byte. */
const PER_MEMBER = 48;

const SPACE = 0x20;
const NEW_LINE = 0x0a;

export const DEFAULT_OPTIONS: PrettyOptions = { width: 80, prefix: EMPTY, indent: byteTextToBytes('  '), sortKeys: false };

export function pretty(json: Uint8Array, options: PrettyOptions, budget: Budget): Uint8Array {
  return new Printer(json, options, budget).print();
}

/** A member of an object: its key in the source, and where it stands in the output. */
interface Member {
  readonly key: Uint8Array;
  readonly start: number;
  readonly end: number;
}

class Printer {
  private readonly out = new ByteBuilder();
  /** Where the current line begins. */
  private line = 0;
  /** Whether what was written last may stand in an array on one line: objects may not. */
  private fits = true;

  constructor(private readonly json: Uint8Array, private readonly options: PrettyOptions, private readonly budget: Budget) {}

  public print(): Uint8Array {
    this.out.append(this.options.prefix);
    this.value(0, false, 0);
    if (this.out.length > 0) {
      this.out.push(NEW_LINE);
    }
    return this.out.done();
  }

  /** Writes the first value at or after `i`; returns the index after it. */
  private value(i: number, oneLine: boolean, tabs: number): number {
    const json = this.json;
    this.fits = true;
    for (; i < json.length; i++) {
      const c = json[i];
      if (c === QUOTE) {
        return this.copy(i, stringEnd(json, i + 1));
      }
      if (beginsNumber(json, i)) {
        return this.copy(i, numberEnd(json, i));
      }
      if (c === OPEN_OBJECT || c === OPEN_ARRAY) {
        this.budget.enter();
        const end = this.block(i, oneLine, tabs);
        this.budget.leave();
        return end;
      }
      const literal = c === 0x74 ? 'true' : c === 0x66 ? 'false' : c === LOWER_N ? 'null' : '';
      if (literal !== '') {
        this.out.appendText(literal);
        return i + literal.length;
      }
    }
    return i;
  }

  private copy(start: number, end: number): number {
    this.budget.spend(end - start);
    this.out.append(this.json.subarray(start, end));
    return end;
  }

  private block(start: number, oneLine: boolean, tabs: number): number {
    if (this.options.width > 0) {
      if (oneLine && this.json[start] === OPEN_OBJECT) {
        this.fits = false;
        return start;
      }
      const end = oneLine || this.json[start] === OPEN_OBJECT ? undefined : this.arrayOnOneLine(start);
      if (end !== undefined) {
        return end;
      }
    }
    return this.members(start, oneLine, tabs);
  }

  /** Tries an array on what is left of the line, and takes it back where it does not fit. */
  private arrayOnOneLine(start: number): number | undefined {
    const room = this.options.width - (this.out.length - this.line);
    if (room <= 3) {
      return undefined;
    }
    const before = this.out.length;
    const end = this.members(start, true, 0);
    if (this.fits && this.out.length - before <= room) {
      return end;
    }
    this.out.truncate(before);
    return undefined;
  }

  private members(start: number, oneLine: boolean, tabs: number): number {
    const { json, out, options } = this;
    const open = json[start];
    const isObject = open === OPEN_OBJECT;
    const close = isObject ? CLOSE_OBJECT : CLOSE_ARRAY;
    const members: Member[] = [];
    let count = 0;
    out.push(open);
    let i = start + 1;
    for (; i < json.length; i++) {
      if (json[i] <= SPACE) {
        continue;
      }
      if (json[i] === close) {
        if (!oneLine) {
          if (isObject && options.sortKeys) {
            this.sort(members);
          }
          if (count > 0) {
            this.newLine();
          }
          if (out.last() !== open) {
            this.tabs(tabs);
          }
        }
        out.push(close);
        this.fits = !isObject;
        return i + 1;
      }
      if (isObject && json[i] !== QUOTE) {
        continue;
      }
      // in an array this may also be the comma before the element, which `value` skips
      if (count > 0) {
        out.push(COMMA);
        if (options.width !== -1 && !isObject) {
          out.push(SPACE);
        }
      }
      if (!oneLine) {
        this.newLine();
      }
      this.budget.spend(PER_MEMBER);
      const memberStart = out.length;
      const keyStart = i;
      if (!oneLine) {
        this.tabs(tabs + 1);
      }
      if (isObject) {
        i = this.copy(i, stringEnd(json, i + 1));
        out.push(COLON);
        if (!oneLine) {
          out.push(SPACE);
        }
      }
      const keyEnd = i;
      i = this.value(i, oneLine, tabs + 1);
      if (oneLine && !this.fits) {
        return i;
      }
      if (!oneLine && isObject && options.sortKeys) {
        members.push({ key: json.subarray(keyStart, keyEnd), start: memberStart, end: out.length });
      }
      i--;
      count++;
    }
    this.fits = !isObject;
    return i;
  }

  /** A space at the end of the line gives way to the new line. */
  private newLine(): void {
    this.line = this.out.length;
    if (this.out.last() === SPACE) {
      this.out.replaceLast(NEW_LINE);
    } else {
      this.out.push(NEW_LINE);
    }
  }

  private tabs(tabs: number): void {
    this.budget.spend(this.options.prefix.length + tabs * this.options.indent.length);
    this.out.append(this.options.prefix);
    for (let i = 0; i < tabs; i++) {
      this.out.append(this.options.indent);
    }
  }

  private sort(members: Member[]): void {
    if (members.length === 0) {
      return;
    }
    const start = members[0].start;
    const sorted = members
      .map((member) => {
        const text = this.out.view(member.start, member.end).slice();
        const trimmed = trimUnicode(text);
        const value = trimmed.length > member.key.length ? trimUnicode(trimmed.subarray(member.key.length + 1)) : trimmed;
        return { text, key: sortable(member.key), value: sortable(value) };
      })
      .sort((a, b) => compareSortable(a.key, b.key) || compareSortable(a.value, b.value));
    this.out.truncate(start);
    sorted.forEach(({ text }, index) => {
      this.budget.spend(text.length);
      this.out.appendText(index === 0 ? '' : ',\n');
      this.out.append(text);
    });
  }
}

function beginsNumber(json: Uint8Array, i: number): boolean {
  const c = json[i];
  return (c >= 0x30 && c <= 0x39) || c === 0x2d || c === 0x2b || c === 0x69 || c === 0x49 || c === 0x4e
    || (c === LOWER_N && i + 1 < json.length && json[i + 1] !== 0x75);
}

function numberEnd(json: Uint8Array, i: number): number {
  for (i++; i < json.length; i++) {
    const c = json[i];
    if (c <= SPACE || c === COMMA || c === COLON || c === CLOSE_ARRAY || c === CLOSE_OBJECT) {
      break;
    }
  }
  return i;
}

/** The order of values: by type, then texts and numbers by what they mean, the rest by what is written. */
interface Sortable {
  readonly type: number;
  readonly bytes: Uint8Array;
  readonly number: number;
}

const TYPE_OF_FIRST = new Map<number, number>([[LOWER_N, 0], [0x66, 1], [QUOTE, 3], [0x74, 4], [OPEN_ARRAY, 5], [OPEN_OBJECT, 5]]);
const NUMBER = 2;

function sortable(json: Uint8Array): Sortable {
  const type = json.length === 0 ? 0 : TYPE_OF_FIRST.get(json[0]) ?? NUMBER;
  return {
    type,
    bytes: type === 3 ? decoded(json) : json,
    number: type === NUMBER ? parseFloatGo(bytesToByteText(json)) : 0,
  };
}

function compareSortable(a: Sortable, b: Sortable): number {
  if (a.type !== b.type) {
    return a.type - b.type;
  }
  return a.type === NUMBER ? Math.sign(a.number - b.number) || 0 : compareBytes(a.bytes, b.bytes);
}

/** The text, decoded by Go's encoding/json where it has an escape, and by nothing where it has none. */
function decoded(json: Uint8Array): Uint8Array {
  const end = json.findIndex((c, i) => i > 0 && (c === QUOTE || c === BACKSLASH));
  if (end === -1) {
    return EMPTY;
  }
  if (json[end] === QUOTE) {
    return json.subarray(1, end);
  }
  return isValidJson(json) ? wellFormed(unescape(json.subarray(1, json.length - 1))) : EMPTY;
}

function wellFormed(bytes: Uint8Array): Uint8Array {
  const out = new ByteBuilder(bytes.length);
  for (let i = 0; i < bytes.length;) {
    const rune = runeAt(bytes, i, bytes.length);
    if (rune.code === 0xfffd) {
      out.append(new Uint8Array([0xef, 0xbf, 0xbd]));
    } else {
      out.append(bytes.subarray(i, i + rune.size));
    }
    i += rune.size;
  }
  return out.done();
}
