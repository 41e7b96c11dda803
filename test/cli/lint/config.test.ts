import { CliFolder } from '../../support/cli';

let folder: CliFolder;
beforeEach(() => { folder = new CliFolder(); });
afterEach(() => folder.remove());

const graph = (steps: string) => `apiVersion: serving.kserve.io/v1alpha1
kind: InferenceGraph
metadata: { name: pipeline, annotations: { serving.kserve.io/deploymentMode: Standard } }
spec: { nodes: { root: { routerType: Sequence, steps: [${steps}] } } }
`;
const GOOD = graph('{ serviceName: a }');
/** One warning. */
const ODD = graph('{ serviceName: a }, { serviceName: b, data: answer }');
const NAME = '.cdk8s-kserve.yaml';

/** The rules that speak, as `file: severity rule`, and the exit code. */
async function found(files: Record<string, string>, ...args: string[]) {
  const { code, out, err } = await folder.write(files).run(['lint', '--format', 'json', ...args]);
  const { findings } = JSON.parse(out) as { findings: { file: string; severity: string; rule: string }[] };
  return { code, err, found: findings.map(({ file, severity, rule }) => `${file}: ${severity} ${rule}`) };
}

test('the file of the working directory is used, and one that is named instead of it', async () => {
  expect(await found({ 'a.yaml': ODD, [NAME]: 'strict: true\n' }, 'a.yaml')).toMatchObject({ code: 1 });
  expect(await found({ 'other/lint.yaml': 'strict: false\n' }, '--config', 'other/lint.yaml', 'a.yaml')).toMatchObject({ code: 0 });
});

test('it says version, mode and strictness; the call wins', async () => {
  const timed = ODD.replace(', annotations: { serving.kserve.io/deploymentMode: Standard }', '').replace('spec: {', 'spec: { timeout: 30,');
  const files = { 'a.yaml': timed, [NAME]: "kserveVersion: '0.15'\nmode: Knative\nstrict: true\n" };
  expect(await found(files, 'a.yaml')).toMatchObject({ code: 1, found: ['a.yaml: warning unknown-data'] });
  expect(await found({}, '--mode', 'Standard', '--no-strict', 'a.yaml')).toMatchObject({
    code: 0, found: ['a.yaml: warning unknown-data', 'a.yaml: warning timeout-ignored'],
  });
  expect(await found({ 'a.yaml': ODD }, '--no-strict', 'a.yaml')).toMatchObject({ code: 0, found: expect.arrayContaining(['a.yaml: warning mode-name-too-new']) });
  expect(await found({}, '--no-strict', '--kserve-version', '0.20', 'a.yaml')).toMatchObject({ code: 0 });
});

test('a rule is turned off, or weighed anew', async () => {
  const setting = (severity: string) => ({ 'a.yaml': ODD, [NAME]: `rules:\n  unknown-data: { severity: ${severity}, reason: it is made so }\n` });
  expect(await found(setting('off'), 'a.yaml')).toEqual({ code: 0, err: '', found: [] });
  expect(await found(setting('info'), '--strict', 'a.yaml')).toEqual({ code: 0, err: '', found: ['a.yaml: info unknown-data'] });
  expect(await found(setting('error'), 'a.yaml')).toEqual({ code: 1, err: '', found: ['a.yaml: error unknown-data'] });
});

test('what is turned off is not mended', async () => {
  folder.write({ 'a.yaml': graph('{ serviceName: a, data: $response }'), [NAME]: 'rules: { response-on-first-step: { severity: off, reason: it is made so } }\n' });
  expect(await folder.run(['lint', '--fix', 'a.yaml'])).toEqual({ code: 0, out: '1 object in 1 file, for KServe 0.20.0: nothing found\n0 findings mended\n', err: '' });
});

test('files are passed over in folders and globs, seen from the configuration, and linted where they are named', async () => {
  const files = { 'app/a.yaml': ODD, 'app/vendor/b.yaml': ODD, 'app/vendor/c.yaml': ODD, 'app/lint.yaml': "ignore: ['vendor/**']\n" };
  const all = ['app/a.yaml: warning unknown-data'];
  expect(await found(files, '--config', 'app/lint.yaml', 'app')).toMatchObject({ found: all });
  expect(await found({}, '--config', 'app/lint.yaml', 'app/**/[ab].yaml')).toMatchObject({ found: all });
  expect(await found({}, '--config', 'app/lint.yaml', 'app/vendor/b.yaml')).toMatchObject({ found: ['app/vendor/b.yaml: warning unknown-data'] });
});

test('an empty one says nothing', async () => {
  expect(await found({ 'a.yaml': GOOD, [NAME]: '# nothing yet\n' }, 'a.yaml')).toEqual({ code: 0, err: '', found: [] });
});

describe('what it cannot say', () => {
  test.each<[string, string, string[]]>([
    ['every problem comes at once', `kserveversion: 0.20
mode: knative
strict: yes
ignore: vendor
rules:
  unknown-dat: { severity: off, reason: x }
  all-soft-ensemble: off
  no-root-node: { severity: warn, reason: x, raeson: y }
  no-target: { severity: off }
`, [
      "line 1, column 16: it has an unknown key 'kserveversion': did you mean 'kserveVersion'?",
      "line 2, column 7: mode must be Standard or Knative, got 'knative': did you mean 'Knative'?",
      "line 3, column 9: strict must be true or false, got 'yes': write one of them",
      "line 4, column 9: ignore must be a list of globs, got 'vendor': write it as - 'vendor/**'",
      "line 6, column 16: there is no rule 'unknown-dat': did you mean 'unknown-data'?",
      "line 7, column 22: the rule all-soft-ensemble must have a map of settings, got 'off': write { severity: off, info, warning or error, reason: … }",
      "line 8, column 54: rules.no-root-node has an unknown key 'raeson': did you mean 'reason'?",
      "line 8, column 29: rules.no-root-node.severity must be off, info, warning or error, got 'warn': write one of them",
      "line 9, column 14: the rule no-target has no reason: say why with 'reason'",
    ]],
    ['a version that YAML reads as a number', 'kserveVersion: 0.20\n', ["line 1, column 16: kserveVersion must be a KServe version, got 0.2: write it in quotes, such as '0.20'"]],
    ['a version that is none', 'kserveVersion: latest\n', ["line 1, column 16: kserveVersion must be a KServe version, got 'latest': write it as a release from 0.9 to 0.20"]],
    ['a rule without severity', 'rules: { no-target: { reason: x } }\n', ['line 1, column 21: rules.no-target.severity must be off, info, warning or error, got null: write one of them']],
    ['no map', '[1]\n', ['line 1, column 1: it must be a map of settings, got [1]']],
    ['rules that are no map', 'rules: [no-target]\n', ['line 1, column 8: rules must be a map from rules to settings, got ["no-target"]: write { <rule>: { severity, reason } }']],
    ['broken YAML', 'rules: [\n', ['line 2, column 1: Flow sequence in block collection must be sufficiently indented and end with a ]']],
  ])('%s', async (_, config, problems) => {
    folder.write({ 'a.yaml': GOOD, [NAME]: config });
    expect(await folder.run(['lint', 'a.yaml'])).toEqual({
      code: 2, out: '', err: problems.map((problem) => `error: the configuration cannot be used, got '${NAME}' ${problem}\n`).join(''),
    });
  });

  test('a file that there is not', async () => {
    expect(await folder.run(['lint', '--config', 'missing.yaml', '.'])).toEqual({
      code: 2, out: '', err: "error: the input cannot be read, got 'missing.yaml': there is no such file\n",
    });
  });
});
