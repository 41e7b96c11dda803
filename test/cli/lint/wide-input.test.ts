import { lintFiles } from '../../../src/cli/lint/lint-files';

/*
 * Documents with very many of one thing: all of it is told, and a test ends. The bound is for what never would; how long each takes is no matter here.
 */

const N = 30_000;
const BOUND = 120_000; // milliseconds

const times = (count: number, write: (i: number) => string) => Array.from({ length: count }, (_, i) => write(i)).join('');
const graph = (nodes: string) => `apiVersion: serving.kserve.io/v1alpha1
kind: InferenceGraph
metadata: { name: pipeline, annotations: { serving.kserve.io/deploymentMode: Standard } }
spec:
  nodes:
${nodes}`;
const steps = (name: string, routerType: string, count: number, write: (i: number) => string) => `    ${name}:
      routerType: ${routerType}
      steps:
${times(count, (i) => `        - { ${write(i)} }\n`)}`;
const service = (predictor: string, name = 'iris') => `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: ${name}, annotations: { serving.kserve.io/deploymentMode: Standard } }
spec:
  predictor:
    model: { modelFormat: { name: sklearn }, storageUri: gs://models/iris }
${predictor}`;
const runtime = (formats: string, name = 'own') => `apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata: { name: ${name} }
spec:
  protocolVersions: [v1]
  containers: [{ name: kserve-container, image: own:1 }]
  supportedModelFormats:
${formats}`;

/** How often each rule finds something, for each of the things that there are many of; those that find few are left out. */
async function found(text: string, count = N): Promise<Record<string, number>> {
  const { findings, unreadable } = await lintFiles([{ path: 'a.yaml' }], async () => Buffer.from(text), {});
  expect(unreadable).toEqual([]);
  const counts = new Map<string, number>();
  findings.forEach(({ rule }) => counts.set(rule, (counts.get(rule) ?? 0) + 1));
  return Object.fromEntries([...counts].filter(([, often]) => often >= count / 2).map(([rule, often]) => [rule, often / count]));
}

test.each<[string, string, Record<string, number>]>([
  ['nodes that nothing calls', graph(`    root: { routerType: Sequence, steps: [{ serviceUrl: http://a.b/c }] }\n${times(N, (i) => `    n${i}: { routerType: Sequence, steps: [{ serviceUrl: http://a.b/c }] }\n`)}`), { 'unreachable-node': 1 }],
  ['calls of nodes that are not there, among many that are', graph(steps('root', 'Sequence', N, (i) => `nodeName: m${i}`)
    + times(N, (i) => `    n${i}: { routerType: Sequence, steps: [{ serviceUrl: http://a.b/c }] }\n`)), { 'dangling-node': 1, 'unreachable-node': 1 }],
  ['calls of nodes without steps', graph(steps('root', 'Sequence', N, (i) => `nodeName: n${i}`) + times(N, (i) => `    n${i}: { routerType: Switch }\n`)), { 'empty-node': 1 }],
  ['ways back to the root', graph(`    root: { routerType: Sequence, steps: [{ nodeName: n0 }] }\n${times(N, (i) => (
    `    n${i}: { routerType: Switch, steps: [{ condition: a${i}, nodeName: n${i + 1} }, { condition: b, nodeName: root }] }\n`))}`), { 'nested-switch-without-default': 1 }],
  ['steps of an Ensemble without names', graph(steps('root', 'Ensemble', N, () => 'serviceUrl: http://a.b/c')), { 'unnamed-ensemble-step': 1 }],
  ['conditions', graph(steps('root', 'Switch', N, (i) => `serviceUrl: http://a.b/c, condition: "a>${i}"`)), { 'condition-never-matches': 1 }],
  ['misspelt fields', service(`    batcher:\n${times(N, (i) => `      x${i}: 1\n`)}`), { 'unknown-field': 1 }],
  ['containers', service(`    containers:\n${times(N, (i) => `    - { name: c${i % (N / 2)}, image: a }\n`)}`), { 'container-name-twice': 0.5 }],
  ['variables', service(`    containers:\n    - name: kserve-container\n      env:\n${times(N, (i) => `      - name: v${i % (N / 2)}\n`)}`), { 'invalid-value': 0.5 }],
  ['claims', service(`    storageUris:\n${times(N, (i) => `    - { uri: "pvc://c${i}", mountPath: /mnt/${i} }\n`)}`), {}],
  ['canaries', service('') + `  canary:\n${times(N, (i) => `  - { trafficPercent: 0, predictor: { name: c${i % (N / 2)} } }\n`)}`, { 'canary-predictor-name': 0.5, 'one-implementation': 1 }],
  ['priorities', runtime(times(N, (i) => `  - { name: a, autoSelect: true, priority: ${i + 1} }\n`)), { 'runtime-priorities': 1 - 1 / N }],
])('%s', async (_, text, expected) => {
  expect(await found(text)).toEqual(expected);
}, BOUND);

test('services that many graphs call by other names', async () => {
  const M = 1_500;
  const text = [...Array.from({ length: M }, (_, i) => service('', `service-${i}`)), graph(steps('root', 'Sequence', M, (i) => `serviceName: servers-${i}`))].join('---\n');
  expect(await found(text, M - 100)).toEqual({ 'unknown-service': 1 }); // the first hundred are told what may be meant
}, BOUND);

test('runtimes and services', async () => {
  const M = 8_000;
  const text = [
    ...Array.from({ length: M }, (_, i) => runtime(`  - { name: sklearn, autoSelect: true, priority: ${i + 1} }\n`, `own-${i}`)),
    ...Array.from({ length: M }, (_, i) => service('', `service-${i}`)),
  ].join('---\n');
  expect(await found(text, M)).toEqual({});
}, BOUND);
