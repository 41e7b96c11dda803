import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { fixFiles } from '../../../src/cli/lint/fix-files';
import { lintFiles } from '../../../src/cli/lint/lint-files';
import { allRules } from '../../../src/cli/lint/rule-pages';
import { inferenceGraph } from '../../arbitraries/graph';
import { documentOf, graphFrom, randomFrom } from '../../arbitraries/graph-with-mistakes';
import { mutated } from '../../arbitraries/mutation';
import { CliFolder } from '../../support/cli';

let folder: CliFolder;
beforeEach(() => { folder = new CliFolder(); });
afterEach(() => folder.remove());

const lint = (context = {}) => (inputs: Parameters<typeof lintFiles>[0], read: Parameters<typeof lintFiles>[1]) => lintFiles(inputs, read, context);

/** A text with its fixes, and how many there were. Nothing is written. */
async function fixed(text: string | Uint8Array, context = {}) {
  const { result, mended, read } = await fixFiles([{ path: '-' }], async () => Buffer.from(text), lint(context));
  return { text: Buffer.from(await read('-')).toString(), mended, result };
}

const head = `apiVersion: serving.kserve.io/v1alpha1
kind: InferenceGraph
metadata:
  name: pipeline
  annotations: { serving.kserve.io/deploymentMode: Standard }
spec:
`;
const inSwitch = (step: string) => `${head}  nodes:
    root:
      routerType: Switch
      steps:
        - serviceName: a
          condition: label
${step}`;
const inSequence = (step: string) => `${head}  nodes:
    root:
      routerType: Sequence
      steps:
        - serviceName: a
          dependency: Hard
${step}`;

