import { FileAcknowledgements } from './acknowledgements';
import type { LocatedContent } from './located';
import { markerProblems } from './markers';
import { objectsIn } from './objects';
import { locatedYaml } from './on-demand';
import { plainDocuments } from './plain-yaml';
import { slicesOf } from './slices';
import type { Slice } from './slices';
import { invalidUtf8 } from './utf8';
import type { Path } from '../../lint/diagnostic';

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
  /**
   * Where the value at a path stands, or its key if that is on a line before, or asked for; where there is none, the nearest around it.
   */
  readonly positionOf: (path: Path, atKey?: boolean) => Position;
  /** How the text without quotes at a path is written. */
  readonly writtenAt: (path: Path) => string | undefined;
  /** The texts without quotes in it that kubectl reads otherwise than YAML 1.2 has it. */
  readonly words: readonly Word[];
  /** The rules that comments of the file acknowledge. */
  readonly acknowledged: FileAcknowledgements;
}

/** A text without quotes that kubectl reads otherwise than YAML 1.2 has it, and most people: `on`, `012`. */
export interface Word extends Position {
  /** As kubectl reads the keys in it. */
  readonly path: Path;
  /** Whether it is the last key of the path, and not the value there. */
  readonly isKey: boolean;
  readonly written: string;
}

/** Objects of a file, and what in it is no YAML. */
export interface FileContent {
  readonly objects: readonly FileObject[];
  readonly problems: readonly (Position & { readonly message: string })[];
}

/** Larger than any manifest that an API server takes by far. */
const LARGEST = 64 * 1024 * 1024;

/**
 * Larger than any document of it may be, in characters: an API server takes objects of 3 MiB, and the parser that keeps positions takes eighty times
 * as much memory, or three hundred.
 */
const LARGEST_DOCUMENT = 4 * 1024 * 1024;

/**
 * The objects of a YAML stream (or JSON, which is YAML), those in a `List` one by one. Never throws.
 *
 * @param isWanted whether an object is asked for: others are forgotten at once
 */
export function readDocuments(bytes: Uint8Array, isWanted: (object: FileObject['value']) => boolean = () => true): FileContent {
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
  const text = DECODER.decode(bytes);
  const acknowledged = FileAcknowledgements.of(text);
  const locate = locating();
  const objects: FileObject[] = [];
  const problems = markerProblems(text);
  const markers = new Set(problems.map(({ line }) => line)); // what else is wrong there comes of them
  for (const slice of slicesOf(text)) {
    const below = <T extends Position>(place: T): T => ({ ...place, line: place.line + slice.linesBefore });
    const content: ReadContent = slice.text.length > LARGEST_DOCUMENT ? TOO_LARGE : plainContent(slice.text) ?? locate(slice);
    content.objects.forEach(({ value, words, kindLine }, i) => isWanted(value) && objects.push({
      value,
      acknowledged,
      lineOfKind: () => (kindLine ?? locate(slice).objects[i].positionOf(['kind']).line) + slice.linesBefore,
      positionOf: (path, atKey) => below(locate(slice).objects[i].positionOf(path, atKey)),
      writtenAt: (path) => locate(slice).objects[i].writtenAt(path),
      words: words.map(below),
    }));
    content.problems.map(below).forEach((inSlice) => !markers.has(inSlice.line) && problems.push(inSlice));
  }
  return { objects, problems: problems.sort((one, other) => one.line - other.line) };
}

const DECODER = new TextDecoder();

/** What the parser that keeps positions makes of a slice; of the last one only, so that one at a time takes its memory. */
function locating(): (slice: Slice) => LocatedContent {
  let last: { readonly slice: Slice; readonly content: LocatedContent } | undefined;
  return (slice) => {
    if (last?.slice !== slice) {
      last = undefined;
      last = { slice, content: locatedYaml().locatedContent(slice.text) };
    }
    return last.content;
  };
}

interface ReadObject extends Pick<FileObject, 'value' | 'words'> {
  readonly kindLine?: number;
}

/** What a text holds, before anybody asks where it stands. */
interface ReadContent extends Pick<FileContent, 'problems'> {
  readonly objects: readonly ReadObject[];
}

/** What is plain YAML is read without positions: most files have no finding that asks for one, and then the text is read again. */
function plainContent(text: string): ReadContent | undefined {
  const objects = plainDocuments(text)?.flatMap(({ value, kindLines }) => (
    objectsIn(value).map(({ object }) => ({ value: object, words: [], kindLine: kindLines.get(object) }))
  ));
  return objects === undefined ? undefined : { objects, problems: [] };
}

function problem(message: string) {
  return { objects: [], problems: [{ line: 1, column: 1, message }] };
}

const TOO_LARGE: ReadContent = problem(`a document of it is larger than ${LARGEST_DOCUMENT / 1024 / 1024} MiB`);
