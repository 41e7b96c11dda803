import { inMode, sequence } from '../../src/lint/examples';
import { lintGraph, RULES } from '../../src/lint/lint';
import { Authority } from '../../src/lint/rule';
import type { Rule } from '../../src/lint/rule';
import { named, runtime } from '../../src/lint/runtime/examples';
import { RUNTIME_RULES } from '../../src/lint/runtime/lint';
import { lintService, SERVICE_RULES } from '../../src/lint/service/lint';
import type { InferenceGraphManifest } from '../../src/spec/inference-graph';
import type { InferenceServiceManifest } from '../../src/spec/inference-service';
import { exampleContext } from '../../test/support/example-context';
import { ask } from '../client/oracle';
import type { AdmitAnswer, Panicked, ReconcileAnswer, RouteAnswer } from '../client/oracle';
import { made, reconcileQuestion, routed, routeQuestion, servicesFor } from '../support/observe';
import { CONTROLLER_PROOFS, ROUTER_PROOFS } from '../support/rule-proofs';

/*
 * Each rule's own examples, asked of the real KServe: the effect that the rule's page claims is seen.
 */

const ruleOf = (id: string) => RULES.find((rule) => rule.id === id)!;
const manifestsOf = ({ fails, mended }: Pick<Rule, 'fails' | 'mended'>) => [fails, mended] as InferenceGraphManifest[];

/** Who refuses an object. */
function refusing({ schema, unknown, webhook, undecodable, panic }: AdmitAnswer & Partial<Panicked>): Authority[] {
  // a webhook that panics gives no answer, and the API server takes that for a refusal (failurePolicy: Fail)
  return panic !== undefined ? [Authority.WEBHOOK] : [
    ...schema.length > 0 || undecodable !== undefined ? [Authority.SCHEMA] : [],
    ...unknown.length > 0 ? [Authority.FIELDS] : [],
    ...webhook === null || webhook === '' ? [] : [Authority.WEBHOOK],
  ];
}

// the CRD of v0.20.0 has every field: its forerunners refuse this one
const refused = (rules: readonly Pick<Rule, 'id' | 'authority' | 'fails' | 'mended'>[]) => (
  rules.filter(({ id, authority }) => authority !== undefined && id !== 'field-too-new').map((rule) => [rule.id, rule] as const)
);

/** The runtimes that the cluster has, where a rule is about one; the webhook looks for two priorities only where there is any. */
const besideOf = (id: string) => RUNTIME_RULES.find((rule) => rule.id === id)?.beside ?? [named('other', runtime())];

describe.each([
  ['an InferenceGraph', 'admit', refused(RULES)],
  ['an InferenceService', 'admit-isvc', refused(SERVICE_RULES)],
  ['a ServingRuntime', 'admit-runtime', refused(RUNTIME_RULES)],
] as const)('%s is refused by whom the rule names, and the mended one is taken', (_, kind, rules) => {
  test.each(rules)('%s', async (id, { authority, fails, mended }) => {
    const [mistaken, right] = await ask<AdmitAnswer>('oracle', [fails, mended].map((object) => ({ ask: kind, object, beside: besideOf(id) })));
    expect({ id, by: refusing(mistaken) }).toEqual({ id, by: expect.arrayContaining([authority]) });
    expect(refusing(right)).toEqual([]);
  });
});

test.each(Object.entries(ROUTER_PROOFS))('the router shows %s', async (id, { trial = {}, instead, fails, mended }) => {
  const manifests = instead === undefined ? manifestsOf(ruleOf(id)) : [instead.fails, instead.mended];
  expect(lintGraph(manifests[0], exampleContext(ruleOf(id))).map(({ rule }) => rule)).toContain(id);
  const answers = await ask<RouteAnswer>('router', manifests.map((manifest) => routeQuestion(manifest, trial)));
  expect(answers.map(routed)).toEqual([fails, mended]);
});

