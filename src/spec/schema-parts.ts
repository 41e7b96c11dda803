import { z } from 'zod';

/*
 * What the schemas of KServe's kinds have in common: how a field says its first version, and the parts that are Kubernetes' own.
 */

/** What is known of a field beside its shape. */
export interface FieldMeta {
  /** The first KServe version that has the field. */
  readonly since: string;
}

export const fields = z.registry<FieldMeta>();

/** The first KServe version whose CRD has the field, or undefined where the field belongs to a Kubernetes part. */
export function fieldSince(schema: z.ZodType): string | undefined {
  return fields.get(schema)?.since;
}

/** An optional field that KServe has since `version`. */
export function since<T extends z.ZodType>(version: string, schema: T): z.ZodOptional<T> {
  const field = schema.optional();
  fields.add(field, { since: version });
  return field;
}

// Go's JSON decoder reads 64-bit integers; as far as JavaScript's numbers tell, these are the whole ones below 2^63
const isInt64 = (n: number) => Number.isInteger(n) && Math.abs(n) < 2 ** 63;
export const int64 = z.number().refine(isInt64, { error: 'whole' });
export const int32 = z.number().refine((n) => Number.isInteger(n) && n >= -(2 ** 31) && n < 2 ** 31, { error: 'int32' });
export const seconds = z.number().refine(isInt64, { error: 'seconds' });
export const text = z.string();
export const texts = z.array(text);
export const textMap = z.record(z.string(), text);

const QUANTITY = /^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$/;
export const quantity = z.unknown().refine((v) => typeof v === 'string' ? QUANTITY.test(v) : Number.isInteger(v), { error: 'quantity' });

export const resources = z.strictObject({
  limits: z.record(z.string(), quantity).optional(),
  requests: z.record(z.string(), quantity).optional(),
  claims: z.array(z.strictObject({ name: text, request: text.optional() })).optional(),
});

export const requirement = z.strictObject({ key: text, operator: text, values: texts.optional() });
const nodeSelectorTerm = z.strictObject({
  matchExpressions: z.array(requirement).optional(),
  matchFields: z.array(requirement).optional(),
});
export const labelSelector = z.strictObject({
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
export const affinity = z.strictObject({
  nodeAffinity: z.strictObject({
    preferredDuringSchedulingIgnoredDuringExecution: z.array(z.strictObject({ preference: nodeSelectorTerm, weight: int32 })).optional(),
    requiredDuringSchedulingIgnoredDuringExecution: z.strictObject({ nodeSelectorTerms: z.array(nodeSelectorTerm) }).optional(),
  }).optional(),
  podAffinity: podAffinity.optional(),
  podAntiAffinity: podAffinity.optional(),
});

export const toleration = z.strictObject({
  effect: text.optional(),
  key: text.optional(),
  operator: text.optional(),
  tolerationSeconds: seconds.optional(),
  value: text.optional(),
});

/** A field of a document that says its first version. */
export interface FieldInUse {
  readonly path: readonly (string | number)[];
  readonly since: string;
}

/** The fields that a document uses, each with the first KServe version that has it; a field of a newer one that is reported hides those in it. */
export function fieldsInUse(schema: z.ZodType, value: unknown, isNews: (since: string) => boolean, path: FieldInUse['path'] = []): FieldInUse[] {
  const first = fieldSince(schema);
  if (first !== undefined && isNews(first)) {
    return [{ path, since: first }];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const entries: [string | number, unknown][] = Array.isArray(value) ? value.map((item, index) => [index, item]) : Object.entries(value);
  return entries.flatMap(([key, child]) => {
    const field = child === undefined ? undefined : childOf(unwrap(schema), key);
    return field === undefined ? [] : fieldsInUse(field, child, isNews, [...path, key]);
  });
}

/** The names of the fields that an object at `path` may have; none where there is no such object. */
export function namesAt(top: z.ZodType, path: readonly (string | number)[]): string[] {
  const found = path.reduce<z.ZodType | undefined>((schema, key) => childOf(unwrap(schema), key), top);
  const object = unwrap(found);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function childOf(schema: z.ZodType | undefined, key: string | number): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) {
    return schema.shape[key] as z.ZodType | undefined;
  }
  if (schema instanceof z.ZodArray) {
    return schema.element as z.ZodType;
  }
  return schema instanceof z.ZodRecord ? schema.valueType as z.ZodType : undefined;
}

function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  return schema instanceof z.ZodOptional ? schema.unwrap() as z.ZodType : schema;
}
