import { Budget } from './budget';
import { ByteBuilder, byteTextToBytes, compareBytes, equalsAt } from './bytes';
import { appendJsonText } from './json-text';
import { matches } from './match';
import { applyModifier } from './modifiers';
import { ArrayStep, MultipathHead, Path, Query } from './parse';
import {
  BACKSLASH, BEGINS_ARRAY, BEGINS_LITERAL, BEGINS_NUMBER, BEGINS_OBJECT, BEGINS_STRING, beginsAt, blockEnd, CLOSE_ARRAY, CLOSE_OBJECT, ENDS_ARRAY,
  isClosed, literalEnd, literalType, nextValue, numberEnd, OPEN_ARRAY, OPEN_OBJECT, parseValue, QUOTE, SKIP, stringEnd,
} from './scan';
import { unescape } from './unescape';
import { isValidJson } from './valid';
import { FALSE, JSON_TYPE, MISSING, NULL, NUMBER, readBoolean, STRING, TRUE, Value } from './value';

/** What reading one byte of a path costs, where brackets are matched to the end of it. */
const READING = 4;

/** gjson's `Get`: the value that the path leads to, `MISSING` where it leads nowhere. */
export function evaluate(json: Uint8Array, path: Path, budget: Budget): Value {
  budget.enter();
  let value: Value;
  for (;;) {
    const head = path.head;
    budget.spend(1);
    let next: Path | undefined;
    switch (head.kind) {
      case 'modifier':
        json = applyModifier(head.name, json, head.argument, budget, evaluate);
        next = head.next;
        value = next === undefined ? parseValue(json) : MISSING;
        break;
      case 'literal':
        json = byteTextToBytes(head.json);
        budget.spend(json.length);
        next = head.next;
        value = next === undefined ? parseValue(json) : MISSING;
        break;
      case 'multipath':
        budget.spend(READING * path.text.length);
        json = assemble(json, head, budget);
        budget.spend(json.length);
        next = head.next;
        value = new Value(JSON_TYPE, json);
        break;
      default: {
        const walk = new Walk(json, budget);
        if (head.kind === 'lines') {
          walk.array(0, head.path);
        } else {
          walk.document(head.path);
        }
        value = walk.value;
        next = walk.pipe;
        json = value.raw;
      }
    }
    if (next === undefined) {
      break;
    }
    path = next;
  }
  budget.leave();
  return value;
}

/** `[a,b]` or `{a,b}` of what exists. */
function assemble(json: Uint8Array, head: MultipathHead, budget: Budget): Uint8Array {
  const out = new ByteBuilder();
  out.appendText(head.shape);
  for (const member of head.members) {
    const value = evaluate(json, member.path, budget);
    if (value.exists) {
      if (out.length > 1) {
        out.appendText(',');
      }
      if (head.shape === '{') {
        appendName(out, member.name, member.path.text);
        out.appendText(':');
      }
      out.append(value.raw);
      budget.spend(value.raw.length);
    }
  }
  out.appendText(head.shape === '{' ? '}' : ']');
  return out.done();
}

