import { FRAMEWORKS } from '../../../spec/inference-service';
import { INFERENCE_SERVICE_SHAPE } from '../../../spec/inference-service-shape';
import { newestField } from '../../../spec/shape';
import { reportNewFields } from '../../new-fields';
import { Authority } from '../../rule';
import { checkModeName } from '../../rules/mode';
import { Severity } from '../../severity';
import { ShapeCheck } from '../../shape-check';
import { shapeRulesFor } from '../../shape-rules';
import { old, service, sklearn } from '../examples';
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

const fieldTooNew: ServiceRule = {
  id: 'field-too-new',
  severity: Severity.ERROR,
  authority: Authority.FIELDS,
  title: 'a field that the KServe version does not have yet',
  why: 'kubectl refuses the object; a client without strict field validation drops the field silently, and the service does something else.',
  source: 'config/crd/full/serving.kserve.io_inferenceservices.yaml, v0.15.2 to v0.20.0',
  below: newestField(INFERENCE_SERVICE_SHAPE),
  context: { kserveVersion: '0.15.2' },
  fails: old(sklearn({ logger: { mode: 'all', storage: { path: 'logs', key: 'store', parameters: { type: 's3' } } } })),
  mended: old(sklearn({ logger: { mode: 'all' } })),
  check: ({ document, kserveVersion }, report) => reportNewFields(INFERENCE_SERVICE_SHAPE, document, kserveVersion, report),
};

const modeTooNew: ServiceRule = {
  id: 'mode-name-too-new',
  severity: Severity.WARNING,
  title: 'a name of a mode that the KServe version does not know yet',
  why: "Before v0.16.0 the modes are RawDeployment and Serverless; Standard and Knative are ignored, and the cluster's default decides.",
  source: 'pkg/constants/constants.go, v0.15.2',
  below: '0.16.0',
  context: { kserveVersion: '0.15.2' },
  fails: sklearn(),
  mended: old(sklearn()),
  check: ({ metadata, kserveVersion }, report) => checkModeName(metadata, kserveVersion, report),
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

const IMPLEMENTATIONS = ['model', 'art', ...FRAMEWORKS];

export const serviceShapeRules: readonly ServiceRule[] = [...ofTheCrd, fieldTooNew, modeTooNew, implementation];
