import { INFERENCE_SERVICE_SHAPE } from '../../../spec/inference-service-shape';
import { Authority } from '../../rule';
import { Severity } from '../../severity';
import { ShapeCheck } from '../../shape-check';
import { service, sklearn } from '../examples';
import type { ServiceRule } from '../rule';

const CRD = 'config/crd/full/serving.kserve.io_inferenceservices.yaml, v0.15.2 to v0.20.0';
const shape = new ShapeCheck(INFERENCE_SERVICE_SHAPE);

const invalidValue: ServiceRule = {
  id: 'invalid-value',
  severity: Severity.ERROR,
  authority: Authority.SCHEMA,
  title: 'a value of the wrong type, or none of the allowed ones',
  why: 'The API server refuses the object: it does not match the schema of the CRD.',
  source: CRD,
  fails: sklearn({ timeout: 0.5 }),
  mended: sklearn({ timeout: 1 }),
  check: ({ document }, report) => shape.reportInvalid(document, report),
};

const missingField: ServiceRule = {
  id: 'missing-field',
  severity: Severity.ERROR,
  authority: Authority.SCHEMA,
  title: 'a required field is not there',
  why: 'The API server refuses the object: the schema of the CRD requires the field.',
  source: CRD,
  fails: sklearn({ volumes: [{ emptyDir: {} }] }),
  mended: sklearn({ volumes: [{ name: 'cache', emptyDir: {} }] }),
  check: ({ document }, report) => shape.reportMissing(document, report),
};

const unknownField: ServiceRule = {
  id: 'unknown-field',
  severity: Severity.ERROR,
  authority: Authority.FIELDS,
  title: 'a field that KServe does not know',
  why: 'kubectl refuses the object; a client without strict field validation drops the field silently.',
  source: CRD,
  fails: sklearn({ batcher: { maxLatencyMs: 5 } }),
  mended: sklearn({ batcher: { maxLatency: 5 } }),
  check: ({ document }, report) => shape.reportUnknown(document, report),
};

const implementation: ServiceRule = {
  id: 'one-implementation',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a component with nothing that implements it, or with several things',
  why: "KServe's webhook refuses the service.",
  source: 'pkg/apis/serving/v1beta1/component.go (validateExactlyOneImplementation), v0.20.0',
  fails: service({ predictor: { minReplicas: 1 } }),
  mended: sklearn({ minReplicas: 1 }),
  check: ({ everyComponent }, report) => everyComponent.forEach((component) => {
    const keys = IMPLEMENTATIONS.filter((key) => component.fields[key] !== undefined);
    const own = component.list('containers');
    // beside a model there may be others, beside an explainer of KServe's there may not
    const isOwn = own.length > 0 && (keys.length === 0 || keys.includes('art') || own.some(({ name }) => name === 'kserve-container'));
    const found = [...keys, ...isOwn ? ['containers'] : []];
    if (found.length !== 1) {
      report(component, `${component} must be implemented by exactly one thing, got ${found.join(' and ') || 'none'}`, "give it a 'model' or a container");
    }
  }),
};

const IMPLEMENTATIONS = ['model', 'art', 'sklearn', 'xgboost', 'tensorflow', 'pytorch', 'triton', 'onnx', 'huggingface', 'pmml', 'lightgbm', 'paddle'];

export const serviceShapeRules: readonly ServiceRule[] = [invalidValue, missingField, unknownField, implementation];