function appendName(out: ByteBuilder, name: string, path: string): void {
  if (name !== '') {
    const bytes = byteTextToBytes(name);
    if (name.startsWith('"') && isValidJson(bytes)) {
      out.append(bytes);
    } else {
      appendJsonText(out, bytes);
    }
    return;
  }
  const last = lastComponent(path);
  appendJsonText(out, byteTextToBytes(/[\0-\x1f[\]{}()#|!]/.test(last) ? '_' : last));
}

function lastComponent(path: string): string {
  for (let i = path.length - 1; i >= 0; i--) {
    if ((path[i] === '|' || path[i] === '.') && path[i - 1] !== '\\') {
      return path.slice(i + 1);
    }
  }
  return path;
}

/** One walk through one JSON text. What it finds, and the path that goes on from there, stay even where the walk goes on. */
class Walk {
  public value: Value = MISSING;
  public pipe: Path | undefined;

  constructor(private readonly json: Uint8Array, private readonly budget: Budget) {}

  /** From the first bracket of the text, whatever stands before it. */
  public document(path: Path): void {
    const json = this.json;
    for (let i = 0; i < json.length; i++) {
      if (json[i] === OPEN_OBJECT) {
        this.object(i + 1, path);
        return;
      }
      if (json[i] === OPEN_ARRAY) {
        this.array(i + 1, path);
        return;
      }
    }
  }

  /**
   * The object whose members begin at `i`.
   *
   * @returns the index after what was read, made negative (`~index`) if the walk is over
   */
  public object(i: number, path: Path): number {
    const json = this.json;
    const step = path.objectStep;
    const more = step.next !== undefined;
    const part = step.part;
    const wildcard = step.wild ? byteTextToBytes(part) : undefined;
    if (!more && step.pipe !== undefined) {
      this.pipe = step.pipe;
    }
    this.budget.enter();
    const length = json.length;
    let keyed = false;
    while (i < length) {
      const from = i;
      let keyStart = i;
      let keyEnd = i;
      let escaped = false;
      for (; i < length; i++) {
        const c = json[i];
        if (c === QUOTE) {
          keyStart = ++i;
          escaped = false;
          for (; i < length && json[i] !== QUOTE; i++) {
            if (json[i] === BACKSLASH) {
              escaped = true;
              i++;
            }
          }
          keyed = i < length;
          keyEnd = i++;
          break;
        }
        if (c === CLOSE_OBJECT) {
          this.budget.leave();
          return i + 1;
        }
      }
      if (!keyed) {
        break;
      }
      const fits = escaped || wildcard !== undefined ? this.keyFits(keyStart, keyEnd, part, wildcard) : equalsAt(json, keyStart, keyEnd, part);
      const hit = fits && !more;
      let kind = SKIP;
      while (i < length && ((kind = beginsAt(json, i)) === SKIP || kind === ENDS_ARRAY)) {
        i++;
      }
      const start = i;
      switch (kind) {
        case BEGINS_STRING:
          i = stringEnd(json, i + 1);
          if (!isClosed(json, start + 1, i)) {
            this.budget.leave();
            return i;
          }
          break;
        case BEGINS_OBJECT:
        case BEGINS_ARRAY:
          if (fits && more) {
            i = kind === BEGINS_OBJECT ? this.object(i + 1, step.next as Path) : this.array(i + 1, step.next as Path);
            if (i < 0) {
              this.budget.leave();
              return i;
            }
          } else {
            i = blockEnd(json, i);
          }
          break;
        case BEGINS_LITERAL:
          i = literalEnd(json, i);
          break;
        case BEGINS_NUMBER:
          i = numberEnd(json, i);
          break;
      }
      if (hit && i > start) {
        this.value = makeValue(kind, json, start, i);
        this.budget.leave();
        return ~i;
      }
      this.budget.spend(i - from);
    }
    this.budget.leave();
    return i;
  }

  private keyFits(start: number, end: number, part: string, wildcard: Uint8Array | undefined): boolean {
    const raw = this.json.subarray(start, end);
    const key = raw.includes(BACKSLASH) ? unescape(raw) : raw;
    return wildcard === undefined ? equalsAt(key, 0, key.length, part) : matches(key, wildcard, this.budget);
  }

  /** The array whose elements begin at `i`; returns as `object` does. */
  public array(i: number, path: Path): number {
    const walk = new ArrayWalk(path.arrayStep);
    const step = walk.step;
    if (step.next === undefined && step.pipe !== undefined) {
      this.pipe = step.pipe;
    }
    if (step.query !== undefined) {
      this.budget.spend(READING * path.text.length);
    }
    this.budget.enter();
    const end = this.elements(i, walk);
    this.budget.leave();
    return end;
  }

  private elements(i: number, walk: ArrayWalk): number {
    const json = this.json;
    const length = json.length;
    const step = walk.step;
    const more = step.next !== undefined;
    let element = 0;
    while (i < length + 1) {
      const from = i;
      const fits = !step.all && step.index === element;
      const hit = fits && !more;
      element++;
      if (step.collect !== undefined) {
        walk.starts.push(i);
      }
      // the end of the text closes the array, too
      let kind = SKIP;
      while (i < length && (kind = beginsAt(json, i)) === SKIP) {
        i++;
      }
      if (i >= length) {
        if (i > length) {
          break;
        }
        kind = ENDS_ARRAY;
      }
      const start = i;
      switch (kind) {
        case BEGINS_STRING:
          i = stringEnd(json, i + 1);
          if (!isClosed(json, start + 1, i)) {
            return i;
          }
          break;
        case BEGINS_OBJECT:
        case BEGINS_ARRAY:
          if (fits && more) {
            i = kind === BEGINS_OBJECT ? this.object(i + 1, step.next as Path) : this.array(i + 1, step.next as Path);
            if (i < 0) {
              return i;
            }
          } else {
            i = blockEnd(json, i);
          }
          break;
        case BEGINS_LITERAL:
          i = literalEnd(json, i);
          break;
        case BEGINS_NUMBER:
          i = numberEnd(json, i);
          break;
        case ENDS_ARRAY:
          return this.endOfArray(i, element - 1, walk);
      }
      this.budget.spend(i - from);
      if (step.query !== undefined) {
        if (this.ask(step.query, makeValue(kind, json, start, i), walk)) {
          return ~i;
        }
      } else if (hit) {
        this.value = makeValue(kind, json, start, i);
        return ~i;
      }
    }
    return i;
  }

  /** Puts the query to an element; true if the walk is over. */
  private ask(query: Query, element: Value, walk: ArrayWalk): boolean {
    if (query.all && walk.found === undefined) {
      walk.found = new ByteBuilder();
      walk.found.appendText('[');
    }
    let asked = element;
    if (element.type === JSON_TYPE) {
      asked = evaluate(element.raw, query.path, this.budget);
    } else if (query.path.text !== '') {
      return false;
    }
    if (!queryHolds(query, asked, this.budget)) {
      return false;
    }
    let result = element;
    if (walk.next !== undefined) {
      const { left, right } = walk.next.split;
      if (right !== undefined) {
        walk.next = left;
        this.pipe = right;
      }
      result = evaluate(element.raw, walk.next, this.budget);
    }
    if (!query.all) {
      this.value = result;
      return true;
    }
    walk.collect(result, this.budget);
    return false;
  }

  private endOfArray(i: number, count: number, walk: ArrayWalk): number {
    const step = walk.step;
    if (step.all && step.part === '#') {
      if (step.collect !== undefined) {
        this.value = this.collected(step.collect, walk);
      } else {
        this.value = new Value(NUMBER, byteTextToBytes(String(count)));
      }
      return ~(i + 1);
    }
    if (!this.value.exists && step.query?.all === true) {
      walk.found?.appendText(']');
      this.value = new Value(JSON_TYPE, walk.found === undefined ? byteTextToBytes('[]') : walk.found.done());
    }
    return i + 1;
  }

  /** `#.path`: what exists of the path in each element. */
  private collected(path: Path, walk: ArrayWalk): Value {
    const { left, right } = path.split;
    if (right !== undefined) {
      this.pipe = right;
    }
    const json = this.json;
    const out = new ByteBuilder();
    out.appendText('[');
    for (const start of walk.starts) {
      let i = start;
      while (json[i] === 0x20 || json[i] === 0x09 || json[i] === 0x0d || json[i] === 0x0a) {
        i++;
      }
      const element = i < json.length && json[i] !== CLOSE_ARRAY ? nextValue(json, i) : undefined;
      if (element !== undefined) {
        this.budget.spend(element.end - i);
        const value = evaluate(element.value.raw, left, this.budget);
        if (value.exists) {
          if (out.length > 1) {
            out.appendText(',');
          }
          out.append(value.raw);
          this.budget.spend(value.raw.length);
        }
      }
    }
    out.appendText(']');
    return new Value(JSON_TYPE, out.done());
  }
}

/** What one walk through an array remembers. */
class ArrayWalk {
  /** The path behind the query; its pipe is cut off at the first match. */
  public next: Path | undefined;
  /** Where each element begins, for `#.path`. */
  public readonly starts: number[] = [];
  /** The matches of a query for all. */
  public found: ByteBuilder | undefined;

  constructor(public readonly step: ArrayStep) {
    this.next = step.next;
  }

  public collect(value: Value, budget: Budget): void {
    const found = this.found as ByteBuilder;
    if (value.raw.length > 0) {
      if (found.length > 1) {
        found.appendText(',');
      }
      found.append(value.raw);
      budget.spend(value.raw.length);
    }
  }
}

function makeValue(kind: number, json: Uint8Array, start: number, end: number): Value {
  switch (kind) {
    case BEGINS_STRING:
      return new Value(STRING, json.subarray(start, end));
    case BEGINS_LITERAL:
      return new Value(literalType(json[start]), json.subarray(start, end));
    case BEGINS_NUMBER:
      return new Value(NUMBER, json.subarray(start, end));
    default:
      return new Value(JSON_TYPE, json.subarray(start, end));
  }
}

function queryHolds(query: Query, value: Value, budget: Budget): boolean {
  if (query.value.startsWith('~')) {
    const holds = truth(query.value.slice(1), value);
    if (holds === undefined) {
      return false;
    }
    return query.operator === '' || compareBoolean(holds, query.operator, 'true');
  }
  if (!value.exists) {
    return false;
  }
  if (query.operator === '') {
    return true;
  }
  switch (value.type) {
    case STRING:
      return compareText(value.text, query, budget);
    case NUMBER:
      return compareNumber(value.number, query.operator, query.valueNumber);
    case TRUE:
      return compareBoolean(true, query.operator, query.value);
    case FALSE:
      return compareBoolean(false, query.operator, query.value);
    default:
      return false;
  }
}

/** The tests of truth, `~true` and its like; undefined for one that gjson does not know. */
function truth(name: string, value: Value): boolean | undefined {
  switch (name) {
    case '*':
      return value.exists;
    case 'null':
      return value.type === NULL;
    case 'true':
      return value.type === STRING ? readBoolean(value.text) === true : value.asBoolean();
    case 'false':
      return value.type === STRING
        ? readBoolean(value.text) === false
        : value.type === NULL || value.type === FALSE || (value.type === NUMBER && value.number === 0);
    default:
      return undefined;
  }
}

function compareText(text: Uint8Array, query: Query, budget: Budget): boolean {
  switch (query.operator) {
    case '%':
      return matches(text, query.valueBytes, budget);
    case '!%':
      return !matches(text, query.valueBytes, budget);
    default:
      return compareNumber(compareBytes(text, query.valueBytes), query.operator, 0);
  }
}

export function compareNumber(a: number, operator: string, b: number): boolean {
  switch (operator) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      return false;
  }
}

/** gjson's order of booleans: each side of it only as far as gjson wrote it down. */
export function compareBoolean(value: boolean, operator: string, other: string): boolean {
  switch (operator) {
    case '=':
      return other === String(value);
    case '!=':
      return other !== String(value);
    case '>':
      return value && other === 'false';
    case '>=':
      return value;
    case '<':
      return !value && other === 'true';
    case '<=':
      return !value;
    default:
      return false;
  }
}

