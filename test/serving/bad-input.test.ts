/*
 * What people get wrong in an InferenceService, and all that they are told: at synth, all at once, with the construct's path.
 */
import { Duration } from 'cdk8s';
import {
  AutoscalerClass, AutoscalingMetric, DeploymentMode, DeploymentStrategy, InferenceService, KServeVersion, ModelFormat, ModelStorage, Predictor,
  ProtocolVersion, ScaleMetric, Transformer, Volume,
} from '../../src';
import type { InferenceServiceProps, ModelPredictorProps } from '../../src';
import { chart, problems } from '../support/synth';
import { warningsOf } from '../support/warnings';

function told(props: InferenceServiceProps, version = KServeVersion.V0_20): string[] {
  const test = chart({ namespace: 'models' });
  version.applyTo(test);
  new InferenceService(test, 'iris', props);
  let errors: string[] = [];
  const warnings = warningsOf(() => { errors = problems(test); });
  return [...errors, ...warnings.map((line) => `warning: ${line}`)].map((line) => line.replace('[test/iris] ', ''));
}

const model = (props: Partial<ModelPredictorProps>) => Predictor.model({ format: ModelFormat.SKLEARN, storage: ModelStorage.gcs('models', 'iris'), ...props });

test.each<[string, Partial<ModelPredictorProps>, string]>([
  [
    'a format that the runtime does not serve', { format: ModelFormat.ONNX, runtime: 'kserve-sklearnserver' },
    "the runtime 'kserve-sklearnserver' does not serve the format 'onnx', but sklearn: name kserve-tritonserver, or none  (runtime-format)",
  ],
  [
    'a version of a format that the runtime does not serve', { format: ModelFormat.of('xgboost', '1'), runtime: 'kserve-xgbserver' },
    "the runtime 'kserve-xgbserver' does not serve the format 'xgboost' in version '1', but xgboost: name kserve-mlserver, or none  (runtime-format)",
  ],
  [
    'a format that no runtime serves', { format: ModelFormat.of('skleran'), runtime: 'kserve-sklearnserver' },
    "the runtime 'kserve-sklearnserver' does not serve the format 'skleran', but sklearn: change the format, or name another runtime  (runtime-format)",
  ],
  [
    'a protocol that the runtime lacks', { runtime: 'kserve-mlserver', protocolVersion: ProtocolVersion.V1 },
    "the runtime 'kserve-mlserver' does not speak 'v1', but 'v2': set protocolVersion to 'v2', or name another runtime  (runtime-protocol)",
  ],
  [
    'the default protocol, where the runtime lacks it', { runtime: 'kserve-mlserver' },
    "the runtime 'kserve-mlserver' does not speak 'v1', but 'v2': set protocolVersion to 'v2', or name another runtime  (runtime-protocol)",
  ],
  [
    'an unknown scheme', { storage: ModelStorage.uri('gcs://models/iris') },
    "the storage URI has a scheme that KServe does not know, got 'gcs://models/iris': did you mean 'gs://'?  (storage-scheme)",
  ],
  [
    'a scheme like no other', { storage: ModelStorage.uri('ftp.example://models/iris') },
    "the storage URI has a scheme that KServe does not know, got 'ftp.example://models/iris': begin it with 'gs://', 's3://', 'pvc://', 'file://', 'https://', "
    + "'http://', 'hdfs://', 'webhdfs://', 'oci://', 'oci+native://' or 'hf://'  (storage-scheme)",
  ],
  [
    'a slash too few', { storage: ModelStorage.uri('s3:/models/iris') },
    "the storage URI has no scheme, got 's3:/models/iris': write 's3://models/iris'  (storage-scheme)",
  ],
  [
    'no scheme', { storage: ModelStorage.uri('models/iris') },
    "the storage URI has no scheme, got 'models/iris': begin it with 'gs://', 's3://', 'pvc://', 'file://', 'https://', "
    + "'http://', 'hdfs://', 'webhdfs://', 'oci://', 'oci+native://' or 'hf://'  (storage-scheme)",
  ],
  [
    'a bucket typo', { storage: ModelStorage.s3('my models', 'iris') },
    "the storage URI names a bucket that cannot be, 'my models', got 's3://my models/iris': "
    + 'bucket names are 3 or more lower-case letters, digits, dots and hyphens, and begin and end with a letter or digit  (storage-place)',
  ],
  [
    'a bucket that nobody could make today', { storage: ModelStorage.s3('My_Models', 'iris') },
    "warning: the storage URI names a bucket with a name that S3 gives to none, got 's3://My_Models/iris': "
    + 'bucket names are 3 or more lower-case letters, digits, dots and hyphens, and begin and end with a letter or digit  (bucket-name)',
  ],
  [
    'no bucket', { storage: ModelStorage.gcs('', 'iris') },
    "the storage URI names no bucket, got 'gs:///iris': "
    + 'bucket names are 3 or more lower-case letters, digits, dots and hyphens, and begin and end with a letter or digit  (storage-place)',
  ],
  [
    'a claim typo', { storage: ModelStorage.pvc('/models') },
    "the storage URI names no PersistentVolumeClaim, got 'pvc:///models': write it as 'pvc://<claim>/<path>', with the claim's metadata.name  (storage-place)",
  ],
  [
    'half a repository', { storage: ModelStorage.hf('llama') },
    "the storage URI names no repository of the Hugging Face hub, got 'hf://llama': write it as 'hf://<owner>/<name>' or 'hf://<owner>/<name>:<revision>'  (storage-place)",
  ],
  [
    'a storage and several', { storages: [{ storage: ModelStorage.gcs('models', 'iris') }] },
    'the predictor has both storageUri and storageUris: keep one of them  (storage-twice)',
  ],
  [
    'negative replicas', { minReplicas: -1 },
    'minReplicas of the predictor must not be negative, got -1: give the number of pods, from 0  (service-replicas)',
  ],
  [
    'replicas the wrong way round', { minReplicas: 3, maxReplicas: 2 },
    'minReplicas of the predictor must not be above maxReplicas, got 3 and 2: raise maxReplicas, or lower minReplicas  (service-replicas)',
  ],
  [
    'half a replica', { maxReplicas: 1.5 },
    'spec.predictor.maxReplicas must be a whole number from -2147483648 to 2147483647, got 1.5: give such a number  (invalid-value)',
  ],
  [
    'half a second', { timeout: Duration.millis(500) },
    'spec.predictor.timeout must be a whole number of seconds, got 0.5: round it to whole seconds  (invalid-value)',
  ],
  [
    'GPU limits below requests', { resources: { requests: { 'nvidia.com/gpu': '2' }, limits: { 'nvidia.com/gpu': '1' } } },
    "the predictor requests more 'nvidia.com/gpu' than its limit, got '2' and '1': raise the limit, or lower the request  (requests-above-limits)",
  ],
  [
    'GPU limits above requests', { resources: { requests: { 'nvidia.com/gpu': '1' }, limits: { 'nvidia.com/gpu': '2' } } },
    "the predictor must request as many 'nvidia.com/gpu' as its limit, got '1' and '2': make them equal, or leave the request out  (requests-above-limits)",
  ],
  [
    'GPUs without a limit', { resources: { requests: { 'nvidia.com/gpu': '1' } } },
    "the predictor requests 'nvidia.com/gpu' without a limit, got '1': set the limit of 'nvidia.com/gpu' to the same number  (requests-above-limits)",
  ],
  [
    'half a GPU', { resources: { limits: { 'nvidia.com/gpu': '500m' } } },
    "the predictor must have a whole number of 'nvidia.com/gpu', got '500m': give a whole number  (whole-devices)",
  ],
  [
    'memory limits below requests, in other units', { resources: { requests: { memory: '1Gi' }, limits: { memory: '1G' } } },
    "the predictor requests more 'memory' than its limit, got '1Gi' and '1G': raise the limit, or lower the request  (requests-above-limits)",
  ],
  [
    'a quantity that is none', { resources: { limits: { memory: '1GB' } } },
    "spec.predictor.model.resources.limits.memory must be a quantity, got '1GB': write it as Kubernetes does: '100m', '2', '256Mi', '1Gi'  (invalid-value)",
  ],
  [
    'a secret as plain text', { env: { HF_TOKEN: 'hf_abc' } },
    "warning: the predictor has the secret 'HF_TOKEN' as plain text: put it into a Secret, and name its key with envFromSecrets  (secret-in-plain-text)",
  ],
  [
    'a variable twice', { env: { LANG: 'C' }, envFromSecrets: { LANG: { name: 'hub', key: 'lang' } } },
    "spec.predictor.model.env[1].name must be unique in its list, got 'LANG': give each its own  (invalid-value)",
  ],
  [
    'a port twice', { ports: [{ port: 8080 }, { port: 8080, protocol: 'TCP' }] },
    'spec.predictor.model.ports[1].containerPort must be unique in its list, got 8080: give each its own  (invalid-value)',
  ],
  [
    'two volumes in one place', { volumeMounts: [{ volume: Volume.emptyDir('a'), mountPath: '/a' }, { volume: Volume.emptyDir('b'), mountPath: '/a' }] },
    "spec.predictor.model.volumeMounts[1].mountPath must be unique in its list, got '/a': give each its own  (invalid-value)",
  ],
  [
    'PYTHONPATH', { env: { PYTHONPATH: '/code' } },
    "the predictor sets PYTHONPATH, which KServe does not allow: put the code into the image's own path  (blocked-variable)",
  ],
  [
    'a canary in Standard mode', { canaryTrafficPercent: 20 },
    'warning: canaryTrafficPercent of the predictor has no effect in Standard mode, got 20: use DeploymentMode.KNATIVE, or a SplitterNode before two services  (canary-in-standard-mode)',
  ],
  [
    'requests in flight in Standard mode', { scaleMetric: ScaleMetric.CONCURRENCY },
    "warning: the predictor is not scaled by this scaleMetric in Standard mode, got 'concurrency': scale by cpu or memory, or deploy in Knative mode  (service-metric-ignored)",
  ],
  [
    'no cpu at all', { scaleTarget: 0 },
    'scaleTarget of the predictor must be at least 1 percent, got 0: give percent of the request  (scale-target)',
  ],
  [
    'negative concurrency', { containerConcurrency: -1 },
    'containerConcurrency of the predictor must not be negative, got -1: give the number of requests at once, or 0 for no limit  (negative-concurrency)',
  ],
  [
    'a metric that the HPA does not know',
    { autoscaling: { metrics: [AutoscalingMetric.prometheus({ serverAddress: 'http://p', query: 'up', threshold: '1' })] } },
    "warning: the predictor is not scaled by this metric without KEDA, got 'External': write serving.kserve.io/autoscalerClass: keda (AutoscalerClass.KEDA), or scale by cpu or memory  (service-metric-ignored)",
  ],
  [
    'a utilization out of range', { autoscaling: { metrics: [AutoscalingMetric.cpuUtilization(0)] } },
    'the cpu utilization that the predictor scales by must be at least 1 percent, got 0: give percent of the request  (autoscaling-target)',
  ],
])('%s', (_, props, message) => {
  expect(told({ predictor: model(props) })).toEqual([message]);
});

