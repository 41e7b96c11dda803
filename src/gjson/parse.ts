import { byteTextToBytes, bytesToByteText } from './bytes';
import { parseFloatGo } from './float';
import { isModifier, ModifierName } from './modifier-names';
import { block, quoteEnd, splitAtPipe, squash, trim } from './scan-text';
import { unescape } from './unescape';

/**
 * A GJSON path as a tree. The same text means different things to an object and to an array (`a.#.b` names a key `#` in an object), and
 * what follows a step is read only when a document leads there. So a `Path` is read when it is asked, in each sense, and once.
 * All texts in the tree are byte texts (see bytes.ts).
 */
export class Path {
  private headRead?: Head;
  private objectStepRead?: ObjectStep;
  private arrayStepRead?: ArrayStep;
  private splitRead?: Split;

  constructor(public readonly text: string) {}

  /** What the path is at its start, where a whole JSON text is at hand. */
  public get head(): Head {
    return this.headRead ??= readHead(this);
  }

  /** The next step, where it meets an object. */
  public get objectStep(): ObjectStep {
    return this.objectStepRead ??= readObjectStep(this.text);
  }

  /** The next step, where it meets an array. */
  public get arrayStep(): ArrayStep {
    return this.arrayStepRead ??= readArrayStep(this.text);
  }

  /** Left and right of the pipe that ends the part belonging to each element; `right` is missing where there is none. */
  public get split(): Split {
    if (this.splitRead === undefined) {
      const parts = splitAtPipe(this.text);
      this.splitRead = parts === undefined ? { left: this } : { left: new Path(parts.left), right: new Path(parts.right) };
    }
    return this.splitRead;
  }
}

export interface Split {
  readonly left: Path;
  readonly right?: Path;
}

export type Head = ModifierHead | LiteralHead | MultipathHead | LinesHead | StepsHead;

/** `@name:argument`, which makes a new JSON text of the whole one. */
export interface ModifierHead {
  readonly kind: 'modifier';
  readonly name: ModifierName;
  readonly argument: string;
  /** What goes on from the new text; missing where the path ends (or where what follows is neither `.` nor `|`, and is ignored). */
  readonly next?: Path;
}

/** `!…`, a JSON text of its own. */
export interface LiteralHead {
  readonly kind: 'literal';
  readonly json: string;
  readonly next?: Path;
}

/** `[a,b]` or `{"x":a,b}`, a new array or object of what exists. */
export interface MultipathHead {
  readonly kind: 'multipath';
  readonly shape: '[' | '{';
  readonly members: Member[];
  readonly next?: Path;
}

export interface Member {
  /** The text before the colon; empty where the member takes its name from its path. */
  readonly name: string;
  readonly path: Path;
}

/** `..path`, the whole document as an array of its lines. */
export interface LinesHead {
  readonly kind: 'lines';
  readonly path: Path;
}

/** Keys, indexes and queries, step by step. */
export interface StepsHead {
  readonly kind: 'steps';
  readonly path: Path;
}

/** A step that meets an object. */
export interface ObjectStep {
  /** The key, or the pattern for keys if `wild`. */
  readonly part: string;
  readonly wild: boolean;
  /** The steps inside of the value; missing where this step ends them. */
  readonly next?: Path;
  /** The path that goes on from the value found. */
  readonly pipe?: Path;
}

/** A step that meets an array. */
export interface ArrayStep {
  readonly part: string;
  /** The index that the step names; -1 where it names none. */
  readonly index: number;
  /** Whether the step holds `#`, so that it looks at all elements. */
  readonly all: boolean;
  readonly next?: Path;
  readonly pipe?: Path;
  /** `#.path`: the path is looked up in every element, and what exists is collected. */
  readonly collect?: Path;
  readonly query?: Query;
}

/** `#(path operator value)`, first match, or with `#` behind it all matches. */
export interface Query {
  readonly all: boolean;
  /** Empty where the element itself is compared. */
  readonly path: Path;
  /** Empty where the query asks only whether the path exists. */
  readonly operator: string;
  readonly value: string;
  readonly valueBytes: Uint8Array;
  /** The value as a number, 0 where it is none. */
  readonly valueNumber: number;
  /** The closing bracket is missing: gjson then takes every element. */
  readonly broken: boolean;
}

