import { FRAMEWORKS } from '../../../spec/inference-service';
import { INFERENCE_SERVICE_SHAPE } from '../../../spec/inference-service-shape';
import { Authority } from '../../rule';
import { Severity } from '../../severity';
import { ShapeCheck } from '../../shape-check';
import { shapeRulesFor } from '../../shape-rules';
import { service, sklearn } from '../examples';
import type { ServiceRule } from '../rule';

const CRD = 'config/crd/full/serving.kserve.io_inferenceservices.yaml, v0.15.2 to v0.20.0';
/** The shape of an InferenceService, with words for what is wrong with it. */
export const serviceShape = new ShapeCheck(INFERENCE_SERVICE_SHAPE);

const ofTheCrd = shapeRulesFor({
  shape: serviceShape,
  source: CRD,
  invalidValue: { fails: sklearn({ timeout: 0.5 }), mended: sklearn({ timeout: 1 }) },
  missingField: {
    fails: sklearn({ volumes: [{ emptyDir: {} }] }),
    mended: sklearn({ volumes: [{ name: 'cache', emptyDir: {} }] }),
    why: "The schema of the CRD requires the field. Where KServe's mutating webhook writes it as an empty text first, the API server takes the object, "
      + 'and the controller fails on every reconcile, since the pods cannot be made.',
  },
  unknownField: { fails: sklearn({ batcher: { maxLatencyMs: 5 } }), mended: sklearn({ batcher: { maxLatency: 5 } }) },
});

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

const IMPLEMENTATIONS = ['model', 'art', ...FRAMEWORKS];

export const serviceShapeRules: readonly ServiceRule[] = [...ofTheCrd, implementation];
