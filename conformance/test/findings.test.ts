import { ask, base64, ReconcileAnswer, RouteAnswer, RouteQuestion } from '../client/oracle';
import { recorded } from '../client/vectors';

/*
 * The cases that FINDINGS.md points at, where they need more than one program.
 */

const HEADERS = { 'Authorization': ['Bearer secret'], 'Cookie': ['session=1'], 'X-Trace-Id': ['7'] };

/** The headers that the step gets, with these patterns. */
async function propagated(propagate: readonly string[] | undefined): Promise<string[]> {
  const question: RouteQuestion = {
    ask: 'route',
    graph: { nodes: { root: { routerType: 'Sequence', steps: [{ serviceUrl: 'http://a' }] } } },
    stubs: { 'http://a': [{ status: 200, body: base64('{}') }] },
    request: base64('{}'),
    headers: HEADERS,
    propagate,
  };
  const [{ calls }] = await ask<RouteAnswer>('router', [question]);
  return Object.keys(calls[0].headers).sort();
}

/** PROPAGATE_HEADERS as the controller writes it for this configuration. */
async function environment(headers: object): Promise<string | undefined> {
  const [{ question }] = recorded<{ graph: unknown; services: unknown[] }, unknown>('reconcile');
  const router = { image: 'x', memoryRequest: '1', memoryLimit: '1', cpuRequest: '1', cpuLimit: '1', headers };
  const [{ objects }] = await ask<ReconcileAnswer>('oracle', [{ ...question, mode: 'Standard', config: { router } }]);
  const deployment = objects.find(({ kind }: any) => kind === 'Deployment') as any;
  const [variable]: { name: string; value?: string }[] = deployment.spec.template.spec.containers[0].env ?? [];
  return variable && (variable.value ?? ''); // an empty value is left out of the JSON
}

test('an empty list of headers to propagate propagates all of them', async () => {
  const value = await environment({ propagate: [] });
  expect(value).toBe('');

  expect(await propagated(value!.split(','))).toEqual(['Authorization', 'Content-Type', 'Cookie', 'X-Trace-Id']);
});

test('without the key none is propagated', async () => {
  expect(await environment({})).toBeUndefined();

  expect(await propagated(undefined)).toEqual(['Content-Type']);
});

test('a pattern matches anywhere in a name, and one that does not compile is dropped in silence', async () => {
  expect(await propagated(['Auth', '*Trace-Id*'])).toEqual(['Authorization', 'Content-Type']);
});

test('an Ensemble reports whichever failure comes first', async () => {
  const slowest = (slow: string): RouteQuestion => ({
    ask: 'route',
    graph: { nodes: { root: { routerType: 'Ensemble', steps: [{ serviceUrl: 'http://a', dependency: 'Hard' }, { serviceUrl: 'http://b' }] } } },
    stubs: {
      'http://a': [{ status: 503, body: base64('{"a":1}'), delay: slow === 'a' ? 10 : 0 }],
      'http://b': [{ fail: 'b is away', delay: slow === 'b' ? 10 : 0 }],
    },
    request: base64('{}'),
  });
  const answers = await ask<RouteAnswer>('router', [slowest('a'), slowest('b')]);

  expect(answers.map(({ status }) => status)).toEqual([500, 503]);
});
