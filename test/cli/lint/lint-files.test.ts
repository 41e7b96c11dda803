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

const large = `# ${'x'.repeat(1024 * 1024)}\n---\n`.repeat(20);

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

describe('runtimes of the same input', () => {
  const service = (model: string, rest = '') => `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: a, namespace: models, annotations: { serving.kserve.io/deploymentMode: Standard } }
spec: { predictor: { model: { modelFormat: { name: ${model} }, storageUri: gs://models/a${rest} } } }
`;
  const runtime = (kind: string, metadata: string, rest: string) => `apiVersion: serving.kserve.io/v1alpha1
kind: ${kind}
metadata: { ${metadata} }
spec: { ${rest}, containers: [{ name: kserve-container, image: own:1 }] }
`;
  const formats = (name: string, rest = '') => `supportedModelFormats: [{ name: ${name}, autoSelect: true }]${rest}`;
  const found = async (...texts: string[]) => (await lint(Object.fromEntries(texts.map((text, i) => [`${i}.yaml`, text])))).found;

  test('is linted itself, at the place of each mistake', async () => {
    const wrong = `apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata:
  name: Own
  annotations:
    acknowledge.cdk8s-kserve/runtime-priority-unused: models name it
spec:
  supportedModelFormats:
    - name: own
      version: 1
      priority: 1
  protocolVersions: [V2]
  containers:
    - name: server
      image: own:1
      env: [{ name: PYTHONPATH, value: /code }]
`;
    expect(await found(wrong)).toEqual([
      'invalid-value 0.yaml:10:16', 'runtime-name 0.yaml:4:9', 'runtime-protocol-name 0.yaml:12:22', 'runtime-container 0.yaml:13:3', 'blocked-variable 0.yaml:16:13',
    ]);
  });

  test('two of one file must not have one priority; those of other files, namespaces and kinds may', async () => {
    const named = (kind: string, metadata: string) => runtime(kind, metadata, 'supportedModelFormats: [{ name: own, autoSelect: true, priority: 1 }], protocolVersions: [v2]');
    const [one, other] = ['name: one', 'name: other'].map((metadata) => named('ServingRuntime', metadata));
    expect(await found([one, other].join('---\n'))).toEqual(['runtime-priority-taken 0.yaml:4:74', 'runtime-priority-taken 0.yaml:9:74']);
    expect(await found(one, other)).toEqual([]);
    expect(await found([one, named('ServingRuntime', 'name: other, namespace: models')].join('---\n'))).toEqual([]);
    expect(await found([one, named('ClusterServingRuntime', 'name: other')].join('---\n'))).toEqual([]);
    expect(await found([one, one].join('---\n'))).toEqual(['duplicate-object 0.yaml:3:19']);
  });

  test("one of the cluster must not have the priority of one of KServe's own, by the target version", async () => {
    const own = runtime('ClusterServingRuntime', 'name: own', 'supportedModelFormats: [{ name: lightgbm, version: "4", autoSelect: true, priority: 1 }], protocolVersions: [v1]');
    expect(await found(own)).toEqual(['runtime-priority-built-in 0.yaml:4:93']);
    const { findings } = await lintFiles([{ path: 'a' }], async () => Buffer.from(own), { kserveVersion: '0.16.0' }); // which has lightgbm 3
    expect(findings).toEqual([]);
    expect(await found(own.replace('name: own', 'name: kserve-lgbserver'))).toEqual([]);
  });

  test('one of the namespace or of the cluster serves a model, wherever it stands; one of another namespace, disabled, or for many models does not', async () => {
    const served = async (...args: Parameters<typeof runtime>) => (await found(service('own'), runtime(...args))).length === 0;
    expect(await found(service('own'))).toEqual(['no-runtime 0.yaml:4:44']);
    expect(await served('ClusterServingRuntime', 'name: own', formats('own'))).toBe(true);
    expect(await served('ServingRuntime', 'name: own, namespace: models', formats('own'))).toBe(true);
    expect(await served('ServingRuntime', 'name: own', formats('own'))).toBe(true);
    expect(await served('ServingRuntime', 'name: own, namespace: others', formats('own'))).toBe(false);
    expect(await served('ClusterServingRuntime', 'name: own', formats('own', ', disabled: true'))).toBe(false);
    expect(await served('ClusterServingRuntime', 'name: own', formats('own', ', multiModel: true'))).toBe(false);
    expect(await served('ClusterServingRuntime', 'name: own', formats('own', ', protocolVersions: [v2]'))).toBe(false);
    expect(await served('ClusterServingRuntime', 'name: own', 'supportedModelFormats: [{ name: own }]')).toBe(false);
    expect(await served('ClusterServingRuntime', '', 'supportedModelFormats: 7, protocolVersions: [7]')).toBe(false);
  });

  test('one that KServe ships can be made otherwise', async () => {
    const own = service('own', ', runtime: kserve-sklearnserver');
    expect(await found(own)).toEqual(['runtime-format 0.yaml:4:95']);
    expect(await found(own, runtime('ClusterServingRuntime', 'name: kserve-sklearnserver', formats('own')))).toEqual([]);
    expect(await found(service('sklearn', ', runtime: kserve-sklearnserver'), runtime('ClusterServingRuntime', 'name: kserve-sklearnserver', formats('own'))))
      .toEqual(['runtime-format 0.yaml:4:99']);
  });

  test('a graph calls by the first protocol of a runtime that a service names', async () => {
    const called = graph('x', '').replace('  name: x\n', '  name: x\n  namespace: models\n');
    const named = service('own', ', runtime: own, protocolVersion: v2');
    expect(await found(called, named, runtime('ClusterServingRuntime', 'name: own', formats('own', ', protocolVersions: [v1, v2]'))))
      .toEqual(['runtime-decides-protocol 0.yaml:13:22', 'graph-protocol 1.yaml:4:117']);
    expect(await found(called, named, runtime('ClusterServingRuntime', 'name: own', formats('own', ', protocolVersions: [v2, v1]')))).toEqual([]);
    expect(await found(called, service('own', ', runtime: own'), runtime('ClusterServingRuntime', 'name: own', formats('own', ', protocolVersions: [grpc-v2]'))))
      .toEqual(['service-without-http 0.yaml:13:22', 'runtime-protocol 1.yaml:4:29']);
  });
});

