import { INFERENCE_GRAPH_SHAPE } from '../../spec/inference-graph-shape';
import { newestField } from '../../spec/shape';
import { graph, inMode, node, sequence } from '../examples';
import { reportNewFields } from '../new-fields';
import { Authority } from '../rule';
import type { Rule } from '../rule';
import { Severity } from '../severity';
import { ShapeCheck } from '../shape-check';
import { shapeRulesFor } from '../shape-rules';

const CRD = 'config/crd/full/serving.kserve.io_inferencegraphs.yaml, v0.20.0';

/** Field names of KServe's API comments and old samples, which no release ever had. */
const NEVER_WERE: { readonly [key: string]: string } = { routes: 'steps', service: 'serviceName', stepName: 'name', timeoutSeconds: 'timeout' };

/** The shape of an InferenceGraph, with words for what is wrong with it. */
export const graphShape = new ShapeCheck(INFERENCE_GRAPH_SHAPE, NEVER_WERE);

const ofTheCrd = shapeRulesFor({
  shape: graphShape,
  source: CRD,
  invalidValue: {
    fails: graph({ root: node('Splitter', { serviceName: 'a', weight: 50 }, { serviceName: 'b', weight: 50, name: 1 as never }) }),
    mended: graph({ root: node('Splitter', { serviceName: 'a', weight: 50 }, { serviceName: 'b', weight: 50, name: '1' }) }),
  },
  missingField: {
    fails: graph({ root: { steps: [{ serviceName: 'a' }] } as never }),
    mended: graph({ root: { routerType: 'Sequence', steps: [{ serviceName: 'a' }] } }),
  },
  unknownField: {
    fails: sequence({ serviceURL: 'http://a.default/predict', serviceName: 'a' } as never),
    mended: sequence({ serviceUrl: 'http://a.default/predict' }),
  },
});

const fieldTooNew: Rule = {
  id: 'field-too-new',
  severity: Severity.ERROR,
  authority: Authority.FIELDS,
  title: 'a field that the KServe version does not have yet',
  why: 'kubectl refuses the object; a client without strict field validation drops the field silently, and the graph does something else.',
  source: 'config/crd/full/serving.kserve.io_inferencegraphs.yaml and its forerunners, v0.9.0 to v0.20.0',
  below: newestField(INFERENCE_GRAPH_SHAPE),
  context: { kserveVersion: '0.15.2' },
  fails: inMode('RawDeployment', graph({ root: node('Sequence', { serviceName: 'a' }) }, { routerTimeouts: { serverWrite: 300 } })),
  mended: inMode('RawDeployment', sequence({ serviceName: 'a' })),
  check: ({ document, kserveVersion }, report) => reportNewFields(INFERENCE_GRAPH_SHAPE, document, kserveVersion, report),
};

export const shapeRules: readonly Rule[] = [...ofTheCrd, fieldTooNew];
