import { InferenceService, ModelFormat, ModelStorage, Predictor, StorageCredentials, StorageSecret } from '../../src';
import { chart, manifests } from '../support/synth';

const store = { name: 'vault', kind: 'ClusterSecretStore' };

let warned: string[];
beforeEach(() => {
  warned = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => warned.push(String(text)) > 0);
});
afterEach(() => jest.restoreAllMocks());

test('a Secret that is there already: nothing of it stands in the manifest', () => {
  const test = chart();
  const credentials = new StorageCredentials(test, 'model-reader', { secrets: [StorageSecret.existing('s3'), StorageSecret.existing('hub')] });
  new InferenceService(test, 'iris', {
    predictor: Predictor.model({ format: ModelFormat.SKLEARN, storage: ModelStorage.s3('models', 'iris'), credentials }),
  });
  const [account, service] = manifests(test);
  expect(account).toEqual({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'model-reader' }, secrets: [{ name: 's3' }, { name: 'hub' }] });
  expect(service.spec.predictor.serviceAccountName).toBe('model-reader');
  expect(warned).toEqual([]);
});

test.each<[string, StorageSecret, object[], object?]>([
  [
    'S3', StorageSecret.externalS3('s', store, { accessKeyId: 'minio/id', secretAccessKey: 'minio/key' }, { endpoint: 'minio:9000', useHttps: false, region: 'eu', verifySsl: true }),
    [{ secretKey: 'awsAccessKeyID', remoteRef: { key: 'minio/id' } }, { secretKey: 'awsSecretAccessKey', remoteRef: { key: 'minio/key' } }],
    {
      metadata: {
        annotations: {
          'serving.kserve.io/s3-endpoint': 'minio:9000',
          'serving.kserve.io/s3-usehttps': '0',
          'serving.kserve.io/s3-region': 'eu',
          'serving.kserve.io/s3-verifyssl': '1',
        },
      },
    },
  ],
  ['Google Cloud Storage', StorageSecret.externalGcs('s', store, 'gcp/key'), [{ secretKey: 'gcloud-application-credentials.json', remoteRef: { key: 'gcp/key' } }]],
  [
    'Azure', StorageSecret.externalAzure('s', store, { subscriptionId: 'a', tenantId: 'b', clientId: 'c', clientSecret: 'd' }),
    Object.entries({ AZURE_SUBSCRIPTION_ID: 'a', AZURE_TENANT_ID: 'b', AZURE_CLIENT_ID: 'c', AZURE_CLIENT_SECRET: 'd' })
      .map(([secretKey, key]) => ({ secretKey, remoteRef: { key } })),
  ],
  ['the Hugging Face hub', StorageSecret.externalHuggingFace('s', { name: 'vault' }, 'hub/token'), [{ secretKey: 'HF_TOKEN', remoteRef: { key: 'hub/token' } }]],
])('an external secret for %s', (...[name, secret, data, template]) => {
  const test = chart();
  new StorageCredentials(test, 'model-reader', { secrets: [secret] });
  expect(manifests(test)[0]).toEqual({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 's' },
    spec: {
      secretStoreRef: { name: 'vault', kind: name.includes('Hugging') ? 'SecretStore' : 'ClusterSecretStore' },
      target: { name: 's', ...template && { template } },
      data,
    },
  });
  expect(warned).toEqual([]);
});

test.each<[StorageSecret, object, object?]>([
  [
    StorageSecret.s3PlainText('s', { accessKeyId: 'id', secretAccessKey: 'key' }, { endpoint: 'minio:9000' }), { awsAccessKeyID: 'id', awsSecretAccessKey: 'key' },
    { annotations: { 'serving.kserve.io/s3-endpoint': 'minio:9000' } },
  ],
  [StorageSecret.gcsPlainText('s', '{}'), { 'gcloud-application-credentials.json': '{}' }],
  [
    StorageSecret.azurePlainText('s', { subscriptionId: 'a', tenantId: 'b', clientId: 'c', clientSecret: 'd' }),
    { AZURE_SUBSCRIPTION_ID: 'a', AZURE_TENANT_ID: 'b', AZURE_CLIENT_ID: 'c', AZURE_CLIENT_SECRET: 'd' },
  ],
  [StorageSecret.huggingFacePlainText('s', 'hf_x'), { HF_TOKEN: 'hf_x' }],
])('values in the manifest, with a warning', (...[secret, stringData, metadata]) => {
  const test = chart();
  const credentials = new StorageCredentials(test, 'model-reader', { secrets: [secret] });
  expect(manifests(test)[0]).toEqual({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', ...metadata }, stringData });
  const warning = "the values of Secret 's' stand as plain text in the manifest: use StorageSecret.existing() or an external one, or keep the manifest out of the repository";
  expect(warned).toEqual([`warning: [test/model-reader] ${warning}\n`]);
  expect(credentials.node.metadata.map(({ type, data }) => [type, data])).toEqual([['cdk8s-kserve:warning', warning]]);
});

test('a component has one service account', () => {
  const test = chart();
  const credentials = new StorageCredentials(test, 'reader', { secrets: [] });
  expect(() => new InferenceService(test, 'iris', { predictor: Predictor.model({ format: ModelFormat.SKLEARN, credentials, serviceAccountName: 'other' }) }))
    .toThrow(new Error("a component has one service account, got 'other' and the 'reader' of its credentials: leave one out"));
});