test('with the class of the autoscaler written, what it cannot scale by is refused', () => {
  const metrics = [AutoscalingMetric.prometheus({ serverAddress: 'http://p', query: 'up', threshold: '1' })];
  const predictor = model({ scaleTarget: 120, scaleMetric: ScaleMetric.RPS, autoscaling: { metrics } });
  expect(told({ predictor, autoscaler: AutoscalerClass.HPA })).toEqual([
    "scaleMetric of the predictor must be 'cpu' or 'memory' with the class 'hpa', got 'rps': choose one of them, or the other deployment mode  (scale-metric-mode)",
    'scaleTarget of the predictor must be from 1 to 100 percent, got 120: give percent of the request  (scale-target)',
    "the predictor scales by a metric that the HPA does not know, got 'External': use AutoscalerClass.KEDA, or cpu and memory alone  (autoscaling-metrics)",
  ]);
});

test('a canary of 120 percent', () => {
  expect(told({ deploymentMode: DeploymentMode.KNATIVE, predictor: model({ canaryTrafficPercent: 120 }) })).toEqual([
    'canaryTrafficPercent of the predictor must be from 0 to 100, got 120: give the percent of requests that go to the new revision  (canary-percent)',
  ]);
});

test('cpu, and a deployment strategy, in Knative mode', () => {
  expect(told({
    deploymentMode: DeploymentMode.KNATIVE,
    predictor: model({ scaleMetric: ScaleMetric.CPU, scaleTarget: 0, deploymentStrategy: DeploymentStrategy.recreate() }),
  })).toEqual([
    "scaleMetric of the predictor must be 'concurrency' or 'rps' in Knative mode, got 'cpu': choose one of them, or the other deployment mode  (scale-metric-mode)",
    'scaleTarget of the predictor must be at least 1, got 0: give the requests that one pod takes  (scale-target)',
    'the predictor has a deploymentStrategy, got Knative mode: leave it out, or use DeploymentMode.STANDARD  (deployment-strategy-in-knative-mode)',
  ]);
});

