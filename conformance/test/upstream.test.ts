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
