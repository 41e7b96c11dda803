import * as fc from 'fast-check';

/*
 * JSON documents and GJSON paths that meet each other: both are made of the same few keys and values, so that paths often lead somewhere.
 * All are byte texts, a character (0 to 255) for each byte, because neither needs to be UTF-8.
 */

/** A valid JSON document and a path, broken or not. */
export interface GjsonPair {
  readonly json: string;
  readonly path: string;
}

const utf8 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

const KEYS = [
  'a', 'b', 'c', 'name', 'predictions', '0', '1', '', 'a.b', 'x y', ' k', 'k ', 'ä', '😀', '#', '@this', '@x', '*', 'a*', 'a|b', 'a"b', '\\', '\\a',
  '!a', 'a:b', '{', '[0]', '(', '\u0001', '>', '~true', 'true', 'null', '\ufffd', 'ab', 'abc', 'A', '\u2028',
].map(utf8);

const TEXTS = [
  ...KEYS, 'dog', 'cat', '10', '9', '0', '-1', '0x1p4', '1_0', 'nan', 'inf', 'T', 'f', 'FALSE', 'dog*', 'd?g', 'aaaaaaaaaa', '<&>', '\n', '\t ',
  '{"a":1}', '[1,[2,"x"]]', '"a"', ' 5 ', 'tru', '[', '{"a"', '1]', '~*', '~null', '\\"', '€', '\ue000', '\udbff\udfff',
].map(utf8).concat('\xff', 'a\xc3', '\xed\xa0\x80', '\xf5');

const NUMBERS = [
  '0', '-0', '1', '2', '3', '9', '10', '0.5', '-1.5', '1.0', '1e3', '1E-2', '1e400', '-1e400', '1e-400', '9007199254740993', '12345678901234567890',
  '0.1', '100', '3.14159265358979323846', '1e22', '1e+5',
];

const key = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('a', 'b', 'c') }, { weight: 1, arbitrary: fc.constantFrom(...KEYS) });
const text = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...TEXTS) }, { weight: 1, arbitrary: fc.string({ maxLength: 6, unit: 'binary' }).map(utf8) });
const space = fc.constantFrom('', '', '', '', ' ', '\n', '\t', '\r\n  ');

const hex = (code: number, upper: boolean) => `\\u${code.toString(16).padStart(4, '0').replace(/./g, (c) => (upper ? c.toUpperCase() : c))}`;

/** A text as JSON; the numbers choose which characters are written as escapes. */
function quoted(content: string, style: number): string {
  let out = '"';
  for (let i = 0; i < content.length; i++) {
    const c = content[i];
    const code = content.charCodeAt(i);
    const escape = ((style >> (i % 8)) & 1) === 1;
    if (c === '"' || c === '\\') {
      out += escape ? hex(code, false) : `\\${c}`;
    } else if (code < 0x20) {
      const short = { '\n': '\\n', '\t': '\\t', '\b': '\\b', '\f': '\\f', '\r': '\\r' }[c];
      out += escape || short === undefined ? hex(code, escape) : short;
    } else if (escape && code < 0x7f) {
      out += c === '/' ? '\\/' : hex(code, (style & 1) === 1);
    } else {
      out += c;
    }
  }
  return `${out}"`;
}

const plainOrEscaped = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(255) });
const jsonKey = fc.tuple(key, plainOrEscaped).map(([k, style]) => quoted(k, style));
const jsonText = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(text, plainOrEscaped).map(([t, style]) => quoted(t, style)) },
  { weight: 1, arbitrary: fc.constantFrom('"\\ud800"', '"\\ud83d\\ude00"', '"\\ude00\\ud83d"', '"\\ud800\\u0061"', '"\\u00e4"', '"\\/"', '"a\\\\"') },
);
const scalar = fc.oneof(
  { weight: 3, arbitrary: jsonText },
  { weight: 3, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 2, arbitrary: fc.constantFrom('true', 'false', 'null') },
);

