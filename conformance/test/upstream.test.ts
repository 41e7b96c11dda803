import { createServer, type AddressInfo } from 'node:net';
import { GraphServer } from '../../src/cli/serve/graph-server';
import { GraphSimulator } from '../../src/simulate';
import { ANSWERS, oddModels } from '../../test/support/odd-models';
import { answer, startRouter } from '../support/real-router';

/** Our client of model servers beside Go's: what the two routers make of odd answers. */

let models: Awaited<ReturnType<typeof oddModels>>;

beforeAll(async () => {
  models = await oddModels();
});

afterAll(() => models.close());

describe.each(Object.keys(ANSWERS))('a model answers with %s', (name) => {
  it('and both routers answer alike, twice over the same connections', async () => {
    const spec = {
      nodes: { root: { routerType: 'Sequence', steps: [{ serviceUrl: `http://127.0.0.1:${models.port}/${encodeURIComponent(name)}` }] } },
      routerTimeouts: { serviceClient: 1 },
    };
    const real = await startRouter(spec);
    const ours = new GraphServer(GraphSimulator.of({ name: 'upstream', specAsJson: () => JSON.stringify(spec) }), { port: 0, log: () => undefined });
    await ours.start();
    try {
      for (let request = 0; request < 2; request++) {
        expect(await answer(ours.url, '{}')).toEqual(await answer(real.url, '{}'));
      }
    } finally {
      real.process.kill('SIGKILL');
      await ours.stop(0);
    }
  });
});

it('a model hangs up after each answer and does not say so: both routers may fail a request of a Sequence, ours hardly one', async () => {
  const model = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{"a":1}'));
  });
  await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
  const step = { serviceUrl: `http://127.0.0.1:${(model.address() as AddressInfo).port}/` };
  const spec = { nodes: { root: { routerType: 'Sequence', steps: [step, step, step] } } };
  const real = await startRouter(spec);
  const ours = new GraphServer(GraphSimulator.of({ name: 'upstream', specAsJson: () => JSON.stringify(spec) }), { port: 0, log: () => undefined });
  await ours.start();
  try {
    const good = { status: 200, type: 'application/json', body: '{"a":1}' };
    const hungUp = expect.objectContaining({ status: 500, body: expect.stringMatching(/EOF|connection reset by peer|server closed idle connection|broken pipe/) });
    let failed = 0;
    for (let request = 0; request < 50; request++) {
      const [mine, theirs] = [await answer(ours.url, '{}'), await answer(real.url, '{}')];
      expect(theirs).toEqual(theirs.status === 200 ? good : hungUp);
      expect(mine).toEqual(mine.status === 200 ? good : hungUp);
      failed += mine.status === 200 ? 0 : 1;
    }
    expect(failed).toBeLessThan(5); // where the model's process is held up between answer and end, either router may meet it
  } finally {
    real.process.kill('SIGKILL');
    await ours.stop(0);
    model.close();
  }
});
