import { FileAcknowledgements } from './acknowledgements';
import { objectsIn } from './objects';
import { locatedYaml } from './on-demand';
import { plainDocuments } from './plain-yaml';
import { slicesOf } from './slices';
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

/** Larger than any document of it may be, in characters: the parser that keeps positions takes eighty times as much memory. */
const LARGEST_DOCUMENT = 16 * 1024 * 1024;

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
  return plainContent(text) ?? locatedYaml().locatedContent(text);
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
      const locatedObject = () => (located ??= locatedYaml().locatedContent(text)).objects[index];
      objects.push({
        value: object,
        acknowledged,
        positionOf: (path, atKey) => locatedObject().positionOf(path, atKey),
        writtenAt: (path) => locatedObject().writtenAt(path),
        words: [],
        lineOfKind: () => kindLines.get(object) ?? locatedObject().lineOfKind(),
      });
    }
  }
  return { objects, problems: [] };
}

function problem(message: string): FileContent {
  return { objects: [], problems: [{ line: 1, column: 1, message }] };
}