test('a scale metric beside KEDA', () => {
  expect(told({ autoscaler: AutoscalerClass.KEDA, predictor: model({ scaleMetric: ScaleMetric.CPU }) })).toEqual([
    "scaleMetric of the predictor must be left out with KEDA, got 'cpu': say it with 'autoscaling'  (scale-metric-mode)",
  ]);
});

test('workers of which everything is wrong', () => {
  expect(told({
    predictor: model({
      format: ModelFormat.HUGGINGFACE,
      protocolVersion: ProtocolVersion.V2,
      env: { TENSOR_PARALLEL_SIZE: '1' },
      resources: { limits: { 'example.com/gpu': '1' } },
      workers: { pipelineParallelSize: 0 },
    }),
  })).toEqual([
    'pipelineParallelSize of the workers must be at least 1, got 0: give the number of pods, or of GPUs in each  (worker-spec)',
    "a model with workers must not set 'TENSOR_PARALLEL_SIZE': say it with pipelineParallelSize and tensorParallelSize  (worker-spec)",
    "a model with workers uses a device that KServe does not know, got 'example.com/gpu': name it in the annotation 'serving.kserve.io/gpu-resource-types', a JSON list  (worker-spec)",
    "a model with workers must be on a volume or in an OCI image, got 'gs://models/iris': use ModelStorage.pvc() or ModelStorage.oci()  (worker-spec)",
    "a service with workers must have the autoscaler class 'none', got no class: set autoscaler to AutoscalerClass.NONE  (worker-spec)",
  ]);
});