function readHead(path: Path): Head {
  let text = path.text;
  if (text.length > 1) {
    const first = text[0];
    if (first === '@' || first === '!') {
      const head = first === '@' ? readModifier(text) : readLiteral(text);
      if (head !== undefined) {
        return head;
      }
    }
    if (first === '[' || first === '{') {
      const { members, rest } = readMembers(text);
      if (rest !== undefined && (rest === '' || rest[0] === '.' || rest[0] === '|')) {
        return { kind: 'multipath', shape: first, members, next: rest === '' ? undefined : new Path(rest.slice(1)) };
      }
      text = rest ?? ''; // gjson goes on with what follows the bracket, and with nothing where it is not closed
    }
  }
  if (text.startsWith('..')) {
    return { kind: 'lines', path: new Path(text.slice(2)) };
  }
  return { kind: 'steps', path: text === path.text ? path : new Path(text) };
}

function following(rest: string): Path | undefined {
  return rest[0] === '|' || rest[0] === '.' ? new Path(rest.slice(1)) : undefined;
}

function readModifier(text: string): ModifierHead | undefined {
  const end = firstOf(text, 1, ':', '|', '.');
  const name = text.slice(1, end);
  if (!isModifier(name)) {
    return undefined;
  }
  if (text[end] !== ':') {
    return { kind: 'modifier', name, argument: '', next: following(text.slice(end)) };
  }
  const rest = text.slice(end + 1);
  const argument = rest !== '' && '{["'.includes(rest[0]) ? squash(rest) : simpleArgument(rest);
  return { kind: 'modifier', name, argument, next: following(rest.slice(argument.length)) };
}

/** Up to the next pipe that is in no brackets and no quotes. */
function simpleArgument(text: string): string {
  let i = 0;
  for (; i < text.length && text[i] !== '|'; i++) {
    if ('{["('.includes(text[i])) {
      i += squash(text.slice(i)).length - 1;
    }
  }
  return text.slice(0, i);
}

function readLiteral(text: string): LiteralHead | undefined {
  const rest = text.slice(1);
  if ('{["+-0123456789'.includes(rest[0])) {
    const json = block(rest);
    return { kind: 'literal', json, next: following(rest.slice(json.length)) };
  }
  const end = firstOf(text, 1, '|', '.');
  const json = text.slice(1, end);
  // Go's lower case of İ (two bytes here) is a plain i
  return /^(?:true|false|null|nan|(?:i|\xc4\xb0)nf)$/i.test(json) ? { kind: 'literal', json, next: following(text.slice(end)) } : undefined;
}

function firstOf(text: string, from: number, ...characters: string[]): number {
  let i = from;
  while (i < text.length && !characters.includes(text[i])) {
    i++;
  }
  return i;
}

/** The members of a multipath, and what follows it; no rest where it is not closed. */
function readMembers(text: string): { members: Member[]; rest?: string } {
  const members: Member[] = [];
  let insideModifier = false;
  let depth = 1;
  let colon = 0;
  let start = 1;
  const endMember = (end: number) => {
    members.push(colon === 0
      ? { name: '', path: new Path(text.slice(start, end)) }
      : { name: text.slice(start, colon), path: new Path(text.slice(colon + 1, end)) });
    colon = 0;
    insideModifier = false;
    start = end + 1;
  };
  for (let i = 1; i < text.length; i++) {
    switch (text[i]) {
      case '\\':
        i++;
        break;
      case '@':
        if (text[i - 1] === '.' || text[i - 1] === '|') {
          insideModifier = true; // a colon then belongs to its argument
        }
        break;
      case ':':
        if (!insideModifier && colon === 0 && depth === 1) {
          colon = i;
        }
        break;
      case ',':
        if (depth === 1) {
          endMember(i);
        }
        break;
      case '"':
        i = quoteEnd(text, i + 1) - 1;
        break;
      case '[': case '(': case '{':
        depth++;
        break;
      case ']': case ')': case '}':
        depth--;
        if (depth === 0) {
          endMember(i);
          return { members, rest: text.slice(i + 1) };
        }
        break;
    }
  }
  return { members };
}

/** Whether a dot before this text acts as a pipe. */
function startsNewPath(text: string): boolean {
  return text[0] === '[' || text[0] === '{' || (text[0] === '@' && isModifier(text.slice(1, firstOf(text, 1, '.', '|', ':'))));
}

