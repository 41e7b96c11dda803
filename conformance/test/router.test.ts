import { ask, base64, Died, RouteAnswer, RouteQuestion, text } from '../client/oracle';

const question = (graph: unknown): RouteQuestion => ({
  ask: 'route',
  graph,
  stubs: { 'http://a': [{ status: 200, body: base64('{"predictions":["dog"]}') }] },
  request: base64('{}'),
});
const fine = question({ nodes: { root: { routerType: 'Sequence', steps: [{ serviceUrl: 'http://a' }] } } });
const circle = question({ nodes: { root: { routerType: 'Sequence', steps: [{ nodeName: 'root' }] } } });

test('the router answers each question, in order', async () => {
  const answers = await ask<RouteAnswer>('router', Array.from({ length: 50 }, (_, i) => ({ ...fine, request: base64(`${i}`) })));

  expect(answers.map(({ calls }) => text(calls[0].body))).toEqual(Array.from({ length: 50 }, (_, i) => `${i}`));
});

test('a graph that runs in circles kills the router; the questions after it are answered', async () => {
  const [first, died, last] = await ask<RouteAnswer & Died>('router', [fine, circle, fine]);

  expect(died.died).toMatch('stack overflow');
  expect(last).toEqual(first);
});
