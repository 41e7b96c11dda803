import { App, Chart, Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  AutoscalerClass, AutoscalingMetric, DeploymentMode, DeploymentStrategy, Explainer, HuggingFaceBackend, HuggingFaceTask, InferenceService,
  KServeVersion, LoggerMode, ModelFormat, ModelStorage, Predictor, Probe, ProtocolVersion, ScaleMetric, SeccompProfile, TaintEffect,
  TolerationOperator, Transformer, UnsatisfiableConstraint, Volume,
} from '../../src';
import type { CanaryPredictor, ComponentProps, ContainerOptions, InferenceServiceProps, WorkerSpec } from '../../src';
import type { InferenceServiceManifest } from '../../src/spec/inference-service';

/*
 * InferenceServices through our own API: any property, with values that are right most of the time.
 */

/** cdk8s takes no objects without a prototype. */
const all = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> => fc.record(fields, { noNullPrototype: true }) as fc.Arbitrary<T>;

/** Each field there or not. */
const some = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }, ...required: (keyof T)[]): fc.Arbitrary<T> =>
  fc.record(fields, { requiredKeys: required, noNullPrototype: true }) as unknown as fc.Arbitrary<T>;

const word = fc.constantFrom('a', 'gpu', 'models', 'x-id', 'iris');
const words = fc.array(word, { maxLength: 2 });
const wordMap = fc.dictionary(word, word, { maxKeys: 2, noNullPrototype: true });
/** What is right sixty times of sixty-one. */
const mostly = <T>(right: fc.Arbitrary<T>, ...wrong: T[]): fc.Arbitrary<T> => fc.oneof({ weight: 60, arbitrary: right }, fc.constantFrom(...wrong));

const seconds = mostly(fc.integer({ min: 0, max: 600 }).map((n) => Duration.seconds(n)), Duration.millis(500));
const count = mostly(fc.integer({ min: 0, max: 5 }), -1, 1.5);
const percent = mostly(fc.integer({ min: 1, max: 100 }), 0, 120);
const quantity = mostly(
  fc.constantFrom('100m', '1', '1000m', '0.5', '2', '256Mi', '1Gi', '1024Mi', '1.5Gi', '.5Ki', '1.1Mi', '2.0', '+1', '1e3', '1k', '1000'), '-1', 'much',
);
const storage = fc.constantFrom(
  ModelStorage.gcs('models', 'iris'), ModelStorage.s3('models', 'iris'), ModelStorage.pvc('claim', 'iris'), ModelStorage.hf('owner/name', 'main'),
  ModelStorage.oci('example.com/iris:1'), ModelStorage.azureBlob('account', 'container', 'iris'), ModelStorage.hdfs('iris'),
);

const resources = some({
  requests: fc.dictionary(fc.constantFrom('cpu', 'memory'), quantity, { maxKeys: 2, noNullPrototype: true }),
  limits: fc.dictionary(fc.constantFrom('cpu', 'memory'), quantity, { maxKeys: 2, noNullPrototype: true }),
});

const probeOptions = some({
  initialDelay: seconds, period: seconds, timeout: seconds, failureThreshold: fc.integer({ min: 1, max: 5 }),
});
const probe = fc.oneof(
  probeOptions.map((options) => Probe.httpGet('/ready', 8080, options)),
  probeOptions.map((options) => Probe.tcpSocket(8080, options)),
  probeOptions.map((options) => Probe.exec(['true'], options)),
);
const volume = fc.constantFrom(
  Volume.emptyDir('shm', { inMemory: true, sizeLimit: '1Gi' }), Volume.secret('s', 'secret'), Volume.configMap('c', 'config'),
  Volume.persistentVolumeClaim('p', 'claim'),
);

const user = fc.integer({ min: 0, max: 2000 });
const seccomp = fc.constantFrom(...Object.values(SeccompProfile));

const container: fc.Arbitrary<ContainerOptions> = some({
  command: words,
  args: words,
  env: fc.dictionary(mostly(fc.constantFrom('WORKERS', 'A', 'B'), 'PYTHONPATH', 'HF_TOKEN'), word, { maxKeys: 2, noNullPrototype: true }),
  envFromSecrets: fc.dictionary(fc.constantFrom('HF_TOKEN', 'KEY'), all({ name: word, key: word }), { maxKeys: 2, noNullPrototype: true }),
  resources,
  ports: fc.array(
    all({ port: fc.integer({ min: 1, max: 65535 }), name: fc.constantFrom('http1', 'h2c'), protocol: fc.constant('TCP') }), { maxLength: 1 },
  ),
  readinessProbe: probe,
  livenessProbe: probe,
  startupProbe: probe,
  volumeMounts: fc.array(all({ volume, mountPath: fc.constantFrom('/a', '/b') }), { maxLength: 1 }),
  workingDir: fc.constant('/app'),
  preStop: words,
  securityContext: some({
    runAsUser: user,
    runAsGroup: user,
    runAsNonRoot: fc.boolean(),
    readOnlyRootFilesystem: fc.boolean(),
    allowPrivilegeEscalation: fc.boolean(),
    addCapabilities: fc.subarray(['IPC_LOCK']),
    dropCapabilities: fc.subarray(['ALL']),
    seccompProfile: seccomp,
  }),
  imagePullPolicy: fc.constantFrom('Always', 'IfNotPresent', 'Never'),
});

