import Ajv from 'ajv';
import { stringify } from 'yaml';
import { allRules } from '../../../src/cli/lint/rule-pages';
import { CliFolder } from '../../support/cli';

let folder: CliFolder;
beforeEach(() => { folder = new CliFolder(); });
afterEach(() => folder.remove());

/* eslint-disable @typescript-eslint/no-require-imports */
const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object;
const draft4 = require('ajv/lib/refs/json-schema-draft-04.json') as object;
const ajv = new Ajv({ schemaId: 'auto', allErrors: true });
ajv.addMetaSchema(draft4);
const isSarif = ajv.compile(schema);

/** A graph with an error, a warning and an info; the names need quoting in every format. */
const MIXED = `apiVersion: serving.kserve.io/v1alpha1
kind: InferenceGraph
metadata: { name: pipeline }
spec:
  nodes:
    root:
      routerType: Sequence
      steps:
        - { serviceName: a, condition: "50% ,:\\n" }
        - { serviceName: b, data: answer }
`;

describe('SARIF', () => {
  test('every rule, and input that cannot be used, within the published schema', async () => {
    const examples = allRules().map(({ fails }) => stringify(fails)).join('---\n');
    folder.write({ 'a b/100%#?ü[1].yaml': examples, 'broken.yaml': 'a: [', 'binary.yaml': Uint8Array.from([0]) });
    const { code, out } = await folder.run(['lint', '--format', 'sarif', '.', 'missing.yaml']);
    const log = JSON.parse(out);
    expect([code, isSarif(log), isSarif.errors]).toEqual([2, true, null]);
    const [{ tool, results, invocations }] = log.runs;
    const ids = tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(60);
    expect(new Set(results.map(({ level }: { level: string }) => level))).toEqual(new Set(['error', 'warning', 'note']));
    expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('a%20b/100%25%23%3F%C3%BC%5B1%5D.yaml');
    expect(invocations[0].toolExecutionNotifications.length).toBe(3);
  });

  test('the schema refuses what is none', () => {
    expect(isSarif({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
  });

  test('as a whole', async () => {
    folder.write({ 'a.yaml': MIXED, 'broken.yaml': 'a: [' });
    expect(JSON.parse((await folder.run(['lint', '--format', 'sarif', '.'])).out)).toMatchSnapshot();
  });
});

test('JSON, as a whole', async () => {
  folder.write({ 'a.yaml': MIXED, 'broken.yaml': 'a: [' });
  expect((await folder.run(['lint', '--format', 'json', '.'])).out).toMatchSnapshot();
});

test('for GitHub, as a whole', async () => {
  folder.write({ 'a.yaml': MIXED });
  expect((await folder.run(['lint', '--format', 'github', '.'])).out).toMatchSnapshot();
});

test('the same input gives the same bytes, in every format', async () => {
  folder.write({ 'a.yaml': MIXED, 'b.yaml': MIXED, 'c/d.yaml': MIXED });
  for (const format of ['text', 'json', 'sarif', 'github']) {
    const [first, second] = [await folder.run(['lint', '-f', format, '.']), await folder.run(['lint', '-f', format, '.'])];
    expect(second).toEqual(first);
    if (format === 'json' || format === 'sarif') expect(first.out).toBe(`${JSON.stringify(JSON.parse(first.out), null, 2)}\n`);
  }
});

test('what a terminal would obey is not printed', async () => {
  folder.write({ 'a\u001b[2J.yaml': MIXED.replace('50% ,:\\n', '\\e]0;owned\\a\\n\\u202e') });
  const { out } = await folder.run(['lint', '.']);
  expect(out).toMatch(/^[\n -\ud7ff]*$/);
  expect(out.split('\n').slice(0, 2)).toEqual([
    "error: steps[0] of node 'root' is the first, so there is no answer that its condition could be tested on, got '\\u001b]0;owned\\u0007\\n\\u202e'  (condition-on-first-step)",
    ' --> a\\u001b[2J.yaml:9:40  InferenceGraph pipeline',
  ]);
});