describe('what is certain is mended, and everything else stays', () => {
  test.each<[string, (step: string) => string, string, string]>([
    ['a comparison outside of a query', inSwitch, "        - { serviceName: b, condition: 'score > 0.5' }\n", "        - { serviceName: b, condition: '[@this].#(score>0.5)' }\n"],
    ['a plain text that then needs quotes', inSwitch, '        - condition: predictions.0==dog # why\n          serviceName: b\n', "        - condition: '[@this].#(predictions.0==\"dog\")' # why\n          serviceName: b\n"],
    ['a text in double quotes', inSwitch, '        - serviceName: b\n          condition: "predictions.0==\\"dog\\""   # why\n', '        - serviceName: b\n          condition: "[@this].#(predictions.0==\\"dog\\")"   # why\n'],
    ['a block scalar', inSwitch, '        - condition: >-\n            predictions.0=="dog"\n\n          # why\n          serviceName: b\n', '        - condition: \'[@this].#(predictions.0=="dog")\'\n\n          # why\n          serviceName: b\n'],
    ['JSONPath', inSwitch, '        - condition: $.a[0].b\n          serviceName: b\n', '        - condition: a.0.b\n          serviceName: b\n'],
    ['single quotes', inSwitch, '        - condition: "[@this].#(a==\'x\')"\n          serviceName: b\n', '        - condition: "[@this].#(a==\\"x\\")"\n          serviceName: b\n'],
    ['&&', inSwitch, "        - condition: 'a>1 && b<2'\n          serviceName: b\n", "        - condition: '[@this].#(a>1)#|#(b<2)'\n          serviceName: b\n"],
    ['||', inSwitch, "        - condition: 'a>1 || b<2'\n          serviceName: b\n", "        - condition: '[[@this].#(a>1),[@this].#(b<2)].0'\n          serviceName: b\n"],
    ['a boolean', inSwitch, "        - condition: '[@this].#(ok==true)'\n          serviceName: b\n", "        - condition: '[@this].#(ok|@tostr==\"true\")'\n          serviceName: b\n"],
    ['a last branch without condition', inSwitch, '        - serviceName: b\n', "        - condition: '@this'\n          serviceName: b\n"],
    ['such a branch on one line', inSwitch, '        - { serviceName: b } # else\n', "        - { condition: '@this', serviceName: b } # else\n"],
    ["a last branch 'default'", inSwitch, '        - serviceName: b\n          condition: default\n', "        - serviceName: b\n          condition: '@this'\n"],
    ['a misspelt key', inSwitch, '        - "servicename": b # b\n          Condition: x\n', '        - "serviceName": b # b\n          condition: x\n'],
    ['an old key', inSwitch, '        - service: b\n          condition: x\n', '        - serviceName: b\n          condition: x\n'],
    ['a key in other case, and its value', inSwitch, '    spare:\n      routertype: sequence\n', '    spare:\n      routerType: Sequence\n'],
    ['a number for a text', inSwitch, '        - { name: 1.0, serviceName: b, condition: x }\n', "        - { name: '1.0', serviceName: b, condition: x }\n"],
    ['a text for a number', inSwitch, '        - { serviceName: b, condition: x }\n  timeout: "30"\n', '        - { serviceName: b, condition: x }\n  timeout: 30\n'],
    ['a text for a boolean', inSequence, "        - { serviceName: b, data: $response, mapPredictionsToInstances: 'true' }\n", '        - { serviceName: b, data: $response, mapPredictionsToInstances: true }\n'],
    ['a dollar', inSequence, '        - { serviceName: b, data: response }\n', '        - { serviceName: b, data: $response }\n'],
    ['what does nothing', inSwitch, '        - condition: x # c\n          dependency: Hard\n          # after\n          serviceName: b\n', '        - condition: x # c\n          # after\n          serviceName: b\n'],
    ['what does nothing, at the end', inSwitch, '        - condition: x # c\n          serviceName: b\n          dependency: Hard # why\n', '        - condition: x # c\n          serviceName: b # why\n'],
    ['what does nothing, on one line', inSwitch, '        - { condition: x, dependency: Hard, serviceName: b }\n', '        - { condition: x, serviceName: b }\n'],
    ['what does nothing, last on one line', inSwitch, '        - { condition: x, serviceName: b, dependency: Hard }\n', '        - { condition: x, serviceName: b }\n'],
  ])('%s', async (_, within, before, after) => {
    expect((await fixed(within(before))).text).toBe(within(after));
  });

  test('the first key of a step, with a comment', async () => {
    const text = (first: string) => `${head}  nodes:\n    root:\n      routerType: Sequence\n      steps:\n        - ${first}\n          serviceName: a\n`;
    expect((await fixed(text('data: $response # nothing'))).text).toBe(text('# nothing'));
  });

  test('a mode in other case, and the name that an old KServe knows', async () => {
    const text = inSwitch('        - { serviceName: b, condition: x }\n');
    expect((await fixed(text.replace('Standard', 'standard'))).text).toBe(text);
    expect((await fixed(text, { kserveVersion: '0.15.2' })).text).toBe(text.replace('Standard', 'RawDeployment'));
    expect((await fixed(text.replace('Standard', 'rawdeployment'), { kserveVersion: '0.15.2' })).text).toBe(text.replace('Standard', 'RawDeployment'));
  });

  test('an InferenceService', async () => {
    const service = (batcher: string, model: string, type: string) => `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata:
  name: a
  annotations:
    serving.kserve.io/autoscalerClass: ${type}
spec:
  predictor:
    batcher: ${batcher}
    model: ${model}
`;
    expect((await fixed(service("{ maxbatchsize: '5' }", "{ modelFormat: { name: sklearn }, protocolVersion: 'V2', storageUri: gs://models/a, env: [{ name: PORT, value: 8080 }] }", 'HPA'))).text)
      .toBe(service('{ maxBatchSize: 5 }', "{ modelFormat: { name: sklearn }, protocolVersion: 'v2', storageUri: gs://models/a, env: [{ name: PORT, value: '8080' }] }", 'hpa'));
  });
});

