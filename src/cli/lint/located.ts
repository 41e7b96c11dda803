import * as yaml from 'yaml';
import type { Document } from 'yaml';
import { FileAcknowledgements } from './acknowledgements';
import type { FileContent, FileObject, Position } from './documents';
import { Lines } from './lines';
import { isNestedTooDeep } from './nesting';
import { inspected, isJson, nodeAt, pairOf, plainSource, rangeOf, valueOf, wordsIn } from './nodes';
import { objectsIn } from './objects';
import { parsedDocuments } from './parse';
import { slicesOf } from './slices';
import type { Slice } from './slices';
import type { Path } from '../../lint/diagnostic';
import { fateOf, NO_YAML_CHARACTER } from '../../spec/go-yaml';

/** From so many characters on, documents are parsed one by one. */
const LARGE = 1024 * 1024;

/** What a text holds, by the parser that reads all of YAML and keeps positions. */
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
      objects: objects.map(({ value, words }, i): FileObject => {
        const objectOf = () => contentOf(slice).objects[i];
        const placeOf = (path: Path, atKey?: boolean) => below(slice, objectOf().positionOf(path, atKey));
        return {
          value,
          acknowledged,
          positionOf: placeOf,
          writtenAt: (path) => objectOf().writtenAt(path),
          words: words.map((word) => below(slice, word)),
          lineOfKind: () => placeOf(['kind']).line,
        };
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
  const lines = new Lines(text);
  try {
    const acknowledged = FileAcknowledgements.of(text);
    const hasOdd = NO_YAML_CHARACTER.test(text) && !isJson(text);
    const contents = parsedDocuments(text).map((document) => (
      (hasOdd ? oddCharacterIn(document, text, lines) : undefined) ?? read(document, lines, acknowledged)
    ));
    return { objects: contents.flatMap(({ objects }) => objects), problems: contents.flatMap(({ problems }) => problems) };
  } catch (error) {
    return problem(reasonIn((error as Error).message));
  }
}

function problem(message: string): FileContent {
  return { objects: [], problems: [{ line: 1, column: 1, message }] };
}

/** The first character of a document that kubectl does not read, as a problem. */
function oddCharacterIn({ errors, range }: Document.Parsed, text: string, lines: Lines): FileContent | undefined {
  if (errors.length > 0) {
    return undefined;
  }
  const [start, , end] = range;
  const odd = NO_YAML_CHARACTER.exec(text.slice(start, end));
  return odd === null ? undefined : { objects: [], problems: [{ ...lines.at(start + odd.index), message: `kubectl ${fateOf(odd[0])}` }] };
}

function read(document: Document.Parsed, lines: Lines, acknowledged: FileAcknowledgements): FileContent {
  const problemAt = (offset: number, message: string): FileContent => ({ objects: [], problems: [{ ...lines.at(offset), message }] });
  if (document.errors.length > 0) {
    // the first; those after it mostly come of it
    const [{ pos, message }] = document.errors;
    const reason = reasonIn(message);
    return reason === TOO_DEEP ? problem(reason) : problemAt(pos[0], reason);
  }
  const { badKey, hasWords } = inspected(document.contents);
  if (badKey !== undefined) {
    return problemAt(rangeOf(badKey.node)?.[0] ?? 0, badKey.message);
  }
  let value: unknown;
  try {
    value = valueOf(document);
  } catch (error) {
    return problemAt(unresolvedAlias(document) ?? document.range[0], reasonIn((error as Error).message));
  }
  if (isCircular(value)) {
    return problemAt(aliasOfItself(document) ?? document.range[0], 'an alias stands for something that it is a part of');
  }
  return {
    objects: objectsIn(value).map(({ object, before }): FileObject => {
      const placeOf = (path: Path, atKey?: boolean) => positionOf(document, lines, [...before, ...path], atKey);
      return {
        value: object,
        acknowledged,
        positionOf: placeOf,
        writtenAt: (path) => plainSource(nodeAt(document.contents, [...before, ...path])),
        words: hasWords ? wordsIn(nodeAt(document.contents, before)).map(({ offset, ...word }) => ({ ...word, ...lines.at(offset) })) : [],
        lineOfKind: () => placeOf(['kind']).line,
      };
    }),
    problems: [],
  };
}

const TOO_DEEP = 'it is nested too deep';

/** What the parser says, in one line and without the place. Its own recursion has no bound, and it may tell so as an error of the text. */
function reasonIn(message: string): string {
  return /call stack/i.test(message) ? TOO_DEEP : message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, '');
}

/** Where the first alias of nothing stands. */
function unresolvedAlias(document: Document.Parsed): number | undefined {
  const anchors = new Set<string>();
  let found: number | undefined;
  yaml.visit(document, {
    Node: (_, node) => {
      const { anchor } = node as { readonly anchor?: string };
      if (yaml.isAlias(node) && !anchors.has(node.source)) {
        found = node.range?.[0];
        return yaml.visit.BREAK;
      }
      anchor !== undefined && anchors.add(anchor);
      return undefined;
    },
  });
  return found;
}

/** Where the first alias of what it stands in stands. */
function aliasOfItself(document: Document.Parsed): number | undefined {
  let found: number | undefined;
  yaml.visit(document, {
    Alias: (_, { source, range }, around) => {
      found = around.some((node) => (node as { readonly anchor?: string }).anchor === source) ? range?.[0] : undefined;
      return found === undefined ? undefined : yaml.visit.BREAK;
    },
  });
  return found;
}

/** Whether a value holds itself, as only aliases make it. */
function isCircular(value: unknown, around: readonly unknown[] = []): boolean {
  return typeof value === 'object' && value !== null
    && (around.includes(value) || Object.values(value).some((child) => isCircular(child, [...around, value])));
}

function positionOf(document: Document.Parsed, lines: Lines, path: Path, atKey = false): Position {
  for (let length = path.length; length >= 0; length--) {
    const range = rangeOf(nodeAt(document.contents, path.slice(0, length)));
    if (range !== undefined) {
      const value = lines.at(range[0]);
      const keyRange = length === 0 ? undefined : rangeOf(pairOf(nodeAt(document.contents, path.slice(0, length - 1)), path[length - 1])?.key);
      const key = keyRange === undefined ? value : lines.at(keyRange[0]);
      return key.line < value.line || (atKey && length === path.length) ? key : value;
    }
  }
  return { line: 1, column: 1 };
}
