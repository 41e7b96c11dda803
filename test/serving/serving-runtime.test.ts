import { ApiObject, App, Chart } from 'cdk8s';
import {
  ClusterServingRuntime, InferenceService, KServeVersion, Lint, ModelFormat, ModelStorage, Predictor, ProtocolVersion, ServingRuntime, Volume,
} from '../../src';
import type { ServingRuntimeProps } from '../../src';
import { chart, manifests, problems } from '../support/synth';

const own = ModelFormat.of('own', '1');
const props: ServingRuntimeProps = { image: 'own:1', formats: [{ format: own, autoSelect: true }] };

test('a runtime of a namespace', () => {
  const test = chart({ namespace: 'models' });
  new ServingRuntime(test, 'server', {
    image: 'own:1',
    args: ['--model_name={{.Name}}'],
    formats: [{ format: own, autoSelect: true, priority: 2 }, { format: ModelFormat.SKLEARN }],
    protocolVersions: [ProtocolVersion.V2, ProtocolVersion.GRPC_V2],
    resources: { limits: { cpu: '1' } },
    labels: { a: 'b' },
    annotations: { 'prometheus.io/path': '/metrics' },
    imagePullSecrets: ['registry'],
    nodeSelector: { gpu: 'yes' },
    tolerations: [{ key: 'gpu' }],
    volumeMounts: [{ volume: Volume.emptyDir('cache'), mountPath: '/cache' }],
  });
  expect(manifests(test)).toEqual([{
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'ServingRuntime',
    metadata: { name: 'server', namespace: 'models' },
    spec: {
      supportedModelFormats: [{ name: 'own', version: '1', autoSelect: true, priority: 2 }, { name: 'sklearn' }],
      protocolVersions: ['v2', 'grpc-v2'],
      labels: { a: 'b' },
      annotations: { 'prometheus.io/path': '/metrics' },
      imagePullSecrets: [{ name: 'registry' }],
      nodeSelector: { gpu: 'yes' },
      tolerations: [{ key: 'gpu' }],
      volumes: [{ name: 'cache', emptyDir: {} }],
      containers: [{
        name: 'kserve-container', image: 'own:1', args: ['--model_name={{.Name}}'], resources: { limits: { cpu: '1' } }, volumeMounts: [{ name: 'cache', mountPath: '/cache' }],
      }],
    },
  }]);
});

test('a runtime of the cluster takes no namespace from its chart', () => {
  const test = chart({ namespace: 'models' });
  new ClusterServingRuntime(test, 'server', props);
  expect(manifests(test)[0]).toMatchObject({ kind: 'ClusterServingRuntime', metadata: { name: 'server' } });
  expect(manifests(test)[0].metadata.namespace).toBeUndefined();
});

test('services of the app know its runtimes: those of their namespace, and those of the cluster', () => {
  const test = chart({ namespace: 'models' });
  const runtime = new ServingRuntime(test, 'server', { ...props, protocolVersions: [ProtocolVersion.V2] });
  new ServingRuntime(new Chart(test, 'elsewhere', { namespace: 'other' }), 'other-server', { ...props, formats: [{ format: ModelFormat.SKLEARN, autoSelect: true, priority: 9 }] });
  const cluster = new ClusterServingRuntime(test, 'cluster-server', { ...props, formats: [{ format: ModelFormat.of('more'), autoSelect: true }] });
  const storage = ModelStorage.gcs('models', 'iris');
  const service = (id: string, format: ModelFormat, name?: string, protocolVersion?: ProtocolVersion) =>
    new InferenceService(test, id, { predictor: Predictor.model({ format, storage, runtime: name, protocolVersion }) });
  expect([
    service('a', own, runtime.name, ProtocolVersion.V2), service('b', own, undefined, ProtocolVersion.V2), service('c', ModelFormat.of('more')), service('d', ModelFormat.SKLEARN),
  ].map(({ runtime: found, url }) => [found, url])).toEqual([
    ['server', 'http://a-predictor.models.svc.cluster.local/v2/models/a/infer'],
    ['server', 'http://b-predictor.models.svc.cluster.local/v2/models/b/infer'],
    [cluster.name, 'http://c-predictor.models.svc.cluster.local/v1/models/c:predict'],
    ['kserve-sklearnserver', 'http://d-predictor.models.svc.cluster.local/v1/models/d:predict'],
  ]);
  service('e', ModelFormat.SKLEARN, runtime.name, ProtocolVersion.V2);
  expect(problems(test)).toEqual([
    "[test/e] the runtime 'server' does not serve the format 'sklearn', but own: "
    + 'name kserve-sklearnserver, kserve-predictiveserver or kserve-mlserver, or none  (runtime-format)',
  ]);
});

