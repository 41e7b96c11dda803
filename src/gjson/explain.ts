import { byteText, textOfByteText } from './bytes';
import { Path, Query } from './parse';
import { Part, partsOf } from './parts';

/** Nested deeper than this, a path is quoted and not explained. */
const DEEPEST = 20;

/** When a condition matches, in one sentence: the router takes a step if its path exists. */
export function explainCondition(path: string): string {
  if (path === '') {
    return 'matches when the document is an object with a member that has an empty name';
  }
  const clause = existence(new Path(byteText(path)), 'the document', DEEPEST);
  return clause === ALWAYS ? 'matches every document' : `matches when ${clause}`;
}

const ALWAYS = 'in any case';

/** When the path exists in what `of` names. */
function existence(path: Path, of: string, depth: number): string {
  if (depth === 0) {
    return `${quoted(path.text)} exists in ${of}`;
  }
  const parts = partsOf(path);
  return algebra(parts, of, depth) ?? queries(parts, of, depth) ?? lastQuery(parts, of, depth) ?? plain(parts, of, depth);
}

/** What `Condition.and`, `or`, `not`, `any` and `all` write, and people who know how. */
function algebra(parts: readonly Part[], of: string, depth: number): string | undefined {
  const [first, second] = parts;
  if (parts.length !== 2 || first.kind !== 'multipath' || first.shape !== '[') {
    return undefined;
  }
  const every = everyElement(parts);
  if (every !== undefined) {
    return `every element of ${subject(every.array, of, depth)} fits: (${existence(every.path, 'the element', depth - 1)})`;
  }
  const clauses = () => first.members.map((member) => existence(member.path, of, depth - 1));
  const count = first.members.length;
  if (second.kind === 'index' && second.index < count) {
    if (count === 1) {
      return clauses()[0];
    }
    const how = second.index === 0 ? 'at least one of these holds'
      : second.index === count - 1 ? 'all of these hold' : `at least ${second.index + 1} of these hold`;
    return `${how}: ${clauses().map((clause) => `(${clause})`).join(', ')}`;
  }
  const negated = negation(parts);
  return negated === undefined ? undefined : `this does not hold: (${existence(negated, of, depth - 1)})`;
}

/** The path in `[[path].#].#(==0)`. */
function negation(parts: readonly Part[]): Path | undefined {
  const [list, query] = parts;
  if (parts.length !== 2 || list.kind !== 'multipath' || list.members.length !== 1 || query.kind !== 'query') {
    return undefined;
  }
  const counted = partsOf(list.members[0].path);
  const isZero = !query.query.all && query.query.path.text === '' && query.query.operator === '=' && query.query.value === '0';
  return isZero && counted.length === 2 && counted[0].kind === 'multipath' && counted[0].members.length === 1 && counted[1].kind === 'count'
    ? counted[0].members[0].path
    : undefined;
}

/** The array and the path in `array.#.[@this]|#(0|[path].0)`. */
function anyElement(parts: readonly Part[]): { array: readonly Part[]; path: Path } | undefined {
  const query = parts[parts.length - 1];
  const elements = parts[parts.length - 2];
  if (query.kind !== 'query' || query.query.operator !== '' || elements?.kind !== 'collect' || elements.path.text !== '[@this]') {
    return undefined;
  }
  const inner = partsOf(query.query.path);
  return inner.length === 3 && inner[0].kind === 'index' && inner[1].kind === 'multipath' && inner[1].members.length === 1
    ? { array: parts.slice(0, -2), path: inner[1].members[0].path }
    : undefined;
}

/** The array and the path in `[array.#,not(any(array, not(path)))].1`. */
function everyElement(parts: readonly Part[]): { array: readonly Part[]; path: Path } | undefined {
  const [list, index] = parts;
  if (parts.length !== 2 || list.kind !== 'multipath' || list.members.length !== 2 || index.kind !== 'index' || index.index !== 1) {
    return undefined;
  }
  const [isArray, noMisfit] = list.members.map((member) => partsOf(member.path));
  const misfit = negation(noMisfit);
  const any = misfit === undefined ? undefined : anyElement(partsOf(misfit));
  const path = any === undefined ? undefined : negation(partsOf(any.path));
  return any !== undefined && path !== undefined && isArray[isArray.length - 1].kind === 'count' ? { array: any.array, path } : undefined;
}

