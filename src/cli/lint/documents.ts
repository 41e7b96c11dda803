import type { Document, LineCounter, Node, ParsedNode } from 'yaml';
import { plainDocuments } from './plain-yaml';
import type { Path } from '../../lint/diagnostic';
import { isMap, listOf } from '../../lint/json';

/** Where something stands in a file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** An object of a file. */
export interface FileObject {
  readonly value: { readonly [key: string]: unknown };
  /** Where its `kind` stands. */
  readonly line: number;
  /** Where the value at a path stands, or the nearest one around it that is there. */
  readonly positionOf: (path: Path) => Position;
  /** The rules that comments of the file acknowledge. */
  readonly acknowledged: ReadonlyMap<string, string>;
}

/** Objects of a file, and what in it is no YAML. */
export interface FileContent {
  readonly objects: readonly FileObject[];
  readonly problems: readonly (Position & { readonly message: string })[];
}

/** Larger than any manifest that an API server takes by far. */
const LARGEST = 64 * 1024 * 1024;

/** Aliases that a document may resolve to; more are a bomb. */
const ALIASES = 100;

/** The objects of a YAML stream (or JSON, which is YAML), those in a `List` one by one. Never throws. */
export function readDocuments(bytes: Uint8Array): FileContent {
  if (bytes.length > LARGEST) {
    return problem(`it is larger than ${LARGEST / 1024 / 1024} MiB`);
  }
  if (bytes.includes(0)) {
    return problem('it is no text: it has a byte 0');
  }
  const text = new TextDecoder().decode(bytes);
  return plainContent(text) ?? locatedContent(text);
}

/** What is plain YAML is read without positions: most files have no finding that asks for one, and then the text is read again. */
function plainContent(text: string): FileContent | undefined {
  const documents = plainDocuments(text);
  if (documents === undefined) {
    return undefined;
  }
  const acknowledged = acknowledgements(text);
  let located: FileContent | undefined;
  const objects: FileObject[] = [];
  for (const { value, kindLines } of documents) {
    for (const { object } of objectsIn(value)) {
      const index = objects.length;
      const positionOf = (path: Path) => (located ??= locatedContent(text)).objects[index].positionOf(path);
      objects.push({
        value: object,
        acknowledged,
        positionOf,
        get line() { return kindLines.get(object) ?? positionOf(['kind']).line; },
      });
    }
  }
  return { objects, problems: [] };
}

/** The same by the parser that reads all of YAML and keeps positions. */
export function locatedContent(text: string): FileContent {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const yaml = require('yaml') as typeof import('yaml');
  const lines = new yaml.LineCounter();
  try {
    const documents = yaml.parseAllDocuments(text, { lineCounter: lines, uniqueKeys: true, strict: true, version: '1.2', logLevel: 'error' });
    const acknowledged = acknowledgements(text);
    const contents = (Array.isArray(documents) ? documents : []).map((document) => read(document, lines, acknowledged));
    return { objects: contents.flatMap(({ objects }) => objects), problems: contents.flatMap(({ problems }) => problems) };
  } catch (error) {
    // the parser's own recursion has no bound
    return problem(error instanceof RangeError ? 'it is nested too deep' : (error as Error).message.split('\n')[0]);
  }
}

function problem(message: string): FileContent {
  return { objects: [], problems: [{ line: 1, column: 1, message }] };
}

function read(document: Document.Parsed, lines: LineCounter, acknowledged: ReadonlyMap<string, string>): FileContent {
  if (document.errors.length > 0) {
    // the first; those after it mostly come of it
    const problems = document.errors.slice(0, 1).map(({ pos, message }) => ({
      ...at(lines, pos[0]), message: message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, ''),
    }));
    return { objects: [], problems };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: ALIASES });
  } catch (error) {
    return { objects: [], problems: [{ ...at(lines, document.range[0]), message: (error as Error).message.split('\n')[0] }] };
  }
  return {
    objects: objectsIn(value).map(({ object, before }) => {
      const placeOf = (path: Path) => positionOf(document, lines, [...before, ...path]);
      return { value: object, acknowledged, positionOf: placeOf, get line() { return placeOf(['kind']).line; } };
    }),
    problems: [],
  };
}

/** The objects that a document is or lists, each with the path to it. */
function objectsIn(document: unknown): { readonly object: FileObject['value']; readonly before: Path }[] {
  if (!isMap(document)) {
    return [];
  }
  const { kind, items } = document;
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)
    ? listOf(items).flatMap((item, i) => isMap(item) ? [{ object: item, before: ['items', i] }] : [])
    : [{ object: document, before: [] }];
}

function positionOf(document: Document.Parsed, lines: LineCounter, path: Path): Position {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as (Node & Partial<ParsedNode>) | undefined;
    if (typeof node === 'object' && node !== null && node.range !== undefined && node.range !== null) {
      return at(lines, node.range[0]);
    }
  }
  return { line: 1, column: 1 };
}

function at(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** `# cdk8s-kserve: acknowledge <rule>: <reason>` */
function acknowledgements(text: string): ReadonlyMap<string, string> {
  if (!text.includes('cdk8s-kserve:')) {
    return NOTHING_ACKNOWLEDGED;
  }
  const comments = text.matchAll(/#[ \t]*cdk8s-kserve:[ \t]*acknowledge[ \t]+([a-z-]+)[ \t]*:[ \t]*(\S[^\n\r]*)/g);
  return new Map(Array.from(comments, ([, rule, reason]) => [rule, reason.trim()]));
}

const NOTHING_ACKNOWLEDGED: ReadonlyMap<string, string> = new Map();
