/*
 * What a graph makes of a serviceName. The same table is asked of KServe's controller in conformance/test/serving.test.ts.
 */
import { resolveService } from '../../src/spec/resolve';
import { builtInRuntimes, selectRuntime } from '../../src/spec/runtimes';
import type { Release } from '../../src/spec/versions';

const at = 'http://foo-predictor.ns.svc.cluster.local';

function resolve(spec: object, context: object = {}) {
  return resolveService({ metadata: { name: 'foo', namespace: 'ns' }, spec } as never, { release: '0.20', mode: 'Standard', ...context });
}

const model = (fields: object = {}, format = 'sklearn') => ({ predictor: { model: { modelFormat: { name: format }, storageUri: 'gs://b/m', ...fields } } });
const own = (...env: [string, string][]) => ({ predictor: { containers: [{ image: 'own:1', env: env.map(([name, value]) => ({ name, value })) }] } });
const transformer = (...env: [string, string][]) => ({ transformer: own(...env).predictor });

test.each<[string, object, string]>([
  ['v1 is the default', model(), `${at}/v1/models/foo:predict`],
  ['v2', model({ protocolVersion: 'v2' }), `${at}/v2/models/foo/infer`],
  ['triton is v2', model({}, 'triton'), `${at}/v2/models/foo/infer`],
  ['vLLM is v2', model({}, 'vLLM'), `${at}/v2/models/foo/infer`],
  ['gRPC has no path', model({ protocolVersion: 'grpc-v2' }), at],
  ['a model without a storage has no path', model({ storageUri: undefined }), at],
  ['unless it is of Hugging Face', model({ storageUri: undefined }, 'huggingface'), `${at}/v1/models/foo:predict`],
  ['a storage that a Secret describes', model({ storageUri: undefined, storage: { key: 'a' } }), `${at}/v1/models/foo:predict`],
  ['several storages', { predictor: { ...model({ storageUri: undefined }).predictor, storageUris: [{ uri: 'gs://b/m' }] } }, `${at}/v1/models/foo:predict`],
  ['the key of a framework', { predictor: { sklearn: { storageUri: 'gs://b/m' } } }, `${at}/v1/models/foo:predict`],
  ['the key of a framework of v2', { predictor: { onnx: { storageUri: 'gs://b/m' } } }, `${at}/v2/models/foo/infer`],
  ['the key of a framework, with its protocol', { predictor: { triton: { storageUri: 'gs://b/m', protocolVersion: 'v1' } } }, `${at}/v1/models/foo:predict`],
  ['a runtime wins over the protocol', model({ runtime: 'kserve-sklearnserver', protocolVersion: 'v2' }), `${at}/v1/models/foo:predict`],
  ['a runtime that names v2 first', model({ runtime: 'kserve-huggingfaceserver', protocolVersion: 'v1' }, 'huggingface'), `${at}/v2/models/foo/infer`],
  ['a runtime without protocols', model({ runtime: 'kserve-vllmserver' }, 'vLLM'), `${at}/v2/models/foo/infer`],
  ['an own container', own(), `${at}/v1/models/foo:predict`],
  ['an own container of v2', own(['PROTOCOL', 'v2']), `${at}/v2/models/foo/infer`],
  ['an own container of many models', own(['MULTI_MODEL_SERVER', 'true']), at],
  ['a transformer before it', { ...model({ protocolVersion: 'v2' }), ...transformer() }, 'http://foo-transformer.ns.svc.cluster.local/v1/models/foo:predict'],
  ['a transformer of v2', { ...model(), ...transformer(['PROTOCOL', 'v2']) }, 'http://foo-transformer.ns.svc.cluster.local/v2/models/foo/infer'],
  ['a transformer of gRPC', { ...model(), ...transformer(['PROTOCOL', 'grpc-v2']) }, 'http://foo-transformer.ns.svc.cluster.local'],
  [
    'a transformer in the same pod', {
      predictor: { containers: [{ name: 'kserve-container', env: [{ name: 'PROTOCOL', value: 'v1' }] }, { name: 'transformer-container', env: [{ name: 'PROTOCOL', value: 'v2' }] }] },
    }, `${at}/v2/models/foo/infer`,
  ],
  ['the name in an argument', model({ args: ['--model_name=bar'] }), `${at}/v1/models/bar:predict`],
  ['the name in the next argument', model({ args: ['--model_name', 'bar'] }), `${at}/v1/models/bar:predict`],
  ['the last name', model({ args: ['--model_name=bar', '--model_name=baz'] }), `${at}/v1/models/baz:predict`],
  ['the name in the next argument wins', model({ args: ['--model_name=bar', 'baz'] }), `${at}/v1/models/baz:predict`],
  ['the name of MLServer wins', model({ args: ['--model_name=bar'], env: [{ name: 'MLSERVER_MODEL_NAME', value: 'baz' }] }), `${at}/v1/models/baz:predict`],
  [
    'the name of the transformer wins', { ...model({ args: ['--model_name=bar'] }), transformer: { containers: [{ args: ['--model_name=baz'] }] } },
    'http://foo-transformer.ns.svc.cluster.local/v1/models/baz:predict',
  ],
  ['the name of an own container', { predictor: { containers: [{ args: ['--model_name=bar'] }] } }, `${at}/v1/models/bar:predict`],
  ['a predictor with a name', { predictor: { name: 'blue', ...model().predictor } }, 'http://foo-blue-predictor.ns.svc.cluster.local/v1/models/foo:predict'],
])('%s', (_, spec, url) => {
  expect(resolve(spec).url).toBe(url);
});

