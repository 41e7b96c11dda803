import { recorded } from '../../../conformance/client/vectors';
import { readDocuments } from '../../../src/cli/lint/documents';
import { DUPLICATE } from '../../../src/cli/lint/duplicates';
import { fixFiles } from '../../../src/cli/lint/fix-files';
import { lintFiles } from '../../../src/cli/lint/lint-files';
import { allRules, FILE_RULES, pageOf } from '../../../src/cli/lint/rule-pages';
import { READ_OTHERWISE } from '../../../src/cli/lint/words';
import { readings, textOf } from '../../support/kubectl-yaml';
import type { YamlAnswer } from '../../support/kubectl-yaml';

/*
 * YAML is read as kubectl reads it: YAML 1.1 in part.
 */

/** What is found in a text: message, help, rule and place. */
async function found(text: string): Promise<string[]> {
  const { findings, unreadable } = await lintFiles([{ path: 'a.yaml' }], async () => Buffer.from(text), {});
  return [
    ...unreadable.map(({ line, column, message }) => `${line}:${column} ${message}`),
    ...findings.map(({ line, column, message, help, rule }) => `${line}:${column} ${message}: ${help} (${rule})`),
  ];
}

/** The text as --fix leaves it. */
async function fixed(text: string): Promise<string> {
  const { read } = await fixFiles([{ path: '-' }], async () => Buffer.from(text), (inputs, bytes) => lintFiles(inputs, bytes, {}));
  return new TextDecoder().decode(await read('-'));
}

const graph = (step: string, more = '', labels = '{ team: a }') => `apiVersion: serving.kserve.io/v1alpha1
kind: InferenceGraph
metadata:
  name: pipeline
  annotations: { serving.kserve.io/deploymentMode: Standard }
  labels: ${labels}
spec:${more}
  nodes:
    root:
      routerType: Sequence
      steps:
        - ${step}
`;

test('what kubectl makes of a file is recorded, and is what the linter reads', () => {
  const vectors = recorded<{ text: string }, YamlAnswer>('yaml');
  expect(vectors.length).toBeGreaterThan(300);
  const read = vectors.map(({ question, answer }) => ({ text: textOf(question), ...readings(textOf(question), answer) }));
  // JSON has no -0
  expect(JSON.parse(JSON.stringify(read.map(({ text, ours }) => [text, ours])))).toEqual(read.map(({ text, kubectl }) => [text, kubectl]));
});

test.each([
  ['serviceName: on', "spec.nodes.root.steps[0].serviceName must be a text, got true, as kubectl reads on without quotes: write 'on' (invalid-value)", "serviceName: 'on'"],
  ['serviceName: 1_000', "spec.nodes.root.steps[0].serviceName must be a text, got 1000, as kubectl reads 1_000 without quotes: write '1_000' (invalid-value)", "serviceName: '1_000'"],
  ['{ serviceName: a, name: N }', "spec.nodes.root.steps[0].name must be a text, got false, as kubectl reads N without quotes: write 'N' (invalid-value)", "{ serviceName: a, name: 'N' }"],
  ['{ serviceName: a, name: 1e3 }', "spec.nodes.root.steps[0].name must be a text, got 1000, as kubectl reads 1e3 without quotes: write '1e3' (invalid-value)", "{ serviceName: a, name: '1e3' }"],
  ['{ serviceName: a, dependency: no }', "spec.nodes.root.steps[0].dependency must be 'Soft' or 'Hard', got false, as kubectl reads no without quotes: write one of them (invalid-value)", '{ serviceName: a, dependency: no }'],
  ['{ serviceName: a, name: true }', 'spec.nodes.root.steps[0].name must be a text, got true: give a text (invalid-value)', "{ serviceName: a, name: 'true' }"],
])('%s', async (step, finding, mended) => {
  const all = await found(graph(step));
  expect(all.filter((one) => one.includes('invalid-value')).map((one) => one.slice(one.indexOf(' ') + 1))).toEqual([finding]);
  expect(await fixed(graph(step))).toContain(mended);
});

const read = (message: string) => `${message} (${READ_OTHERWISE})`;

test('a key that kubectl reads otherwise is told at the key, and mended', async () => {
  const text = graph('serviceName: a', '', '{ team: a, on: duty, 012: b }');
  expect((await found(text)).filter((one) => !one.includes('unknown-service'))).toEqual([
    read("6:22 metadata.labels has a key that kubectl reads as 'true', got on without quotes: write 'on'"),
    read("6:32 metadata.labels has a key that kubectl reads as '10', got 012 without quotes: write '012'"),
  ]);
  expect(await fixed(text)).toBe(graph('serviceName: a', '', "{ team: a, 'on': duty, '012': b }"));
});

test('a node, the step that calls it, and what is wrong in it are mended together', async () => {
  const text = graph('nodeName: y', '').replace('    root:', `    y:
      routerType: Sequence
      steps:
        - serviceName: 012
    root:`);
  expect(await fixed(text)).toBe(text.replace('    y:', "    'y':").replace('nodeName: y', "nodeName: 'y'").replace('serviceName: 012', "serviceName: '012'"));
});

