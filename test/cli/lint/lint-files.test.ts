import { lintFiles } from '../../../src/cli/lint/lint-files';

const graph = (name: string, annotation = '') => `apiVersion: serving.kserve.io/v1alpha1
kind: InferenceGraph
metadata:
  name: ${name}
  annotations:
    serving.kserve.io/deploymentMode: Standard
${annotation}spec:
  nodes:
    root:
      routerType: Sequence
      steps:
      - serviceName: a
`;
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: x\n';

/** What is found in files, as rule and place, and how often each was read. */
async function lint(files: { readonly [path: string]: string }) {
  const reads: string[] = [];
  const { findings } = await lintFiles(Object.keys(files).map((path) => ({ path })), async (path) => {
    reads.push(path);
    return Buffer.from(files[path]);
  }, {});
  return { reads, found: findings.map(({ rule, file, line, column }) => `${rule} ${file}:${line}:${column}`) };
}

const large = `# ${'x'.repeat(20 * 1024 * 1024)}\n`;

test('small inputs and standard input are read once', async () => {
  expect(await lint({ '-': large + graph('x'), 'a.yaml': graph('x'), 'b.yaml': graph('w') })).toEqual({ reads: ['-', 'a.yaml', 'b.yaml'], found: [] });
});

test('large inputs are not kept: each is read for what others need of it, and for its findings', async () => {
  expect((await lint({ 'a.yaml': large + graph('x'), 'b.yaml': large + graph('w') })).reads).toEqual(['a.yaml', 'b.yaml', 'a.yaml', 'b.yaml']);
});

test('a name clashes with one that comes later; the other findings of the file stay in their order', async () => {
  const mistake = graph('x').replace('- serviceName: a\n', '- serviceName: a\n        condition: label\n');
  expect((await lint({ 'a.yaml': graph('w'), 'b.yaml': mistake, 'c.yaml': SERVICE, 'd.yaml': mistake.replace('name: x', 'name: z') })).found).toEqual([
    'condition-on-first-step b.yaml:13:20', 'service-name-clash b.yaml:4:9', 'condition-on-first-step d.yaml:13:20',
  ]);
});

test('a clash that is acknowledged is no finding, and no acknowledgement for nothing', async () => {
  const acknowledged = graph('x', '    acknowledge.cdk8s-kserve/service-name-clash: one replaces the other\n');
  expect((await lint({ 'a.yaml': acknowledged, 'b.yaml': SERVICE })).found).toEqual([]);
  expect((await lint({ 'a.yaml': acknowledged })).found).toEqual(['unused-acknowledgement a.yaml:7:50']);
});

test('the same object in several files is a variant of itself', async () => {
  expect((await lint({ 'a.yaml': graph('x'), 'b.yaml': graph('x') })).found).toEqual([]);
});

test('an InferenceService is known to graphs before and behind it, however its kind is written', async () => {
  const service = (kind: string) => `apiVersion: serving.kserve.io/v1beta1\nkind: ${kind}\nmetadata: { name: b, annotations: { serving.kserve.io/deploymentMode: Standard } }
spec: { predictor: { model: { modelFormat: { name: sklearn }, storageUri: gs://models/b } } }\n`;
  for (const kind of ['InferenceService', '"Inference\\u0053ervice"']) {
    expect((await lint({ 'a.yaml': graph('x'), 'b.yaml': service(kind), 'c.yaml': graph('w') })).found).toEqual([
      'unknown-service a.yaml:12:22', 'unknown-service c.yaml:12:22',
    ]);
  }
});

test('a graph and an InferenceService that make one Service are both told so, once in each file, be there variants of either', async () => {
  const service = `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata:
  name: x
  annotations:
    serving.kserve.io/deploymentMode: Knative
spec: { predictor: { model: { modelFormat: { name: sklearn }, storageUri: gs://models/x } } }
`;
  const caller = graph('x').replace('serviceName: a', 'serviceUrl: http://a.default/v1/models/a:predict');
  for (const files of [[service, caller, service], [caller, service, caller], [service, caller, caller]]) {
    const { found } = await lint(Object.fromEntries(files.map((file, i) => [`${i}.yaml`, file])));
    expect(found).toEqual([0, 1, 2].map((i) => `service-name-clash ${i}.yaml:4:9`));
  }
});