test('a device of workers that an annotation names, or names wrongly', () => {
  const predictor = model({
    format: ModelFormat.HUGGINGFACE,
    protocolVersion: ProtocolVersion.V2,
    storage: ModelStorage.pvc('models', 'llm'),
    resources: { limits: { 'vendor.com/gpu': '1' } },
    workers: { pipelineParallelSize: 2 },
  });
  const naming = (text: string) => told({ autoscaler: AutoscalerClass.NONE, metadata: { annotations: { 'serving.kserve.io/gpu-resource-types': text } }, predictor });
  expect([naming('["vendor.com/gpu"]'), naming('vendor.com/gpu')]).toEqual([[], [
    'the annotation \'serving.kserve.io/gpu-resource-types\' must be a JSON list of texts, got \'vendor.com/gpu\': write it as \'["vendor.com/gpu"]\'  (worker-spec)',
  ]]);
});

test('workers of a model in an OCI image, which the target version refuses', () => {
  const workers = { format: ModelFormat.HUGGINGFACE, protocolVersion: ProtocolVersion.V2, storage: ModelStorage.oci('example.com/llm:1'), workers: { pipelineParallelSize: 2 } };
  const props = { autoscaler: AutoscalerClass.NONE, predictor: model(workers) };
  expect([told(props, KServeVersion.V0_15), told(props, KServeVersion.V0_16)]).toEqual([[
    'a model with workers in an OCI image needs KServe 0.16.0, got 0.15 as the target: use ModelStorage.pvc(), or target a newer KServe once the cluster runs it  (worker-spec)',
  ], []]);
});

test('storages that lie apart, and two claims at one place', () => {
  const storages = [['/mnt/models', 'gs://models/a'], ['/data', 'gs://models/b'], ['/claims', 'pvc://a'], ['/claims', 'pvc://b'], ['models', 'gs://models/c']]
    .map(([mountPath, uri]) => ({ mountPath, storage: ModelStorage.uri(uri) }));
  expect(told({ predictor: model({ storage: undefined, storages }) })).toEqual([
    "a storage must be mounted at an absolute path of at most 255 characters other than '/' and without '..', got 'models': write it as '/mnt/models/<name>'  (storage-mount-path)",
    "storages must be mounted under one folder other than '/', got '/mnt/models' and '/data': mount them all under '/mnt/models'  (storage-mount-path)",
    "warning: two PersistentVolumeClaims must not be mounted at one path, got '/claims': give each a path of its own  (storage-mounted-twice)",
  ]);
});