test('a field that nobody knows is told once', async () => {
  const [first, ...rest] = await found(graph('serviceName: a', '\n  off: 1'));
  expect(first).toMatch(/^8:8 spec has an unknown field 'false', as kubectl reads off without quotes: remove it; KServe knows [a-zA-Z, ]+ here \(unknown-field\)$/);
  expect(rest.filter((one) => !one.includes('unknown-service'))).toEqual([]);
});

test('a number that begins with 0 is told where a number is wanted, unless it is a file mode', async () => {
  expect((await found(graph('serviceName: a', '\n  maxReplicas: 012'))).filter((one) => one.includes(READ_OTHERWISE))).toEqual([
    read('8:16 kubectl reads spec.maxReplicas as 10, got 012: a number that begins with 0 has base 8: write 12, or 10 if that is meant'),
  ]);
  const service = (mode: string) => `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: iris, annotations: { serving.kserve.io/deploymentMode: Standard } }
spec:
  predictor:
    model: { modelFormat: { name: sklearn }, storageUri: gs://models/iris }
    volumes: [{ name: a, configMap: { name: b, ${mode} } }]
`;
  expect(await found(service('defaultMode: 0444'))).toEqual([]);
  expect((await found(service('defaultmode: 0444'))).filter((one) => one.includes(READ_OTHERWISE))).toEqual([
    read('7:61 kubectl reads spec.predictor.volumes[0].configMap.defaultmode as 292, got 0444: a number that begins with 0 has base 8: write 444, or 292 if that is meant'),
  ]);
});

test('what is meant as it is read is well', async () => {
  expect((await found(graph('{ serviceName: a, mapPredictionsToInstances: off }', '\n  maxReplicas: 1_0\n  minReplicas: 0x1'))).filter((one) => /yaml-read|invalid/.test(one))).toEqual([]);
});

test.each([
  ['a key that is null', '~: a\n', '1:1 ~ is no key of JSON'],
  ['a key that is empty', ': a\n', '1:1 an empty text is no key of JSON'],
  ['a number that is none', 'a: .nan\n', '1:4 .nan is no number of JSON'],
  ['a list as key', '? [a]\n: b\n', '1:3 a map or list is no key of JSON (of a template, lint what it renders)'],
  ['a template', 'a: {{ .Values.name }}\n', '1:5 a map or list is no key of JSON (of a template, lint what it renders)'],
  ['two keys that are one', 'on: 1\nyes: 2\n', '2:1 Map keys must be unique'],
  ['a control character', 'a: "\u0007"\n', '1:5 kubectl refuses the character U+0007'],
  ['a line end of YAML 1.1', 'a: 1\n---\nb: a\u2028b\n', '3:5 kubectl takes the character U+2028 for the end of a line'],
  ['a merge key of no map', 'a:\n  <<: 1\n', '1:1 a merge key (<<) wants a map, or a list of maps'],
])('%s', async (_, text, problem) => {
  expect(await found(text)).toEqual([problem]);
});

test('JSON may have every character', async () => {
  expect(await found('{ "a": "\u2028\u0080", "b": "on" }')).toEqual([]);
});

test('merge keys are what kubectl makes of them, and each is followed once', async () => {
  const step = '{ <<: &s { serviceName: a, name: on }, name: x }';
  expect((await found(graph(step))).filter((one) => !one.includes('unknown-service'))).toEqual([]);
  const bomb = Array.from({ length: 40 }, (_, i) => `m${i + 1}: &m${i + 1} { <<: [*m${i}, *m${i}] }\n`).join('');
  expect(await found(`m0: &m0 { a: 1 }\n${bomb}`)).toEqual(['1:1 Excessive alias count indicates a resource exhaustion attack']);
});

test.each([
  [READ_OTHERWISE, 2],
  [DUPLICATE, 1],
])('the page of %s: its mistaken example is found, and only by it; the mended one is clean', async (rule, times) => {
  const { fails, mended } = FILE_RULES.find(({ id }) => id === rule)!;
  const rules = async (text: unknown) => (await found(text as string)).filter((one) => !one.includes('unknown-service')).map((one) => /\(([a-z-]+)\)$/.exec(one)![1]);
  expect([await rules(fails), await rules(mended)]).toEqual([Array(times).fill(rule), []]);
});

test('the page of runtime-priority-taken: its two runtimes are found, those of the mended one are clean', async () => {
  const [mistaken, mended] = Array.from(pageOf(allRules().find(({ id }) => id === 'runtime-priority-taken')!).matchAll(/```yaml\n(.*?)```/gs), ([, text]) => text);
  expect([(await found(mistaken)).length, await found(mended)]).toEqual([2, []]);
});

test('the examples on the pages are read as what they are', () => {
  const valuesOf = (text: string) => readDocuments(Buffer.from(text)).objects.map(({ value }) => value);
  for (const rule of allRules()) {
    const [mistaken, mended] = Array.from(pageOf(rule).matchAll(/```yaml\n(.*?)```/gs), ([, text]) => text);
    const written = [rule.fails, rule.mended].map((value) => JSON.parse(JSON.stringify([...rule.beside ?? [], value])));
    expect([rule.id, valuesOf(mistaken), valuesOf(mended)]).toEqual([rule.id, ...written]);
  }
});
