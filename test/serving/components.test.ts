/*
 * Every property of predictor, transformer and explainer, with what it is in the manifest.
 */
import { Duration } from 'cdk8s';
import {
  AutoscalerClass, AutoscalingMetric, DeploymentMode, DeploymentStrategy, Explainer, HuggingFaceBackend, HuggingFaceTask, InferenceService,
  LoggerMode, ModelFormat, ModelStorage, NodeSelectorOperator, Predictor, Probe, ProtocolVersion, ScaleMetric, SeccompProfile, Transformer,
  UnsatisfiableConstraint, Volume,
} from '../../src';
import type { ComponentProps, ContainerOptions, InferenceServiceProps, ModelPredictorProps } from '../../src';
import { chart, manifests } from '../support/synth';

function spec(props: InferenceServiceProps): any {
  const test = chart();
  new InferenceService(test, 'iris', props);
  return manifests(test)[0].spec;
}

const sklearn = { format: ModelFormat.SKLEARN, storage: ModelStorage.gcs('models', 'iris') };

test.each<[ComponentProps, object]>([
  [{ minReplicas: 1, maxReplicas: 3, scaleMetric: ScaleMetric.MEMORY, scaleTarget: 70 }, { minReplicas: 1, maxReplicas: 3, scaleMetric: 'memory', scaleTarget: 70 }],
  [{ containerConcurrency: 4, timeout: Duration.minutes(2) }, { containerConcurrency: 4, timeout: 120 }],
  [{ batcher: { maxBatchSize: 8, maxLatency: Duration.millis(250) } }, { batcher: { maxBatchSize: 8, maxLatency: 250 } }],
  [{ logger: {} }, { logger: { mode: 'all' } }],
  [
    { logger: { url: 'http://logs', mode: LoggerMode.REQUEST, metadataHeaders: ['x-id'], metadataAnnotations: ['team'] } },
    { logger: { url: 'http://logs', mode: 'request', metadataHeaders: ['x-id'], metadataAnnotations: ['team'] } },
  ],
  [
    {
      logger: {
        storage: { key: 'store', path: 'payloads', parameters: { type: 's3' }, serviceAccountName: 'writer' },
        marshallerUrl: 'http://marshaller',
        batchSize: 10,
        batchInterval: Duration.seconds(5),
      },
    },
    {
      logger: {
        mode: 'all',
        storage: { key: 'store', path: 'payloads', parameters: { type: 's3' }, serviceAccountName: 'writer' },
        marshallerUrl: 'http://marshaller',
        batchSize: 10,
        batchInterval: '5000ms',
      },
    },
  ],
  [{ deploymentStrategy: DeploymentStrategy.recreate() }, { deploymentStrategy: { type: 'Recreate' } }],
  [
    { deploymentStrategy: DeploymentStrategy.rollingUpdate('25%', '0') },
    { deploymentStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } } },
  ],
  [{ labels: { a: 'b' }, annotations: { c: 'd' } }, { labels: { a: 'b' }, annotations: { c: 'd' } }],
  [{ serviceAccountName: 'reader', imagePullSecrets: ['registry'] }, { serviceAccountName: 'reader', imagePullSecrets: [{ name: 'registry' }] }],
  [{ nodeSelector: { gpu: 'yes' }, tolerations: [{ key: 'gpu' }] }, { nodeSelector: { gpu: 'yes' }, tolerations: [{ key: 'gpu' }] }],
  [
    { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'gpu', operator: NodeSelectorOperator.EXISTS }] }] } } } },
    { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'gpu', operator: 'Exists' }] }] } } } },
  ],
  [
    { priorityClassName: 'high', runtimeClassName: 'kata', schedulerName: 'volcano', terminationGracePeriod: Duration.minutes(5), automountServiceAccountToken: false },
    { priorityClassName: 'high', runtimeClassName: 'kata', schedulerName: 'volcano', terminationGracePeriodSeconds: 300, automountServiceAccountToken: false },
  ],
  [
    { podSecurityContext: { runAsUser: 1000, runAsGroup: 1000, runAsNonRoot: true, fsGroup: 0, seccompProfile: SeccompProfile.RUNTIME_DEFAULT } },
    { securityContext: { runAsUser: 1000, runAsGroup: 1000, runAsNonRoot: true, fsGroup: 0, seccompProfile: { type: 'RuntimeDefault' } } },
  ],
  [
    {
      topologySpreadConstraints: [
        { topologyKey: 'zone', matchLabels: { app: 'iris' } },
        { topologyKey: 'host', matchLabels: {}, maxSkew: 2, whenUnsatisfiable: UnsatisfiableConstraint.SCHEDULE_ANYWAY },
      ],
    },
    {
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'iris' } } },
        { maxSkew: 2, topologyKey: 'host', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: {} },
      ],
    },
  ],
  [
    { autoscaling: { metrics: [AutoscalingMetric.cpuUtilization(80), AutoscalingMetric.memoryUtilization(60)] } },
    {
      autoScaling: {
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
          { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 60 } } },
        ],
      },
    },
  ],
  [
    { autoscaling: { metrics: [AutoscalingMetric.memoryAverage('4Gi')], scaleUpAfter: Duration.seconds(5), scaleDownAfter: Duration.minutes(1) } },
    {
      autoScaling: {
        metrics: [{ type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '4Gi' } } }],
        behavior: { scaleUp: { stabilizationWindowSeconds: 5 }, scaleDown: { stabilizationWindowSeconds: 60 } },
      },
    },
  ],
])('%j of each component', (props, expected) => {
  const image = 'own:1';
  const { model, ...predictor } = spec({ predictor: Predictor.model({ ...sklearn, ...props }) }).predictor;
  expect(predictor).toEqual(expected);
  expect(model).toEqual({ modelFormat: { name: 'sklearn' }, storageUri: 'gs://models/iris' });
  const predictorOfAll = Predictor.model(sklearn);
  for (const [component, containers] of Object.entries<any>({
    predictor: spec({ predictor: Predictor.container({ image, ...props }) }).predictor,
    transformer: spec({ predictor: predictorOfAll, transformer: Transformer.container({ image, ...props }) }).transformer,
    explainer: spec({ predictor: predictorOfAll, explainer: Explainer.container({ image, ...props }) }).explainer,
  })) {
    expect([component, containers]).toEqual([component, { ...expected, containers: [{ name: 'kserve-container', image }] }]);
  }
});