describe('what is not certain stays', () => {
  test.each([
    ['a key that nothing is near to', inSwitch('        - { serviceName: b, condition: x, banana: 1 }\n')],
    ['a key that is there already', inSwitch('        - { serviceName: b, condition: x, servicename: c }\n')],
    ['a key whose value would not fit', inSwitch('        - { serviceName: b, condition: x, wieght: much }\n')],
    ["a branch 'default' that others follow", inSwitch('        - { serviceName: b, condition: default }\n        - { serviceName: c, condition: x }\n')],
    ['a condition that is not closed', inSwitch('        - { serviceName: b, condition: \'[@this].#(a=="x"\' }\n')],
    ['&& and || in one', inSwitch("        - { serviceName: b, condition: 'a>1 && b<2 || c==3' }\n")],
    ['an alias of something that others use', inSwitch('        - &step { serviceName: b, condition: x, dependency: Hard }\n    other:\n      routerType: Sequence\n      steps: [{ serviceName: c }, *step]\n')],
    ['a comment that would be lost', inSwitch('        - condition: > # why\n            a==1\n          serviceName: b\n')],
    ['a name on a document that is broken further down', `${inSwitch('        - { serviceName: b, condition: default }\n')}---\na: [\n`],
  ])('%s', async (_, text) => {
    expect(await fixed(text)).toMatchObject({ text, mended: 0 });
  });

  test('bytes that are no UTF-8', async () => {
    const text = Buffer.concat([Buffer.from(inSwitch('        - serviceName: b\n')), Buffer.from([0x23, 0xff, 0x0a])]);
    const { read, mended } = await fixFiles([{ path: '-' }], async () => text, lint());
    expect([await read('-'), mended]).toEqual([text, 0]);
  });
});

test('Windows line ends and a byte order mark stay', async () => {
  const text = (step: string) => `\ufeff${inSwitch(step)}`.replace(/\n/g, '\r\n');
  expect((await fixed(text('        - serviceName: b\n'))).text).toBe(text("        - condition: '@this'\n          serviceName: b\n"));
});

test('several documents, other kinds, and a List', async () => {
  const list = (step: string) => `apiVersion: v1\nkind: List\nitems:\n  - ${inSwitch(step).trimEnd().split('\n').join('\n    ')}\n`;
  const text = (step: string) => `# one\nkind: Secret\ndependency: Hard\n---\n${inSwitch(step)}---\n${list(step)}  - ${inSwitch(step).trimEnd().split('\n').join('\n    ')}\n...\n# end\n`;
  expect(await fixed(text('        - serviceName: b\n'))).toMatchObject({ text: text("        - condition: '@this'\n          serviceName: b\n"), mended: 3 });
});

test('JSON stays JSON', async () => {
  const json = (steps: string) => `{
  "apiVersion": "serving.kserve.io/v1alpha1", "kind": "InferenceGraph",
  "metadata": {"name": "pipeline", "annotations": {"serving.kserve.io/deploymentMode": "Standard"}},
  "spec": {"nodes": {"root": {"routerType": "Switch", "steps": [${steps}]}}}
}`;
  const { text } = await fixed(json('\n    {"name": 1, "serviceName": "a", "condition": "a==\'x\'"},\n    {\n      "serviceName": "b"\n    }\n  '));
  expect(text).toBe(json('\n    {"name": "1", "serviceName": "a", "condition": "[@this].#(a==\\"x\\")"},\n    {\n      "condition": "@this",\n      "serviceName": "b"\n    }\n  '));
  expect(() => JSON.parse(text)).not.toThrow();
});

