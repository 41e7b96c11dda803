import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocuments } from '../../../src/cli/lint/documents';
import { CliFolder } from '../../support/cli';

/*
 * What no linter can read is told in one line each, on standard error, and ends with 2; the file beside it is linted all the same.
 */

let folder: CliFolder;
beforeEach(() => { folder = new CliFolder(); });
afterEach(() => folder.remove());

const GRAPH = `apiVersion: serving.kserve.io/v1alpha1
kind: InferenceGraph
metadata: { name: pipeline, annotations: { serving.kserve.io/deploymentMode: Standard } }
spec: { nodes: { root: { routerType: Sequence, steps: [{ serviceName: a }] } } }
`;
const bomb = (levels: number) => ['a: &a0 [x]', ...Array.from({ length: levels }, (_, i) => `b${i}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`)].join('\n');

describe('the whole answer', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['a list that is not closed', 'kind: List\nitems: [1, 2\n', 'line 3, column 1: Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ['a text that is not closed', 'a: "b\n', 'line 2, column 1: Missing closing "quote'],
    ['a value where none can be', 'a: b: c\n', 'line 1, column 4: Nested mappings are not allowed in compact mappings'],
    ['a tab as indentation', 'a:\n\tb: 1\n', 'line 2, column 1: Tabs are not allowed as indentation'],
    ['what follows ---', 'a: 1\n--- {a: 1}\n', 'line 2, column 1: kubectl refuses a line that begins with --- and goes on: write what follows on a line of its own'],
    ['more hyphens than make a border', '# c\n---------\na: 1\n', 'line 2, column 1: kubectl refuses a line that begins with --- and goes on: write what follows on a line of its own'],
    ['what follows ...', 'a: 1\n...\n# end\nb: 1\n', 'line 4, column 1: kubectl passes over what follows ... up to the next ---: write --- before it'],
    ['dots where something is left out', '...\nroot:\n  routerType: Sequence\n...\n', 'line 1, column 1: kubectl refuses ... without a document before it: remove it, or write # before it'],
    ['a key twice', 'spec:\n  timeout: 1\n  timeout: 2\n', 'line 3, column 3: Map keys must be unique'],
    ['an alias of nothing', 'a: *b\n', 'line 1, column 4: Unresolved alias (the anchor must be set before the alias): b'],
    ['an alias of what it is in', `${GRAPH}labels: &a\n  b: [1, { c: *a }]\n`, 'line 6, column 15: an alias stands for something that it is a part of'],
    ['an alias bomb', bomb(8), 'line 1, column 1: Excessive alias count indicates a resource exhaustion attack'],
    ['a list in lists without end', '['.repeat(100_000), 'line 1, column 1: it is nested too deep'],
    ['a map in maps without end', '{a: '.repeat(100_000), 'line 1, column 1: it is nested too deep'],
    ['a list in lists, in many lines', Array.from({ length: 2500 }, (_, i) => `${' '.repeat(i)}-`).join('\n'), 'line 1, column 1: it is nested too deep'],
    ['binary', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]), 'line 1, column 1: it is no text: it has a byte 0'],
    ['UTF-16', Buffer.from(`\ufeff${GRAPH}`, 'utf16le'), 'line 1, column 1: it is no text: it has a byte 0'],
    ['Latin 1', Buffer.from('# gr\u00fcn\na: 1\n', 'latin1'), 'line 1, column 5: it is no UTF-8: it has a byte 0xfc there'],
    ['more than a cluster ever takes', new Uint8Array(65 * 1024 * 1024).fill(0x23), 'line 1, column 1: it is larger than 64 MiB'],
    ['JSON that is cut off', '{"kind": "InferenceGraph", "spec": {"nodes": {', 'line 1, column 47: Flow map in block collection must be sufficiently indented and end with a }'],
  ])('%s', async (_, content, said) => {
    folder.write({ 'bad.yaml': content, 'good.yaml': GRAPH });
    expect(await folder.run(['lint', '.'])).toEqual({
      code: 2, out: '1 object in 2 files, for KServe 0.20.0: nothing found\n', err: `error: the input cannot be used, got 'bad.yaml' ${said}\n`,
    });
    expect(await folder.run(['lint', 'good.yaml', '-'], content)).toEqual({
      code: 2, out: '1 object in 2 files, for KServe 0.20.0: nothing found\n', err: `error: the input cannot be used, got '<stdin>' ${said}\n`,
    });
  });
});

