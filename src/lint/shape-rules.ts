import { Authority } from './rule';
import type { Report } from './rule';
import { Severity } from './severity';
import type { ShapeCheck } from './shape-check';

/** A document with a mistake, and the same without it. */
export interface ShapeExample<Document> {
  readonly fails: unknown;
  readonly mended: Document;
  /** What happens, where the API server is not the one that refuses it. */
  readonly why?: string;
}

/** One kind of object, and what its rules show. */
export interface ShapeRuleCase<Document> {
  readonly shape: ShapeCheck;
  /** The CRD, with its versions. */
  readonly source: string;
  readonly invalidValue: ShapeExample<Document>;
  readonly missingField: ShapeExample<Document>;
  readonly unknownField: ShapeExample<Document>;
}

const REFUSED = { severity: Severity.ERROR, authority: Authority.SCHEMA } as const;

/** What the API server says of an object of any kind: three rules, the same for each. */
export function shapeRulesFor<Document>({ shape, source, invalidValue, missingField, unknownField }: ShapeRuleCase<Document>) {
  return [
    {
      ...REFUSED,
      id: 'invalid-value',
      title: 'a value of the wrong type, or none of the allowed ones',
      why: 'The API server refuses the object: it does not match the schema of the CRD.',
      source,
      ...invalidValue,
      check: ({ document }: { readonly document: unknown }, report: Report) => shape.reportInvalid(document, report),
    },
    {
      ...REFUSED,
      id: 'missing-field',
      title: 'a required field is not there',
      why: 'The API server refuses the object: the schema of the CRD requires the field.',
      source,
      ...missingField,
      authority: missingField.why === undefined ? Authority.SCHEMA : undefined,
      check: ({ document }: { readonly document: unknown }, report: Report) => shape.reportMissing(document, report),
    },
    {
      ...REFUSED,
      authority: Authority.FIELDS,
      id: 'unknown-field',
      title: 'a field that KServe does not know',
      why: 'kubectl refuses the object; a client without strict field validation drops the field silently.',
      source,
      ...unknownField,
      check: ({ document }: { readonly document: unknown }, report: Report) => shape.reportUnknown(document, report),
    },
  ];
}
