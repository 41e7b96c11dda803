import { namedContainer, variable, volume } from './container-shape';
import { OBJECT_META_SHAPE } from './k8s/object-meta';
import { affinity, list, map, texts, toleration } from './k8s-shape';
import { CLUSTER_SERVING_RUNTIME_KIND, SERVING_RUNTIME_API_VERSION, SERVING_RUNTIME_KIND } from './runtimes';
import { optional, required, since } from './shape';
import type { ObjectShape } from './shape';

/*
 * The CRDs of ServingRuntime and ClusterServingRuntime v1alpha1, which are equal but for their kinds
 * (config/crd/full/serving.kserve.io_servingruntimes.yaml, v0.15.2, v0.16.0, v0.17.0, v0.19.0 and v0.20.0).
 */

const pod = {
  ...required({ containers: list(namedContainer) }),
  ...optional({
    volumes: list(volume),
    nodeSelector: map('text'),
    affinity,
    tolerations: list(toleration),
    labels: map('text'),
    annotations: map('text'),
    imagePullSecrets: list({ fields: optional({ name: 'text' }) }),
    hostIPC: 'boolean',
  }),
  ...since('0.17.0', { schedulerName: 'text' }),
};

const format: ObjectShape = {
  fields: { ...required({ name: 'text' }), ...optional({ version: 'text', autoSelect: 'boolean', priority: 'int32' }) },
};

/** A whole ServingRuntime or ClusterServingRuntime. `metadata` is no part of the CRD: the API server reads it into a Go type. */
export const SERVING_RUNTIME_SHAPE: ObjectShape = {
  fields: {
    ...required({ apiVersion: { values: [SERVING_RUNTIME_API_VERSION] }, kind: { values: [SERVING_RUNTIME_KIND, CLUSTER_SERVING_RUNTIME_KIND] } }),
    ...optional({
      metadata: OBJECT_META_SHAPE,
      spec: {
        fields: {
          ...pod,
          ...optional({
            supportedModelFormats: list(format),
            protocolVersions: texts,
            multiModel: 'boolean',
            disabled: 'boolean',
            replicas: 'int32',
            grpcEndpoint: 'text',
            grpcDataEndpoint: 'text',
            httpDataEndpoint: 'text',
            storageHelper: { fields: optional({ disabled: 'boolean' }) },
            builtInAdapter: {
              fields: optional({
                serverType: 'text',
                runtimeManagementPort: 'int64',
                memBufferBytes: 'int64',
                modelLoadingTimeoutMillis: 'int64',
                env: list(variable),
              }),
            },
            workerSpec: { fields: { ...pod, ...optional({ pipelineParallelSize: 'int64', tensorParallelSize: 'int64' }) } },
          }),
        },
      },
      status: { fields: {}, open: true },
    }),
  },
};