describe('a megabyte of one thing ends soon, with one line, in time that its length bounds', () => {
  const MANY = 1_000_000;
  const fill = (piece: string) => piece.repeat(Math.ceil(MANY / piece.length));
  const numbered = (line: (i: number) => string) => Array.from({ length: MANY / 20 }, (_, i) => line(i)).join('');
  test.each<[string, string, number]>([
    ['closed lists', fill(']'), 1],
    ['open quotes', fill('"'), 1],
    ['anchors', fill('&a '), 1],
    ['tags', fill('!!str '), 1],
    ['commas', `[${fill(',')}`, 1],
    ['templates', fill('{{ a }}\n'), 1],
    ['a key again and again, beside a list', `b: [1]\n${fill('a: 1\n')}`, 1],
    ['many keys, beside a list', `b: [1]\n${numbered((i) => `k${i}: 1\n`)}`, 0],
    ['many aliases', `a: &a 1\n${numbered((i) => `k${i}: *a\n`)}`, 1],
    ['many anchors, and an alias of nothing', `${numbered((i) => `k${i}: &k${i} 1\n`)}a: *none\n`, 1],
    ['many merge keys', `a: &a { b: 1 }\nc:\n${fill('  <<: *a\n')}`, 1],
    ['words of YAML 1.1', numbered((i) => `k${i}: on\n`), 0],
    ['dots', fill('\n...\n'), 1],
    ['broken documents', fill('"\n---\n'), 166_667],
    ['borders that go on', fill('--- a\n'), 100],
    ['dots behind borders', fill('---\n...\n'), 100],
    ['a long number', `a: 1${fill('_9')}`, 0],
    ['a line that is long', `a: ${fill('x ')}`, 0],
  ])('%s', async (_, text, problems) => {
    const start = process.cpuUsage();
    const { problems: found } = readDocuments(Buffer.from(text));
    const { user, system } = process.cpuUsage(start);
    expect(found).toHaveLength(problems);
    expect((user + system) / 1e6).toBeLessThan(10);
  });
});

test('one broken document does not hide the others of its file', async () => {
  folder.write({ 'a.yaml': `${GRAPH}---\na: [\n---\n${GRAPH.replace('pipeline', 'other')}---\nb: {\n` });
  expect(await folder.run(['lint', 'a.yaml'])).toEqual({
    code: 2,
    out: '2 objects in 1 file, for KServe 0.20.0: nothing found\n',
    err: `error: the input cannot be used, got 'a.yaml' line 7, column 1: Flow sequence in block collection must be sufficiently indented and end with a ]
error: the input cannot be used, got 'a.yaml' line 14, column 1: Flow map in block collection must be sufficiently indented and end with a }
`,
  });
});

test('a document that is larger than an API server takes does not hide the others either, and stands where it begins', async () => {
  folder.write({ 'a.yaml': `${GRAPH}---\n# long\na: ${'b'.repeat(4 * 1024 * 1024)}\n---\n${GRAPH.replace('pipeline', 'other')}` });
  expect(await folder.run(['lint', 'a.yaml'])).toEqual({
    code: 2,
    out: '2 objects in 1 file, for KServe 0.20.0: nothing found\n',
    err: "error: the input cannot be used, got 'a.yaml' line 5, column 1: a document of it is larger than 4 MiB\n",
  });
});

test('a file of 50 MB is linted, with the right places', async () => {
  const bad = GRAPH.replace('{ serviceName: a }', '{ servicename: a }');
  folder.write({ 'a.yaml': [bad, ...Array.from({ length: 50 }, () => `# ${'x'.repeat(1_000_000)}\n`), bad, 'a: {'].join('---\n') });
  const { code, out, err } = await folder.run(['lint', '--format', 'json', 'a.yaml']);
  const { findings } = JSON.parse(out);
  expect(findings.filter(({ rule }: { rule: string }) => rule === 'unknown-field').map(({ line, column }: { line: number; column: number }) => [line, column]))
    .toEqual([[4, 71], [109, 71]]);
  expect([code, err]).toEqual([
    2, "error: the input cannot be used, got 'a.yaml' line 111, column 5: Flow map in block collection must be sufficiently indented and end with a }\n",
  ]);
});

