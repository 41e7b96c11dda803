import * as fc from 'fast-check';
import { some } from './kubernetes';
import { KSERVE_CONTAINER, WORKER_CONTAINER } from '../../src/spec/inference-service';
import { CLUSTER_SERVING_RUNTIME_KIND, SERVING_RUNTIME_API_VERSION, SERVING_RUNTIME_KIND } from '../../src/spec/runtimes';
import type { ServingRuntimeManifest, ServingRuntimeSpec } from '../../src/spec/runtimes';

/** What is right nine times of ten. */
const mostly = <T>(right: fc.Arbitrary<T>, ...wrong: T[]): fc.Arbitrary<T> => fc.oneof({ weight: 9, arbitrary: right }, fc.constantFrom(...wrong));

const size = mostly(fc.integer({ min: 1, max: 4 }), 0, -1);
const amounts = fc.dictionary(mostly(fc.constantFrom('cpu', 'memory', 'nvidia.com/gpu'), 'vendor.com/gpu', 'nvidia.com/mig-1g.5gb'), fc.constantFrom('1', '2'), {
  maxKeys: 2, noNullPrototype: true,
});
const variable = mostly(fc.constantFrom('WORKERS', 'A'), 'PYTHONPATH', 'PIPELINE_PARALLEL_SIZE', 'TENSOR_PARALLEL_SIZE').map((name) => ({ name, value: '1' }));
const port = some({ containerPort: fc.constantFrom(80, 81, 82, 83, 84), protocol: fc.constantFrom('TCP', 'UDP') }, 'containerPort');
const mount = fc.constantFrom('/a', '/b', '/c', '/d', '/e').map((mountPath) => ({ name: 'cache', mountPath }));
const details = () => some({
  env: fc.array(variable, { maxLength: 2 }),
  ports: fc.array(port, { maxLength: 2 }),
  volumeMounts: fc.array(mount, { maxLength: 2 }),
  resources: some({ limits: amounts, requests: amounts }),
});
const container = (right: string, wrong: string) => fc.tuple(mostly(fc.constant(right), wrong), details())
  .map(([name, rest]) => ({ name, image: 'own:1', ...rest }));

const devices = mostly(fc.constantFrom('["vendor.com/gpu"]', '["nvidia.com/mig-1g.5gb", "a"]'), '', '[]', '[""]', '[1]', 'vendor.com/gpu', '{}');
const annotations = devices.map((text) => ({ 'serving.kserve.io/gpu-resource-types': text }));

const workerSpec = (least: number) => some({
  containers: fc.array(container(WORKER_CONTAINER, 'other'), { minLength: least, maxLength: 2 }),
  pipelineParallelSize: size,
  tensorParallelSize: size,
}, 'containers');

const format = some({
  name: fc.constantFrom('ours', 'Ours', 'sklearn'),
  version: fc.constantFrom('1', '2'),
  autoSelect: fc.boolean(),
  priority: mostly(fc.integer({ min: 1, max: 2 }), 0, -1),
}, 'name');

const spec = some({
  supportedModelFormats: fc.array(format, { maxLength: 3 }),
  protocolVersions: fc.array(fc.constantFrom('v1', 'v2', 'own'), { maxLength: 2 }),
  containers: fc.array(container(KSERVE_CONTAINER, 'other'), { maxLength: 2 }),
  workerSpec: workerSpec(0),
  disabled: mostly(fc.constant(false), true),
  annotations,
}, 'containers') as unknown as fc.Arbitrary<ServingRuntimeSpec>;

const named = (name: fc.Arbitrary<string>, kind: string) => fc.tuple(name, spec).map(([runtimeName, rest]): ServingRuntimeManifest => (
  { apiVersion: SERVING_RUNTIME_API_VERSION, kind, metadata: { name: runtimeName }, spec: rest }
));

/** A runtime, and those that were there before it. */
export interface RuntimeAmongOthers {
  readonly runtime: ServingRuntimeManifest;
  readonly beside: readonly ServingRuntimeManifest[];
}

/** Runtimes with whatever KServe's webhook looks at, most of them right. */
export function servingRuntimes(): fc.Arbitrary<RuntimeAmongOthers> {
  return fc.constantFrom(SERVING_RUNTIME_KIND, CLUSTER_SERVING_RUNTIME_KIND).chain((kind) => fc.record({
    runtime: named(mostly(fc.constantFrom('ours', 'a.b', '4-a'), 'Ours', 'a..b', '-a', 'a_b'), kind),
    // the webhook looks at the priorities within a runtime only where there is another
    beside: fc.uniqueArray(named(fc.constantFrom('first', 'second', 'third'), kind), { minLength: 1, maxLength: 2, selector: ({ metadata }) => metadata.name }),
  }, { noNullPrototype: true }));
}

/** InferenceServices of several nodes with whatever KServe's webhook looks at, most of them right. */
export function servicesWithWorkers(): fc.Arbitrary<any> {
  return fc.record({
    autoscaler: mostly(fc.constant<object>({ 'serving.kserve.io/autoscalerClass': 'none' }), {}, { 'serving.kserve.io/autoscalerClass': 'hpa' }),
    named: fc.option(annotations, { nil: undefined }),
    storage: mostly(fc.constantFrom<object>({ storageUri: 'pvc://models/llm' }, { storageUri: 'oci://models/llm' }), {}, { storageUri: 's3://models/llm' }),
    model: details(),
    workers: workerSpec(0),
  }).map(({ autoscaler, named: byName, storage, model, workers }) => ({
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'llm', annotations: { 'serving.kserve.io/deploymentMode': 'Standard', ...autoscaler, ...byName } },
    spec: { predictor: { model: { modelFormat: { name: 'huggingface' }, ...storage, ...model }, workerSpec: workers } },
  }));
}
