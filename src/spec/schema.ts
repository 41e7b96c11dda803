import { z } from 'zod';
import { ROUTER_TYPES } from './inference-graph';
import { affinity, fields, int32, int64, namesAt, resources, seconds, since, text, textMap, toleration } from './schema-parts';

export { fieldSince } from './schema-parts';

/*
 * The CRD of InferenceGraph v1alpha1 as zod schemas, field by field (config/crd/full/serving.kserve.io_inferencegraphs.yaml, v0.20.0).
 * zod takes longer to load than all of cdk8s: nothing but a check of a document requires this file.
 */

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
  return namesAt(inferenceGraphSchema, path);
}