function readObjectStep(text: string): ObjectStep {
  let wild = false;
  let escaped = '';
  let plainFrom = 0; // what was not escaped since the last backslash
  let sawBackslash = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '|') {
      return { part: escaped + text.slice(plainFrom, i), wild, pipe: new Path(text.slice(i + 1)) };
    }
    if (c === '.') {
      const part = escaped + text.slice(plainFrom, i);
      const rest = text.slice(i + 1);
      return rest !== '' && startsNewPath(rest) ? { part, wild, pipe: new Path(rest) } : { part, wild, next: new Path(rest) };
    }
    if (c === '*' || c === '?') {
      wild = true;
    } else if (c === '\\') {
      escaped += text.slice(plainFrom, i);
      // the character after the first backslash is taken as it is, and so is the one after every other
      plainFrom = i + 1;
      i++;
      sawBackslash = true;
    }
  }
  return { part: sawBackslash ? escaped + text.slice(plainFrom) : text, wild };
}

function readArrayStep(text: string): ArrayStep {
  let all = false;
  let query: Query | undefined;
  let collect: Path | undefined;
  const step = (part: string, more: { next?: Path; pipe?: Path }): ArrayStep =>
    ({ part, index: all ? -1 : arrayIndex(part), all, query, collect, ...more });

  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '|') {
      return step(text.slice(0, i), { pipe: new Path(text.slice(i + 1)) });
    }
    if (c === '.') {
      const rest = text.slice(i + 1);
      return step(text.slice(0, i), !all && rest !== '' && startsNewPath(rest) ? { pipe: new Path(rest) } : { next: new Path(rest) });
    }
    if (c !== '#') {
      continue;
    }
    all = true;
    if (i === 0 && text[1] === '.') {
      collect = new Path(text.slice(2));
    } else if (i === 0 && (text[1] === '[' || text[1] === '(')) {
      const read = readQuery(text);
      query = read.query;
      if (query.broken) {
        break;
      }
      i = read.end - 1;
    }
  }
  return step(text, {});
}

const OPERATOR = /^(?:!=|!%|<=|>=|==|[<>=%])/;

/** The query at the start of the text, and the index after its closing bracket. */
function readQuery(text: string): { query: Query; end: number } {
  let operatorAt = 0;
  let depth = 1;
  let i = 2;
  let hasEscape = false;
  scan: for (; i < text.length; i++) {
    const c = text[i];
    if (depth === 1 && operatorAt === 0 && '!=<>%'.includes(c)) {
      operatorAt = i;
      continue;
    }
    switch (c) {
      case '\\':
        i++;
        break;
      case '[': case '(':
        depth++;
        break;
      case ']': case ')':
        depth--;
        if (depth === 0) {
          break scan;
        }
        break;
      case '"':
        for (i++; i < text.length && text[i] !== '"'; i++) {
          if (text[i] === '\\') {
            hasEscape = true;
            i++;
          }
        }
        break;
    }
  }
  if (depth > 0) {
    return { query: makeQuery('', '', '', false, true), end: text.length };
  }
  const all = text[i + 1] === '#';
  if (operatorAt === 0) {
    return { query: makeQuery(trim(text.slice(2, i)), '', '', all, false), end: i + 1 };
  }
  const comparison = trim(text.slice(operatorAt, i));
  const operator = comparison.length === 1 ? comparison : OPERATOR.exec(comparison)?.[0] ?? '';
  let value = trim(comparison.slice(operator.length));
  if (value.length >= 2 && value.startsWith('"') && value.endsWith('"')) {
    value = value.slice(1, -1);
    if (hasEscape) {
      value = bytesToByteText(unescape(byteTextToBytes(value)));
    }
  }
  return { query: makeQuery(trim(text.slice(2, operatorAt)), operator === '==' ? '=' : operator, value, all, false), end: i + 1 };
}

function makeQuery(path: string, operator: string, value: string, all: boolean, broken: boolean): Query {
  return { path: new Path(path), operator, value, valueBytes: byteTextToBytes(value), valueNumber: parseFloatGo(value), all, broken };
}

/** The index as Go reads it into 64 bits, where large ones wrap around; -1 where the text holds anything but digits. */
function arrayIndex(text: string): number {
  if (!/^[0-9]+$/.test(text)) {
    return -1;
  }
  if (text.length <= 15) {
    return Number(text);
  }
  let index = 0n;
  for (let i = 0; i < text.length; i += 15) {
    const digits = text.slice(i, i + 15);
    index = BigInt.asUintN(64, index * 10n ** BigInt(digits.length) + BigInt(digits));
  }
  return Number(BigInt.asIntN(64, index));
}