/** A valid JSON document. */
export const jsonDocument: fc.Arbitrary<string> = fc.letrec<{ value: string; object: string; array: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 4, depthSize: 'small' }, { weight: 2, arbitrary: scalar }, { weight: 3, arbitrary: tie('object') },
    { weight: 2, arbitrary: tie('array') }),
  object: fc.tuple(fc.array(fc.tuple(jsonKey, space, tie('value'), space), { maxLength: 4 }), space).map(([members, s]) =>
    `{${s}${members.map(([k, before, v, after]) => `${before}${k}${after}:${before}${v}${after}`).join(',')}}`),
  array: fc.tuple(fc.array(fc.tuple(tie('value'), space), { maxLength: 5 }), space).map(([elements, s]) =>
    `[${s}${elements.map(([v, after]) => `${after}${v}${s}`).join(',')}]`),
})).value;

const escaped = (content: string) => content.replace(/[!-,./;-@[-^`{-~]/g, '\\$&');

const MODIFIERS = [
  '@this', '@reverse', '@keys', '@values', '@flatten', '@flatten:{"deep":true}', '@join', '@join:{"preserve":true}', '@valid', '@ugly', '@pretty',
  '@pretty:{"sortKeys":true}', '@pretty:{"indent":"\\t","prefix":" ","width":0}', '@pretty:{"width":"10","sortKeys":1}', '@tostr', '@fromstr', '@group',
  '@dig:a', '@dig:name', '@dig:#(a=1)', '@this:x', '@reverse:', '@unknown', '@', '@flatten:deep', '@keys:{', '@pretty:{"width":-1}', '@dig:"a"',
];
const LITERALS = [
  '!true', '!null', '!NaN', '!inf', '!5', '!-1', '!"x"', '!"x".a', '!{"a":[1,2]}', '![1,2,{"a":3}]', '!x', '!', '!{', '!+1', '!0.5|x', '!"a\\"b"',
];
const OPERATORS = ['==', '=', '!=', '<', '<=', '>', '>=', '%', '!%', '', '!', '=~', '>>', '&&', ' == ', '===', '!=='];
const TILDES = ['~true', '~false', '~null', '~*', '~x', '~', '"~true"'];
const ODD_VALUES = [
  'dog"', '"', '"a', '0x1p-1', '0X.8P1', '1_0', '+5', '.5', '5.', 'Infinity', '-inf', 'NaN', '0x1p1024', '0x1.fffffffffffff8p1023', '1e99999',
  '0x1p-1074', '0x3p-1075', '"\\u0064og"', '"\\u"', '"\\ud83d\\ude00"', '"a\\', 'a b', '',
];
const PATTERNS = ['*', '?', 'a*', '*a', '*a*', 'a?', '*?*', '\\*', 'a\\*', '**', '*.*', 'd*g', '*\\?', '?*?', '*a*a*a*b', 'na*', '[ab]', '*\\', 'p*s'];

const component = fc.letrec<{ component: string; path: string; query: string; member: string }>((tie) => ({
  component: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 10, arbitrary: key.map(escaped) },
    { weight: 4, arbitrary: key },
    { weight: 5, arbitrary: fc.constantFrom('0', '1', '2', '3', '01', '-1', '18446744073709551616', '99999999999999999999') },
    { weight: 5, arbitrary: fc.constant('#') },
    { weight: 3, arbitrary: fc.constantFrom(...PATTERNS) },
    { weight: 5, arbitrary: fc.constantFrom(...MODIFIERS) },
    { weight: 1, arbitrary: fc.constantFrom(...LITERALS) },
    { weight: 7, arbitrary: tie('query') },
    { weight: 3, arbitrary: fc.array(tie('member'), { maxLength: 3 }).map((members) => `[${members.join(',')}]`) },
    { weight: 3, arbitrary: fc.array(tie('member'), { maxLength: 3 }).map((members) => `{${members.join(',')}}`) },
  ),
  path: fc.tuple(fc.constantFrom('', '', '', '', '', '', '', '..', '.', '|'),
    fc.array(fc.tuple(tie('component'), fc.constantFrom('.', '.', '.', '|')), { minLength: 1, maxLength: 4 })).map(([start, parts]) =>
    start + parts.map(([part, separator], i) => (i === 0 ? '' : separator) + part).join('')),
  member: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 4, arbitrary: tie('path') },
    { weight: 1, arbitrary: fc.tuple(key, tie('path')).map(([name, path]) => `${quoted(name, 0)}:${path}`) },
    { weight: 1, arbitrary: fc.tuple(key, tie('path')).map(([name, path]) => `${name}:${path}`) },
  ),
  query: fc.tuple(
    fc.constantFrom('()', '()', '()', '[]', '(]'), fc.oneof({ maxDepth: 4, depthSize: 'small' }, fc.constant(''), key.map(escaped), tie('path')),
    fc.constantFrom(...OPERATORS),
    fc.oneof(text.map((t) => quoted(t, 0)), text, fc.constantFrom(...NUMBERS), fc.constantFrom(...TILDES), fc.constantFrom(...ODD_VALUES),
      fc.constantFrom('true', 'false', 'null'), fc.constantFrom(...PATTERNS).map((p) => quoted(p, 0))),
    fc.constantFrom('', '', '#'), space,
  ).map(([brackets, path, operator, value, all, s]) => `#${brackets[0]}${s}${path}${operator}${s}${operator === '' ? '' : value}${brackets[1]}${all}`),
}));