test('KEDA takes metrics from elsewhere', () => {
  const test = chart();
  new InferenceService(test, 'iris', {
    autoscaler: AutoscalerClass.KEDA,
    predictor: Predictor.model({
      ...sklearn,
      autoscaling: {
        metrics: [
          AutoscalingMetric.prometheus({ serverAddress: 'http://prometheus:9090', query: 'up', threshold: '5', namespace: 'models' }),
          AutoscalingMetric.graphite({
            serverAddress: 'http://graphite', query: 'up', threshold: '100m', authentication: { secretName: 'graphite', modes: 'basic' },
          }),
          AutoscalingMetric.openTelemetry({ query: 'sum(running)', metricNames: ['running'], threshold: '4', operationOverTime: 'avg', serverAddress: 'otel:4318' }),
        ],
      },
    }),
  });
  const [{ metadata, spec: { predictor } }] = manifests(test);
  expect(metadata.annotations).toEqual({ 'serving.kserve.io/autoscalerClass': 'keda', 'serving.kserve.io/deploymentMode': 'Standard' });
  expect(predictor.autoScaling.metrics).toEqual([
    { type: 'External', external: { metric: { backend: 'prometheus', serverAddress: 'http://prometheus:9090', query: 'up', namespace: 'models' }, target: { type: 'Value', value: '5' } } },
    {
      type: 'External',
      external: {
        metric: { backend: 'graphite', serverAddress: 'http://graphite', query: 'up' },
        authenticationRef: { authModes: 'basic', authenticationRef: { name: 'graphite' } },
        target: { type: 'Value', value: '100m' },
      },
    },
    {
      type: 'PodMetric',
      podmetric: {
        metric: { backend: 'opentelemetry', serverAddress: 'otel:4318', metricNames: ['running'], query: 'sum(running)', operationOverTime: 'avg' },
        target: { type: 'Value', value: '4' },
      },
    },
  ]);
});