/** `[@this].#(…)`, and one such query after another: comparisons of the document itself. */
function queries(parts: readonly Part[], of: string, depth: number): string | undefined {
  const wrapping = wraps(parts[0]);
  const asked = parts.slice(1);
  if (wrapping === 0 || asked.length === 0) {
    return undefined;
  }
  const clauses: string[] = [];
  for (const [i, part] of asked.entries()) {
    if (part.kind !== 'query' || part.query.broken || part.query.all !== (i < asked.length - 1)) {
      return undefined;
    }
    clauses.push(comparison(part.query, wrapping === 2 ? unwrapped(part.query.path) : part.query.path, of, depth));
  }
  return clauses.join(' and ');
}

/** The fields that a condition `[@this].#(…)` compares, as paths from the document. */
export function comparedPaths(path: Path): string[] {
  if (path.text === '') {
    return [];
  }
  const [first, ...rest] = partsOf(path);
  return wraps(first) === 1 ? rest.flatMap((part) => (part.kind === 'query' && part.query.path.text !== '' ? [textOfByteText(part.query.path.text)] : [])) : [];
}

/** How many arrays `[@this]` or `[[@this]]` put around the document; 0 for any other part. */
function wraps(part: Part): number {
  if (part.kind !== 'multipath' || part.shape !== '[' || part.members.length !== 1) {
    return 0;
  }
  const inner = part.members[0].path;
  if (inner.text === '@this') {
    return 1;
  }
  const parts = partsOf(inner);
  return parts.length === 1 && wraps(parts[0]) === 1 ? 2 : 0;
}

/** The path behind the `0` that takes the document out of the inner array. */
function unwrapped(path: Path): Path {
  const step = path.objectStep;
  return step.part === '0' ? step.pipe ?? step.next ?? new Path('') : path;
}

/** A path that ends in a query: it exists where an element fits. */
function lastQuery(parts: readonly Part[], of: string, depth: number): string | undefined {
  const last = parts[parts.length - 1];
  if (last.kind !== 'query' || last.query.all || last.query.broken) {
    return undefined;
  }
  const before = parts.slice(0, -1);
  const any = anyElement(parts);
  if (any !== undefined) {
    return `an element of ${subject(any.array, of, depth)} fits: (${existence(any.path, 'the element', depth - 1)})`;
  }
  return `an element of ${subject(before, of, depth)} fits: ${comparison(last.query, last.query.path, 'the element', depth)}`;
}

function plain(parts: readonly Part[], of: string, depth: number): string {
  const last = parts[parts.length - 1];
  if (last.kind === 'count') {
    return `${subject(parts.slice(0, -1), of, depth)} is an array`;
  }
  const name = subject(parts, of, depth);
  if (last.kind === 'collect' || (last.kind === 'query' && last.query.all)) {
    return `${name} exists, even empty`;
  }
  return name === of || parts.every((part) => part.kind === 'literal') || alwaysThere(last)
    ? ALWAYS
    : `${name} exists, whatever its value`;
}

/** Whether the part makes a value of anything, so that it exists even where there is nothing. */
function alwaysThere(part: Part): boolean {
  return part.kind === 'multipath' || (part.kind === 'modifier' && ['keys', 'values', 'tostr', 'dig'].includes(part.name));
}

function comparison(query: Query, path: Path, of: string, depth: number): string {
  const parts = path.text === '' ? [] : partsOf(path);
  const last = parts[parts.length - 1];
  if (last?.kind === 'modifier' && last.name === 'tostr' && query.operator === '=' && ['true', 'false', 'null'].includes(query.value)) {
    return `${subject(parts.slice(0, -1), of, depth)} is ${query.value}`;
  }
  if (query.operator === '') {
    return parts.length === 0 ? `${of} has any value` : existence(path, of, depth - 1);
  }
  return `${subject(parts, of, depth)} ${relation(query)}`;
}

const ORDER: Record<string, [asNumber: string, asText: string]> = {
  '<': ['is less than', 'is a text before'],
  '<=': ['is at most', 'is a text up to'],
  '>': ['is more than', 'is a text after'],
  '>=': ['is at least', 'is a text from'],
};

