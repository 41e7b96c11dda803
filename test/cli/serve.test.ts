import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { run } from '../../src/cli/program';
import { CliFolder } from '../support/cli';

const folder = new CliFolder().write({
  'graph.yaml': 'kind: InferenceGraph\nspec: { nodes: { root: { routerType: Sequence, steps: [{ serviceName: model }] } } }\n',
});
afterAll(() => folder.remove());

test.each(['SIGINT', 'SIGTERM'] as const)('%s: what is on its way is answered, and the exit code is 0', async (signal) => {
  const model = createServer((_, response) => {
    process.emit(signal);
    setTimeout(() => response.end('done'), 50);
  });
  await new Promise<void>((resolve) => { model.listen(0, '127.0.0.1', resolve); });
  const { port } = model.address() as AddressInfo;
  let answer: Promise<string> | undefined;
  let said = '';
  const code = await run(['serve', join(folder.path, 'graph.yaml'), '--port', '0', '--map', `model=http://127.0.0.1:${port}/`], {
    read: readFile,
    out: () => undefined,
    err: (text) => {
      said += text;
      const [, url] = /listening on (\S+)/.exec(text) ?? [];
      answer = url === undefined ? answer : fetch(url, { method: 'POST', body: '{}' }).then(async (response) => response.text());
    },
    color: false,
  });
  model.close();
  expect([code, await answer]).toEqual([0, 'done']);
  expect(said).toMatch(/^listening on \S+\nstopping: what is on its way is answered\nPOST \/ 200 \d+ ms\n$/);
});