test('a canary of revisions, in Knative mode', () => {
  const { predictor } = spec({ deploymentMode: DeploymentMode.KNATIVE, predictor: Predictor.model({ ...sklearn, canaryTrafficPercent: 20 }) });
  expect(predictor.canaryTrafficPercent).toBe(20);
});

const shm = Volume.emptyDir('shm', { inMemory: true, sizeLimit: '2Gi' });

test.each<[ContainerOptions, object]>([
  [{ command: ['serve'], args: ['--fast'] }, { command: ['serve'], args: ['--fast'] }],
  [{ env: { WORKERS: '2' } }, { env: [{ name: 'WORKERS', value: '2' }] }],
  [
    { env: { A: 'a' }, envFromSecrets: { HF_TOKEN: { name: 'hub', key: 'token' } } },
    { env: [{ name: 'A', value: 'a' }, { name: 'HF_TOKEN', valueFrom: { secretKeyRef: { name: 'hub', key: 'token' } } }] },
  ],
  [{ resources: { limits: { 'nvidia.com/gpu': '1' } } }, { resources: { limits: { 'nvidia.com/gpu': '1' } } }],
  [{ ports: [{ port: 9000, name: 'h2c', protocol: 'TCP' }] }, { ports: [{ containerPort: 9000, name: 'h2c', protocol: 'TCP' }] }],
  [
    {
      readinessProbe: Probe.httpGet('/ready', 8080, { initialDelay: Duration.seconds(1), period: Duration.seconds(2), timeout: Duration.seconds(3), failureThreshold: 4, successThreshold: 5 }),
      livenessProbe: Probe.tcpSocket(8080),
      startupProbe: Probe.exec(['true']),
    },
    {
      readinessProbe: { httpGet: { path: '/ready', port: 8080 }, initialDelaySeconds: 1, periodSeconds: 2, timeoutSeconds: 3, failureThreshold: 4, successThreshold: 5 },
      livenessProbe: { tcpSocket: { port: 8080 } },
      startupProbe: { exec: { command: ['true'] } },
    },
  ],
  [{ volumeMounts: [{ volume: shm, mountPath: '/dev/shm', readOnly: true, subPath: 'a' }] },
    { volumeMounts: [{ name: 'shm', mountPath: '/dev/shm', readOnly: true, subPath: 'a' }] }],
  [{ securityContext: { runAsNonRoot: true }, imagePullPolicy: 'Always' }, { securityContext: { runAsNonRoot: true }, imagePullPolicy: 'Always' }],
  [{ workingDir: '/app', preStop: ['sleep', '15'] }, { workingDir: '/app', lifecycle: { preStop: { exec: { command: ['sleep', '15'] } } } }],
  [
    {
      securityContext: {
        runAsUser: 1,
        runAsGroup: 2,
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        addCapabilities: ['IPC_LOCK'],
        dropCapabilities: ['ALL'],
        seccompProfile: SeccompProfile.UNCONFINED,
      },
    },
    {
      securityContext: {
        runAsUser: 1,
        runAsGroup: 2,
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { add: ['IPC_LOCK'], drop: ['ALL'] },
        seccompProfile: { type: 'Unconfined' },
      },
    },
  ],
])('%j of each container', (options, expected) => {
  expect(spec({ predictor: Predictor.model({ ...sklearn, ...options }) }).predictor.model).toEqual({
    modelFormat: { name: 'sklearn' }, storageUri: 'gs://models/iris', ...expected,
  });
  expect(spec({ predictor: Predictor.container({ image: 'own:1', ...options }) }).predictor.containers).toEqual([{ name: 'kserve-container', image: 'own:1', ...expected }]);
  expect(spec({ predictor: Predictor.model(sklearn), explainer: Explainer.artSquareAttack(options) }).explainer.art).toEqual({
    name: 'kserve-container', type: 'SquareAttack', ...expected,
  });
});

