import { Budget } from './budget';
import { ByteBuilder, byteTextToBytes, bytesToByteText, EMPTY, trimUnicode } from './bytes';
import { appendJsonText } from './json-text';
import { ModifierName } from './modifier-names';
import { Path } from './parse';
import { DEFAULT_OPTIONS, pretty, PrettyOptions } from './pretty';
import { forEach, parseValue } from './scan';
import { isValidJson } from './valid';
import { Value } from './value';

/** Looks up a path in a JSON text. */
export type Lookup = (json: Uint8Array, path: Path, budget: Budget) => Value;

/** The JSON text that a modifier makes of another; the argument is a byte text, empty for none. */
export function applyModifier(name: ModifierName, json: Uint8Array, argument: string, budget: Budget, lookup: Lookup): Uint8Array {
  budget.spend(json.length);
  switch (name) {
    case 'this':
      return json;
    case 'valid':
      return isValidJson(json) ? json : EMPTY;
    case 'pretty':
      return pretty(json, prettyOptions(argument, budget), budget);
    case 'ugly':
      return ugly(json);
    case 'reverse':
      return reverse(json, budget);
    case 'keys':
      return keys(json, budget);
    case 'values':
      return values(json, budget);
    case 'flatten':
      return flatten(json, flag(argument, 'deep', budget), budget);
    case 'join':
      return join(json, flag(argument, 'preserve', budget), budget);
    case 'group':
      return group(json, budget);
    case 'tostr': {
      budget.spend(2 * json.length);
      const out = new ByteBuilder(json.length + 2);
      appendJsonText(out, json);
      return out.done();
    }
    case 'fromstr':
      budget.spend(8 * json.length);
      return isValidJson(json) ? parseValue(json).asText() : EMPTY;
    case 'dig':
      return dig(json, new Path(argument), budget, lookup);
  }
}

/** Writes a list between brackets. */
class ListBuilder extends ByteBuilder {
  private first = true;

  constructor(open: string, private readonly close: string) {
    super();
    this.appendText(open);
  }

  public item(...pieces: Uint8Array[]): void {
    if (!this.first) {
      this.appendText(',');
    }
    this.first = false;
    pieces.forEach((piece) => this.append(piece));
  }

  public end(): Uint8Array {
    this.appendText(this.close);
    return this.done();
  }
}

const COLON = byteTextToBytes(':');
const COMMA = byteTextToBytes(',');
const NULL_TEXT = byteTextToBytes('null');

/** A member of an argument such as `{"deep":true}`. */
function flag(argument: string, name: string, budget: Budget): boolean {
  let set = false;
  if (argument !== '') {
    forEach(parseValue(byteTextToBytes(argument)), budget, (member, key) => {
      if (bytesToByteText(key.asText()) === name) {
        set = member.asBoolean();
      }
    });
  }
  return set;
}

function prettyOptions(argument: string, budget: Budget): PrettyOptions {
  const options = { ...DEFAULT_OPTIONS };
  if (argument !== '') {
    forEach(parseValue(byteTextToBytes(argument)), budget, (member, key) => {
      switch (bytesToByteText(key.asText())) {
        case 'sortKeys':
          options.sortKeys = member.asBoolean();
          break;
        case 'indent':
          options.indent = whiteSpaceOf(member.asText());
          break;
        case 'prefix':
          options.prefix = whiteSpaceOf(member.asText());
          break;
        case 'width':
          options.width = member.asInteger();
          break;
      }
    });
  }
  return options;
}

function whiteSpaceOf(bytes: Uint8Array): Uint8Array {
  return bytes.filter((c) => c === 0x20 || c === 0x09 || c === 0x0a || c === 0x0d);
}

function ugly(json: Uint8Array): Uint8Array {
  const out = new ByteBuilder(json.length);
  for (let i = 0; i < json.length; i++) {
    if (json[i] <= 0x20) {
      continue;
    }
    out.push(json[i]);
    if (json[i] !== 0x22) {
      continue;
    }
    for (i++; i < json.length; i++) {
      out.push(json[i]);
      if (json[i] === 0x22) {
        let j = i - 1;
        while (json[j] === 0x5c) {
          j--;
        }
        if ((j - i) % 2 !== 0) {
          break;
        }
      }
    }
  }
  return out.done();
}

