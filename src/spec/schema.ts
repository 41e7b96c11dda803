import { z } from 'zod';
import { ROUTER_TYPES } from './inference-graph';

/*
 * The CRD of InferenceGraph v1alpha1 as zod schemas, field by field (config/crd/full/serving.kserve.io_inferencegraphs.yaml, v0.20.0).
 * zod takes longer to load than all of cdk8s: nothing but `shape.ts` requires this file, when it first checks a document.
 */

/** What is known of a field beside its shape. */
export interface FieldMeta {
  /** The first KServe version that has the field. */
  readonly since: string;
}

const fields = z.registry<FieldMeta>();

/** The first KServe version whose CRD has the field, or undefined where the field belongs to a Kubernetes part. */
export function fieldSince(schema: z.ZodType): string | undefined {
  return fields.get(schema)?.since;
}

/** An optional field that KServe has since `version`. */
function since<T extends z.ZodType>(version: string, schema: T): z.ZodOptional<T> {
  const field = schema.optional();
  fields.add(field, { since: version });
  return field;
}

// Go's JSON decoder reads 64-bit integers; as far as JavaScript's numbers tell, these are the whole ones below 2^63
const isInt64 = (n: number) => Number.isInteger(n) && Math.abs(n) < 2 ** 63;
const int64 = z.number().refine(isInt64, { error: 'whole' });
const int32 = z.number().refine((n) => Number.isInteger(n) && n >= -(2 ** 31) && n < 2 ** 31, { error: 'int32' });
const seconds = z.number().refine(isInt64, { error: 'seconds' });
const text = z.string();
const texts = z.array(text);
const textMap = z.record(z.string(), text);

const QUANTITY = /^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$/;
const quantity = z.unknown().refine((v) => typeof v === 'string' ? QUANTITY.test(v) : Number.isInteger(v), { error: 'quantity' });

const resources = z.strictObject({
  limits: z.record(z.string(), quantity).optional(),
  requests: z.record(z.string(), quantity).optional(),
  claims: z.array(z.strictObject({ name: text, request: text.optional() })).optional(),
});

const requirement = z.strictObject({ key: text, operator: text, values: texts.optional() });
const nodeSelectorTerm = z.strictObject({
  matchExpressions: z.array(requirement).optional(),
  matchFields: z.array(requirement).optional(),
});
const labelSelector = z.strictObject({
  matchExpressions: z.array(requirement).optional(),
  matchLabels: textMap.optional(),
});
const podAffinityTerm = z.strictObject({
  labelSelector: labelSelector.optional(),
  matchLabelKeys: texts.optional(),
  mismatchLabelKeys: texts.optional(),
  namespaceSelector: labelSelector.optional(),
  namespaces: texts.optional(),
  topologyKey: text,
});
const podAffinity = z.strictObject({
  preferredDuringSchedulingIgnoredDuringExecution: z.array(z.strictObject({ podAffinityTerm, weight: int32 })).optional(),
  requiredDuringSchedulingIgnoredDuringExecution: z.array(podAffinityTerm).optional(),
});
const affinity = z.strictObject({
  nodeAffinity: z.strictObject({
    preferredDuringSchedulingIgnoredDuringExecution: z.array(z.strictObject({ preference: nodeSelectorTerm, weight: int32 })).optional(),
    requiredDuringSchedulingIgnoredDuringExecution: z.strictObject({ nodeSelectorTerms: z.array(nodeSelectorTerm) }).optional(),
  }).optional(),
  podAffinity: podAffinity.optional(),
  podAntiAffinity: podAffinity.optional(),
});

const toleration = z.strictObject({
  effect: text.optional(),
  key: text.optional(),
  operator: text.optional(),
  tolerationSeconds: seconds.optional(),
  value: text.optional(),
});

const routerTimeouts = z.strictObject({
  serverRead: since('0.16.0', seconds),
  serverWrite: since('0.16.0', seconds),
  serverIdle: since('0.16.0', seconds),
  serviceClient: since('0.16.0', seconds),
});

