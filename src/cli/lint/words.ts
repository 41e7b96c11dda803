import type { FileObject, Word } from './documents';
import { formatPath } from '../../lint/diagnostic';
import type { Diagnostic, Path } from '../../lint/diagnostic';
import { fieldsOf } from '../../lint/json';
import { Severity } from '../../lint/severity';

/** The rule about what kubectl reads otherwise, and nobody refuses. */
export const READ_OTHERWISE = 'yaml-read-otherwise';

/** The findings about an object, with how kubectl reads what is written in it without quotes. */
export function withWords(found: readonly Diagnostic[], object: FileObject): readonly Diagnostic[] {
  const told = found.map((diagnostic) => (
    diagnostic.rule === 'invalid-value' ? withWrittenValue(diagnostic, object)
      : diagnostic.rule === 'unknown-field' ? withWrittenKey(diagnostic, object)
        : diagnostic
  ));
  return object.words.length === 0 ? told : [...told, ...object.words.flatMap((word) => isTold(word, found) ? [] : findingOf(word, object))];
}

function withWrittenValue(diagnostic: Diagnostic, { value, writtenAt }: FileObject): Diagnostic {
  const { path, message, help, fix } = diagnostic;
  const read = valueAt(value, path);
  const written = typeof read === 'number' || typeof read === 'boolean' ? writtenAt(path) : undefined;
  return written === undefined || written === String(read) ? diagnostic : {
    ...diagnostic,
    message: `${message}, as kubectl reads ${written} without quotes`,
    help: fix?.kind === 'quote-value' ? `write '${written}'` : help,
  };
}

function withWrittenKey(diagnostic: Diagnostic, { words }: FileObject): Diagnostic {
  const word = words.find(({ isKey, path }) => isKey && isSame(path, diagnostic.path));
  return word === undefined ? diagnostic : { ...diagnostic, message: `${diagnostic.message}, as kubectl reads ${word.written} without quotes` };
}

function isTold({ isKey, path }: Word, found: readonly Diagnostic[]): boolean {
  return found.some((diagnostic) => diagnostic.rule === (isKey ? 'unknown-field' : 'invalid-value') && isSame(path, diagnostic.path));
}

/** Numbers of base 8, as file modes are: nobody means another there. */
const MODES = ['mode', 'defaultMode'];

/** A key, which need not be what others call it, or a number that begins with 0. What else a field takes, it takes as it is meant. */
function findingOf({ isKey, path, written }: Word, { value }: FileObject): Diagnostic[] {
  const key = path[path.length - 1];
  const finding = { rule: READ_OTHERWISE, severity: Severity.WARNING, path, atKey: isKey };
  if (isKey) {
    const place = formatPath(path.slice(0, -1)) || 'the document';
    return [{
      ...finding,
      message: `${place} has a key that kubectl reads as '${key}', got ${written} without quotes`,
      help: `write '${written}'`,
      fix: { kind: 'rename-key', path, to: written },
    }];
  }
  const read = valueAt(value, path);
  const decimal = /^([-+]?)0[0-7_]*$/.test(written) ? Number(written.replaceAll('_', '')) : read;
  return decimal === read || MODES.includes(String(key)) ? [] : [{
    ...finding,
    message: `kubectl reads ${formatPath(path)} as ${String(read)}, got ${written}: a number that begins with 0 has base 8`,
    help: `write ${String(decimal)}, or ${String(read)} if that is meant`,
  }];
}

function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => Array.isArray(value) ? (value as unknown[])[Number(key)] : fieldsOf(value)[key], document);
}

function isSame(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((key, i) => String(key) === String(b[i]));
}