describe('what only looks bad', () => {
  test.each<[string, string | Uint8Array, number]>([
    ['nothing', '', 0],
    ['comments alone', '# nothing\n---\n# yet\n', 0],
    ['null', 'null\n---\n~\n', 0],
    ['a text, a number and a list', 'text\n---\n7\n---\n- 1\n', 0],
    ['a byte order mark', `\ufeff${GRAPH}`, 1],
    ['Windows line ends', GRAPH.replace(/\n/g, '\r\n'), 1],
    ['no line end at the end', GRAPH.trimEnd(), 1],
    ['tabs behind values', GRAPH.replace(/\n/g, '\t\n'), 1],
    ['an end marker and comments behind it', `${GRAPH}...\n# end\n`, 1],
    ['an end marker, a directive, a border with a comment', `${GRAPH}... # end\r\n\n%YAML 1.2\n--- # next\na: 1\n`, 1],
    ['a directive', `%YAML 1.2\n---\n${GRAPH}`, 1],
    ['__proto__ and constructor as keys of another kind', '__proto__: { a: 1 }\nconstructor: 2\nkind: Secret\n', 0],
    ['a List without items', 'kind: List\nitems: []\n', 0],
    ['a List with itself in it', 'kind: List\nitems: [1, null, [], { kind: List }]\n', 0],
    ['a few aliases', `${GRAPH}---\na: &a { b: 1 }\nc: [*a, *a]\n`, 1],
  ])('%s', async (_, content, objects) => {
    folder.write({ 'a.yaml': content });
    expect(await folder.run(['lint', 'a.yaml'])).toEqual({ code: 0, out: `${objects} object${objects === 1 ? '' : 's'} in 1 file, for KServe 0.20.0: nothing found\n`, err: '' });
  });
});

test('__proto__ and constructor as names are names like others', async () => {
  folder.write({ 'a.yaml': GRAPH.replace('root:', '__proto__: { routerType: Sequence, steps: [{ nodeName: constructor }] }, root:') });
  const { code, out, err } = await folder.run(['lint', 'a.yaml', '--format', 'json']);
  expect([code, JSON.parse(out).findings.map(({ message }: { message: string }) => message), err]).toEqual([1, [
    "steps[0] of node '__proto__' calls a node that does not exist, got 'constructor'",
    "node '__proto__' is never reached from 'root'",
  ], '']);
});

describe('what the file system refuses', () => {
  test('links that lead nowhere or in a circle, what is no file, and what is not there', async () => {
    folder.write({ 'good.yaml': GRAPH });
    symlinkSync('nowhere', join(folder.path, 'link.yaml'));
    symlinkSync('round.yaml', join(folder.path, 'round.yaml'));
    symlinkSync('.', join(folder.path, 'self'));
    execFileSync('mkfifo', [join(folder.path, 'pipe.yaml')]);
    expect(await folder.run(['lint', '.', 'missing.yaml', '*.toml'])).toEqual({
      code: 2,
      out: '1 object in 1 file, for KServe 0.20.0: nothing found\n',
      err: `error: the input cannot be used, got 'link.yaml': there is no such file
error: the input cannot be used, got 'pipe.yaml': it is no regular file
error: the input cannot be used, got 'round.yaml': its links run in a circle
error: the input cannot be used, got 'missing.yaml': there is no such file
error: the input cannot be used, got '*.toml': no file matches it
`,
    });
    unlinkSync(join(folder.path, 'pipe.yaml'));
  });

  test('a file and a folder without permission', async () => {
    folder.write({ 'good.yaml': GRAPH, 'secret.yaml': GRAPH });
    await folder.run(['lint', '.']); // what is loaded late is loaded by now
    mkdirSync(join(folder.path, 'closed'));
    writeFileSync(join(folder.path, 'closed/a.yaml'), GRAPH);
    chmodSync(folder.path, 0o755);
    chmodSync(join(folder.path, 'secret.yaml'), 0);
    chmodSync(join(folder.path, 'closed'), 0);
    const isRoot = process.getuid?.() === 0; // root may read everything
    try {
      if (isRoot) process.seteuid!(65534);
      expect(await folder.run(['lint', '.'])).toEqual({
        code: 2,
        out: '1 object in 1 file, for KServe 0.20.0: nothing found\n',
        err: `error: the input cannot be used, got 'closed': no permission to read it
error: the input cannot be used, got 'secret.yaml': no permission to read it
`,
      });
    } finally {
      if (isRoot) process.seteuid!(0);
      chmodSync(join(folder.path, 'closed'), 0o755);
    }
  });

  test('a file that may be read and not written stays, and is told', async () => {
    const bad = GRAPH.replace('{ serviceName: a }', '{ servicename: a }');
    folder.write({ 'a.yaml': bad, 'b.yaml': bad });
    await folder.run(['lint', '--fix', '.']);
    folder.write({ 'a.yaml': bad });
    chmodSync(folder.path, 0o777);
    chmodSync(join(folder.path, 'a.yaml'), 0o444);
    const isRoot = process.getuid?.() === 0;
    try {
      if (isRoot) process.seteuid!(65534);
      expect(await folder.run(['lint', '--fix', '--format', 'github', '.'])).toMatchObject({
        code: 2,
        err: "error: the input cannot be used, got 'a.yaml': it cannot be mended: no permission to write it\n",
        out: expect.stringContaining("has an unknown field 'servicename'"),
      });
    } finally {
      if (isRoot) process.seteuid!(0);
    }
  });
});