const step = z.strictObject({
  name: since('0.9.0', text),
  nodeName: since('0.9.0', text),
  serviceName: since('0.9.0', text),
  serviceUrl: since('0.9.0', text),
  data: since('0.9.0', text),
  weight: since('0.9.0', int64),
  condition: since('0.9.0', text),
  dependency: since('0.11.1', z.enum(['Soft', 'Hard'])),
  mapPredictionsToInstances: since('0.16.0', z.boolean()),
});

const node = z.strictObject({
  routerType: z.enum(ROUTER_TYPES).register(fields, { since: '0.9.0' }),
  steps: since('0.9.0', z.array(step)),
});

const spec = z.strictObject({
  nodes: z.record(z.string(), node).register(fields, { since: '0.9.0' }),
  resources: since('0.10.1', resources),
  affinity: since('0.10.1', affinity),
  timeout: since('0.12.0', seconds),
  minReplicas: since('0.12.0', int32),
  maxReplicas: since('0.12.0', int32),
  scaleTarget: since('0.12.0', int32),
  scaleMetric: since('0.12.0', z.enum(['cpu', 'memory', 'concurrency', 'rps'])),
  tolerations: since('0.15.0', z.array(toleration)),
  nodeSelector: since('0.15.0', textMap),
  nodeName: since('0.15.0', text),
  serviceAccountName: since('0.15.0', text),
  routerTimeouts: since('0.16.0', routerTimeouts),
});

const condition = z.strictObject({
  lastTransitionTime: text.optional(),
  message: text.optional(),
  reason: text.optional(),
  severity: text.optional(),
  status: text,
  type: text,
});
const status = z.strictObject({
  annotations: since('0.9.0', textMap),
  conditions: since('0.9.0', z.array(condition)),
  deploymentMode: since('0.15.1', text),
  observedGeneration: since('0.9.0', int64),
  url: since('0.9.0', text),
});

/** A whole InferenceGraph. `metadata` is the API server's to check, not the CRD's. */
export const inferenceGraphSchema = z.strictObject({
  apiVersion: text.optional(),
  kind: text.optional(),
  metadata: z.looseObject({}).optional(),
  spec: spec.optional(),
  status: status.optional(),
});

/** The names of the fields that an object at `path` may have; none where there is no such object. */
export function fieldNamesAt(path: readonly (string | number)[]): string[] {
  const found = path.reduce<z.ZodType | undefined>((schema, key) => childOf(unwrap(schema), key), inferenceGraphSchema);
  const object = unwrap(found);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

/** The fields of a document that not every KServe version has, and where they stand. */
export function versionedFields(document: unknown): { readonly path: readonly (string | number)[]; readonly since: string }[] {
  const found: { path: readonly (string | number)[]; since: string }[] = [];
  const walk = (schema: z.ZodType | undefined, value: unknown, path: readonly (string | number)[]): void => {
    const since = schema === undefined ? undefined : fieldSince(schema);
    if (since !== undefined) {
      found.push({ path, since });
    }
    const inner = unwrap(schema);
    if (Array.isArray(value) && inner instanceof z.ZodArray) {
      value.forEach((entry, i) => walk(inner.element as z.ZodType, entry, [...path, i]));
    } else if (typeof value === 'object' && value !== null && (inner instanceof z.ZodObject || inner instanceof z.ZodRecord)) {
      Object.entries(value).filter(([, entry]) => entry !== undefined && entry !== null).forEach(([key, entry]) => walk(childOf(inner, key), entry, [...path, key]));
    }
  };
  walk(inferenceGraphSchema, document, []);
  return found;
}

function childOf(schema: z.ZodType | undefined, key: string | number): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) {
    return Object.hasOwn(schema.shape, key) ? schema.shape[key] as z.ZodType : undefined;
  }
  if (schema instanceof z.ZodArray) {
    return schema.element as z.ZodType;
  }
  return schema instanceof z.ZodRecord ? schema.valueType as z.ZodType : undefined;
}

function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  return schema instanceof z.ZodOptional ? schema.unwrap() as z.ZodType : schema;
}
