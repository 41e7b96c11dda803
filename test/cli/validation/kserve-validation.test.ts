import type { Violation } from '../../../src/cli/validation/cdk8s-cli';
import { KServeValidation } from '../../../src/cli/validation/kserve-validation';
import { CliFolder } from '../../support/cli';

let folder: CliFolder;
let before: string;
beforeEach(() => {
  folder = new CliFolder();
  before = process.cwd();
  process.chdir(folder.path);
});
afterEach(() => {
  process.chdir(before);
  folder.remove();
});

/** What the cdk8s CLI gets to know; .ci/packed.sh asks the real one. */
async function validated(files: Record<string, string>, properties?: object) {
  folder.write(files);
  const told = { violations: [] as Violation[], log: [] as string[], status: '', metadata: {} };
  await new KServeValidation(properties).validate({
    manifests: Object.keys(files).filter((name) => !name.startsWith('.')),
    report: {
      addViolation: (violation) => { told.violations.push(violation); },
      submit: (status, metadata) => { Object.assign(told, { status, metadata }); },
    },
    logger: { log: (message) => { told.log.push(message); } },
  });
  return told;
}

const graph = (steps: string) => `apiVersion: serving.kserve.io/v1alpha1
kind: InferenceGraph
metadata: { name: pipeline, annotations: { serving.kserve.io/deploymentMode: Standard } }
spec: { nodes: { root: { routerType: Sequence, steps: [${steps}] } } }
`;
const ODD = graph('{ serviceName: a }, { serviceName: b, data: answer }');
const warning = "warning: dist/a.yaml:4:100 steps[1] of node 'root' has data that the router does not know, so it is sent what the Sequence received, got 'answer': "
  + "write '$response' for the answer of the step before, or '$request'  (unknown-data)";

test('good manifests', async () => {
  expect(await validated({ 'dist/a.yaml': graph('{ serviceName: a }') })).toEqual({
    violations: [], log: [], status: 'success', metadata: { Objects: '1', Violations: '0', Warnings: '0' },
  });
});

test('an error is a violation, a warning is logged, and what cannot be read is told', async () => {
  expect(await validated({ 'dist/a.yaml': ODD, 'dist/b.yaml': graph('{ serviceName: a, condition: x }'), 'dist/c.yaml': 'a: [' })).toEqual({
    violations: [
      {
        ruleName: 'unreadable-manifest',
        recommendation: 'the manifest cannot be read: Flow sequence in block collection must be sufficiently indented and end with a ]',
        fix: 'mend its YAML',
        violatingResources: [{ resourceName: '', locations: ['line 1, column 5'], manifestPath: 'dist/c.yaml' }],
      },
      {
        ruleName: 'condition-on-first-step',
        recommendation: "steps[0] of node 'root' is the first, so there is no answer that its condition could be tested on, got 'x'",
        fix: 'drop the condition, or call the Sequence from a Switch that has it',
        violatingResources: [{ resourceName: 'pipeline', locations: ['spec.nodes.root.steps[0].condition (line 4, column 85)'], manifestPath: 'dist/b.yaml' }],
      },
    ],
    log: [warning],
    status: 'failure',
    metadata: { Objects: '2', Violations: '2', Warnings: '1' },
  });
});

test('properties are those of a configuration file, and win over the one of the working directory', async () => {
  const files = { 'dist/a.yaml': ODD, '.cdk8s-kserve.yaml': 'strict: true\n' };
  expect(await validated(files)).toMatchObject({ status: 'failure', violations: [{ ruleName: 'unknown-data' }] });
  expect(await validated(files, { strict: false })).toMatchObject({ status: 'success', log: [warning] });
  expect(await validated(files, { rules: { 'unknown-data': { severity: 'off', reason: 'tried' } } })).toMatchObject({ status: 'success', log: [] });
});

test('what cannot be used is told without a stack', async () => {
  expect(() => new KServeValidation({ kserveversion: '0.20', mode: 'Raw' })).toThrow(expect.objectContaining({
    stack: "error: the properties of KServeValidation cannot be used: it has an unknown key 'kserveversion': did you mean 'kserveVersion'?\n"
      + "the properties of KServeValidation cannot be used: mode must be Standard or Knative, got 'Raw': write one of them",
  }));
  await expect(validated({ 'a.yaml': ODD, '.cdk8s-kserve.yaml': 'strict: 1\n' })).rejects.toMatchObject({
    stack: "error: the configuration cannot be used, got '.cdk8s-kserve.yaml' line 1, column 9: strict must be true or false, got 1: write one of them",
  });
});
