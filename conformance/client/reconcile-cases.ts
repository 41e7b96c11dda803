import { ReconcileQuestion } from './oracle';

/*
 * Graphs and clusters for which it is recorded what KServe's controller makes of them.
 */

const metadata = { name: 'pipeline', namespace: 'default' };

function graph(spec: object = {}, meta: object = {}): object {
  return {
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'InferenceGraph',
    metadata: { ...metadata, ...meta },
    spec: { nodes: { root: { routerType: 'Sequence', steps: [{ serviceName: 'a' }] } }, ...spec },
  };
}

const annotated = (annotations: Record<string, string>, spec: object = {}): object => graph(spec, { annotations });

/** An InferenceService that is ready. */
function service(name: string, model: object = {}, rest: object = {}): object {
  return {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name, namespace: 'default' },
    spec: { predictor: { model: { modelFormat: { name: 'sklearn' }, storageUri: 'gs://models/one', ...model } }, ...rest },
    status: { address: { url: `http://${name}-predictor.default.svc.cluster.local` } },
  };
}

const everywhere = {
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'gpu', operator: 'Exists' }] }] },
    },
  },
  tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }],
  nodeSelector: { zone: 'a' },
  nodeName: 'node-1',
  serviceAccountName: 'router',
  timeout: 30,
  routerTimeouts: { serverRead: 1, serverWrite: 2, serverIdle: 3, serviceClient: 4 },
  resources: { requests: { cpu: 1, memory: '0.5Gi' } },
};

/** A router configuration that differs from the shipped one in some keys. */
const router = (keys: object): Record<string, unknown> => ({
  router: { image: 'kserve/router:v0.20.0', memoryRequest: '100Mi', memoryLimit: '1Gi', cpuRequest: '100m', cpuLimit: '1', ...keys },
});

const CLASS = 'serving.kserve.io/autoscalerClass';

const cases: readonly (Pick<ReconcileQuestion, 'graph' | 'config' | 'noKnative'> & { readonly services?: readonly object[] })[] = [
  // the whole of a plain graph, and every field that the pod takes
  { graph: graph() },
  { graph: graph(everywhere, { labels: { app: 'mine', team: 'x' }, annotations: { note: 'y' } }) },
  {
    graph: graph({
      nodes: {
        root: {
          routerType: 'Switch',
          steps: [{ name: 'x', condition: '[@this].#(a=="<&>")', nodeName: 'next' }, { serviceUrl: 'http://elsewhere/path', condition: 'b' }],
        },
        next: { routerType: 'Splitter', steps: [{ serviceName: 'a', weight: 90 }, { serviceName: 'b', weight: 10 }] },
        unreached: {
          routerType: 'Ensemble',
          steps: [{ serviceName: 'a', dependency: 'Hard' }, { serviceName: 'b', data: '$request', mapPredictionsToInstances: true }],
        },
      },
    }),
    services: [service('a'), service('b')],
  },
  // replicas
  ...[{ minReplicas: 0 }, { minReplicas: 3 }, { maxReplicas: 4 }, { minReplicas: 5, maxReplicas: 2 }].map((spec) => ({ graph: graph(spec) })),
  ...['cpu', 'memory', 'concurrency', 'rps'].map((scaleMetric) => ({ graph: graph({ scaleMetric, scaleTarget: 50, maxReplicas: 2 }) })),
  { graph: graph({ scaleMetric: 'memory' }) },
  ...['hpa', 'none', 'external', 'keda', 'kpa'].map((name) => ({ graph: annotated({ [CLASS]: name }, { minReplicas: 2, maxReplicas: 3 }) })),
  { graph: annotated({ 'serving.kserve.io/stop': 'true' }) },
  // modes and Knative's annotations
  ...['Standard', 'RawDeployment', 'Knative', 'Serverless', 'Other'].map((mode) => ({ graph: annotated({ 'serving.kserve.io/deploymentMode': mode }) })),
  { graph: graph(), noKnative: true },
  { graph: annotated({ 'autoscaling.knative.dev/min-scale': '7', 'autoscaling.knative.dev/initial-scale': '0', 'autoscaling.knative.dev/class': 'x' }) },
  { graph: graph({}, { labels: { 'networking.knative.dev/visibility': 'cluster-local' } }) },
  // the router's configuration
  ...[{ headers: { propagate: ['X-Trace', '^Auth'] } }, { headers: { propagate: [] } }, { headers: {} }, { imagePullSecrets: ['one'], imagePullPolicy: 'Always' }]
    .map((keys) => ({ graph: graph(), config: router(keys) })),
  { graph: graph(), config: { router: 'no json' } },
  // the address of a service
  ...[
    service('a', { protocolVersion: 'v2' }),
    service('a', { runtime: 'kserve-sklearnserver', protocolVersion: 'v2' }),
    service('a', { runtime: 'kserve-huggingfaceserver' }),
    service('a', { storageUri: undefined }),
    service('a', { args: ['--model_name=other'] }),
    service('a', { env: [{ name: 'MLSERVER_MODEL_NAME', value: 'other' }] }),
    service('a', {}, { transformer: { containers: [{ name: 'kserve-container', image: 'x', args: ['--model_name', 'other'] }] } }),
    { ...service('a'), status: {} },
  ].map((one) => ({ graph: graph(), services: [one] })),
  { graph: graph(), services: [] },
  // names without room
  { graph: graph({}, { name: 'n'.repeat(58) }) },
  { graph: graph({}, { name: 'n'.repeat(56), namespace: 'default' }) },
];

/** Each case in both modes of a cluster. */
export function reconcileQuestions(): ReconcileQuestion[] {
  return cases.flatMap(({ services = [service('a')], ...rest }) => (['Standard', 'Knative'] as const).map((mode) => (
    { ask: 'reconcile' as const, ...rest, services, mode })));
}
