import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../src/cli/program';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'lint-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the program prints of files, and how it ends; the folder is left out of paths. */
async function lint(files: Record<string, string | Uint8Array>, args: string[] = ['.'], stdin = ''): Promise<{ code: number; out: string; err: string }> {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  let [out, err] = ['', ''];
  const paths = args.map((arg) => arg === '.' || arg.endsWith('.yaml') ? join(folder, arg) : arg);
  const code = await run(['lint', ...paths], {
    read: async (path) => path === '-' ? Buffer.from(stdin) : readFile(path),
    out: (text) => { out += text; },
    err: (text) => { err += text; },
    color: false,
  });
  return { code, out: out.split(`${folder}/`).join(''), err: err.split(`${folder}/`).join('') };
}

const graph = (steps: string, head = '') => `apiVersion: serving.kserve.io/v1alpha1
kind: InferenceGraph
metadata:
  name: pipeline
  annotations:
    serving.kserve.io/deploymentMode: Standard
${head}spec:
  nodes:
    root:
      routerType: Sequence
      steps:
${steps}`;
const GOOD = graph('        - serviceName: a\n');
const OTHER = GOOD.replace('name: pipeline', 'name: other');
const BAD = graph('        - serviceName: a\n          condition: label\n');

test('a good graph', async () => {
  expect(await lint({ 'a.yaml': GOOD })).toEqual({ code: 0, out: '1 object in 1 file, for KServe 0.20.0: nothing found\n', err: '' });
});

test('a finding shows the line, a caret, what KServe does, and the mend', async () => {
  expect(await lint({ 'a.yaml': BAD })).toEqual({
    code: 1,
    out: `error: steps[0] of node 'root' is the first, so there is no answer that its condition could be tested on, got 'label'  (condition-on-first-step)
  --> a.yaml:13:22  InferenceGraph pipeline
13 |           condition: label
   |                      ^
   = note: KServe tests a condition on the answer of the step before. The first has none, so every request gets 500, 'invalid response'.
   = drop the condition, or call the Sequence from a Switch that has it

1 object in 1 file, for KServe 0.20.0: 1 error, 0 warnings, 0 info
`,
    err: '',
  });
});

test('what KServe does is told once for each rule', async () => {
  const { out } = await lint({ 'a.yaml': BAD, 'b.yaml': BAD });
  expect(out.match(/\(condition-on-first-step\)|= note: .*/g)).toEqual([
    '(condition-on-first-step)',
    "= note: KServe tests a condition on the answer of the step before. The first has none, so every request gets 500, 'invalid response'.",
    '(condition-on-first-step)',
  ]);
});

test('as JSON', async () => {
  const { code, out } = await lint({ 'a.yaml': BAD }, ['a.yaml', '--format', 'json']);
  expect([code, JSON.parse(out)]).toEqual([1, {
    findings: [{
      file: 'a.yaml',
      line: 13,
      column: 22,
      kind: 'InferenceGraph',
      name: 'pipeline',
      path: 'spec.nodes.root.steps[0].condition',
      rule: 'condition-on-first-step',
      severity: 'error',
      message: "steps[0] of node 'root' is the first, so there is no answer that its condition could be tested on, got 'label'",
      help: 'drop the condition, or call the Sequence from a Switch that has it',
      fixable: false,
    }],
    unreadable: [],
    files: 1,
    objects: 1,
  }]);
});

test('for GitHub', async () => {
  expect((await lint({ 'a.yaml': BAD }, ['a.yaml', '--format', 'github'])).out).toBe(
    "::error file=a.yaml,line=13,col=22,title=condition-on-first-step::steps[0] of node 'root' is the first, so there is no answer that its condition "
    + "could be tested on, got 'label': drop the condition, or call the Sequence from a Switch that has it\n",
  );
});