test('canaries of which everything is wrong', () => {
  const canary = (name: string | undefined, trafficPercent: number, props: Partial<ModelPredictorProps> = {}) => (
    { predictor: model({ name, ...props }), trafficPercent });
  expect(told({
    predictor: model({ name: 'stable' }),
    canaries: [
      canary('stable', 120),
      canary(undefined, -1, { minReplicas: 2, maxReplicas: 3, scaleTarget: 80 }),
      canary('Blue_1', 10, { storage: ModelStorage.uri('gcs://models/iris'), resources: { limits: { cpu: '-1' } }, env: { HF_TOKEN: 'hf_abc' } }),
    ],
  })).toEqual([
    "the storage URI has a scheme that KServe does not know, got 'gcs://models/iris': did you mean 'gs://'?  (storage-scheme)",
    "the canary 'Blue_1' must not have a negative quantity of 'cpu', got '-1': give it without the sign  (negative-resource)",
    "the name of a predictor must be lower-case letters, digits and '-', begin with a letter and not end with '-', got 'Blue_1': rename it  (predictor-name)",
    "two predictors of the service have one name, got 'stable': give each a name of its own  (canary-predictor-name)",
    'the predictor of canary 2 has no name: give the predictor a name  (canary-predictor-name)',
    "the trafficPercent of the canary 'stable' must be from 0 to 100, got 120: give the percent of requests that are meant for it  (canary-traffic)",
    'the trafficPercent of the predictor of canary 2 must be from 0 to 100, got -1: give the percent of requests that are meant for it  (canary-traffic)',
    'the predictor of canary 2 must not have scaleTarget: leave it out: its number of replicas is fixed  (canary-predictor-scale)',
    'the predictor of canary 2 must not have maxReplicas, got 3: leave it out: its number of replicas is fixed  (canary-predictor-scale)',
    'minReplicas of the predictor of canary 2 must not be above that of the predictor, got 2 and 1: lower it, or raise that of the predictor  (canary-predictor-scale)',
    "warning: the canary 'Blue_1' has the secret 'HF_TOKEN' as plain text: put it into a Secret, and name its key with envFromSecrets  (secret-in-plain-text)",
  ]);
});

test('canaries that want more than all requests', () => {
  const canaries = ['a', 'b'].map((name) => ({ predictor: model({ name }), trafficPercent: 60 }));
  expect(told({ predictor: model({}), canaries })).toEqual([
    'the trafficPercent of all canaries together must be at most 100, got 120: lower them  (canary-traffic)',
  ]);
  expect(told({ predictor: model({}), canaries: canaries.slice(1), deploymentMode: DeploymentMode.KNATIVE })).toEqual([
    'a canary predictor needs Standard mode, got Knative mode: use canaryTrafficPercent, or DeploymentMode.STANDARD  (canary-predictor-mode)',
  ]);
  expect(told({ predictor: Predictor.container({ image: 'own:1' }), canaries: canaries.slice(1) })).toEqual([
    'the predictor of a service with canaries has no model: use Predictor.model(), or give the container a storage  (canary-without-model)',
    "warning: KServe sends no requests to the canary 'b', got 60 percent: "
    + "share them with a SplitterNode before the service and 'http://iris-b-predictor', or say 0  (canary-without-requests)",
  ]);
});

test('encrypted models', () => {
  expect(told({ predictor: model({ confidential: { resourceId: 'kbs://iris' } }) })).toEqual([
    "the key of an encrypted model must be a place in a Key Broker Service, got 'kbs://iris': write it as 'kbs:///<repository>/<type>/<tag>'  (confidential-model)",
  ]);
  expect(told({ predictor: model({ storage: ModelStorage.spec({ key: 'minio' }), confidential: {} }) })).toEqual([
    'an encrypted model must have a storageUri, got none: use a ModelStorage with an address  (confidential-model)',
  ]);
});