test('a runtime that comes later, or that another library makes, is known as well', () => {
  const test = chart({ namespace: 'models' });
  const service = new InferenceService(test, 'a', { predictor: Predictor.model({ format: own, storage: ModelStorage.gcs('models', 'iris') }) });
  expect(service.runtime).toBeUndefined();
  new ApiObject(test, 'server', {
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'ClusterServingRuntime',
    metadata: { name: 'server' },
    spec: { supportedModelFormats: [{ name: 'own', version: '1', autoSelect: true }], containers: [{ name: 'kserve-container', image: 'own:1' }] },
  });
  expect(service.runtime).toBe('server');
  expect(problems(test)).toEqual([]);
});

test('what is wrong with a runtime', () => {
  const test = chart();
  new ServingRuntime(test, 'Own_Server', { image: 'own:1', formats: [], env: { PYTHONPATH: '/code' } });
  new ClusterServingRuntime(test, 'server', {
    image: 'own:1',
    protocolVersions: [ProtocolVersion.V2],
    formats: [{ format: own, autoSelect: true, priority: 1 }, { format: ModelFormat.of('own', '2'), autoSelect: true, priority: 0 }],
  });
  new ClusterServingRuntime(test, 'second', { image: 'own:2', protocolVersions: [ProtocolVersion.V2], formats: [{ format: own, autoSelect: true, priority: 1 }] });
  expect(problems(test)).toEqual([
    "[test/Own_Server] the name of a ServingRuntime must be lower-case letters, digits, '-' and '.', got 'Own_Server': rename it  (runtime-name)",
    "[test/Own_Server] ServingRuntime 'Own_Server' serves no format: name the formats that it serves  (runtime-formats)",
    "[test/Own_Server] the container 'kserve-container' sets PYTHONPATH, which KServe does not allow: put the code into the image's own path  (blocked-variable)",
    "[test/server] the priority of the format 'own' must be 1 or more, got 0: give such a number, or leave it out  (runtime-priority)",
    "[test/server] the format 'own' has two priorities, got 1 and 0: give all its versions one  (runtime-priorities)",
    "[test/server] ClusterServingRuntime 'second' has the priority for the format 'own' too, got 1: give another: the higher one is chosen  (runtime-priority-taken)",
    "[test/second] ClusterServingRuntime 'server' has the priority for the format 'own' too, got 1: give another: the higher one is chosen  (runtime-priority-taken)",
  ]);
});

test('a runtime in another chart, or namespace, takes no priority', () => {
  const formats = [{ format: own, autoSelect: true, priority: 1 }];
  const runtime = { image: 'own:1', protocolVersions: [ProtocolVersion.V2], formats };
  const test = chart();
  new ServingRuntime(test, 'first', runtime);
  new ServingRuntime(test, 'second', { ...runtime, metadata: { namespace: 'models' } });
  new ServingRuntime(new Chart(App.of(test), 'other'), 'third', runtime);
  expect(problems(test)).toEqual([]);
});

test('a warning about a runtime stops synth where that is asked for, unless it is acknowledged', () => {
  const test = chart();
  const runtime = { image: 'own:1', formats: [{ format: own, autoSelect: true }, { format: ModelFormat.of('own', '2'), autoSelect: true, priority: 2 }] };
  new ServingRuntime(test, 'first', runtime);
  Lint.of(new ServingRuntime(test, 'second', runtime)).acknowledge('runtime-priority-ignored', 'the next release reads it');
  Lint.of(test).strict();
  expect(problems(test)).toEqual([
    "[test/first] the priority of the format 'own' is that of its first entry, which has none, got 2: give all its entries one  (runtime-priority-ignored)",
  ]);
});

test('a target version that lacks a rule of the newest webhook', () => {
  const test = chart();
  KServeVersion.V0_17.applyTo(test);
  new ServingRuntime(test, 'server', { ...props, env: { PYTHONPATH: '/code' } });
  expect(problems(test)).toEqual([]);
});
