import { RULES } from '../../src/lint/lint';
import type { InferenceGraphManifest } from '../../src/spec/inference-graph';
import { ask } from '../client/oracle';
import type { AdmitAnswer, OldRouter, ReconcileAnswer, RouteAnswer } from '../client/oracle';
import { made, reconcileQuestion, routed, routeQuestion, servicesFor } from '../support/observe';
import type { Trial } from '../support/observe';

/*
 * Rules about older releases, seen in those releases.
 */

const ruleOf = (id: string) => RULES.find((rule) => rule.id === id)!;

/** What the routers do with the mistaken example of a rule. */
async function inRouters(id: string, versions: readonly OldRouter[], trial: Trial): Promise<string[]> {
  const question = routeQuestion(ruleOf(id).fails as InferenceGraphManifest, trial);
  return (await Promise.all(versions.map((version) => ask<RouteAnswer>(`router-${version}`, [question])))).map(([answer]) => routed(answer));
}

test('skipped-step-fails: up to 0.15.0 a step that is skipped makes the status 500', async () => {
  expect(await inRouters('skipped-step-fails', ['0.15.0', '0.15.2'], {})).toEqual([
    '500 {"predictions":["dog"]} after a({"instances":[1]})',
    '200 {"predictions":["dog"]} after a({"instances":[1]})',
  ]);
});

test('splitter-crash: below 0.19.0 a Splitter can draw 100, for which there is no step', async () => {
  expect(await inRouters('splitter-crash', ['0.15.2', '0.17.0'], { draws: [100] })).toEqual(['connection dropped', 'connection dropped']);
  expect(await inRouters('splitter-crash', ['0.19.0'], { draws: [99] })).toEqual(['200 {"predictions":["dog"]} after b({"instances":[1]})']);
});

test('field-too-new: strict validation of 0.15.2 refuses it', async () => {
  const { fails, mended } = ruleOf('field-too-new');
  const answers = await ask<AdmitAnswer>('oracle-0.15', [fails, mended].map((object) => ({ ask: 'admit', object })));
  expect(answers.map(({ unknown }) => unknown)).toEqual([['spec.routerTimeouts'], []]);
});

test('mode-name-too-new: 0.15.2 passes over the new words, and takes the mode of the cluster', async () => {
  const rule = ruleOf('mode-name-too-new');
  const answers = await ask<ReconcileAnswer>('oracle-0.15', ([rule.fails, rule.mended] as InferenceGraphManifest[]).map((manifest) => ({
    ...reconcileQuestion(manifest, servicesFor(rule, manifest, 'default'), 'Knative', 'default'), mode: 'Serverless',
  })));
  expect(answers.map(made)).toEqual([
    'Knative Service class=kpa.autoscaling.knative.dev min-scale=1',
    'Deployment calling http://a-predictor.default/v1/models/a:predict; HPA 1 to 1 by cpu 80',
  ]);
});
