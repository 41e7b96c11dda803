import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq } from 'yaml';
import type { Document, Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import type { Position } from './documents';
import { Lines } from './lines';
import { inspected, isJson, nodeAt, pairOf, rangeOf, valueOf } from './nodes';
import { parsedDocuments } from './parse';
import type { Path } from '../../lint/diagnostic';
import type { Fix, FixValue } from '../../lint/fix';

/** A fix, and a place in the text that lies in the object which it mends. */
export interface PlacedFix extends Position {
  readonly fix: Fix;
}

/** One change of a text: what stands from `start` up to `end` becomes `text`. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

type Parsed = Document.Parsed;

/**
 * A YAML or JSON text to which fixes are applied at the places that they concern, so that every other byte stays as it is.
 *
 * An edit is a guess at syntax; what makes it safe is that the result is read again, and must hold exactly the values that the fixes ask for.
 */
export class EditableText {
  private readonly documents: readonly Parsed[];
  private readonly lines: Lines;
  private readonly isJson: boolean;

  /** @throws when it is no YAML */
  constructor(private readonly text: string) {
    this.documents = parse(text);
    this.lines = new Lines(text);
    this.isJson = isJson(text);
  }

  /** The text with all of these fixes; undefined where they cannot be written without touching anything else. */
  public apply(fixes: readonly PlacedFix[]): string | undefined {
    const edits: Edit[] = [];
    const values = this.documents.map((document) => unshared(valueOf(document)));
    for (const { fix, ...position } of innermostFirst(fixes)) {
      const place = this.placeOf(this.lines.offsetOf(position));
      const edit = place === undefined ? undefined : this.editOf(place.document, { ...fix, path: [...place.before, ...fix.path] });
      if (place === undefined || edit === undefined) {
        return undefined;
      }
      edits.push(edit);
      const index = this.documents.indexOf(place.document);
      values[index] = edited(values[index], place.before, fix, this.sourceAt(place.document, [...place.before, ...fix.path]));
    }
    const text = applied(this.text, edits);
    return text !== undefined && this.holds(text, values) ? text : undefined;
  }

  private holds(text: string, values: readonly unknown[]): boolean {
    if (this.isJson && !isJson(text)) {
      return false;
    }
    try {
      return isDeepStrictEqual(parse(text).map((document) => unshared(valueOf(document))), values);
    } catch {
      return false;
    }
  }

  /** The document that holds a place, and the path of the object in it: an element of a `List`, or the whole. */
  private placeOf(offset: number): { document: Parsed; before: Path } | undefined {
    const document = [...this.documents].reverse().find(({ contents }) => contents !== null && contents.range[0] <= offset);
    if (document === undefined) {
      return undefined;
    }
    const { kind, items } = listFieldsOf(document);
    if (!kind.endsWith('List') || items === undefined) {
      return { document, before: [] };
    }
    const index = items.items.reduce<number>((last, item, i) => rangeOf(item) !== undefined && rangeOf(item)![0] <= offset ? i : last, -1);
    return index < 0 ? undefined : { document, before: ['items', index] };
  }

  private editOf(document: Parsed, fix: Fix): Edit | undefined {
    const parent = nodeAt(document.contents, fix.path.slice(0, -1));
    const key = fix.path[fix.path.length - 1];
    switch (fix.kind) {
      case 'rename-key': {
        const pair = pairOf(parent, key);
        return pair === undefined ? undefined : this.scalarEdit(pair.key as Node, fix.to);
      }
      case 'replace-value':
        return this.scalarEdit(nodeAt(document.contents, fix.path), fix.value);
      case 'quote-value': {
        const source = this.sourceAt(document, fix.path);
        return source === undefined ? undefined : this.scalarEdit(nodeAt(document.contents, fix.path), source);
      }
      case 'add-key':
        return this.insertion(nodeAt(document.contents, fix.path), fix.key, fix.value);
      case 'remove-key':
        return this.removal(parent, key);
    }
  }

  /** How a scalar is written, if it is one. */
  private sourceAt(document: Parsed, path: Path): string | undefined {
    const node = nodeAt(document.contents, path);
    const range = rangeOf(node);
    return range === undefined || !isScalar(node) ? undefined : this.text.slice(range[0], range[1]);
  }

  private scalarEdit(node: Node | undefined, value: FixValue): Edit | undefined {
    const range = rangeOf(node);
    if (!isScalar(node) || range === undefined || range[0] === range[1]) {
      return undefined;
    }
    const source = this.text.slice(range[0], range[1]);
    const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
    if (isBlock && source.split(/\r?\n/)[0].includes('#')) {
      return undefined; // a comment behind the header would be lost
    }
    // the end of a block scalar is that of its last line
    const end = isBlock ? /\s*$/.exec(source)![0] : '';
    return { start: range[0], end: range[1], text: this.written(value, node.type) + end };
  }

  /** A value in the style of the one that it replaces. */
  private written(value: FixValue, style?: string): string {
    const isPlainStyle = style !== 'QUOTE_DOUBLE' && style !== 'QUOTE_SINGLE';
    if (typeof value !== 'string' || this.isJson || style === 'QUOTE_DOUBLE') {
      return JSON.stringify(value);
    }
    if (isPlainStyle && /^[$A-Za-z][\w.$-]*$/.test(value) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(value)) {
      return value;
    }
    // eslint-disable-next-line no-control-regex
    return /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(value) ? JSON.stringify(value) : `'${value.replace(/'/g, "''")}'`;
  }

  /** A key before the first of a map, on a line of its own where that one has it so. */
  private insertion(node: Node | undefined, key: string, value: FixValue): Edit | undefined {
    const first = isMap(node) ? rangeOf(node.items[0]?.key as Node | undefined) : undefined;
    if (first === undefined) {
      return undefined;
    }
    const isFlow = (node as YAMLMap).flow === true;
    const style = this.text[first[0]] === '"' ? 'QUOTE_DOUBLE' : undefined;
    const before = this.text.slice(this.lineStartOf(first[0]), first[0]);
    const newLine = this.text[this.text.indexOf('\n') - 1] === '\r' ? '\r\n' : '\n';
    const isAlone = before.trim() === '';
    const separator = isFlow ? (isAlone ? `,${newLine}${before}` : ', ') : `${newLine}${' '.repeat(before.length)}`;
    return { start: first[0], end: first[0], text: `${this.written(key, style)}: ${this.written(value, style)}${separator}` };
  }

  /** A key with its value; a comment behind them stays. */
  private removal(parent: Node | undefined, key: string | number): Edit | undefined {
    const pair = pairOf(parent, key);
    const items = isMap(parent) ? parent.items : [];
    const index = items.indexOf(pair!);
    const [start, end] = [rangeOf(pair?.key as Node | undefined)?.[0], endOf(pair)];
    if (start === undefined || end === undefined || items.length < 2) {
      return undefined;
    }
    const next = rangeOf(items[index + 1]?.key as Node | undefined)?.[0];
    if (next !== undefined && !this.text.slice(end, next).includes('#')) {
      return { start, end: next, text: '' };
    }
    const previous = endOf(items[index - 1]);
    if (next === undefined && previous !== undefined && !this.text.slice(previous, start).includes('#')) {
      return { start: previous, end, text: '' };
    }
    const lineStart = this.lineStartOf(start);
    const after = /[^\n]*\n?/.exec(this.text.slice(end))![0];
    if ((parent as YAMLMap).flow === true) {
      return undefined;
    }
    return after.trim() === '' && this.text.slice(lineStart, start).trim() === '' ? { start: lineStart, end: end + after.length, text: '' } : { start, end: end + /^[ \t]*/.exec(after)![0].length, text: '' };
  }

  private lineStartOf(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1;
  }
}

/** The edits made from the last to the first; undefined where two of them touch the same text. */
function applied(text: string, edits: readonly Edit[]): string | undefined {
  const ordered = [...edits].sort((a, b) => a.start - b.start);
  if (ordered.some(({ start }, i) => i > 0 && start < ordered[i - 1].end)) {
    return undefined;
  }
  const parts = ordered.map((edit, i) => text.slice(ordered[i - 1]?.end ?? 0, edit.start) + edit.text);
  return parts.join('') + text.slice(ordered[ordered.length - 1]?.end ?? 0);
}

/** Renamed keys last, and those within others first: the paths of fixes are those of the values as they were. */
function innermostFirst(fixes: readonly PlacedFix[]): PlacedFix[] {
  const renames = fixes.filter(({ fix }) => fix.kind === 'rename-key').sort((a, b) => b.fix.path.length - a.fix.path.length);
  return [...fixes.filter(({ fix }) => fix.kind !== 'rename-key'), ...renames];
}

/** The value with what a fix asks for. */
function edited(top: unknown, before: Path, fix: Fix, source: string | undefined): unknown {
  type Keyed = Record<string | number, unknown>;
  const at = (path: Path) => path.reduce<unknown>((value, key) => (value as Keyed)[key], top) as Keyed;
  const path = [...before, ...fix.path];
  const [parent, key] = [at(path.slice(0, -1)), path[path.length - 1]];
  switch (fix.kind) {
    case 'rename-key':
      set(parent, fix.to, parent[key]);
      delete parent[key];
      break;
    case 'replace-value':
      set(parent, key, fix.value);
      break;
    case 'quote-value':
      set(parent, key, source);
      break;
    case 'add-key':
      set(at(path), fix.key, fix.value);
      break;
    case 'remove-key':
      delete parent[key];
      break;
  }
  return top;
}

function parse(text: string): Parsed[] {
  const documents = parsedDocuments(text);
  if (documents.some(({ errors, contents }) => errors.length > 0 || inspected(contents).badKey !== undefined)) {
    throw new Error('no YAML');
  }
  return documents;
}

/** A copy in which no two places are one object, as those of an alias are: a fix is meant for one of them. */
function unshared(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(unshared);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const copy = {};
  Object.entries(value).forEach(([key, child]) => set(copy, key, unshared(child)));
  return copy;
}

/** A plain assignment to `__proto__` would set the prototype. */
function set(object: object, name: string | number, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
}

function listFieldsOf(document: Parsed): { kind: string; items?: YAMLSeq<Node> } {
  const kind = nodeAt(document.contents, ['kind']);
  const items = nodeAt(document.contents, ['items']);
  return { kind: isScalar(kind) ? String(kind.value) : '', items: isSeq<Node>(items) ? items : undefined };
}

function endOf(pair: Pair | undefined): number | undefined {
  return rangeOf(pair?.value as Node | undefined)?.[1];
}