test('containers beside the one that answers, and before it', () => {
  const cache = Volume.emptyDir('cache');
  const pods = {
    initContainers: [{ name: 'fetch', image: 'fetch:1', args: ['--all'], volumeMounts: [{ volume: cache, mountPath: '/out' }] }],
    sidecars: [{ name: 'proxy', image: 'proxy:1', ports: [{ port: 9000 }], resources: { limits: { memory: '1Gi' } } }],
  };
  const fetch = { name: 'fetch', image: 'fetch:1', args: ['--all'], volumeMounts: [{ name: 'cache', mountPath: '/out' }] };
  const proxy = { name: 'proxy', image: 'proxy:1', resources: { limits: { memory: '1Gi' } }, ports: [{ containerPort: 9000 }] };
  const volumes = [{ name: 'cache', emptyDir: {} }];
  const own = { name: 'kserve-container', image: 'own:1' };
  const model = { modelFormat: { name: 'sklearn' }, storageUri: 'gs://models/iris' };

  const { predictor } = spec({ predictor: Predictor.model({ ...sklearn, ...pods }) });
  expect(predictor).toEqual({ volumes, initContainers: [fetch], containers: [proxy], model });
  expect(spec({
    predictor: Predictor.container({ image: 'own:1', ...pods }),
    transformer: Transformer.container({ image: 'own:1', ...pods }),
    explainer: Explainer.container({ image: 'own:1', ...pods }),
  })).toEqual(Object.fromEntries(['predictor', 'transformer', 'explainer'].map((name) => (
    [name, { volumes, initContainers: [fetch], containers: [own, proxy] }]))));
});

test('canaries, each a predictor with a name', () => {
  expect(spec({
    predictor: Predictor.model({ ...sklearn, name: 'stable', minReplicas: 4 }),
    canaries: [
      { predictor: Predictor.model({ ...sklearn, name: 'candidate', storage: ModelStorage.gcs('models', 'iris-2'), minReplicas: 1 }), trafficPercent: 20 },
      { predictor: Predictor.container({ name: 'own', image: 'own:1' }), trafficPercent: 0 },
    ],
  })).toEqual({
    predictor: { name: 'stable', minReplicas: 4, model: { modelFormat: { name: 'sklearn' }, storageUri: 'gs://models/iris' } },
    canary: [
      {
        predictor: { name: 'candidate', minReplicas: 1, model: { modelFormat: { name: 'sklearn' }, storageUri: 'gs://models/iris-2' } },
        trafficPercent: 20,
      },
      { predictor: { name: 'own', containers: [{ name: 'kserve-container', image: 'own:1' }] }, trafficPercent: 0 },
    ],
  });
});

test('what is mounted is a volume of the pod, once', () => {
  const volumes = [Volume.secret('s', 'secret'), Volume.configMap('c', 'config'), Volume.persistentVolumeClaim('p', 'claim'), Volume.emptyDir('e')];
  expect(spec({
    predictor: Predictor.model({ ...sklearn, volumes, volumeMounts: [{ volume: volumes[0], mountPath: '/a' }, { volume: shm, mountPath: '/b' }, { volume: shm, mountPath: '/c' }] }),
  }).predictor.volumes).toEqual([
    { name: 's', secret: { secretName: 'secret' } },
    { name: 'c', configMap: { name: 'config' } },
    { name: 'p', persistentVolumeClaim: { claimName: 'claim' } },
    { name: 'e', emptyDir: {} },
    { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '2Gi' } },
  ]);
});