test('an LLMInferenceService of the name that a step calls is no InferenceService', async () => {
  const llm = (name: string) => `apiVersion: serving.kserve.io/v1alpha2\nkind: LLMInferenceService\nmetadata: { name: ${name} }\n`;
  const service = 'apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: { name: a, annotations: { serving.kserve.io/deploymentMode: Standard } }\n'
    + 'spec: { predictor: { model: { modelFormat: { name: sklearn }, storageUri: gs://models/a } } }\n';
  const found = async (...files: string[]) => (await lint(Object.fromEntries(files.map((text, i) => [`${i}.yaml`, text])))).found;
  expect(await found(graph('x'), llm('a'))).toEqual(['llm-service-by-name 0.yaml:12:22']);
  expect(await found(graph('x'), llm('b'))).toEqual([]);
  expect(await found(graph('x'), llm('a'), service)).toEqual([]);
  expect(await found(graph('x'), llm('a'), service.replace('name: a', 'name: b'))).toEqual(['llm-service-by-name 0.yaml:12:22']);
});

test("a Knative Service makes one of Kubernetes' of its name", async () => {
  expect((await lint({ 'a.yaml': graph('x'), 'b.yaml': SERVICE.replace('v1', 'serving.knative.dev/v1') })).found).toEqual(['service-name-clash a.yaml:4:9']);
  expect((await lint({ 'a.yaml': graph('x'), 'b.yaml': SERVICE.replace('v1', 'acme.io/v1') })).found).toEqual([]);
});

test('of objects of one name in a file all but the last are told; those of another namespace or kind, or with a generated name, are others', async () => {
  const inNamespace = graph('x').replace('  name: x\n', '  name: x\n  namespace: models\n');
  const generated = graph('x').replace('name: x', 'generateName: x');
  expect((await lint({ 'a.yaml': [graph('x'), graph('w'), graph('x'), inNamespace, graph('x'), generated, generated].join('---\n') })).found)
    .toEqual(['duplicate-object a.yaml:4:9', 'duplicate-object a.yaml:30:9']);
  expect((await lint({ 'a.yaml': graph('x'), 'b.yaml': graph('x') })).found).toEqual([]);
});
