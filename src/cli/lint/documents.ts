import type { Alias, Document, Node, Pair, ParsedNode, Scalar } from 'yaml';
import { FileAcknowledgements } from './acknowledgements';
import { Lines } from './lines';
import { isNestedTooDeep } from './nesting';
import { plainDocuments } from './plain-yaml';
import { slicesOf } from './slices';
import type { Slice } from './slices';
import { invalidUtf8 } from './utf8';
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
  /** The line of its `kind`. A function: V8 gives an object with a getter of its own a hidden class, which keeps all that it refers to. */
  readonly lineOfKind: () => number;
  /** Where the value at a path stands, or its key if that is on a line before; where there is none, the nearest around it. */
  readonly positionOf: (path: Path) => Position;
  /** The rules that comments of the file acknowledge. */
  readonly acknowledged: FileAcknowledgements;
}

/** Objects of a file, and what in it is no YAML. */
export interface FileContent {
  readonly objects: readonly FileObject[];
  readonly problems: readonly (Position & { readonly message: string })[];
}

/** Larger than any manifest that an API server takes by far. */
const LARGEST = 64 * 1024 * 1024;

/** Larger than any document of it may be, in characters: the parser that keeps positions takes eighty times as much memory. */
const LARGEST_DOCUMENT = 16 * 1024 * 1024;

/** From so many characters on, documents are parsed one by one. */
const LARGE = 1024 * 1024;

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
  const invalid = invalidUtf8(bytes);
  if (invalid !== undefined) {
    const { byte, ...place } = invalid;
    return { objects: [], problems: [{ ...place, message: `it is no UTF-8: it has a byte 0x${byte.toString(16)} there` }] };
  }
  const text = new TextDecoder().decode(bytes);
  const tooLarge = text.length <= LARGEST_DOCUMENT ? undefined : slicesOf(text).find((slice) => slice.text.length > LARGEST_DOCUMENT);
  if (tooLarge !== undefined) {
    const message = `a document of it is larger than ${LARGEST_DOCUMENT / 1024 / 1024} MiB`;
    return { objects: [], problems: [{ line: tooLarge.linesBefore + 1, column: 1, message }] };
  }
  return plainContent(text) ?? locatedContent(text);
}

/** What is plain YAML is read without positions: most files have no finding that asks for one, and then the text is read again. */
function plainContent(text: string): FileContent | undefined {
  const documents = plainDocuments(text);
  if (documents === undefined) {
    return undefined;
  }
  const acknowledged = FileAcknowledgements.of(text);
  let located: FileContent | undefined;
  const objects: FileObject[] = [];
  for (const { value, kindLines } of documents) {
    for (const { object } of objectsIn(value)) {
      const index = objects.length;
      const placeOf = (path: Path) => (located ??= locatedContent(text)).objects[index].positionOf(path);
      objects.push({
        value: object,
        acknowledged,
        positionOf: placeOf,
        lineOfKind: () => kindLines.get(object) ?? placeOf(['kind']).line,
      });
    }
  }
  return { objects, problems: [] };
}

/** The same by the parser that reads all of YAML and keeps positions. */
export function locatedContent(text: string): FileContent {
  return text.length < LARGE ? parsedContent(text) : slicedContent(text);
}

/** One document after the other, and of each no more than its values, so that the largest bounds the memory. */
function slicedContent(text: string): FileContent {
  const acknowledged = FileAcknowledgements.of(text);
  let last: { readonly slice: Slice; readonly content: FileContent } | undefined;
  const contentOf = (slice: Slice) => {
    last = last?.slice === slice ? last : { slice, content: parsedContent(slice.text) };
    return last.content;
  };
  const below = <T extends Position>({ linesBefore }: Slice, place: T): T => ({ ...place, line: place.line + linesBefore });
  const contents = slicesOf(text).map((slice): FileContent => {
    const { objects, problems } = contentOf(slice);
    return {
      objects: objects.map(({ value }, i) => {
        const placeOf = (path: Path) => below(slice, contentOf(slice).objects[i].positionOf(path));
        return { value, acknowledged, positionOf: placeOf, lineOfKind: () => placeOf(['kind']).line };
      }),
      problems: problems.map((found) => below(slice, found)),
    };
  });
  return { objects: contents.flatMap(({ objects }) => objects), problems: contents.flatMap(({ problems }) => problems) };
}

