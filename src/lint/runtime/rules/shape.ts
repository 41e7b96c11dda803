import { SERVING_RUNTIME_SHAPE } from '../../../spec/serving-runtime-shape';
import { newestField } from '../../../spec/shape';
import { reportNewFields } from '../../new-fields';
import { Authority } from '../../rule';
import { Severity } from '../../severity';
import { ShapeCheck } from '../../shape-check';
import { shapeRulesFor } from '../../shape-rules';
import { runtime } from '../examples';
import type { RuntimeRule } from '../rule';

const CRD = 'config/crd/full/serving.kserve.io_servingruntimes.yaml, v0.15.2 to v0.20.0';

/** The shape of a runtime, with words for what is wrong with it. */
export const runtimeShape = new ShapeCheck(SERVING_RUNTIME_SHAPE);

const ofTheCrd = shapeRulesFor({
  shape: runtimeShape,
  source: CRD,
  invalidValue: {
    fails: runtime({ supportedModelFormats: [{ name: 'our-format', version: 1 as never }] }),
    mended: runtime({ supportedModelFormats: [{ name: 'our-format', version: '1' }] }),
  },
  missingField: { fails: runtime({ supportedModelFormats: [{ version: '1' } as never] }), mended: runtime() },
  unknownField: { fails: runtime({ protocolVersion: ['v2'] } as never), mended: runtime({ protocolVersions: ['v2'] }) },
});

const fieldTooNew: RuntimeRule = {
  id: 'field-too-new',
  severity: Severity.ERROR,
  authority: Authority.FIELDS,
  title: 'a field that the KServe version does not have yet',
  why: 'kubectl refuses the object; a client without strict field validation drops the field silently.',
  source: CRD,
  below: newestField(SERVING_RUNTIME_SHAPE),
  context: { kserveVersion: '0.16.0' },
  fails: runtime({ schedulerName: 'our-scheduler' }),
  mended: runtime(),
  check: ({ document, kserveVersion }, report) => reportNewFields(SERVING_RUNTIME_SHAPE, document, kserveVersion, report),
};

export const runtimeShapeRules: readonly RuntimeRule[] = [...ofTheCrd, fieldTooNew];
