import { graph, node } from '../../src/lint/examples';
import { lintGraph } from '../../src/lint/lint';
import type { InferenceStepSpec } from '../../src/spec/inference-graph';

const rules = (manifest: unknown, among: readonly string[]) => lintGraph(manifest).map(({ rule }) => rule).filter((rule) => among.includes(rule));

/** A step that calls a Sequence without steps, and one behind it. */
const idle = (calling: InferenceStepSpec, next: InferenceStepSpec = { serviceName: 'b' }) => rules(
  graph({ root: node('Sequence', { serviceName: 'a', dependency: 'Hard' }, { nodeName: 'idle', ...calling }, next), idle: node('Sequence') }), ['empty-node', 'idle-node'],
);

test('a Sequence without steps is passed over where the step after it is called whatever comes, and drops the connection elsewhere', () => {
  expect(idle({})).toEqual(['idle-node']);
  expect(idle({ dependency: 'Hard' })).toEqual(['empty-node']);
  expect(idle({}, { serviceName: 'b', condition: 'x' })).toEqual(['empty-node']);
});

test('a circle through a step with a condition, or behind one, has a way out', () => {
  const circle = (...steps: InferenceStepSpec[]) => rules(graph({ root: node('Sequence', { serviceName: 'a' }, ...steps) }), ['node-cycle', 'conditional-cycle']);
  expect(circle({ nodeName: 'root' })).toEqual(['node-cycle']);
  expect(circle({ nodeName: 'root', condition: 'again' })).toEqual(['conditional-cycle']);
  expect(circle({ serviceName: 'b', condition: 'again' }, { nodeName: 'root' })).toEqual(['conditional-cycle']);
});