test('as SARIF', async () => {
  const { out } = await lint({ 'a.yaml': BAD }, ['a.yaml', '--format', 'sarif']);
  const { version, runs: [{ tool, results }] } = JSON.parse(out);
  expect([version, tool.driver.rules.map(({ id }: { id: string }) => id), results]).toEqual(['2.1.0', ['condition-on-first-step'], [{
    ruleId: 'condition-on-first-step',
    level: 'error',
    message: { text: expect.stringContaining('is the first') },
    locations: [{ physicalLocation: { artifactLocation: { uri: expect.stringContaining('a.yaml') }, region: { startLine: 13, startColumn: 22 } } }],
  }]]);
});

test('several documents, other kinds, a List, Windows line ends and a byte order mark', async () => {
  const list = `\ufeffapiVersion: v1\nkind: List\nitems:\n  - ${BAD.trimEnd().split('\n').join('\n    ')}\n`.split('\n').join('\r\n');
  const { code, out } = await lint({ 'x/a.yaml': `kind: Secret\n---\n${OTHER}---\n# nothing\n---\n${BAD}`, 'b.yml': list, 'README.md': 'no: [' }, ['.', '--format', 'json']);
  const { findings, objects } = JSON.parse(out);
  expect([code, objects, findings.map(({ file, line, column }: { file: string; line: number; column: number }) => [file, line, column])])
    .toEqual([1, 3, [['b.yml', 16, 26], ['x/a.yaml', 30, 22]]]);
});

test('InferenceServices of other files are known', async () => {
  const service = (protocol: string) => `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: a, annotations: { serving.kserve.io/deploymentMode: Standard } }
spec: { predictor: { model: { modelFormat: { name: triton }, protocolVersion: ${protocol}, storageUri: gs://models/a } } }
`;
  expect((await lint({ 'graph.yaml': GOOD, 'service.yaml': service('v2') })).code).toBe(0);
  expect((await lint({ 'service.yaml': service('grpc-v2') })).out).toContain('(service-without-http)');
});

test('what begins on a line after its key is shown at the key', async () => {
  const text = `apiVersion: serving.kserve.io/v1alpha1
kind: InferenceGraph
metadata:
  name: pipeline
  annotations: { serving.kserve.io/deploymentMode: Standard }
spec:
  nodes:
    root:
      routerType: Sequence
      routes:
        - serviceName: a
      steps:
        - serviceName: a
    vote: { routerType: Ensemble, steps: [] }
    'spare':
      routerType: Sequence
      steps:
        - serviceName: b
`;
  const { out } = await lint({ 'a.yaml': text }, ['a.yaml', '--format', 'json']);
  const lines = text.split('\n');
  const shown = ({ rule, line, column }: { rule: string; line: number; column: number }) => [rule, lines[line - 1].slice(column - 1)];
  expect(JSON.parse(out).findings.map(shown)).toEqual([
    ['unknown-field', 'routes:'],
    ['unreachable-node', '{ routerType: Ensemble, steps: [] }'],
    ['unreachable-node', "'spare':"],
    ['idle-node', '{ routerType: Ensemble, steps: [] }'],
  ]);
});

test('standard input', async () => {
  expect((await lint({}, ['-'], BAD)).out).toContain('--> <stdin>:13:22');
});

test('what is acknowledged is not told, and an acknowledgement for nothing is', async () => {
  const annotated = (rule: string, reason: string) => BAD.replace('    serving.', `    acknowledge.cdk8s-kserve/${rule}: ${reason}\n    serving.`);
  expect(await lint({ 'a.yaml': annotated('condition-on-first-step', 'shown in a talk') })).toMatchObject({ code: 0 });
  expect(await lint({ 'a.yaml': `# cdk8s-kserve: acknowledge condition-on-first-step: shown in a talk\n${BAD}` })).toMatchObject({ code: 0 });
  expect((await lint({ 'a.yaml': annotated('node-cycle', 'why not') })).out)
    .toContain('warning: the rule node-cycle is acknowledged, and finds nothing here  (unused-acknowledgement)');
  expect((await lint({ 'a.yaml': annotated('condition-on-first-step', '""') })).out).toContain('gives no reason');
});

