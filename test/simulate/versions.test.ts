import { sequence, simulatorOf, splitter } from './graphs';
import { StubModel } from '../../src/simulate';

// The routers before v0.20.0 in few words; what the real ones answer is in version-vectors.test.ts.
const a = { name: 'a', serviceUrl: 'http://a' };
const b = { name: 'b', serviceUrl: 'http://b' };
const model = StubModel.json({ predictions: [1] });

it.each([['0.15.0', 500], ['v0.15.0', 500], ['0.15.1', 200], ['0.15', 200], ['0.16.0', 200], ['0.20', 200]])('%s: an unmet condition in a Sequence answers %d', (version, status) => {
  const result = simulatorOf({ root: sequence(a, { ...b, condition: 'x' }) }, { version }).withModel('a', model).send({});
  expect({ status: result.status, body: result.body }).toEqual({ status, body: '{"predictions":[1]}' });
});

it.each([['0.15.2', '{"predictions":[1]}'], ['0.16.0', '{"instances":[1]}']])('%s: mapPredictionsToInstances makes %s', (version, body) => {
  const result = simulatorOf({ root: sequence({ ...a, mapPredictionsToInstances: true }) }, { version }).withModel('a', model).send({ predictions: [1] });
  expect(result.calls[0].body).toBe(body);
});

it('0.15: routerTimeouts are not known, the limits are fixed', () => {
  const slow = simulatorOf({ root: sequence(a) }, { version: '0.15.2' }, { routerTimeouts: { serverWrite: 1, serviceClient: 1 } });
  expect(slow.withModel('a', StubModel.json({}, { delayMillis: 2000 })).send({}).status).toBe(200);
});

it('before 0.19 one draw in 101 finds no step, and the router panics', () => {
  const drops = (version: string) => {
    const simulator = simulatorOf({ root: splitter({ ...a, weight: 100 }) }, { version }).withModel('a', model);
    return Array.from({ length: 5000 }, () => simulator.send({})).filter(({ dropped }) => dropped).map(({ dropped }) => dropped);
  };
  expect(drops('0.19.0')).toEqual([]);
  const old = drops('0.18.1');
  expect(new Set(old)).toEqual(new Set(['the router panics (runtime error: invalid memory address or nil pointer dereference), the client gets an empty reply']));
  expect(old.length).toBeGreaterThan(20);
  expect(old.length).toBeLessThan(90);
});

it.each(['0.14', '0.21', '1.0', 'latest', ''])('version %j is refused', (version) => {
  expect(() => simulatorOf({ root: sequence() }, { version })).toThrow(
    `the simulator knows the routers of KServe 0.15 to 0.20, got version '${version}': give one of those, such as '0.20'`);
});
