import * as fc from 'fast-check';
import { dnsLabel, some } from './kubernetes';
import { builtInRuntimes } from '../../src/spec/runtimes';

const modelName = () => fc.constantFrom(
  [], ['--model_name=dogs'], ['--model_name', 'dogs'], ['--model_name=a=b'], ['--model_name', '--http_port=1'], ['--x', '--model_name=a', '--model_name=b'], ['--model_name='],
);
const env = () => fc.constantFrom(
  [], [{ name: 'PROTOCOL', value: 'v2' }], [{ name: 'PROTOCOL', value: 'v1' }], [{ name: 'MULTI_MODEL_SERVER', value: 'true' }], [{ name: 'MLSERVER_MODEL_NAME', value: 'cats' }],
);
const container = (names: readonly string[]) => fc.record({ name: fc.constantFrom(...names), image: fc.constant('x'), args: modelName(), env: env() }, { noNullPrototype: true });

const model = () => some({
  modelFormat: fc.constantFrom('sklearn', 'pytorch', 'triton', 'vLLM', 'huggingface').map((name) => ({ name })),
  protocolVersion: fc.constantFrom('v1', 'v2'),
  runtime: fc.constantFrom(...builtInRuntimes('0.20').map(({ name }) => name), 'own'),
  storageUri: fc.constant('gs://bucket/model'),
  args: modelName(),
  env: env(),
}, 'modelFormat');
const predictor = () => fc.oneof(
  fc.tuple(model(), fc.constantFrom({}, { name: 'blue' }), fc.constantFrom({}, {}, { storageUris: [{ uri: 'gs://bucket/a' }] }))
    .map(([served, ...rest]) => Object.assign({ model: served }, ...rest) as object),
  fc.tuple(container(['kserve-container']), fc.option(container(['transformer-container']), { nil: undefined }))
    .map(([own, beside]) => ({ containers: beside === undefined ? [own] : [own, beside] })),
);

/** InferenceServices in the ways that change the URL by which a graph calls them. `own` is a runtime of the cluster's own. */
export function serviceManifests(): fc.Arbitrary<any> {
  return fc.record({
    name: dnsLabel(),
    mode: fc.constantFrom('Standard', 'Knative'),
    predictor: predictor(),
    transformer: fc.option(container(['kserve-container']), { nil: undefined, freq: 3 }),
  }).map(({ name, mode, predictor: served, transformer }) => ({
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name, namespace: 'models', annotations: { 'serving.kserve.io/deploymentMode': mode } },
    spec: { predictor: served, ...transformer && { transformer: { containers: [transformer] } } },
  }));
}