function parsedContent(text: string): FileContent {
  if (isNestedTooDeep(text)) {
    return problem(TOO_DEEP);
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const yaml = require('yaml') as typeof import('yaml');
  const lines = new Lines(text);
  try {
    const documents = yaml.parseAllDocuments(text, { prettyErrors: false, uniqueKeys: true, strict: true, version: '1.2', logLevel: 'error' });
    const acknowledged = FileAcknowledgements.of(text);
    const contents = (Array.isArray(documents) ? documents : []).map((document) => read(document, lines, acknowledged));
    return { objects: contents.flatMap(({ objects }) => objects), problems: contents.flatMap(({ problems }) => problems) };
  } catch (error) {
    return problem(reasonIn((error as Error).message));
  }
}

function problem(message: string): FileContent {
  return { objects: [], problems: [{ line: 1, column: 1, message }] };
}

function read(document: Document.Parsed, lines: Lines, acknowledged: FileAcknowledgements): FileContent {
  if (document.errors.length > 0) {
    // the first; those after it mostly come of it
    const [{ pos, message }] = document.errors;
    const reason = reasonIn(message);
    return reason === TOO_DEEP ? problem(reason) : { objects: [], problems: [{ ...lines.at(pos[0]), message: reason }] };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: ALIASES });
  } catch (error) {
    const place = aliasAt(document, (alias) => alias.resolve(document) === undefined) ?? document.range[0];
    return { objects: [], problems: [{ ...lines.at(place), message: reasonIn((error as Error).message) }] };
  }
  if (isCircular(value)) {
    const place = aliasAt(document, (alias, around) => around.includes(alias.resolve(document))) ?? document.range[0];
    return { objects: [], problems: [{ ...lines.at(place), message: 'an alias stands for something that it is a part of' }] };
  }
  return {
    objects: objectsIn(value).map(({ object, before }) => {
      const placeOf = (path: Path) => positionOf(document, lines, [...before, ...path]);
      return { value: object, acknowledged, positionOf: placeOf, lineOfKind: () => placeOf(['kind']).line };
    }),
    problems: [],
  };
}

const TOO_DEEP = 'it is nested too deep';

/** What the parser says, in one line and without the place. Its own recursion has no bound, and it may tell so as an error of the text. */
function reasonIn(message: string): string {
  return /call stack/i.test(message) ? TOO_DEEP : message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, '');
}

/** Where the first alias of a kind stands; `around` is what it stands in. */
function aliasAt(document: Document.Parsed, isMeant: (alias: Alias, around: readonly unknown[]) => boolean): number | undefined {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { visit } = require('yaml') as typeof import('yaml');
  let found: number | undefined;
  visit(document, {
    Alias: (_, alias, around) => {
      found = isMeant(alias, around) ? alias.range?.[0] : undefined;
      return found === undefined ? undefined : visit.BREAK;
    },
  });
  return found;
}

/** Whether a value holds itself, as only aliases make it. */
function isCircular(value: unknown, around: readonly unknown[] = []): boolean {
  return typeof value === 'object' && value !== null
    && (around.includes(value) || Object.values(value).some((child) => isCircular(child, [...around, value])));
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

function positionOf(document: Document.Parsed, lines: Lines, path: Path): Position {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as (Node & Partial<ParsedNode>) | undefined;
    if (typeof node === 'object' && node !== null && node.range !== undefined && node.range !== null) {
      const value = lines.at(node.range[0]);
      const key = length === 0 ? undefined : keyOf(document.getIn(path.slice(0, length - 1), true), path[length - 1]);
      const named = key?.range === undefined || key.range === null ? value : lines.at(key.range[0]);
      return named.line < value.line ? named : value;
    }
  }
  return { line: 1, column: 1 };
}

/** The key of a map, as it is written. */
function keyOf(map: unknown, key: string | number): Node | undefined {
  const { items = [] } = map as { readonly items?: readonly Partial<Pair<Partial<Scalar>>>[] };
  return items.find((pair) => pair.key?.value === key)?.key as Node | undefined;
}
