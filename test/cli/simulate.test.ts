import { run } from '../../src/cli/program';

const GRAPH = `kind: InferenceGraph
spec: { nodes: { root: { routerType: Splitter, steps: [{ name: a, serviceName: svc, weight: 50 }, { name: b, serviceUrl: 'http://b', weight: 50 }] } } }
`;
const MODELS = 'models: { svc: { text: A }, b: { text: B, status: 418 } }';

async function program(args: string[], files: { [file: string]: string } = { 'graph.yaml': GRAPH, 'models.yaml': MODELS, 'in': '{}' }) {
  let [out, err] = ['', ''];
  const code = await run(args, {
    read: async (file) => {
      if (files[file] === undefined) throw Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT' });
      return Buffer.from(files[file]);
    },
    out: (text) => { out += text; },
    err: (text) => { err += text; },
    color: false,
  });
  return { code, out, err };
}

it('simulate: all that it can be told', async () => {
  const { code, out, err } = await program([
    'simulate', 'graph.yaml', '--models', 'models.yaml', '--input', 'in', '--trace', '--header', 'X-A: 1', '--propagate', '^X-', '--choose', 'root=b', '--seed', '3',
    '--kserve-version', '0.18',
  ]);
  expect({ code, out, err }).toEqual({
    code: 1,
    out: 'B\n',
    err: `root (Splitter)  drew 50 of 0 to 100
├─ · a → service svc  skipped:  another step was drawn
└─ ✓ b → http://b  drew 50, below 100
      in   {}
      out  418  B
⇒ 418 text/plain; charset=utf-8
`,
  });
});

it('simulate: JSON', async () => {
  const { code, out } = await program(['simulate', 'graph.yaml', '-m', 'models.yaml', '--choose', 'root=0', '--format', 'json']);
  expect({ code, ...JSON.parse(out) }).toMatchObject({ code: 0, status: 200, body: 'A', calls: [{ node: 'root', step: 'a', body: '' }] });
});

it('simulate: a template of the models', async () => {
  expect((await program(['simulate', 'graph.yaml', '--init'])).out).toContain('models:\n  "svc":\n    json: { "predictions": [] }\n  "http://b":\n');
});

it.each([
  [['simulate'], "error: missing required argument 'manifest'\n"],
  [['simulate', 'none.yaml'], "error: the input cannot be read, got 'none.yaml': there is no such file\n"],
  [['simulate', 'in'], 'error: in: the text holds no InferenceGraph, got 1 other document(s): give a manifest with kind: InferenceGraph\n'],
  [['simulate', 'graph.yaml', '--choose', 'root=b'],
    "error: step 'b' of node 'root' calls http://b, and no stub model answers there: add withModel('b', StubModel.json({ … })), or 'b' to the models' YAML\n"],
  [['simulate', 'graph.yaml', '--seed', 'x'], "error: option '--seed <number>' argument 'x' is invalid. It must be a whole number, got 'x'.\n"],
  [['serve', 'graph.yaml'], 'error: graph.yaml: no model answers for svc: give an address with --map <name>=<url>, or a stub in a file for --models\n'],
  [['serve', 'graph.yaml', '--port', '-1'], "error: option '-p, --port <number>' argument '-1' is invalid. It must be a whole number, got '-1'.\n"],
  [['serve', 'graph.yaml', '-m', 'models.yaml', '--port', '99999'], 'error: the port must be 0 to 65535, got 99999: give another with --port\n'],
])('%j cannot be used: exit code 2', async (args, message) => {
  const { code, out, err } = await program(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
});

it.each(['simulate', 'serve'])('%s --help shows an example', async (verb) => {
  const { code, out } = await program([verb, '--help']);
  expect(code).toBe(0);
  expect(out).toContain(`Example:\n  $ cdk8s-kserve ${verb} graph.yaml`);
});
