import type { z } from 'zod';
import { formatPath } from './diagnostic';
import type { Path } from './diagnostic';
import { at } from './rule';
import type { Report } from './rule';
import { fixOfKey, fixOfValue } from './shape-fix';
import { alternatives, nearest, quote } from './words';
import { accepts, shapeAt, withoutNulls } from '../spec/shape';
import type { Shape } from '../spec/shape';

type Issue = z.core.$ZodIssue;

/** Says what is wrong with the shape of a document of one kind. */
export class ShapeCheck {
  // several rules ask for the same document one after the other
  private last?: { readonly document: unknown; issues?: readonly Issue[] };
  private made?: z.ZodType;

  /**
   * @param shape the shape of the kind
   * @param neverWere field names that people write and that no release had, with the right ones
   */
  constructor(private readonly shape: Shape, private readonly neverWere: { readonly [key: string]: string } = {}) {}

  /** Whether nothing is wrong with the document; the answer is kept for the rules that ask about the same one. */
  public admits(document: unknown): boolean {
    const isAdmitted = accepts(this.shape, document);
    this.last = { document, issues: isAdmitted ? [] : undefined };
    return isAdmitted;
  }

  /** The document as the API server reads it. Only one that is refused as it stands can hold a null. */
  public asRead(document: unknown): unknown {
    return this.admits(document) ? document : withoutNulls(this.shape, document);
  }

  /** Values of the wrong type, or none of the allowed ones. */
  public reportInvalid(document: unknown, report: Report): void {
    this.issuesOf(document)
      .filter((issue) => issue.code !== 'unrecognized_keys' && !isMissing(document, issue))
      .forEach((issue) => {
        const [path, value] = [pathOf(issue), valueAt(document, issue.path)];
        const { wanted, help } = describe(issue, value);
        report(at(...path), `${formatPath(path) || 'the document'} must be ${wanted}, got ${quote(value)}`, help, fixOfValue(this.shape, path, value));
      });
  }

  /** Required fields that are not there. */
  public reportMissing(document: unknown, report: Report): void {
    this.issuesOf(document)
      .filter((issue) => isMissing(document, issue))
      .forEach((issue) => {
        const { wanted } = describe(issue, undefined);
        const parent = pathOf(issue).slice(0, -1);
        report(at(...parent), `${formatPath(parent) || 'the document'} has no '${String(issue.path[issue.path.length - 1])}'`, `add it; it must be ${wanted}`);
      });
  }

  /** Fields that KServe does not know. */
  public reportUnknown(document: unknown, report: Report): void {
    this.issuesOf(document).forEach((issue) => {
      if (issue.code !== 'unrecognized_keys') {
        return;
      }
      const parent = pathOf(issue);
      const known = fieldNames(shapeAt(this.shape, parent));
      for (const key of issue.keys) {
        const isOldName = this.isOldName(key, known);
        const meant = this.meantAmong(known, key);
        const object = valueAt(document, parent) as object;
        report(
          at(...parent, key),
          `${formatPath(parent) || 'the document'} has an unknown field ${quote(key)}`,
          meant === undefined ? `remove it; KServe knows ${alternatives(known)} here` : `did you mean '${meant}'?`,
          meant === undefined ? undefined : fixOfKey(this.shape, { parent, key, object, known, meant, isOldName }),
        );
      }
    });
  }

  /** The field that is meant by a key that the object at a path does not have. */
  public meantBy(key: string, parent: Path): string | undefined {
    const known = fieldNames(shapeAt(this.shape, parent));
    return known.includes(key) ? undefined : this.meantAmong(known, key);
  }

  private meantAmong(known: readonly string[], key: string): string | undefined {
    return this.isOldName(key, known) ? this.neverWere[key] : nearest(key, known);
  }

  private isOldName(key: string, known: readonly string[]): boolean {
    return Object.hasOwn(this.neverWere, key) && known.includes(this.neverWere[key]);
  }

  private issuesOf(document: unknown): readonly Issue[] {
    if (this.last === undefined || this.last.document !== document) {
      this.admits(document);
    }
    return this.last!.issues ??= this.schema().safeParse(document).error?.issues ?? [];
  }

  private schema(): z.ZodType {
    // zod loads slower than all of cdk8s, so only when there is something to say
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { toZod } = require('../spec/schema') as typeof import('../spec/schema');
    return this.made ??= toZod(this.shape);
  }
}

function fieldNames(shape: Shape | undefined): string[] {
  return typeof shape === 'object' && 'fields' in shape ? Object.keys(shape.fields) : [];
}

function pathOf(issue: Issue): Path {
  return issue.path as Path;
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)[key], document);
}

function isMissing(document: unknown, issue: Issue): boolean {
  return issue.path.length > 0 && valueAt(document, issue.path) === undefined;
}

function describe(issue: Issue, found: unknown): { wanted: string; help: string } {
  switch (issue.code) {
    case 'invalid_value': {
      const values = issue.values.map(String);
      const meant = typeof found === 'string' && values.length > 1 ? nearest(found, values) : undefined;
      const help = values.length === 1 ? 'write it so' : meant === undefined ? 'write one of them' : `did you mean '${meant}'?`;
      return { wanted: alternatives(values.map((value) => `'${value}'`)), help };
    }
    case 'custom':
      return REFINEMENTS[issue.message];
    case 'invalid_type':
      return { wanted: TYPE_WORDS[issue.expected] ?? issue.expected, help: `give ${TYPE_WORDS[issue.expected] ?? issue.expected}` };
    default:
      return { wanted: issue.message, help: 'see the CRD' };
  }
}

/** By the messages that `schema.ts` gives its refinements. */
const REFINEMENTS: { readonly [name: string]: { wanted: string; help: string } } = {
  int64: { wanted: 'a whole number', help: 'write it without a fraction' },
  duplicate: { wanted: 'unique in its list', help: 'give each its own' },
  seconds: { wanted: 'a whole number of seconds', help: 'round it to whole seconds' },
  int32: { wanted: 'a whole number from -2147483648 to 2147483647', help: 'give such a number' },
  quantity: { wanted: 'a quantity', help: "write it as Kubernetes does: '100m', '2', '256Mi', '1Gi'" },
};

const TYPE_WORDS: { readonly [type: string]: string } = {
  string: 'a text',
  number: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of fields',
  record: 'a map',
};
