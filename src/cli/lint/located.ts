import * as yaml from 'yaml';
import type { Document } from 'yaml';
import type { FileContent, FileObject, Position } from './documents';
import { Lines } from './lines';
import { isNestedTooDeep } from './nesting';
import { inspected, isJson, nodeAt, pairOf, plainSource, rangeOf, valueOf, wordsIn } from './nodes';
import { objectsIn } from './objects';
import { parsedDocuments } from './parse';
import type { Path } from '../../lint/diagnostic';
import { fateOf, NO_YAML_CHARACTER } from '../../spec/go-yaml';

/** An object of a text, with where all in it stands. */
export type LocatedObject = Pick<FileObject, 'value' | 'positionOf' | 'writtenAt' | 'words'>;

/** Objects of a text, and what in it is no YAML. */
export interface LocatedContent extends Pick<FileContent, 'problems'> {
  readonly objects: readonly LocatedObject[];
}

/** What a text holds, by the parser that reads all of YAML and keeps positions. */
export function locatedContent(text: string): LocatedContent {
  if (isNestedTooDeep(text)) {
    return problem(TOO_DEEP);
  }
  const lines = new Lines(text);
  try {
    const hasOdd = NO_YAML_CHARACTER.test(text) && !isJson(text);
    const contents = parsedDocuments(text).map((document) => (
      (hasOdd ? oddCharacterIn(document, text, lines) : undefined) ?? read(document, lines)
    ));
    return { objects: contents.flatMap(({ objects }) => objects), problems: contents.flatMap(({ problems }) => problems) };
  } catch (error) {
    return problem(reasonIn((error as Error).message));
  }
}

function problem(message: string): LocatedContent {
  return { objects: [], problems: [{ line: 1, column: 1, message }] };
}

/** The first character of a document that kubectl does not read, as a problem. */
function oddCharacterIn({ errors, range }: Document.Parsed, text: string, lines: Lines): LocatedContent | undefined {
  if (errors.length > 0) {
    return undefined;
  }
  const [start, , end] = range;
  const odd = NO_YAML_CHARACTER.exec(text.slice(start, end));
  return odd === null ? undefined : { objects: [], problems: [{ ...lines.at(start + odd.index), message: `kubectl ${fateOf(odd[0])}` }] };
}

function read(document: Document.Parsed, lines: Lines): LocatedContent {
  const problemAt = (offset: number, message: string): LocatedContent => ({ objects: [], problems: [{ ...lines.at(offset), message }] });
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
    objects: objectsIn(value).map(({ object, before }) => ({
      value: object,
      positionOf: (path, atKey) => positionOf(document, lines, [...before, ...path], atKey),
      writtenAt: (path) => plainSource(nodeAt(document.contents, [...before, ...path])),
      words: hasWords ? wordsIn(nodeAt(document.contents, before)).map(({ offset, ...word }) => ({ ...word, ...lines.at(offset) })) : [],
    })),
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