const SPECIAL = ['.', '|', '#', '(', ')', '[', ']', '{', '}', '"', '\\', '*', '?', '@', '!', ':', ',', '~', '=', '<', '>', '%', ' ', 'a', '0', '..', '#(', '@this'];

/** One edit at a place given as a fraction of the text. */
const edit = fc.tuple(fc.constantFrom('insert', 'delete', 'double', 'cut'), fc.nat(999), fc.constantFrom(...SPECIAL));

function edited(path: string, [kind, at, what]: [string, number, string]): string {
  const i = Math.floor((at / 1000) * (path.length + 1));
  switch (kind) {
    case 'insert':
      return path.slice(0, i) + what + path.slice(i);
    case 'delete':
      return path.slice(0, i) + path.slice(i + 1);
    case 'double':
      return path.slice(0, i) + path.slice(Math.max(0, i - 3));
    default:
      return path.slice(0, i);
  }
}

/** Where some choices lead in a document: the path, and the value there as JSON. */
function led(json: string, choices: readonly number[]): { path: string; value: string } {
  let value: unknown = JSON.parse(Buffer.from(json, 'latin1').toString('utf8'));
  const path: string[] = [];
  for (const choice of choices) {
    const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    if (keys.length === 0) {
      break;
    }
    const at = keys[choice % keys.length];
    value = (value as Record<string, unknown>)[at];
    path.push(choice % 7 === 6 ? '*' : choice % 11 === 10 ? '#' : escaped(utf8(at)));
  }
  return { path: path.join('.'), value: utf8(JSON.stringify(value) ?? '') };
}

interface Lead {
  readonly path: string;
  readonly operator: string;
  readonly separator: string;
  readonly shape: number;
}

/** A path that follows the document for a while, and then asks something about what is there. */
function leading(json: string, choices: readonly number[], { path, operator, separator, shape }: Lead): string {
  const to = led(json, choices);
  switch (shape) {
    case 0:
      return `[@this].#(${to.path}${operator}${to.value})${separator}${path}`;
    case 1:
      return `${to.path}.#(${path}${operator}${to.value})#`;
    case 2:
      return `[${to.path},${path}].${operator === '' ? '#' : '0'}`;
    case 3:
      return `{${to.path},"x":${path}}`;
    case 4:
      return to.path;
    default:
      return to.path + separator + path;
  }
}

const edits = fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(edit, { minLength: 1, maxLength: 3 }) });

/** A path as people write it, and in a third of the cases edited, so that it may be broken. */
export const gjsonPath: fc.Arbitrary<string> = fc.tuple(component.path, edits).map(([path, changes]) => changes.reduce(edited, path));

/** Half of the paths follow the document for some steps. */
export const gjsonPair: fc.Arbitrary<GjsonPair> = fc.oneof(
  fc.record({ json: jsonDocument, path: gjsonPath }),
  fc.tuple(
    jsonDocument, fc.array(fc.nat(999), { maxLength: 4 }), edits,
    fc.record({ path: component.path, operator: fc.constantFrom(...OPERATORS), separator: fc.constantFrom('.', '|', ''), shape: fc.nat(7) }),
  ).map(([json, choices, changes, lead]) => ({ json, path: changes.reduce(edited, leading(json, choices, lead)) })),
);