test.each(Object.entries(CONTROLLER_PROOFS))('the controller shows %s', async (id, { mode = 'Standard', namespace = 'default', alone = false, fails, mended }) => {
  const rule = ruleOf(id);
  const answers = await ask<ReconcileAnswer>('oracle', manifestsOf(rule).map((manifest) => (
    reconcileQuestion(manifest, alone ? [] : servicesFor(rule, manifest, namespace), mode, namespace)
  )));
  expect(answers.map(made)).toEqual([fails, mended]);
});

test('the address that clients are told is one of example.com', async () => {
  const manifest = ruleOf('url-without-path').mended as InferenceGraphManifest;
  const [{ status }] = await ask<ReconcileAnswer>('oracle', [reconcileQuestion(manifest, [], 'Standard', 'default')]);
  expect(status).toMatchObject({ url: 'http://pipeline-default.example.com' });
});

test('a Service that is there already is taken over by the graph of its name', async () => {
  const manifest = inMode('Standard', sequence({ serviceUrl: 'http://a' }));
  const other = { apiVersion: 'v1', kind: 'Service', metadata: { name: manifest.metadata.name, namespace: 'default' }, spec: { selector: { app: 'other' } } };
  const [{ objects }] = await ask<ReconcileAnswer>('oracle', [reconcileQuestion(manifest, [other], 'Standard', 'default')]);
  expect(objects.filter((object: any) => object.kind === 'Service')).toMatchObject([{ spec: { selector: { app: 'isvc.pipeline' } } }]);
});

test('the webhook rewrites the old key of a framework', async () => {
  const { fails } = SERVICE_RULES.find(({ id }) => id === 'framework-key')!;
  const [{ defaulted }] = await ask<AdmitAnswer>('oracle', [{ ask: 'admit-isvc', object: fails }]);
  expect(Object.keys((defaulted as any).spec.predictor)).toEqual(expect.arrayContaining(['model']));
  expect((defaulted as any).spec.predictor).not.toHaveProperty('sklearn');
});

test('a target out of range is refused where an annotation names the class of the autoscaler', async () => {
  const rules = SERVICE_RULES.filter(({ id }) => id === 'scale-target' || id === 'autoscaling-target');
  const answers = await ask<AdmitAnswer>('oracle', rules.flatMap(({ fails, mended }) => [fails, mended]).map((object) => ({ ask: 'admit-isvc', object })));
  expect(answers.map(refusing)).toEqual([[Authority.WEBHOOK], [], [Authority.WEBHOOK], []]);
});

test('a transformer of another protocol is called without a path', async () => {
  const { fails, mended } = SERVICE_RULES.find(({ id }) => id === 'transformer-protocol')!;
  const manifest = sequence({ serviceName: 'iris' });
  const urls = await Promise.all([fails, mended].map(async (document) => {
    const [answer] = await ask<ReconcileAnswer>('oracle', [reconcileQuestion(manifest, servicesFor({ services: [document as InferenceServiceManifest] }, manifest, 'default'), 'Standard', 'default')]);
    return made(answer);
  }));
  expect(urls).toEqual([
    'Deployment calling http://iris-predictor.default; HPA 1 to 1 by cpu 80',
    'Deployment calling http://iris-predictor.default/v2/models/iris/infer; HPA 1 to 1 by cpu 80',
  ]);
});

test('what is a secret in plain text, or has no class of an autoscaler, is taken', async () => {
  const taken = SERVICE_RULES.filter(({ id }) => ['secret-in-plain-text', 'service-metric-ignored', 'canary-in-standard-mode', 'graph-protocol'].includes(id));
  const answers = await ask<AdmitAnswer>('oracle', taken.map(({ fails }) => ({ ask: 'admit-isvc', object: fails })));
  expect(answers.map(refusing)).toEqual([[], [], [], []]);
  expect(taken.map(({ fails }) => lintService(fails).map(({ severity }) => severity)).flat()).not.toContain('error');
});
