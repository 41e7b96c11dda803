import { ApiObject, JsonPatch } from 'cdk8s';
import { DeploymentMode, InferenceGraph, InferenceService, ModelFormat, ModelStorage, Predictor, ProtocolVersion, SequenceNode } from '../../src';
import { chart, manifests } from '../support/synth';

test('the least that can be said', () => {
  const test = chart();
  new InferenceService(test, 'iris', { predictor: Predictor.model({ format: ModelFormat.SKLEARN }) });
  expect(manifests(test)).toEqual([{
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'iris', annotations: { 'serving.kserve.io/deploymentMode': 'Standard' } },
    spec: { predictor: { model: { modelFormat: { name: 'sklearn' } } } },
  }]);
});

test('all that can be said', () => {
  const test = chart({ namespace: 'models' });
  new InferenceService(test, 'iris', {
    metadata: { name: 'iris-v2', labels: { team: 'flowers' } },
    deploymentMode: DeploymentMode.KNATIVE,
    predictor: Predictor.model({
      format: ModelFormat.of('sklearn', '1'),
      storage: ModelStorage.gcs('bucket', 'iris'),
      runtime: 'kserve-mlserver',
      protocolVersion: ProtocolVersion.V2,
      args: ['--verbose'],
      env: { WORKERS: '2' },
      resources: { limits: { cpu: '1' } },
      minReplicas: 0,
      maxReplicas: 3,
      serviceAccountName: 'reader',
    }),
  });
  expect(manifests(test)).toEqual([{
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: {
      name: 'iris-v2',
      namespace: 'models',
      labels: { team: 'flowers' },
      annotations: { 'serving.kserve.io/deploymentMode': 'Knative' },
    },
    spec: {
      predictor: {
        minReplicas: 0,
        maxReplicas: 3,
        serviceAccountName: 'reader',
        model: {
          modelFormat: { name: 'sklearn', version: '1' },
          storageUri: 'gs://bucket/iris',
          runtime: 'kserve-mlserver',
          protocolVersion: 'v2',
          args: ['--verbose'],
          env: [{ name: 'WORKERS', value: '2' }],
          resources: { limits: { cpu: '1' } },
        },
      },
    },
  }]);
});

test.each([
  [ModelStorage.gcs('bucket', 'a/b'), 'gs://bucket/a/b'],
  [ModelStorage.s3('bucket', 'a/b'), 's3://bucket/a/b'],
  [ModelStorage.pvc('claim', 'a/b'), 'pvc://claim/a/b'],
  [ModelStorage.pvc('claim'), 'pvc://claim'],
  [ModelStorage.hf('owner/name'), 'hf://owner/name'],
  [ModelStorage.hf('owner/name', 'v1'), 'hf://owner/name:v1'],
  [ModelStorage.https('https://example.com/model.joblib'), 'https://example.com/model.joblib'],
  [ModelStorage.azureBlob('account', 'container', 'a/b'), 'https://account.blob.core.windows.net/container/a/b'],
  [ModelStorage.hdfs('a/b'), 'hdfs://a/b'],
  [ModelStorage.webhdfs('a/b'), 'webhdfs://a/b'],
  [ModelStorage.oci('example.com/model:1'), 'oci://example.com/model:1'],
  [ModelStorage.ociNative('example.com/model:1'), 'oci+native://example.com/model:1'],
  [ModelStorage.uri('file:///mnt/models'), 'file:///mnt/models'],
])('%j is %s', (storage, uri) => {
  expect(storage.storageUri).toBe(uri);
});

test('a step names the service that it calls', () => {
  const test = chart();
  const service = new InferenceService(test, 'iris', {
    metadata: { name: 'iris-v2' },
    predictor: Predictor.model({ format: ModelFormat.SKLEARN, storage: ModelStorage.gcs('models', 'iris') }),
  });
  new SequenceNode(new InferenceGraph(test, 'pipeline'), 'root').addStep(service);
  expect(manifests(test)[1].spec.nodes.root.steps).toEqual([{ serviceName: 'iris-v2' }]);
});

test('a patch is applied last', () => {
  const test = chart();
  const service = new InferenceService(test, 'iris', { predictor: Predictor.model({ format: ModelFormat.SKLEARN, storage: ModelStorage.gcs('models', 'iris') }) });
  expect(ApiObject.of(service)).toBe(service.apiObject);
  service.apiObject.addJsonPatch(JsonPatch.add('/spec/tomorrow', true));
  expect(manifests(test)[0].spec.tomorrow).toBe(true);
});
