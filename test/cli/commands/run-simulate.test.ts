import { runSimulate, type SimulateArguments } from '../../../src/cli/commands/run-simulate';

const FILES: { [name: string]: string } = {
  'graph.yaml': `kind: InferenceGraph
metadata: { name: pipeline }
spec:
  nodes:
    root:
      routerType: Sequence
      steps:
        - { name: first, serviceName: cat-dog }
        - { name: second, nodeName: canary, condition: dog }
    canary:
      routerType: Splitter
      steps:
        - { name: stable, serviceName: breed, weight: 99 }
        - { name: candidate, serviceUrl: 'http://breed-2', weight: 1 }
`,
  'models.yaml': `models:
  cat-dog:
    when: [{ condition: dog, json: { dog: true } }]
    otherwise: { text: a cat, status: 404 }
  breed: { json: { breed: collie } }
  http://breed-2: { unreachable: true }
`,
  'dog.json': '{"dog":1}',
  'cat.json': '{"cat":1}',
  'bad.yaml': 'models: 5',
};

async function run(args: Partial<SimulateArguments>) {
  const written = { code: -1, out: '', err: '' };
  written.code = await runSimulate({ graph: 'graph.yaml', models: 'models.yaml', ...args }, {
    out: (text) => { written.out += text; },
    err: (text) => { written.err += text; },
    read: async (file) => {
      if (!(file in FILES)) throw new Error('there is no such file');
      return Buffer.from(FILES[file], 'latin1');
    },
  });
  return written;
}

it('the answer is on standard output, its status on standard error', async () => {
  expect(await run({ input: 'dog.json' })).toEqual({ code: 0, out: '{"breed":"collie"}\n', err: '200 application/json\n' });
});

it('an answer without success is exit code 1', async () => {
  expect(await run({ input: 'cat.json' })).toEqual({
    code: 1, err: '500 application/json\n', out: '{"error":"Failed to process request","cause":"invalid response"}\n',
  });
});

it.each([[200, 0], [299, 0], [300, 1], [404, 1]])('status %d is exit code %d', async (status, code) => {
  FILES['status.yaml'] = `models: { cat-dog: { json: {}, status: ${status} } }`;
  FILES['one.yaml'] = 'kind: InferenceGraph\nspec: { nodes: { root: { routerType: Sequence, steps: [{ serviceName: cat-dog }] } } }';
  expect((await run({ graph: 'one.yaml', models: 'status.yaml' })).code).toBe(code);
});

it('a branch is chosen', async () => {
  expect((await run({ input: 'dog.json', choose: ['canary=candidate'] })).out).toContain('Post \\"http://breed-2\\": dial tcp: connect: connection refused');
});

it('the trace goes to standard error', async () => {
  expect(await run({ input: 'dog.json', trace: true, choose: ['canary=stable'] })).toMatchSnapshot();
});

it('as JSON', async () => {
  const { out, err } = await run({ input: 'dog.json', json: true, headers: ['X-Trace: 1', 'x-trace: 2'], propagate: ['^X-'], trace: true });
  const { calls, trace, ...rest } = JSON.parse(out);
  expect(err).toBe('');
  expect(rest).toEqual({ status: 200, contentType: 'application/json', body: '{"breed":"collie"}', elapsedMillis: 0 });
  expect(calls.map(({ step, headers }: { step: string; headers: object }) => [step, headers])).toEqual([
    ['first', { 'X-Trace': ['1', '2'], 'Content-Type': ['application/json'] }],
    ['stable', { 'X-Trace': ['1', '2'], 'Content-Type': ['application/json'] }],
  ]);
  expect(trace.node).toBe('root');
});

it('no input is an empty request', async () => {
  expect(JSON.parse((await run({ json: true })).out).calls[0].body).toBe('');
});

it('the request is sent byte for byte', async () => {
  FILES['latin1.json'] = '{"dog":"\xff"}';
  expect(JSON.parse((await run({ input: 'latin1.json', json: true })).out).calls[0].body).toBe('{"dog":"\ufffd"}'); // as text; the byte is kept inside
});

it('no answer at all', async () => {
  FILES['empty.yaml'] = 'kind: InferenceGraph\nspec: { nodes: { root: { routerType: Sequence } } }';
  expect(await run({ graph: 'empty.yaml', models: undefined })).toEqual({
    code: 1, out: '', err: 'no answer: the router panics (invalid WriteHeader code 0), the client gets an empty reply\n',
  });
});

it('a template of the models', async () => {
  const { out, code } = await run({ init: true, models: undefined });
  expect(code).toBe(0);
  FILES['template.yaml'] = out;
  expect(out).toMatchSnapshot();
  expect((await run({ models: 'template.yaml', input: 'cat.json' })).out).toBe('{"predictions":[]}\n');
});

it.each<[Partial<SimulateArguments>, string]>([
  [{ graph: 'none.yaml' }, 'there is no such file'],
  [{ models: 'bad.yaml' }, "bad.yaml: the models must be a map under the key 'models', got {\"models\":5}: write models: { <service>: { json: … } }"],
  [{ graph: 'dog.json' }, 'dog.json: the text holds no InferenceGraph, got 1 other document(s): give a manifest with kind: InferenceGraph'],
  [{ graph: '-', input: '-' }, 'the graph and --input cannot both be standard input: give a file for one'],
  [{ headers: ['X-Trace'] }, "--header must be <name>:<value>, got 'X-Trace'"],
  [{ choose: ['canary'] }, "--choose must be <name>=<value>, got 'canary'"],
  [{ choose: ['canary=nobody'] }, "node 'canary' has no step 'nobody' to choose, got stable, candidate: give a step's name or index"],
  [{ version: '0.1' }, "graph.yaml: the simulator knows the routers of KServe 0.15 to 0.20, got version '0.1': give one of those, such as '0.20'"],
])('%j cannot be used', async (args, message) => {
  await expect(run(args)).rejects.toThrow(message);
});