test('containers of one name', () => {
  const sidecars = ['proxy', 'proxy'].map((name) => ({ name, image: 'proxy:1' }));
  expect(told({
    predictor: model({ sidecars, initContainers: sidecars.slice(1) }),
    transformer: Transformer.container({ image: 'own:1', sidecars: [{ name: 'kserve-container', image: 'a' }] }),
  })).toEqual([
    "the predictor has two containers with one name, got 'proxy': give each a name of its own  (container-name-twice)",
    "the predictor has two containers with one name, got 'proxy': give each a name of its own  (container-name-twice)",
    "the transformer has two containers with one name, got 'kserve-container': give each a name of its own  (container-name-twice)",
  ]);
  expect(told({ predictor: model({ sidecars: [{ name: 'kserve-container', image: 'own:1' }] }) })).toEqual([
    "the predictor must be implemented by exactly one thing, got model and containers: give it a 'model' or a container  (one-implementation)",
  ]);
});

test('an own container that speaks gRPC', () => {
  expect(told({ predictor: Predictor.container({ image: 'own:1', protocolVersion: ProtocolVersion.GRPC_V2 }) })).toEqual([
    "the predictor must speak 'v1' or 'v2', got 'grpc-v2': set its protocolVersion to one of them  (own-container-protocol)",
  ]);
});

test.each([
  ['Iris_V2', undefined, "the InferenceService's name must be lower-case letters, digits and '-', begin with a letter and not end with '-', got 'Iris_V2': name it 'iris-v2'  (service-name)"],
  [
    'n'.repeat(49), undefined,
    `KServe makes 'isvc.${'n'.repeat(49)}-predictor' of the InferenceService's name, which must be at most 63 characters long, got 64: shorten the name by 1  (service-name-too-long)`,
  ],
  [
    'n'.repeat(47), Transformer.container({ image: 'own:1' }),
    `KServe makes 'isvc.${'n'.repeat(47)}-transformer' of the InferenceService's name, which must be at most 63 characters long, got 64: shorten the name by 1  (service-name-too-long)`,
  ],
])('the name %s', (name, transformer, message) => {
  const test = chart();
  new InferenceService(test, 'iris', { metadata: { name }, predictor: model({}), transformer });
  expect(problems(test)).toEqual([`[test/iris] ${message}`]);
});

test('what only the newest has', () => {
  const needs = (field: string, version: string) => `spec.${field} needs KServe ${version}, got 0.16 as the target: `
    + 'leave the field out, or target a newer KServe once the cluster runs it  (field-too-new)';
  expect(told({
    predictor: model({
      name: 'stable',
      storageContainerName: 'own',
      confidential: {},
      logger: { marshallerUrl: 'http://marshaller', batchSize: 2, batchInterval: Duration.seconds(1) },
    }),
    canaries: [{ predictor: model({ name: 'candidate' }), trafficPercent: 10 }],
  }, KServeVersion.V0_16)).toEqual([
    needs('predictor.name', '0.20.0'),
    needs('predictor.storageContainerName', '0.20.0'),
    needs('predictor.logger.marshallerUrl', '0.17.0'),
    needs('predictor.logger.batchSize', '0.17.0'),
    needs('predictor.logger.batchInterval', '0.17.0'),
    needs('predictor.model.confidential', '0.20.0'),
    needs('canary', '0.20.0'),
  ]);
});

test('what the target version lacks', () => {
  expect(told({
    predictor: model({
      storage: undefined,
      storages: [{ storage: ModelStorage.ociNative('example.com/iris:1') }],
      autoscaling: { metrics: [AutoscalingMetric.cpuUtilization(80)], scaleDownAfter: Duration.minutes(1) },
    }),
  }, KServeVersion.V0_15)).toEqual([
    'spec.predictor.autoScaling.behavior needs KServe 0.16.0, got 0.15 as the target: '
    + 'leave the field out, or target a newer KServe once the cluster runs it  (field-too-new)',
    'spec.predictor.storageUris needs KServe 0.16.0, got 0.15 as the target: '
    + 'leave the field out, or target a newer KServe once the cluster runs it  (field-too-new)',
    "'oci+native://' needs KServe 0.20.0, got 0.15 as the target: use 'oci://', or target a newer KServe once the cluster runs it  (storage-scheme)",
  ]);
});