describe('the program', () => {
  const bad = inSwitch('        - serviceName: b\n');
  const good = inSwitch("        - condition: '@this'\n          serviceName: b\n");

  test('writes the files, and tells what is left', async () => {
    folder.write({ 'a.yaml': bad, 'b.yaml': inSwitch('        - serviceName: b\n          banana: 1\n'), 'c.txt': bad });
    expect(await folder.run(['lint', '.'])).toEqual({ code: 1, err: '', out: expect.stringMatching(/\n2 objects in 2 files, for KServe 0.20.0: 3 errors, 0 warnings, 2 info\n--fix can mend 2 of them\n$/) });
    expect(await folder.run(['lint', '--fix', '.'])).toEqual({
      code: 1,
      out: `error: spec.nodes.root.steps[1] has an unknown field 'banana'  (unknown-field)
  --> b.yaml:15:19  InferenceGraph pipeline
15 |           banana: 1
   |                   ^
   = note: kubectl refuses the object; a client without strict field validation drops the field silently.
   = remove it; KServe knows name, nodeName, serviceName, serviceUrl, data, weight, condition, dependency or mapPredictionsToInstances here

2 objects in 2 files, for KServe 0.20.0: 1 error, 0 warnings, 0 info
2 findings mended
`,
      err: '',
    });
    expect(readFileSync(join(folder.path, 'a.yaml'), 'utf8')).toBe(good);
    expect(readFileSync(join(folder.path, 'c.txt'), 'utf8')).toBe(bad);
    expect(readdirSync(folder.path).sort()).toEqual(['a.yaml', 'b.yaml', 'c.txt']);
    expect((await folder.run(['lint', '--fix', 'a.yaml'])).out).toBe('1 object in 1 file, for KServe 0.20.0: nothing found\n0 findings mended\n');
  });

  test('keeps mode and links', async () => {
    folder.write({ 'real/a.yaml': bad });
    chmodSync(join(folder.path, 'real/a.yaml'), 0o640);
    symlinkSync('real/a.yaml', join(folder.path, 'link.yaml'));
    expect(await folder.run(['lint', '--fix', 'link.yaml'])).toMatchObject({ code: 0 });
    expect(lstatSync(join(folder.path, 'link.yaml')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder.path, 'real/a.yaml'), 'utf8')).toBe(good);
    expect(statSync(join(folder.path, 'real/a.yaml')).mode & 0o777).toBe(0o640); // eslint-disable-line no-bitwise
  });

  test('gives standard input back, mended, and its report on standard error', async () => {
    expect(await folder.run(['lint', '--fix', '-'], bad)).toEqual({ code: 0, out: good, err: '1 object in 1 file, for KServe 0.20.0: nothing found\n1 finding mended\n' });
    expect(await folder.run(['lint', '--fix', '-'], 'a: [')).toMatchObject({ code: 2, out: 'a: [' });
  });

  test('JSON tells which findings can be mended', async () => {
    folder.write({ 'a.yaml': inSwitch('        - serviceName: b\n          banana: 1\n') });
    const of = async (...args: string[]) => JSON.parse((await folder.run(['lint', '--format', 'json', ...args, 'a.yaml'])).out);
    const { findings } = await of();
    expect(findings.map(({ rule, fixable }: { rule: string; fixable: boolean }) => [rule, fixable])).toEqual([
      ['unknown-field', false], ['switch-step-without-condition', true], ['switch-without-default', false],
    ]);
    expect(await of('--fix')).toEqual({ findings: [{ ...findings[0], line: 15 }], unreadable: [], files: 1, objects: 1, mended: 1 });
  });
});

test('these rules have a mend that is certain, and it takes their own example away', async () => {
  const mendedBy = await Promise.all(allRules().map(async ({ id, fails }) => {
    const text = stringify(fails);
    const { mended, result } = await fixed(text, { kserveVersion: id === 'mode-name-too-new' ? '0.15.2' : undefined });
    return mended > 0 && result.findings.every(({ rule }) => rule !== id) ? [id] : [];
  }));
  expect(mendedBy.flat().sort()).toEqual([
    'autoscaler-class', 'condition-boolean-literal', 'condition-boolean-operator', 'condition-never-matches', 'condition-single-quotes',
    'hard-without-effect', 'invalid-value', 'mode-name-too-new', 'protocol-version', 'response-on-first-step', 'runtime-protocol-name',
    'unknown-deployment-mode', 'unknown-field',
  ]);
});