test.each<[object, string | undefined]>([
  [{ mode: 'Knative' }, 'http://foo.ns.svc.cluster.local'],
  [{ mode: 'Knative', withoutIstioHost: true }, 'http://foo-predictor.ns.svc.cluster.local'],
  [{ mode: 'Knative', headless: true }, 'http://foo.ns.svc.cluster.local'],
  [{ headless: true }, 'http://foo-predictor.ns.svc.cluster.local:8080'],
  [{ headless: true, release: '0.16' }, 'http://foo-predictor.ns.svc.cluster.local'],
  [{ domain: 'example.org' }, 'http://foo-predictor.ns.svc.example.org'],
  [{ mode: undefined }, undefined],
])('in %j the host is %s', (context, address) => {
  expect(resolve(model(), context).address).toBe(address);
});

test('before 0.16 a runtime says nothing about the protocol', () => {
  expect(resolve(model({ runtime: 'kserve-sklearnserver', protocolVersion: 'v2' }), { release: '0.15' }).url).toBe(`${at}/v2/models/foo/infer`);
});

test('without a namespace, or with a runtime that is not known, there is no address', () => {
  expect(resolveService({ metadata: { name: 'foo' }, spec: model() } as never, { release: '0.20', mode: 'Standard' })).toEqual({
    transformer: false,
    runtime: 'kserve-sklearnserver',
    protocol: 'v1',
    modelName: 'foo',
    path: '/v1/models/foo:predict',
    address: undefined,
    url: undefined,
    chat: false,
    problem: undefined,
  });
  const { runtime, protocol, path, url } = resolve(model({ runtime: 'their-own' }));
  expect({ runtime, protocol, path, url }).toEqual({ runtime: 'their-own', protocol: undefined, path: undefined, url: undefined });
});

test('a runtime of the app is known', () => {
  const runtimes = [{ name: 'ours', formats: [{ name: 'sklearn', autoSelect: true }], protocolVersions: ['grpc-v2', 'v2'] }];
  expect(resolve(model({ runtime: 'ours' }), { runtimes }).url).toBe(`${at}/v2/models/foo/infer`);
  expect(resolve(model({ protocolVersion: 'v2' }), { runtimes }).runtime).toBe('ours');
});

