import { INFERENCE_GRAPH_API_VERSION, INFERENCE_GRAPH_KIND, ROUTER_TYPES } from './inference-graph';
import { OBJECT_META_SHAPE } from './k8s/object-meta';
import { affinity, list, map, resources, toleration } from './k8s-shape';
import { optional, required, since } from './shape';
import type { ObjectShape } from './shape';

/*
 * The CRD of InferenceGraph v1alpha1, field by field (config/crd/full/serving.kserve.io_inferencegraphs.yaml, v0.20.0), with the first
 * version of each field.
 */

const routerTimeouts: ObjectShape = {
  fields: since('0.16.0', { serverRead: 'seconds', serverWrite: 'seconds', serverIdle: 'seconds', serviceClient: 'seconds' }),
};

const step: ObjectShape = {
  fields: {
    ...since('0.9.0', {
      name: 'text', nodeName: 'text', serviceName: 'text', serviceUrl: 'text', data: 'text', weight: 'int64', condition: 'text',
    }),
    ...since('0.11.1', { dependency: { values: ['Soft', 'Hard'] } }),
    ...since('0.16.0', { mapPredictionsToInstances: 'boolean' }),
  },
};

const node: ObjectShape = {
  fields: {
    routerType: { shape: { values: ROUTER_TYPES }, required: true, since: '0.9.0' },
    ...since('0.9.0', { steps: list(step) }),
  },
};

const spec: ObjectShape = {
  fields: {
    nodes: { shape: map(node), required: true, since: '0.9.0' },
    ...since('0.10.1', { resources, affinity }),
    ...since('0.12.0', {
      timeout: 'seconds',
      minReplicas: 'int32',
      maxReplicas: 'int32',
      scaleTarget: 'int32',
      scaleMetric: { values: ['cpu', 'memory', 'concurrency', 'rps'] },
    }),
    ...since('0.15.0', { tolerations: list(toleration), nodeSelector: map('text'), nodeName: 'text', serviceAccountName: 'text' }),
    ...since('0.16.0', { routerTimeouts }),
  },
};

const condition: ObjectShape = {
  fields: {
    ...required({ status: 'text', type: 'text' }),
    ...optional({ lastTransitionTime: 'text', message: 'text', reason: 'text', severity: 'text' }),
  },
};

const status: ObjectShape = {
  fields: {
    ...since('0.9.0', { annotations: map('text'), conditions: list(condition), observedGeneration: 'int64', url: 'text' }),
    ...since('0.15.1', { deploymentMode: 'text' }),
  },
};

/** A whole InferenceGraph. `metadata` is no part of the CRD: the API server reads it into a Go type. */
export const INFERENCE_GRAPH_SHAPE: ObjectShape = {
  fields: {
    ...required({ apiVersion: { values: [INFERENCE_GRAPH_API_VERSION] }, kind: { values: [INFERENCE_GRAPH_KIND] } }),
    ...optional({ metadata: OBJECT_META_SHAPE, spec, status }),
  },
};