describe('whatever the input', () => {
  const RUNS = Number(process.env.FIX_FUZZ ?? 60);
  const styles = fc.record({
    flow: fc.boolean(),
    crlf: fc.boolean(),
    mark: fc.boolean(),
    comments: fc.boolean(),
    type: fc.constantFrom<'PLAIN' | 'QUOTE_SINGLE' | 'QUOTE_DOUBLE' | 'BLOCK_FOLDED'>('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_FOLDED'),
    indent: fc.constantFrom(2, 4),
    kind: fc.constantFrom('yaml', 'json', 'list'),
  });
  const slips: readonly [RegExp, string][] = [[/serviceName/g, 'servicename'], [/condition/g, 'Condition'], [/serviceUrl/g, 'serviceURL'], [/Hard/g, 'hard'], [/routerType/g, 'routertype']];
  const graphs = fc.oneof(
    fc.nat().map((seed) => documentOf(graphFrom(randomFrom(seed), true), true) as unknown),
    mutated(inferenceGraph()),
  );
  const slipped = fc.tuple(graphs, fc.subarray([...slips.keys()])).map(([document, chosen]) => (
    JSON.parse(chosen.reduce((text, i) => text.replace(...slips[i]), JSON.stringify(document) ?? 'null')) as unknown
  ));
  const texts = fc.tuple(slipped, styles).map(([document, { flow, crlf, mark, comments, type, indent, kind }]) => {
    const value = kind === 'list' ? { apiVersion: 'v1', kind: 'List', items: [document, document] } : document;
    let text = kind === 'json' ? JSON.stringify(value, null, flow ? 0 : indent)
      : stringify(value, { indent, defaultStringType: type, defaultKeyType: 'PLAIN', collectionStyle: flow ? 'flow' : 'block', aliasDuplicateObjects: false, version: '1.2' });
    if (comments && kind !== 'json' && type !== 'BLOCK_FOLDED') {
      text = text.split('\n').map((line, i) => i % 3 === 0 && /[\w'"},]$/.test(line) && !/^\s*[^\s:]*"[^"]*$/.test(line) ? `${line} # c${i}` : line).join('\n');
    }
    return (mark ? '\ufeff' : '') + (crlf ? text.replace(/\r?\n/g, '\r\n') : text);
  });
  const comments = (text: string) => (text.match(/# c\d+/g) ?? []).sort();

  test('there are never more findings than before, comments stay, and a second time nothing is left to do', async () => {
    let fixes = 0;
    await fc.assert(fc.asyncProperty(texts, async (text) => {
      const bytes = Buffer.from(text);
      const before = await lintFiles([{ path: '-' }], async () => bytes, {});
      const once = await fixed(text);
      const twice = await fixed(once.text);
      fixes += once.mended;
      expect(once.result.findings.length).toBeLessThanOrEqual(before.findings.length);
      expect(once.result.unreadable).toEqual(before.unreadable);
      expect(comments(once.text)).toEqual(comments(text));
      expect(once.text.startsWith('\ufeff')).toBe(text.startsWith('\ufeff'));
      expect(/[^\r]\n/.test(once.text)).toBe(/[^\r]\n/.test(text));
      expect(twice).toMatchObject({ text: once.text, mended: 0 });
      if (once.mended === 0) expect(once.text).toBe(text);
    }), { numRuns: RUNS });
    expect(fixes).toBeGreaterThan(RUNS / 2);
  }, 120_000);
});

test('a file is linted as often as it has texts, and one without a mend once', async () => {
  const lints = async (text: string) => {
    let count = 0;
    await fixFiles([{ path: '-' }], async () => Buffer.from(text), (inputs, read) => {
      count++;
      return lintFiles(inputs, read, {});
    });
    return count;
  };
  const graph = (data: string) => `apiVersion: serving.kserve.io/v1alpha1
kind: InferenceGraph
metadata: { name: pipeline }
spec: { nodes: { root: { routerType: Sequence, steps: [{ serviceName: a }, { serviceName: b, data: ${data} }] } } }
`;
  // all files; the file as it is, and mended; all files again
  expect([await lints(graph('$request')), await lints(graph('response'))]).toEqual([1, 4]);
});

test('a file that is too large to be edited is told, and stays as it is', async () => {
  const bad = `${inSwitch("        - { serviceName: b, condition: 'score > 0.5' }\n")}---\n# ${'x'.repeat(3_000_000)}\n---\n# ${'x'.repeat(3_000_000)}\n`;
  const { text, mended, result: { findings, unreadable } } = await fixed(bad);
  expect(text === bad).toBe(true);
  expect([mended, findings.filter(({ fix }) => fix !== undefined).length, unreadable])
    .toEqual([0, 1, [{ file: '<stdin>', message: 'it cannot be mended: it is larger than 4 MiB' }]]);
});
