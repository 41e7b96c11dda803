import { z } from 'zod';
import { affinity, int32, int64, namesAt, quantity, resources, seconds, since, text, textMap, texts, toleration } from './schema-parts';

/*
 * The CRD of InferenceService v1beta1 as zod schemas (config/crd/full/serving.kserve.io_inferenceservices.yaml, v0.15.2 to v0.20.0): KServe's own
 * fields one by one, those of Kubernetes' PodSpec and Container as far as this package writes them. The other fields of a pod pass unchecked.
 * zod takes longer to load than all of cdk8s: nothing but a check of a document requires this file.
 */

/** What is older than the oldest target. */
const OLD = '0.11.0';

const whole = z.number().refine((n) => Number.isInteger(n), { error: 'whole' });
const intOrText = z.union([int32, text]);

const probe = z.looseObject({
  initialDelaySeconds: int32.optional(),
  periodSeconds: int32.optional(),
  timeoutSeconds: int32.optional(),
  failureThreshold: int32.optional(),
  successThreshold: int32.optional(),
});
const env = z.looseObject({ name: text, value: text.optional() });
const containerFields = {
  name: text.optional(),
  image: text.optional(),
  command: texts.optional(),
  args: texts.optional(),
  env: z.array(env).optional(),
  resources: resources.optional(),
  ports: z.array(z.looseObject({ containerPort: int32, name: text.optional(), protocol: text.optional() })).optional(),
  readinessProbe: probe.optional(),
  livenessProbe: probe.optional(),
  startupProbe: probe.optional(),
  volumeMounts: z.array(z.looseObject({ name: text, mountPath: text, subPath: text.optional(), readOnly: z.boolean().optional() })).optional(),
  imagePullPolicy: text.optional(),
};
const podFields = {
  serviceAccountName: text.optional(),
  imagePullSecrets: z.array(z.looseObject({ name: text.optional() })).optional(),
  affinity: affinity.optional(),
  tolerations: z.array(toleration).optional(),
  nodeSelector: textMap.optional(),
  volumes: z.array(z.looseObject({ name: text })).optional(),
  containers: z.array(z.looseObject(containerFields)).optional(),
};

const metricTarget = z.strictObject({
  type: z.enum(['Utilization', 'Value', 'AverageValue']).optional(),
  value: quantity.optional(),
  averageValue: quantity.optional(),
  averageUtilization: int32.optional(),
});
const metric = z.strictObject({
  type: z.enum(['Resource', 'External', 'PodMetric']),
  resource: z.strictObject({ name: z.enum(['cpu', 'memory']), target: metricTarget }).optional(),
  external: z.strictObject({
    metric: z.strictObject({
      backend: z.enum(['prometheus', 'graphite']),
      serverAddress: text.optional(),
      query: text.optional(),
      namespace: text.optional(),
    }),
    target: metricTarget,
    authenticationRef: since('0.16.0', z.looseObject({})),
  }).optional(),
  podmetric: z.strictObject({
    metric: z.strictObject({
      backend: z.enum(['opentelemetry']),
      serverAddress: text.optional(),
      metricNames: texts.optional(),
      query: text.optional(),
      operationOverTime: text.optional(),
    }),
    target: metricTarget,
  }).optional(),
});
const scalingRules = z.looseObject({ stabilizationWindowSeconds: int32.optional() });

const storageSpec = { path: text.optional(), parameters: textMap.optional(), key: text.optional() };

const componentFields = {
  minReplicas: since(OLD, int32),
  maxReplicas: since(OLD, int32),
  scaleTarget: since(OLD, int32),
  scaleMetric: since(OLD, z.enum(['cpu', 'memory', 'concurrency', 'rps'])),
  scaleMetricType: since('0.15.0', z.enum(['Utilization', 'Value', 'AverageValue'])),
  autoScaling: since('0.15.0', z.strictObject({
    metrics: z.array(metric).optional(),
    behavior: since('0.16.0', z.looseObject({ scaleUp: scalingRules.optional(), scaleDown: scalingRules.optional() })),
  })),
  containerConcurrency: since(OLD, int64),
  timeout: since(OLD, seconds),
  canaryTrafficPercent: since(OLD, int64),
  logger: since(OLD, z.strictObject({
    url: text.optional(),
    mode: z.enum(['all', 'request', 'response']).optional(),
    metadataHeaders: texts.optional(),
    metadataAnnotations: texts.optional(),
    storage: since('0.16.0', z.strictObject({ ...storageSpec, serviceAccountName: text.optional() })),
    marshallerUrl: since('0.17.0', text),
    batchSize: since('0.17.0', whole),
    batchInterval: since('0.17.0', text),
  })),
  batcher: since(OLD, z.strictObject({ maxBatchSize: whole.optional(), maxLatency: whole.optional(), timeout: whole.optional() })),
  labels: since(OLD, textMap),
  annotations: since(OLD, textMap),
  deploymentStrategy: since('0.14.0', z.strictObject({
    type: text.optional(),
    rollingUpdate: z.strictObject({ maxSurge: intOrText.optional(), maxUnavailable: intOrText.optional() }).optional(),
  })),
  storageUris: since('0.16.0', z.array(z.strictObject({ uri: text, mountPath: text.optional() }))),
};

const model = z.looseObject({
  modelFormat: z.strictObject({ name: text, version: text.optional() }),
  runtime: text.optional(),
  runtimeVersion: text.optional(),
  protocolVersion: text.optional(),
  storageUri: text.optional(),
  storage: z.strictObject({ ...storageSpec, schemaPath: text.optional() }).optional(),
  confidential: since('0.20.0', z.strictObject({ enabled: z.boolean(), resourceId: text.optional() })),
  ...containerFields,
});

const predictor = z.looseObject({
  ...componentFields,
  ...podFields,
  name: since('0.20.0', text),
  model: since(OLD, model),
  storageContainerName: since('0.20.0', text),
  workerSpec: since('0.15.0', z.looseObject({ ...podFields, pipelineParallelSize: whole.optional(), tensorParallelSize: whole.optional() })),
});

/** A whole InferenceService. `metadata` is the API server's to check, not the CRD's. */
export const inferenceServiceSchema = z.looseObject({
  apiVersion: text.optional(),
  kind: text.optional(),
  metadata: z.looseObject({}).optional(),
  spec: z.strictObject({
    predictor,
    transformer: z.looseObject({ ...componentFields, ...podFields }).optional(),
    explainer: z.looseObject({
      ...componentFields,
      ...podFields,
      art: z.looseObject({ type: z.enum(['SquareAttack']), storageUri: text.optional(), config: textMap.optional(), ...containerFields }).optional(),
    }).optional(),
    canary: since('0.20.0', z.array(z.strictObject({ predictor, trafficPercent: int32 }))),
  }).optional(),
});

/** The names of the fields that an object at `path` may have, as far as they are known here. */
export function serviceFieldNamesAt(path: readonly (string | number)[]): string[] {
  return namesAt(inferenceServiceSchema, path);
}
