/*
 * Scheduling on GPUs: the model goes to the nodes of one kind of GPU, tolerates their taint, and spreads over zones; the router does not.
 */
import { App, Chart, Duration } from 'cdk8s';
import {
  DeploymentStrategy, InferenceGraph, InferenceService, ModelFormat, ModelStorage, NodeSelectorOperator, Predictor, Probe, ProtocolVersion,
  SequenceNode, TaintEffect, TolerationOperator, Volume,
} from 'cdk8s-kserve';

const app = new App();
const chart = new Chart(app, 'gpu', { namespace: 'vision' });

const detector = new InferenceService(chart, 'detector', {
  predictor: Predictor.model({
    format: ModelFormat.TRITON,
    protocolVersion: ProtocolVersion.V2,
    storage: ModelStorage.gcs('vision-models', 'detector/7'),
    resources: {
      requests: { 'cpu': '2', 'memory': '8Gi', 'nvidia.com/gpu': '1' },
      // the built-in runtimes allow 1 cpu unless told otherwise, and a request above the limit is refused when the Deployment is made
      limits: { 'cpu': '2', 'memory': '8Gi', 'nvidia.com/gpu': '1' },
    },
    tolerations: [{ key: 'nvidia.com/gpu', operator: TolerationOperator.EXISTS, effect: TaintEffect.NO_SCHEDULE }],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{
            matchExpressions: [{ key: 'nvidia.com/gpu.product', operator: NodeSelectorOperator.IN, values: ['NVIDIA-A10G', 'NVIDIA-L4'] }],
          }],
        },
      },
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{
          weight: 100,
          podAffinityTerm: {
            topologyKey: 'topology.kubernetes.io/zone',
            labelSelector: { matchLabels: { 'serving.kserve.io/inferenceservice': 'detector' } },
          },
        }],
      },
    },
    volumeMounts: [{ volume: Volume.emptyDir('shm', { inMemory: true, sizeLimit: '1Gi' }), mountPath: '/dev/shm' }],
    startupProbe: Probe.httpGet('/v2/health/ready', 8080, { period: Duration.seconds(5), failureThreshold: 60 }),
    // there is no spare GPU for a new pod beside the old one
    deploymentStrategy: DeploymentStrategy.recreate(),
    minReplicas: 2,
    maxReplicas: 2,
  }),
});

const graph = new InferenceGraph(chart, 'vision-pipeline', {
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } },
});

new SequenceNode(graph, 'root').addStep(detector, { name: 'detect' });

app.synth();