test('what a comment acknowledges for nothing is told at the comment', async () => {
  const comments = [
    'acknowledge condition-on-first-step: shown in a talk', 'acknowledge node-cycle: why not', 'acknowledge no-target', 'acknowledge node-cicle: x', 'acknowledge banana: x',
  ].map((text) => `  # cdk8s-kserve: ${text}\n`).join('');
  const { code, out } = await lint({ 'a.yaml': `${OTHER}---\n${BAD}${comments}`, 'b.yaml': BAD }, ['.', '--format', 'json']);
  expect([code, JSON.parse(out).findings.map(({ file, line, column, rule, message, help }: Record<string, unknown>) => `${file}:${line}:${column} ${message}: ${help} (${rule})`)]).toEqual([1, [
    'a.yaml:28:3 the rule node-cycle is acknowledged, and finds nothing here: remove the comment (unused-acknowledgement)',
    'a.yaml:29:3 the acknowledgement of no-target gives no reason: write the reason behind a colon (unused-acknowledgement)',
    "a.yaml:30:3 an acknowledgement names no rule, got 'node-cicle': did you mean 'node-cycle'? (unused-acknowledgement)",
    "a.yaml:31:3 an acknowledgement names no rule, got 'banana': 'cdk8s-kserve rules' lists them (unused-acknowledgement)",
    expect.stringMatching(/^b\.yaml:13:22 .*condition-on-first-step/),
  ]]);
});

test('warnings count only with --strict', async () => {
  const warned = graph('        - serviceName: a\n          data: $response\n');
  expect((await lint({ 'a.yaml': warned })).code).toBe(0);
  expect((await lint({ 'a.yaml': warned }, ['.', '--strict'])).code).toBe(1);
});

test('an older KServe', async () => {
  const { code, out } = await lint({ 'a.yaml': GOOD }, ['.', '--kserve-version', '0.15']);
  expect([code, out.split('\n')[0]]).toEqual([
    0,
    "warning: the deployment mode 'Standard' is a word of KServe 0.16.0, got 0.15 as the target, which ignores it and takes the cluster's default  (mode-name-too-new)",
  ]);
  expect(await lint({}, ['.', '--kserve-version', '7'])).toMatchObject({ code: 2, out: '' });
});

describe('bad input is told in a line each, and the other files are linted', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['broken YAML', 'a: [1', 'line 1'],
    ['a tab', 'a:\n\tb: 1\n', 'line 2, column 1'],
    ['a key twice', 'a: 1\na: 2\n', 'Map keys must be unique'],
    ['an alias bomb', `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.split('').map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefgh'[i]}`)}]`).join('\n')}\n`, 'alias'],
    ['binary', Uint8Array.from([0, 1, 2, 255]), 'byte 0'],
    ['deep nesting', '['.repeat(100_000), 'line 1'],
  ])('%s', async (_, content, said) => {
    const { code, out, err } = await lint({ 'bad.yaml': content, 'good.yaml': BAD });
    expect([code, out.includes('good.yaml:13:22')]).toEqual([2, true]);
    expect(err).toMatch(/^(error: the input cannot be used, got 'bad\.yaml'[^\n]*\n)+$/);
    expect(err).toContain(said);
  });

  test('no such file, a link that leads nowhere, a folder without permission', async () => {
    mkdirSync(join(folder, 'closed'));
    symlinkSync('nowhere', join(folder, 'link.yaml'));
    if (process.getuid?.() !== 0) chmodSync(join(folder, 'closed'), 0);
    const { code, out, err } = await lint({ 'good.yaml': BAD }, ['.', 'missing.yaml']);
    chmodSync(join(folder, 'closed'), 0o755);
    expect([code, out.includes('good.yaml:13:22')]).toEqual([2, true]);
    expect(err).toContain("error: the input cannot be used, got 'link.yaml': there is no such file\n");
    expect(err).toContain("error: the input cannot be used, got 'missing.yaml': there is no such file\n");
  });

  test('__proto__ and constructor are names like others', async () => {
    const { code, err } = await lint({ 'a.yaml': graph('        - nodeName: __proto__\n        - nodeName: constructor\n').replace('root:', '__proto__:') });
    expect([code, err]).toEqual([1, '']);
  });
});