const metric = fc.oneof(
  percent.map((value) => AutoscalingMetric.cpuUtilization(value)),
  percent.map((value) => AutoscalingMetric.memoryUtilization(value)),
  fc.constantFrom(undefined, 'bearer').map((modes) => AutoscalingMetric.prometheus({
    serverAddress: 'http://prometheus', query: 'up', threshold: '5', authentication: { secretName: 'prometheus', modes },
  })),
  fc.constantFrom(
    AutoscalingMetric.memoryAverage('4Gi'),
    AutoscalingMetric.prometheus({ serverAddress: 'http://prometheus', query: 'up', threshold: '5' }),
    AutoscalingMetric.graphite({ serverAddress: 'http://graphite', query: 'up', threshold: '100m' }),
    AutoscalingMetric.openTelemetry({ query: 'running', metricNames: ['running'], threshold: '4' }),
  ),
);

/** Containers beside the one that answers, two of one name among them. */
const podContainers = fc.array(
  fc.tuple(container, mostly(fc.constantFrom('a', 'b', 'c', 'd'), 'kserve-container'))
    .map(([{ args, resources: wanted, env, volumeMounts }, name]) => ({ args, resources: wanted, env, volumeMounts, name, image: 'other:1' })),
  { maxLength: 2 },
);

const component: fc.Arbitrary<ComponentProps> = some({
  minReplicas: count,
  maxReplicas: count,
  scaleMetric: fc.constantFrom(...Object.values(ScaleMetric)),
  scaleTarget: percent,
  autoscaling: some({ metrics: fc.array(metric, { maxLength: 2 }), scaleUpAfter: seconds, scaleDownAfter: seconds }, 'metrics'),
  containerConcurrency: count,
  timeout: seconds,
  canaryTrafficPercent: percent,
  batcher: some({ maxBatchSize: count, maxLatency: seconds }),
  logger: some({
    url: fc.constant('http://logs'),
    mode: fc.constantFrom(...Object.values(LoggerMode)),
    metadataHeaders: words,
    metadataAnnotations: words,
    storage: some({ key: word, path: word, parameters: fc.constant({ type: 's3' }), serviceAccountName: word }, 'key', 'path', 'parameters'),
    marshallerUrl: fc.constant('http://marshaller'),
    batchSize: mostly(fc.integer({ min: 1, max: 9 }), 1.5),
    batchInterval: fc.constantFrom(Duration.seconds(5), Duration.millis(100)),
  }),
  deploymentStrategy: fc.constantFrom(DeploymentStrategy.recreate(), DeploymentStrategy.rollingUpdate('25%', '0')),
  labels: wordMap,
  annotations: wordMap,
  serviceAccountName: word,
  imagePullSecrets: words,
  tolerations: fc.array(
    all({ key: word, operator: fc.constant(TolerationOperator.EXISTS), effect: fc.constant(TaintEffect.NO_SCHEDULE) }), { maxLength: 1 },
  ),
  nodeSelector: wordMap,
  volumes: fc.array(volume, { maxLength: 1 }),
  initContainers: podContainers,
  sidecars: podContainers,
  priorityClassName: word,
  runtimeClassName: word,
  schedulerName: word,
  terminationGracePeriod: seconds,
  podSecurityContext: some({ runAsUser: user, runAsGroup: user, fsGroup: user, runAsNonRoot: fc.boolean(), seccompProfile: seccomp }),
  topologySpreadConstraints: fc.array(
    some({
      topologyKey: word,
      matchLabels: wordMap,
      maxSkew: fc.integer({ min: 1, max: 3 }),
      whenUnsatisfiable: fc.constantFrom(...Object.values(UnsatisfiableConstraint)),
    }, 'topologyKey', 'matchLabels'),
    { maxLength: 1 },
  ),
  automountServiceAccountToken: fc.boolean(),
  storages: fc.array(all({ storage, mountPath: fc.constantFrom('/mnt/models', '/mnt/models/b') }), { maxLength: 2 }),
});

/** Two or three properties of many, so that right ones stay likely. */
function few<T extends object>(whole: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.tuple(whole, fc.array(fc.nat(), { minLength: 3, maxLength: 3 })).map(([value, picks]) => {
    const entries = Object.entries(value);
    return Object.fromEntries(picks.flatMap((pick) => entries.length === 0 ? [] : [entries[pick % entries.length]])) as T;
  });
}

const mixed = fc.tuple(few(component), few(container)).map(([a, b]) => ({ ...a, ...b }));