function relation({ operator, value }: Query): string {
  switch (value) {
    case '~true':
      return operator === '=' ? 'counts as true (true, a number other than 0, "true", "t", "1")' : 'does not count as true, or is missing';
    case '~false':
      return operator === '=' ? 'counts as false (false, null, 0, "false", "f", "0") or is missing' : 'does not count as false';
    case '~null':
      return operator === '=' ? 'is null or missing' : 'is there and not null';
    case '~*':
      return operator === '=' ? 'exists' : 'is missing';
  }
  const isNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value);
  const isWord = value === 'true' || value === 'false';
  const operand = isNumber || isWord ? value : `the text ${quoted(value)}`;
  switch (operator) {
    case '=':
      return `is ${operand}`;
    case '!=':
      return `is there and is not ${operand}`;
    case '%':
      return `is a text like ${quoted(value)}`;
    case '!%':
      return `is a text not like ${quoted(value)}`;
  }
  const order = ORDER[operator];
  if (order === undefined) {
    return 'is compared in a way that GJSON does not know, so that it never fits';
  }
  return isNumber ? `${order[0]} ${value}` : `${order[1]} ${quoted(value)}`;
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/** The value that the parts lead to, as a noun. */
function subject(parts: readonly Part[], of: string, depth: number): string {
  let name = of;
  let keys: string[] = []; // keys in a row are one name
  const named = () => {
    if (keys.length > 0) {
      name = name === 'the document' ? quoted(keys.join('.')) : `${quoted(keys.join('.'))} of ${name}`;
      keys = [];
    }
    return name;
  };
  for (const part of parts) {
    if (part.kind === 'key') {
      keys.push(part.key.includes('.') ? part.key.replace(/\./g, '\\.') : part.key);
    } else {
      name = noun(part, named(), depth);
    }
  }
  return named();
}

function noun(part: Exclude<Part, { kind: 'key' }>, name: string, depth: number): string {
  switch (part.kind) {
    case 'index':
      return part.index < ORDINALS.length ? `the ${ORDINALS[part.index]} element of ${name}` : `element ${part.index} (from 0) of ${name}`;
    case 'wildcard':
      return `the first member of ${name} with a name like ${quoted(part.pattern)}`;
    case 'count':
      return `the number of elements of ${name}`;
    case 'collect':
      return depth === 0 ? `what ${quoted(part.path.text)} finds in the elements of ${name}`
        : `the list of ${subject(partsOf(part.path), 'each element', depth - 1)} in ${name}`;
    case 'query': {
      if (part.query.broken) {
        return `the first element of ${name} that is no object and no array (the query is never closed)`;
      }
      const fitting = `of ${name} that ${part.query.all ? 'fit' : 'fits'} (${depth === 0 ? quoted(part.query.path.text)
        : comparison(part.query, part.query.path, 'the element', depth - 1)})`;
      return part.query.all ? `the list of all elements ${fitting}` : `the first element ${fitting}`;
    }
    case 'modifier':
      return modified(part.name, textOfByteText(part.argument), name);
    case 'literal':
      return `the literal ${textOfByteText(part.json)}`;
    case 'multipath':
      if (wraps(part) === 1) {
        return `a list of ${name} alone`;
      }
      return `${part.shape === '[' ? 'a list' : 'an object'} of what exists in ${name} of ${part.members.map(({ path }) => quoted(path.text)).join(', ')}`;
    case 'lines':
      return `the lines of ${name}`;
  }
}

function modified(modifier: string, argument: string, name: string): string {
  switch (modifier) {
    case 'this': case 'pretty': case 'ugly':
      return name;
    case 'valid':
      return `${name}, if it is valid JSON,`;
    case 'reverse':
      return `${name} in reverse order`;
    case 'keys':
      return `the list of keys of ${name}`;
    case 'values':
      return `the list of values of ${name}`;
    case 'flatten':
      return `${name} without the inner lists`;
    case 'join':
      return `the objects in ${name} joined to one`;
    case 'group':
      return `the lists in ${name} grouped to objects`;
    case 'tostr':
      return `the JSON text of ${name}`;
    case 'fromstr':
      return `the JSON inside of the text ${name}`;
    default:
      return `the list of every ${quoted(argument)} anywhere in ${name}`;
  }
}

function quoted(bytes: string): string {
  return JSON.stringify(textOfByteText(bytes));
}
