import { CONTAINER, namedContainer, seccompProfile, volume } from './container-shape';
import { FRAMEWORKS, INFERENCE_SERVICE_API_VERSION, INFERENCE_SERVICE_KIND } from './inference-service';
import { OBJECT_META_SHAPE } from './k8s/object-meta';
import { affinity, list, map, texts, toleration } from './k8s-shape';
import { optional, required, since } from './shape';
import type { Field, ObjectShape } from './shape';

/*
 * The CRD of InferenceService v1beta1 (config/crd/full/serving.kserve.io_inferenceservices.yaml, v0.15.2, v0.16.0, v0.17.0, v0.19.0 and v0.20.0): KServe's
 * own fields one by one, and those of Kubernetes' PodSpec and Container that this package writes. The other fields of a pod pass unchecked.
 */

/** What every version that can be a target has. */
const OLD = '0.12.0';

const podSecurityContext: ObjectShape = {
  fields: optional({ runAsUser: 'int64', runAsGroup: 'int64', runAsNonRoot: 'boolean', fsGroup: 'int64', seccompProfile }),
  open: true,
};

const pod = optional({
  serviceAccountName: 'text',
  imagePullSecrets: list({ fields: optional({ name: 'text' }) }),
  affinity,
  tolerations: list(toleration),
  nodeSelector: map('text'),
  volumes: list(volume),
  initContainers: list(namedContainer),
  containers: list(namedContainer),
  priorityClassName: 'text',
  runtimeClassName: 'text',
  schedulerName: 'text',
  terminationGracePeriodSeconds: 'seconds',
  securityContext: podSecurityContext,
  topologySpreadConstraints: {
    items: { fields: required({ maxSkew: 'int32', topologyKey: 'text', whenUnsatisfiable: 'text' }), open: true },
    keys: { topologyKey: undefined, whenUnsatisfiable: undefined },
  },
  automountServiceAccountToken: 'boolean',
});

const target: ObjectShape = {
  fields: optional({
    type: { values: ['Utilization', 'Value', 'AverageValue'] }, value: 'quantity', averageValue: 'quantity', averageUtilization: 'int32',
  }),
};
const metric: ObjectShape = {
  fields: {
    ...required({ type: { values: ['Resource', 'External', 'PodMetric'] } }),
    ...optional({
      resource: { fields: required({ name: { values: ['cpu', 'memory'] }, target }) },
      external: {
        fields: {
          metric: {
            shape: { fields: optional({ backend: { values: ['prometheus', 'graphite'] }, serverAddress: 'text', query: 'text', namespace: 'text' }) },
            required: true,
          },
          ...required({ target }),
          ...since('0.16.0', { authenticationRef: { fields: {}, open: true } }),
        },
      },
      podmetric: {
        fields: required({
          metric: {
            fields: optional({
              backend: { values: ['opentelemetry'] }, serverAddress: 'text', metricNames: texts, query: 'text', operationOverTime: 'text',
            }),
          },
          target,
        }),
      },
    }),
  },
};
const scalingRules: ObjectShape = { fields: optional({ stabilizationWindowSeconds: 'int32' }), open: true };

const storage = optional({ path: 'text', parameters: map('text'), key: 'text' });

const component = {
  ...since(OLD, {
    minReplicas: 'int32',
    maxReplicas: 'int32',
    scaleTarget: 'int32',
    scaleMetric: { values: ['cpu', 'memory', 'concurrency', 'rps'] },
    containerConcurrency: 'int64',
    timeout: 'seconds',
    canaryTrafficPercent: 'int64',
    logger: {
      fields: {
        ...optional({ url: 'text', mode: { values: ['all', 'request', 'response'] }, metadataHeaders: texts }),
        ...since('0.15.2', { metadataAnnotations: texts }), // 0.15.0 has it not, 0.15.1 was not at hand
        ...since('0.16.0', { storage: { fields: { ...storage, ...optional({ serviceAccountName: 'text' }) } } }),
        ...since('0.17.0', { marshallerUrl: 'text', batchSize: 'int64', batchInterval: 'text' }),
      },
    },
    batcher: { fields: optional({ maxBatchSize: 'int64', maxLatency: 'int64', timeout: 'int64' }) },
    labels: map('text'),
    annotations: map('text'),
    deploymentStrategy: { fields: optional({ type: 'text', rollingUpdate: { fields: {}, open: true } }) },
  }),
  ...since('0.15.0', {
    scaleMetricType: { values: ['Utilization', 'Value', 'AverageValue'] },
    autoScaling: {
      fields: {
        ...optional({ metrics: list(metric) }),
        ...since('0.16.0', { behavior: { fields: optional({ scaleUp: scalingRules, scaleDown: scalingRules }), open: true } }),
      },
    },
  }),
  ...since('0.16.0', { storageUris: list({ fields: { ...required({ uri: 'text' }), ...optional({ mountPath: 'text' }) } }) }),
} satisfies { [name: string]: Field };

const anyModel = {
  ...CONTAINER,
  ...optional({
    runtimeVersion: 'text',
    protocolVersion: 'text',
    storageUri: 'text',
    storage: { fields: { ...storage, ...optional({ schemaPath: 'text' }) } },
  }),
  ...since('0.20.0', { confidential: { fields: { ...required({ enabled: 'boolean' }), ...optional({ resourceId: 'text' }) } } }),
} satisfies { [name: string]: Field };

const model: ObjectShape = {
  fields: {
    ...anyModel,
    ...required({ modelFormat: { fields: { ...required({ name: 'text' }), ...optional({ version: 'text' }) } } }),
    ...optional({ runtime: 'text' }),
  },
  open: true,
};
const frameworkModel: ObjectShape = { fields: anyModel, open: true };

const predictor: ObjectShape = {
  fields: {
    ...component,
    ...pod,
    ...since(OLD, { model, ...Object.fromEntries(FRAMEWORKS.map((framework) => [framework, frameworkModel])) }),
    ...since('0.15.0', { workerSpec: { fields: { ...pod, ...optional({ pipelineParallelSize: 'int64', tensorParallelSize: 'int64' }) }, open: true } }),
    ...since('0.20.0', { name: 'text', storageContainerName: 'text' }),
  },
  open: true,
};

const art: ObjectShape = {
  fields: { ...CONTAINER, ...required({ type: { values: ['SquareAttack'] } }), ...optional({ storageUri: 'text', config: map('text') }) },
  open: true,
};

/** A whole InferenceService. `metadata` is no part of the CRD: the API server reads it into a Go type. `status` is KServe's to write. */
export const INFERENCE_SERVICE_SHAPE: ObjectShape = {
  fields: {
    ...required({ apiVersion: { values: [INFERENCE_SERVICE_API_VERSION] }, kind: { values: [INFERENCE_SERVICE_KIND] } }),
    ...optional({
      metadata: OBJECT_META_SHAPE,
      spec: {
        fields: {
          ...required({ predictor }),
          ...optional({
            transformer: { fields: { ...component, ...pod }, open: true },
            explainer: { fields: { ...component, ...pod, ...optional({ art }) }, open: true },
          }),
          ...since('0.20.0', { canary: list({ fields: required({ predictor, trafficPercent: 'int32' }) }) }),
        },
      },
      status: { fields: {}, open: true },
    }),
  },
};
