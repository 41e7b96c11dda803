import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { readDocuments } from '../../../src/cli/lint/documents';
import type { FileContent } from '../../../src/cli/lint/documents';
import { locatedContent } from '../../../src/cli/lint/located';
import type { LocatedContent } from '../../../src/cli/lint/located';
import { inspected, valueOf } from '../../../src/cli/lint/nodes';
import { parsedDocuments } from '../../../src/cli/lint/parse';
import { plainDocuments } from '../../../src/cli/lint/plain-yaml';
import type { Path } from '../../../src/lint/diagnostic';
import { yamlText } from '../../arbitraries/yaml-text';
import { describeShared, sharedFile } from '../../support/shared';

const RUNS = Number(process.env.YAML_FUZZ ?? 1000);

const values = (text: string) => plainDocuments(text)?.map(({ value }) => value);

test.each<[string, unknown]>([
  ['', []],
  ['# nothing\n\n---\n---\n', []],
  ['a: 1\nb:\nc: x\n', [{ a: 1, b: null, c: 'x' }]],
  ['a: 1\n---\nb: 2', [{ a: 1 }, { b: 2 }]],
  ['a:\n  b:\n    c: x\nd: z\n', [{ a: { b: { c: 'x' } }, d: 'z' }]],
  ['a:\n- 1\n- b: 2\n  c:\n  - 3\n- - 4\n  - 5\n', [{ a: [1, { b: 2, c: [3] }, [4, 5]] }]],
  ['a: x # why\nb: x#y # why\n# why\nc: a b  \n', [{ a: 'x', b: 'x#y', c: 'a b' }]],
  ['a: "x: #"\nb: \'it\'\'s\'\nc: "a\\"b\\\\\\n"\nd: ""\n', [{ a: 'x: #', b: "it's", c: 'a"b\\\n', d: '' }]],
  ['a: ~\nb: null\nc: true\nd: False\ne: nul\nf: yess\n', [{ a: null, b: null, c: true, d: false, e: 'nul', f: 'yess' }]],
  ['a: -12\nb: 0.5\nc: 100m\nd: 1.2.3\ne: 2024-01-01\nf: -x\n', [{ a: -12, b: 0.5, c: '100m', d: '1.2.3', e: '2024-01-01', f: '-x' }]],
  ['a: {}\nb: []\n', [{ a: {}, b: [] }]],
  ['a: |\n  b: "\n   c\n\n  d # e\n\nf: |-\n  g\n', [{ a: 'b: "\n c\n\nd # e\n', f: 'g' }]],
  ['x.y/z: http://a:1/b\nm: é\n', [{ 'x.y/z': 'http://a:1/b', 'm': 'é' }]],
])('%j', (text, expected) => {
  expect(values(text)).toEqual(expected);
});

test.each([
  ['a list', '- a\n'],
  ['a text', 'a\n'],
  ['JSON', '{ "a": 1 }'],
  ['a flow collection', 'a: [b]\n'],
  ['an anchor', 'a: &b c\n'],
  ['an alias', 'a: *b\n'],
  ['a merge key', '<<: a\n'],
  ['a tag', 'a: !b c\n'],
  ['a directive', '%YAML 1.1\n---\na: 1\n'],
  ['the end of a document', 'a: 1\n...\n'],
  ['a text over two lines', 'a: b\n  c\n'],
  ['a quoted text over two lines', 'a: "b\n  c"\n'],
  ['a folded text', 'a: >\n  b\n'],
  ['a text that keeps its last lines', 'a: |+\n  b\n'],
  ['a key twice', 'a: 1\na: 2\n'],
  ['a key of every object', '__proto__: 1\n'],
  ['a key that is no text', 'null: 1\n'],
  ['a key in quotes', '"a": 1\n'],
  ['a tab', 'a:\t1\n'],
  ['Windows line ends', 'a: 1\r\n'],
  ['a byte order mark', '\ufeffa: 1\n'],
  ['an escape', 'a: "\\u0041"\n'],
  ['a long number', 'a: 12345678901234567890\n'],
  ['a number of another base', 'a: 0x1F\n'],
  ['a number that begins with 0', 'a: 012\n'],
  ['a number with underscores', 'a: 1_000\n'],
  ['a word of YAML 1.1', 'a: on\n'],
  ['a word of YAML 1.1 as a key', 'y: 1\n'],
  ['a map in a text', 'a: b: c\n'],
  ['a mistake in the indentation', 'a:\n    b: 1\n  c: 2\n'],
  ['an open quote', 'a: "b\n'],
  ['a reserved character', 'a: @b\n'],
  ['deep nesting', Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')],
])('%s is given back', (_, text) => {
  expect(plainDocuments(text)).toBeUndefined();
});

/** What the parser of all of YAML makes of a text. */
function parsed(text: string): { errors: unknown[]; values: unknown[] } {
  const documents = parsedDocuments(text);
  return {
    errors: documents.flatMap(({ errors, contents }) => [...errors, ...inspected(contents).badKey === undefined ? [] : ['a key']]),
    values: documents.map(valueOf).filter((value) => typeof value === 'object' && value !== null),
  };
}

/** All that a reader of content can ask. */
function answers({ objects, problems }: FileContent | LocatedContent) {
  return {
    problems,
    objects: objects.map(({ value, positionOf, writtenAt, words, ...object }) => ({
      value,
      words,
      line: typeof value.kind === 'string' ? 'lineOfKind' in object ? object.lineOfKind() : positionOf(['kind']).line : undefined,
      positions: pathsIn(value).map((path) => [path.join(), positionOf(path), writtenAt(path)]),
    })),
  };
}

function pathsIn(value: unknown, path: Path = []): Path[] {
  const inner = typeof value !== 'object' || value === null ? [] : Array.isArray(value)
    ? value.flatMap((item, i) => pathsIn(item, [...path, i]))
    : Object.entries(value).flatMap(([key, child]) => pathsIn(child, [...path, key]));
  return [path, [...path, 'no-such-key'], ...inner];
}

function compare(text: string): boolean {
  const plain = values(text);
  if (plain !== undefined) {
    expect({ errors: [], values: plain }).toStrictEqual(parsed(text));
    expect(answers(readDocuments(Buffer.from(text)))).toEqual(answers(locatedContent(text)));
  }
  return plain !== undefined;
}

test('what is read quickly is what the parser of all of YAML reads, with the same positions', () => {
  let plain = 0;
  fc.assert(fc.property(yamlText, (text) => { plain += compare(new TextDecoder().decode(Buffer.from(text))) ? 1 : 0; }), { numRuns: RUNS });
  // else the test would compare nothing
  expect(plain).toBeGreaterThan(RUNS / 6);
});

describeShared('graphs that others wrote', () => {
  test('most are read quickly, and alike', () => {
    const folder = sharedFile('corpus', 'graphs')!;
    const files = readdirSync(folder);
    expect(files.filter((name) => compare(new TextDecoder().decode(readFileSync(join(folder, name))))).length).toBeGreaterThan(files.length / 2);
  });
});
