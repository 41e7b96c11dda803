import type { z } from 'zod';
import { INFERENCE_GRAPH_SHAPE } from '../../spec/inference-graph-shape';
import { accepts, fieldsInUse, shapeAt } from '../../spec/shape';
import type { Shape } from '../../spec/shape';
import { isBelow, releaseOf } from '../../spec/versions';
import { formatPath } from '../diagnostic';
import type { Path } from '../diagnostic';
import { graph, inMode, node, sequence } from '../examples';
import { at, Authority } from '../rule';
import type { Rule } from '../rule';
import { Severity } from '../severity';
import { alternatives, nearest, quote } from '../words';

const CRD = 'config/crd/full/serving.kserve.io_inferencegraphs.yaml, v0.20.0';

const invalidValue: Rule = {
  id: 'invalid-value',
  severity: Severity.ERROR,
  authority: Authority.SCHEMA,
  title: 'a value of the wrong type, or none of the allowed ones',
  why: 'The API server refuses the object: it does not match the schema of the CRD.',
  source: CRD,
  fails: graph({ root: node('Splitter', { serviceName: 'a', weight: 50 }, { serviceName: 'b', weight: 50, name: 1 as never }) }),
  mended: graph({ root: node('Splitter', { serviceName: 'a', weight: 50 }, { serviceName: 'b', weight: 50, name: '1' }) }),
  check: ({ document }, report) => issuesOf(document)
    .filter((issue) => issue.code !== 'unrecognized_keys' && !isMissing(document, issue))
    .forEach((issue) => {
      const { wanted, help } = describe(issue);
      report(at(...pathOf(issue)), `${formatPath(pathOf(issue)) || 'the document'} must be ${wanted}, got ${quote(valueAt(document, issue.path))}`, help);
    }),
};

const missingField: Rule = {
  id: 'missing-field',
  severity: Severity.ERROR,
  authority: Authority.SCHEMA,
  title: 'a required field is not there',
  why: 'The API server refuses the object: the schema of the CRD requires the field.',
  source: CRD,
  fails: graph({ root: { steps: [{ serviceName: 'a' }] } as never }),
  mended: graph({ root: { routerType: 'Sequence', steps: [{ serviceName: 'a' }] } }),
  check: ({ document }, report) => issuesOf(document)
    .filter((issue) => isMissing(document, issue))
    .forEach((issue) => {
      const { wanted } = describe(issue);
      const parent = pathOf(issue).slice(0, -1);
      report(at(...parent), `${formatPath(parent) || 'the document'} has no '${String(issue.path[issue.path.length - 1])}'`, `add it; it must be ${wanted}`);
    }),
};

/** Field names of KServe's API comments and old samples, which no release ever had. */
const NEVER_WERE: { readonly [key: string]: string } = { routes: 'steps', service: 'serviceName', stepName: 'name', timeoutSeconds: 'timeout' };

const unknownField: Rule = {
  id: 'unknown-field',
  severity: Severity.ERROR,
  authority: Authority.FIELDS,
  title: 'a field that KServe does not know',
  why: 'kubectl refuses the object; a client without strict field validation drops the field silently.',
  source: CRD,
  fails: sequence({ serviceURL: 'http://a.default/predict', serviceName: 'a' } as never),
  mended: sequence({ serviceUrl: 'http://a.default/predict' }),
  check: ({ document }, report) => issuesOf(document).forEach((issue) => {
    if (issue.code !== 'unrecognized_keys') {
      return;
    }
    const parent = pathOf(issue);
    const known = fieldNames(shapeAt(INFERENCE_GRAPH_SHAPE, parent));
    for (const key of issue.keys) {
      const meant = NEVER_WERE[key] !== undefined && known.includes(NEVER_WERE[key]) ? NEVER_WERE[key] : nearest(key, known);
      report(
        at(...parent, key),
        `${formatPath(parent) || 'the document'} has an unknown field ${quote(key)}`,
        meant === undefined ? `remove it; KServe knows ${alternatives(known)} here` : `did you mean '${meant}'?`,
      );
    }
  }),
};

const fieldTooNew: Rule = {
  id: 'field-too-new',
  severity: Severity.ERROR,
  authority: Authority.FIELDS,
  title: 'a field that the KServe version does not have yet',
  why: 'kubectl refuses the object; a client without strict field validation drops the field silently, and the graph does something else.',
  source: 'config/crd/full/serving.kserve.io_inferencegraphs.yaml and its forerunners, v0.9.0 to v0.20.0',
  context: { kserveVersion: '0.15.2' },
  fails: inMode('RawDeployment', graph({ root: node('Sequence', { serviceName: 'a' }) }, { routerTimeouts: { serverWrite: 300 } })),
  mended: inMode('RawDeployment', sequence({ serviceName: 'a' })),
  check: ({ document, kserveVersion }, report) => {
    fieldsInUse(INFERENCE_GRAPH_SHAPE, document, (since) => isBelow(kserveVersion, since)).forEach(({ path, since }) => {
      report(
        at(...path),
        `${formatPath(path)} needs KServe ${since}, got ${releaseOf(kserveVersion) ?? kserveVersion} as the target`,
        'leave the field out, or target a newer KServe with KServeVersion once the cluster runs it',
      );
    });
  },
};

export const shapeRules: readonly Rule[] = [invalidValue, missingField, unknownField, fieldTooNew];

type Issue = z.core.$ZodIssue;

/** What zod finds in a document that has not the shape of an InferenceGraph. */
function issuesOf(document: unknown): readonly Issue[] {
  if (last === undefined || last.document !== document) {
    last = { document, issues: accepts(INFERENCE_GRAPH_SHAPE, document) ? [] : schema().safeParse(document).error?.issues ?? [] };
  }
  return last.issues;
}

// the three rules ask for the same document one after the other
let last: { readonly document: unknown; readonly issues: readonly Issue[] } | undefined;

let made: z.ZodType | undefined;

function schema(): z.ZodType {
  // zod loads slower than all of cdk8s, so only when there is something to say
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { toZod } = require('../../spec/schema') as typeof import('../../spec/schema');
  return made ??= toZod(INFERENCE_GRAPH_SHAPE);
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

function describe(issue: Issue): { wanted: string; help: string } {
  switch (issue.code) {
    case 'invalid_value': {
      const values = issue.values.map(String);
      return { wanted: alternatives(values.map((value) => `'${value}'`)), help: 'write one of them' };
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
