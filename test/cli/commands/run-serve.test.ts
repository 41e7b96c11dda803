import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runServe, type ServeArguments } from '../../../src/cli/commands/run-serve';

const folder = mkdtempSync(join(tmpdir(), 'serve-'));
const graph = join(folder, 'graph.yaml');
const models = join(folder, 'models.yaml');
const manifest = (service: string) => `kind: InferenceGraph\nspec: { nodes: { root: { routerType: Sequence, steps: [{ serviceName: ${service} }] } } }\n`;

beforeEach(() => {
  writeFileSync(graph, manifest('svc'));
  writeFileSync(models, 'models: { svc: { text: one } }');
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Running { readonly said: (words: string) => Promise<string>; readonly url: () => Promise<string>; readonly end: () => Promise<string> }

function start(args: Partial<ServeArguments>, read = async (file: string) => readFileSync(file, 'utf8')): Running {
  let text = '';
  const listeners: (() => void)[] = [];
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => { stop = resolve; });
  const err = (line: string) => {
    text += line;
    listeners.forEach((listener) => listener());
  };
  const done = runServe({ graph, port: 0, ...args }, { err, read, stopped });
  const said = async (words: string) => Promise.race([
    new Promise<string>((resolve) => {
      const look = () => text.includes(words) && resolve(text);
      listeners.push(look);
      look();
    }),
    done.then(() => text),
  ]);
  return {
    said,
    url: async () => /listening on (\S+)/.exec(await said('listening on '))![1],
    end: async () => {
      stop();
      await done;
      return text;
    },
  };
}

const ask = async (url: string) => (await fetch(url, { method: 'POST', body: '{}' })).text();

it('serves until it is stopped', async () => {
  const running = start({ models });
  const url = await running.url();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await ask(url)).toBe('one');
  const text = await running.end();
  expect(text.replace(/\d+/g, '#')).toBe('listening on http://#.#.#.#:#\nPOST / # # ms\nstopping: what is on its way is answered\n');
  await expect(ask(url)).rejects.toThrow();
});

it('takes over changed files, and serves the old graph on where the new one is broken', async () => {
  const running = start({ models });
  const url = await running.url();
  expect(await ask(url)).toBe('one');
  writeFileSync(models, 'models: { svc: { text: another } }');
  await running.said('the new graph is served');
  expect(await ask(url)).toBe('another');
  writeFileSync(graph, 'no graph at all');
  expect(await running.said('the old graph is served on')).toContain('the text holds no InferenceGraph');
  expect(await ask(url)).toBe('another');
  await running.end();
});

describe('with a model', () => {
  let model: Server;
  const address = () => `http://127.0.0.1:${(model.address() as AddressInfo).port}/predict`;

  beforeAll(async () => {
    model = createServer((request, response) => response.end(`model at ${request.url}`));
    await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    model.closeAllConnections();
    model.close();
  });

  it('calls it where --map says', async () => {
    const running = start({ map: [`svc=${address()}`] });
    expect(await ask(await running.url())).toBe('model at /predict');
    await running.end();
  });

  it('calls it where --map says, whatever stub a file has for it', async () => {
    const running = start({ models, map: [`svc=${address()}`] });
    expect(await ask(await running.url())).toBe('model at /predict');
    await running.end();
  });

  it('calls it where the graph says, the graph being standard input', async () => {
    const yaml = `kind: InferenceGraph\nspec: { nodes: { root: { routerType: Sequence, steps: [{ serviceUrl: '${address()}' }] } } }`;
    const running = start({ graph: '-' }, async (file) => (file === '-' ? yaml : ''));
    expect(await ask(await running.url())).toBe('model at /predict');
    await running.end();
  });
});

it.each<[Partial<ServeArguments>, string]>([
  [{}, 'no model answers for svc: give an address with --map <name>=<url>, or a stub in a file for --models'],
  [{ map: ['svc'] }, "--map must be <name>=<value>, got 'svc'"],
  [{ map: ['svc=localhost:80'] }, "--map svc: the address does not begin with http:// or https://, got 'localhost:80': write it as http://<host>:<port>/<path>"],
  [{ models, map: ['scv=http://127.0.0.1:9'] }, "nothing is called 'scv', which --map gives an address: give one of svc, root/step 0"],
  [{ graph: '/no/such/file' }, 'ENOENT'],
])('%j cannot be used', async (args, message) => {
  await expect(start(args).end()).rejects.toThrow(message);
});