test.each<[Partial<ModelPredictorProps>, object]>([
  [{ runtime: 'kserve-mlserver', protocolVersion: ProtocolVersion.V2, runtimeVersion: '1.5.0', image: 'own/mlserver:1' }, { runtime: 'kserve-mlserver', protocolVersion: 'v2', runtimeVersion: '1.5.0', image: 'own/mlserver:1' }],
  [
    { confidential: { resourceId: 'kbs:///models/key/iris' }, storageContainerName: 'decrypting' },
    { confidential: { enabled: true, resourceId: 'kbs:///models/key/iris' } },
  ],
  [{ confidential: {} }, { confidential: { enabled: true } }],
  [
    { storage: ModelStorage.spec({ key: 'minio', schemaPath: 'iris.json' }) },
    { storageUri: undefined, storage: { key: 'minio', schemaPath: 'iris.json' } },
  ],
  [{ storage: ModelStorage.spec({ key: 'minio', path: 'iris', parameters: { bucket: 'models' } }) }, { storageUri: undefined, storage: { key: 'minio', path: 'iris', parameters: { bucket: 'models' } } }],
])('%j of a model', (props, expected) => {
  const { model } = spec({ predictor: Predictor.model({ ...sklearn, ...props }) }).predictor;
  expect(model).toEqual({ modelFormat: { name: 'sklearn' }, storageUri: 'gs://models/iris', ...expected });
});

test('several storages', () => {
  expect(spec({
    predictor: Predictor.model({
      format: ModelFormat.SKLEARN,
      storages: [{ storage: ModelStorage.gcs('models', 'iris') }, { storage: ModelStorage.pvc('claim'), mountPath: '/mnt/models/more' }],
    }),
  }).predictor.storageUris).toEqual([{ uri: 'gs://models/iris', mountPath: '/mnt/models' }, { uri: 'pvc://claim', mountPath: '/mnt/models/more' }]);
});

test('several storages of transformer and explainer', () => {
  const storages = [{ storage: ModelStorage.gcs('models', 'words') }];
  const { transformer, explainer } = spec({
    predictor: Predictor.model(sklearn),
    transformer: Transformer.container({ image: 'own:1', storages }),
    explainer: Explainer.container({ image: 'own:1', storages }),
  });
  for (const component of [transformer, explainer]) {
    expect(component).toEqual({ storageUris: [{ uri: 'gs://models/words', mountPath: '/mnt/models' }], containers: [{ name: 'kserve-container', image: 'own:1' }] });
  }
});

test('an image of one\'s own', () => {
  expect(spec({
    predictor: Predictor.container({
      image: 'own:1', protocolVersion: ProtocolVersion.V2, modelName: 'flowers', storage: ModelStorage.s3('models', 'iris'), args: ['--fast'], env: { A: 'a' },
    }),
    transformer: Transformer.container({ image: 'own:2', protocolVersion: ProtocolVersion.V1, modelName: 'flowers' }),
    explainer: Explainer.container({ image: 'own:3', storage: ModelStorage.s3('models', 'explainer') }),
  })).toEqual({
    predictor: {
      containers: [{
        name: 'kserve-container',
        image: 'own:1',
        args: ['--model_name=flowers', '--fast'],
        env: [{ name: 'PROTOCOL', value: 'v2' }, { name: 'STORAGE_URI', value: 's3://models/iris' }, { name: 'A', value: 'a' }],
      }],
    },
    transformer: { containers: [{ name: 'kserve-container', image: 'own:2', args: ['--model_name=flowers'], env: [{ name: 'PROTOCOL', value: 'v1' }] }] },
    explainer: { containers: [{ name: 'kserve-container', image: 'own:3', env: [{ name: 'STORAGE_URI', value: 's3://models/explainer' }] }] },
  });
});

test('an ART explainer', () => {
  expect(spec({
    predictor: Predictor.model(sklearn), explainer: Explainer.artSquareAttack({ storage: ModelStorage.gcs('models', 'explainer'), config: { nb_classes: '10' } }),
  }).explainer).toEqual({ art: { type: 'SquareAttack', name: 'kserve-container', storageUri: 'gs://models/explainer', config: { nb_classes: '10' } } });
});

