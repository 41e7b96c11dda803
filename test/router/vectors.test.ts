/*
 * What KServe's controller made of graphs, recorded (conformance/vectors): a graph without a controller is the same, or the difference is named here.
 */
import { ReconcileAnswer, ReconcileQuestion } from '../../conformance/client/oracle';
import { recorded, Vector } from '../../conformance/client/vectors';
import { KServeVersion } from '../../src';
import { objectsOf } from '../support/manifest-graph';
import { madeByController, refusalsOf, withoutController } from '../support/reconciled';

test('random graphs, quantities and InferenceServices', () => {
  const vectors = recorded<ReconcileQuestion, ReconcileAnswer>('standalone');
  expect(vectors.length).toBeGreaterThan(80);
  for (const { question, answer } of vectors) {
    expect({ question, objects: objectsOf(withoutController(question)) }).toEqual({ question, objects: madeByController(answer) });
  }
});

/** What the question says beside the plain graph, and what of it is refused; or else whether the same is made. */
function verdict({ question, answer }: Vector<ReconcileQuestion, ReconcileAnswer>, version = KServeVersion.V0_20): [string, string] {
  const { metadata: { annotations }, spec: { nodes, ...spec } } = question.graph as any;
  const graph = withoutController(question, version);
  const refused = refusalsOf(graph).join();
  const same = refused === '' && JSON.stringify(sorted(objectsOf(graph))) === JSON.stringify(sorted(madeByController(answer, version)));
  return [JSON.stringify({ ...annotations, ...spec, ...(question.config?.router as any)?.headers }), refused || (same ? 'same' : 'other')];
}

test('one field at a time: what is not the same has its reason', () => {
  const vectors = recorded<ReconcileQuestion, ReconcileAnswer>('reconcile')
    .filter(({ question, answer }) => question.mode === 'Standard' && answer.objects?.some((object: any) => object.kind === 'Deployment'));
  expect(vectors.length).toBeGreaterThan(30);

  expect(vectors.map((vector) => verdict(vector)).filter(([, made]) => made !== 'same')).toEqual([
    // KServe writes an autoscaler without metrics, which follows the cpu
    ['{"scaleMetric":"concurrency","scaleTarget":50,"maxReplicas":2}', 'standalone-scale-metric'],
    ['{"scaleMetric":"rps","scaleTarget":50,"maxReplicas":2}', 'standalone-scale-metric'],
    ['{"scaleMetric":"memory"}', 'standalone-scale-metric'],
    // KServe stops with an error after the Deployment
    ['{"serving.kserve.io/autoscalerClass":"keda","minReplicas":2,"maxReplicas":3}', 'standalone-autoscaler-class'],
    // KServe's router would hand on every header
    ['{"propagate":[]}', 'other'],
    // the question has the predictor's address where KServe gives that of the transformer
    ['{}', 'other'],
  ]);
});

test('for a cluster with KServe 0.15: what its own controller makes', () => {
  const vectors = recorded<ReconcileQuestion, ReconcileAnswer>('old/reconcile')
    .filter(({ question, answer }) => question.mode === 'RawDeployment' && answer.objects?.some((object: any) => object.kind === 'Deployment'));
  expect(vectors.length).toBeGreaterThan(30);

  expect(vectors.map((vector) => verdict(vector, KServeVersion.V0_15)).filter(([, made]) => made !== 'same')).toEqual([
    // 0.15 drops the fields that it does not know, here routerTimeouts and mapPredictionsToInstances; an error here (field-too-new)
    [expect.stringContaining('"routerTimeouts"'), 'other'],
    ['{}', 'other'],
    // as with the newest
    ['{"scaleMetric":"concurrency","scaleTarget":50,"maxReplicas":2}', 'standalone-scale-metric'],
    ['{"scaleMetric":"rps","scaleTarget":50,"maxReplicas":2}', 'standalone-scale-metric'],
    ['{"scaleMetric":"memory"}', 'standalone-scale-metric'],
    ['{"serving.kserve.io/autoscalerClass":"keda","minReplicas":2,"maxReplicas":3}', 'standalone-autoscaler-class'],
    // 0.15 knows no stopped graphs, and makes the router
    ['{"serving.kserve.io/stop":"true"}', 'standalone-stop'],
    ['{"propagate":[]}', 'other'],
    ['{}', 'other'],
  ]);
});

/** Keys in one order, so that texts can be compared. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return typeof value !== 'object' || value === null ? value : Object.fromEntries(Object.entries(value).sort().map(([key, part]) => [key, sorted(part)]));
}
