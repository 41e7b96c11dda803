import { GraphModel } from '../../../src/lint/model';

// What rules hardly ever show of the flow: nodes whose answers all have a status of failure.

const service = { serviceUrl: 'http://a/x' };
/** Its condition never holds, so it always ends early with the answer before. */
const stopped = { routerType: 'Sequence', steps: [{ nodeName: 'named' }, { ...service, condition: 'other' }] };
const named = { routerType: 'Ensemble', steps: [{ ...service, name: 'a' }] };

function outcomeOf(name: string, kserveVersion: string, nodes: { [name: string]: object } = {}): string {
  const model = new GraphModel({ spec: { nodes: { root: { routerType: 'Sequence', steps: [{ nodeName: name }] }, stopped, named, ...nodes } } }, { kserveVersion });
  const { good, bad, error } = model.flow.outcomeOf(model.node(name)!);
  return [good.isEmpty ? [] : 'good', bad.isEmpty ? [] : 'bad', error ? 'error' : []].flat().join(', ');
}

test.each([
  ['0.14.1', 'bad, error'], ['0.15.0', 'bad, error'], ['0.15.1', 'good, error'], ['0.15.2', 'good, error'], ['0.20.0', 'good, error'],
])('KServe %s: a Sequence that a condition ends is %s', (version, outcome) => {
  expect(outcomeOf('stopped', version)).toBe(outcome);
});

test.each([
  ['Soft', 'good, error'], // its body is merged without its status
  [undefined, 'good, error'],
  ['Hard', 'bad, error'], // its answer is that of the Ensemble
])('an Ensemble with a step (%s) that always fails is %s', (dependency, outcome) => {
  const merging = { routerType: 'Ensemble', steps: [{ nodeName: 'stopped', dependency }, service] };
  expect(outcomeOf('merging', '0.15.0', { merging })).toBe(outcome);
});