test('a language model', () => {
  expect(spec({
    predictor: Predictor.huggingFace({
      modelId: 'Qwen/Qwen2.5-0.5B-Instruct',
      modelName: 'qwen',
      task: HuggingFaceTask.TEXT_GENERATION,
      backend: HuggingFaceBackend.VLLM,
      maxModelLength: 4096,
      token: { name: 'hub', key: 'token' },
      args: ['--gpu-memory-utilization=0.9'],
      resources: { limits: { 'nvidia.com/gpu': '1' } },
    }),
  }).predictor.model).toEqual({
    modelFormat: { name: 'huggingface' },
    protocolVersion: 'v2',
    args: [
      '--model_name=qwen', '--model_id=Qwen/Qwen2.5-0.5B-Instruct', '--task=text_generation', '--backend=vllm', '--max_model_len=4096', '--gpu-memory-utilization=0.9',
    ],
    env: [{ name: 'HF_TOKEN', valueFrom: { secretKeyRef: { name: 'hub', key: 'token' } } }],
    resources: { limits: { 'nvidia.com/gpu': '1' } },
  });
});

test('a language model on several machines', () => {
  const test = chart();
  new InferenceService(test, 'llama', {
    autoscaler: AutoscalerClass.NONE,
    predictor: Predictor.huggingFace({
      storage: ModelStorage.pvc('models', 'llama'),
      workers: {
        pipelineParallelSize: 2, tensorParallelSize: 4, image: 'own/worker:1', resources: { limits: { 'nvidia.com/gpu': '4' } }, nodeSelector: { gpu: 'a100' }, tolerations: [{ key: 'gpu' }],
      },
    }),
  });
  expect(manifests(test)[0].spec.predictor).toEqual({
    workerSpec: {
      pipelineParallelSize: 2,
      tensorParallelSize: 4,
      nodeSelector: { gpu: 'a100' },
      tolerations: [{ key: 'gpu' }],
      containers: [{ name: 'worker-container', image: 'own/worker:1', resources: { limits: { 'nvidia.com/gpu': '4' } } }],
    },
    model: { modelFormat: { name: 'huggingface' }, storageUri: 'pvc://models/llama', protocolVersion: 'v2' },
  });
});

test('workers with all that their container and pods take', () => {
  expect(spec({
    autoscaler: AutoscalerClass.NONE,
    predictor: Predictor.huggingFace({
      storage: ModelStorage.pvc('models', 'llama'),
      workers: {
        env: { NCCL_DEBUG: 'INFO' },
        volumeMounts: [{ volume: shm, mountPath: '/dev/shm' }],
        priorityClassName: 'high',
        terminationGracePeriod: Duration.minutes(1),
      },
    }),
  }).predictor.workerSpec).toEqual({
    volumes: [{ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '2Gi' } }],
    priorityClassName: 'high',
    terminationGracePeriodSeconds: 60,
    containers: [{ name: 'worker-container', env: [{ name: 'NCCL_DEBUG', value: 'INFO' }], volumeMounts: [{ name: 'shm', mountPath: '/dev/shm' }] }],
  });
});

test('an own container takes an address, not a Secret that describes one', () => {
  expect(() => Predictor.container({ image: 'own:1', storage: ModelStorage.spec({ key: 'minio' }) })._toSpec()).toThrow(new Error(
    'Predictor.container() takes a storage URI, got ModelStorage.spec(): use one of the other kinds of ModelStorage'));
});

test('what Go leaves out is left out: empty lists and maps, zeros and empty texts, which GitOps would take for drift', () => {
  expect(spec({
    predictor: Predictor.model({
      ...sklearn,
      maxReplicas: 0,
      labels: {},
      volumes: [],
      args: [],
      env: { A: '' },
      ports: [],
      resources: { limits: {} },
      readinessProbe: Probe.tcpSocket(8080, { initialDelay: Duration.seconds(0) }),
      volumeMounts: [{ volume: Volume.emptyDir('e'), mountPath: '/e', readOnly: false }],
    }),
  }).predictor).toEqual({
    volumes: [{ name: 'e', emptyDir: {} }],
    model: {
      modelFormat: { name: 'sklearn' },
      storageUri: 'gs://models/iris',
      env: [{ name: 'A' }],
      resources: {},
      readinessProbe: { tcpSocket: { port: 8080 } },
      volumeMounts: [{ name: 'e', mountPath: '/e' }],
    },
  });
});