test.each<[object, string | undefined]>([
  [model(), undefined],
  [model({ storageUri: undefined }), 'its model has no storage, so KServe takes it for a server of many models and calls it without a path'],
  [model({ protocolVersion: 'grpc-v1' }), "it speaks 'grpc-v1', and a graph calls by v1 and v2 only"],
  [model({}, 'vLLM'), 'it speaks chat, and a graph calls by the paths of v1 and v2 only'],
  [model({ args: ['--backend', 'vllm'] }, 'huggingface'), 'it speaks chat, and a graph calls by the paths of v1 and v2 only'],
  [model({ args: ['--task=text_generation'] }, 'huggingface'), 'it speaks chat, and a graph calls by the paths of v1 and v2 only'],
  [model({ args: ['--task=sequence_classification'] }, 'huggingface'), undefined],
])('%j cannot be called because %s', (spec, problem) => {
  expect(resolve(spec).problem).toBe(problem);
});

test('a runtime without HTTP makes the controller fail', () => {
  const runtimes = [{ name: 'grpc', formats: [{ name: 'sklearn' }], protocolVersions: ['grpc-v2'] }];
  expect(resolve(model({ runtime: 'grpc' }), { runtimes }).problem).toBe("its runtime 'grpc' speaks neither v1 nor v2, and the graph's controller fails");
});

describe('which runtime KServe chooses', () => {
  const choose = (format: string, protocol: string, release: Release = '0.20', multiNode = false) => {
    const [name, version] = format.split(':');
    return selectRuntime({ name, version }, protocol, multiNode, [], builtInRuntimes(release))?.name;
  };

  test.each<[string, string, string | undefined, Release?]>([
    ['sklearn', 'v1', 'kserve-sklearnserver'],
    ['sklearn', 'v2', 'kserve-mlserver'],
    ['sklearn:0', 'v1', undefined],
    ['sklearn:0', 'v2', 'kserve-mlserver'],
    ['onnx', 'v1', undefined],
    ['onnx', 'v2', 'kserve-tritonserver'],
    ['pytorch', 'v1', 'kserve-torchserve'],
    ['tensorflow', 'v1', 'kserve-tensorflow-serving'],
    ['tensorflow', 'v2', 'kserve-tritonserver'],
    ['mlflow', 'v2', 'kserve-mlserver'],
    ['mlflow', 'v1', undefined],
    ['xgboost:1', 'v1', 'kserve-xgbserver', '0.16'],
    ['xgboost:1', 'v1', undefined, '0.17'],
    ['xgboost:2', 'v1', 'kserve-xgbserver', '0.17'],
    ['lightgbm:3', 'v1', 'kserve-lgbserver', '0.15'],
    ['huggingface', 'v2', 'kserve-huggingfaceserver'],
    ['vLLM', 'v2', 'kserve-vllmserver'],
    ['vLLM', 'v2', undefined, '0.19'],
    ['autogluon', 'v1', undefined, '0.19'],
    ['autogluon', 'v1', 'kserve-autogluonserver'],
  ])('%s by %s: %s', (...[format, protocol, runtime, release]) => {
    expect(choose(format, protocol, release)).toBe(runtime);
  });

  test('with workers, one that has workers', () => {
    expect(choose('huggingface', 'v2', '0.20', true)).toBe('kserve-huggingfaceserver-multinode');
  });

  test('of the namespace before those of the cluster, by priority, and without a priority last', () => {
    const runtime = (name: string, priority?: number) => ({ name, formats: [{ name: 'f', autoSelect: true, priority }], protocolVersions: [] });
    expect(selectRuntime({ name: 'f' }, 'v1', false, [runtime('a')], [runtime('b', 9)])?.name).toBe('a');
    expect(selectRuntime({ name: 'f' }, 'v1', false, [runtime('a'), runtime('b', 1), runtime('c', 2)])?.name).toBe('c');
  });
});