/** What a predictor has beside its model; mostly nothing. */
const variant = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  some({ name: mostly(fc.constantFrom('blue', 'green'), 'Blue_1'), storageContainerName: word }),
);
const confidential = fc.oneof(
  { weight: 9, arbitrary: fc.constant(undefined) }, some({ resourceId: mostly(fc.constant('kbs:///models/key/iris'), 'kbs://iris') }),
);
const protocol = mostly(fc.constantFrom(undefined, ProtocolVersion.V1, ProtocolVersion.V2), ProtocolVersion.GRPC_V2);

const workers: fc.Arbitrary<WorkerSpec> = fc.tuple(
  some({ pipelineParallelSize: mostly(fc.integer({ min: 1, max: 4 }), 0), tensorParallelSize: fc.integer({ min: 1, max: 2 }) }),
  few(container), few(component),
).map(([sizes, options, { affinity, tolerations, nodeSelector, initContainers, sidecars, podSecurityContext, priorityClassName }]) => (
  { ...sizes, ...options, affinity, tolerations, nodeSelector, initContainers, sidecars, podSecurityContext, priorityClassName }));

const predictor: fc.Arbitrary<Predictor> = fc.oneof(
  all({
    rest: fc.tuple(mixed, variant).map(([a, b]) => ({ ...a, ...b })),
    confidential,
    format: fc.constantFrom(
      ModelFormat.SKLEARN, ModelFormat.XGBOOST, ModelFormat.ONNX, ModelFormat.TRITON, ModelFormat.HUGGINGFACE, ModelFormat.of('own', '1'),
    ),
    storage: fc.option(storage, { nil: undefined }),
    runtime: fc.constantFrom(undefined, undefined, 'own', 'own', 'kserve-sklearnserver'),
    protocolVersion: protocol,
    runtimeVersion: fc.constantFrom(undefined, '1.0'),
  }).map(({ rest, ...model }) => Predictor.model({ ...rest, ...model })),
  all({
    rest: mixed,
    mounts: fc.array(all({ storage, mountPath: mostly(fc.constantFrom('/mnt/models', '/mnt/models/a'), '/data', 'x', '/') }), { minLength: 1, maxLength: 3 }),
  })
    .map(({ rest, mounts }) => Predictor.model({ ...rest, format: ModelFormat.SKLEARN, storages: mounts })),
  all({
    rest: mixed,
    named: variant,
    protocolVersion: protocol,
    storage: fc.option(storage, { nil: undefined }),
    modelName: fc.constantFrom(undefined, 'flowers'),
  }).map(({ rest, named, ...own }) => Predictor.container({ image: 'own:1', ...rest, ...named, ...own })),
  all({
    rest: mixed,
    modelId: fc.constantFrom(undefined, 'owner/name'),
    storage: fc.option(storage, { nil: undefined }),
    task: fc.constantFrom(undefined, ...Object.values(HuggingFaceTask)),
    backend: fc.constantFrom(undefined, ...Object.values(HuggingFaceBackend)),
    workers: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, workers),
  }).map(({ rest, ...model }) => Predictor.huggingFace({ ...rest, ...model })),
);

const canary: fc.Arbitrary<CanaryPredictor> = all({
  predictor: fc.tuple(mostly(fc.constantFrom('candidate', 'other', 'blue'), undefined), fc.oneof(fc.constant({}), fc.constant({}), few(component))).map(([name, rest]) => (
    Predictor.model({ ...rest, name, format: ModelFormat.SKLEARN, storage: ModelStorage.gcs('models', 'iris-2') }))),
  trafficPercent: mostly(fc.integer({ min: 0, max: 60 }), 120),
});

const props: fc.Arbitrary<InferenceServiceProps> = all({
  predictor,
  transformer: fc.option(
    fc.tuple(mixed, protocol).map(([rest, protocolVersion]) => Transformer.container({ image: 'own:2', ...rest, protocolVersion })),
    { nil: undefined, freq: 3 },
  ),
  explainer: fc.option(fc.oneof(
    mixed.map((rest) => Explainer.container({ image: 'own:3', ...rest })),
    fc.tuple(mixed, storage).map(([rest, from]) => Explainer.artSquareAttack({ ...rest, storage: from, config: { nb_classes: '10' } })),
  ), { nil: undefined, freq: 3 }),
  canaries: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, fc.array(canary, { maxLength: 2 })),
  deploymentMode: fc.constantFrom(DeploymentMode.STANDARD, DeploymentMode.STANDARD, DeploymentMode.KNATIVE),
  autoscaler: fc.constantFrom(undefined, undefined, ...Object.values(AutoscalerClass)),
});

/** What our API makes of random props, as the cluster would get it. */
export function inferenceService(version = KServeVersion.V0_20): fc.Arbitrary<InferenceServiceManifest> {
  return props.map((given) => {
    const chart = new Chart(new App(), 'test', { namespace: 'ns' });
    version.applyTo(chart);
    return new InferenceService(chart, 'iris', given).apiObject.toJson();
  });
}