function reverse(json: Uint8Array, budget: Budget): Uint8Array {
  const value = parseValue(json);
  if (!value.isArray && !value.isObject) {
    return json;
  }
  const names: Uint8Array[] = [];
  const members: Uint8Array[] = [];
  forEach(value, budget, (member, key) => {
    names.push(key.raw);
    members.push(member.raw);
  });
  const out = value.isObject ? new ListBuilder('{', '}') : new ListBuilder('[', ']');
  for (let i = members.length - 1; i >= 0; i--) {
    if (value.isObject) {
      out.item(names[i], COLON, members[i]);
    } else {
      out.item(members[i]);
    }
  }
  return out.end();
}

function keys(json: Uint8Array, budget: Budget): Uint8Array {
  const value = parseValue(json);
  const out = new ListBuilder('[', ']');
  forEach(value, budget, (_, key) => out.item(value.isObject ? key.raw : NULL_TEXT));
  return out.end();
}

function values(json: Uint8Array, budget: Budget): Uint8Array {
  const value = parseValue(json);
  if (value.isArray) {
    return json;
  }
  const out = new ListBuilder('[', ']');
  forEach(value, budget, (member) => out.item(member.raw));
  return out.end();
}

function flatten(json: Uint8Array, deep: boolean, budget: Budget): Uint8Array {
  const value = parseValue(json);
  if (!value.isArray) {
    return json;
  }
  budget.enter();
  budget.spend(json.length);
  const out = new ListBuilder('[', ']');
  forEach(value, budget, (member) => {
    let raw = member.raw;
    if (member.isArray) {
      raw = trimUnicode(unwrap(deep ? flatten(raw, deep, budget) : raw));
    }
    if (raw.length > 0) {
      out.item(raw);
    }
  });
  budget.leave();
  return out.end();
}

/** Without the brackets at both ends. */
function unwrap(json: Uint8Array): Uint8Array {
  let start = 0;
  let end = json.length;
  while (start < end && json[start] <= 0x20) {
    start++;
  }
  while (end > start && json[end - 1] <= 0x20) {
    end--;
  }
  return end - start >= 2 && (json[start] === 0x5b || json[start] === 0x7b) ? json.subarray(start + 1, end - 1) : json.subarray(start, end);
}

function join(json: Uint8Array, preserve: boolean, budget: Budget): Uint8Array {
  const value = parseValue(json);
  if (!value.isArray) {
    return json;
  }
  const out = new ListBuilder('{', '}');
  const last = new Map<string, { key: Uint8Array; member: Uint8Array }>();
  forEach(value, budget, (element) => {
    if (!element.isObject) {
      return;
    }
    if (preserve) {
      out.item(unwrap(element.raw));
      return;
    }
    forEach(element, budget, (member, key) => {
      const name = bytesToByteText(key.asText());
      last.set(name, { key: last.get(name)?.key ?? key.raw, member: member.raw });
    });
  });
  last.forEach(({ key, member }) => out.item(key, COLON, member));
  return out.end();
}

function group(json: Uint8Array, budget: Budget): Uint8Array {
  const value = parseValue(json);
  if (!value.isObject) {
    return EMPTY;
  }
  const rows: Uint8Array[][] = [];
  forEach(value, budget, (column, key) => {
    if (!column.isArray) {
      return;
    }
    let row = 0;
    forEach(column, budget, (cell) => {
      if (row === rows.length) {
        rows.push([]);
      }
      rows[row].push(...(rows[row].length === 0 ? [] : [COMMA]), key.raw, COLON, cell.raw);
      row++;
    });
  });
  const out = new ListBuilder('[', ']');
  const [open, close] = [byteTextToBytes('{'), byteTextToBytes('}')];
  rows.forEach((row) => out.item(open, ...row, close));
  return out.end();
}

/** What the path finds in the value itself and in everything inside of it, outer before inner. */
function dig(json: Uint8Array, path: Path, budget: Budget, lookup: Lookup): Uint8Array {
  const out = new ListBuilder('[', ']');
  const waiting: Value[] = [parseValue(json)];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    budget.spend(value.raw.length + 16);
    const found = lookup(value.raw, path, budget);
    if (found.exists) {
      out.item(found.raw);
      budget.spend(found.raw.length);
    }
    if (value.isArray || value.isObject) {
      const members: Value[] = [];
      forEach(value, budget, (member) => members.push(member));
      for (let i = members.length - 1; i >= 0; i--) {
        waiting.push(members[i]);
      }
    }
  }
  return out.end();
}
