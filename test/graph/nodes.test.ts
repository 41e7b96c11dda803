import { Condition, Dependency, EnsembleNode, InferenceTarget, RouterNode, SequenceNode, SplitterNode, StepData, SwitchNode } from '../../src';
import type { InferenceGraph } from '../../src';
import { graph, manifests, problems } from '../support/synth';

const service = (name: string) => InferenceTarget.serviceName(name);

/** `spec.nodes` of the one graph in a chart. */
function nodes(pipeline: InferenceGraph): unknown {
  return manifests(pipeline)[0].spec.nodes;
}

test('a Sequence renders its steps in order, and only what was said of them', () => {
  const pipeline = graph();
  new SequenceNode(pipeline, 'root')
    .addStep(service('a'))
    .addStep(InferenceTarget.url('http://b.default/predict'), {
      name: 'b', data: StepData.RESPONSE, condition: Condition.exists('predictions'), dependency: Dependency.HARD, mapPredictionsToInstances: true,
    });
  expect(nodes(pipeline)).toEqual({
    root: {
      routerType: 'Sequence',
      steps: [
        { serviceName: 'a' },
        {
          name: 'b', serviceUrl: 'http://b.default/predict', data: '$response', condition: 'predictions', dependency: 'Hard', mapPredictionsToInstances: true,
        },
      ],
    },
  });
});

test('a Switch renders its branches in order, and otherwise as a branch that always holds', () => {
  const pipeline = graph();
  new SwitchNode(pipeline, 'root')
    .when(Condition.numberGreaterThan('x', 1), service('a'), { name: 'a' })
    .when(Condition.gjson('y'), service('b'))
    .otherwise(service('c'), { name: 'c' });
  expect(nodes(pipeline)).toEqual({
    root: {
      routerType: 'Switch',
      steps: [
        { name: 'a', serviceName: 'a', condition: '[@this].#(x>1)' },
        { serviceName: 'b', condition: 'y' },
        { name: 'c', serviceName: 'c', condition: '@this' },
      ],
    },
  });
});

test('an Ensemble renders its steps', () => {
  const pipeline = graph();
  new EnsembleNode(pipeline, 'root').addStep(service('a'), { name: 'a', dependency: Dependency.SOFT }).addStep(service('b'));
  expect(nodes(pipeline)).toEqual({
    root: { routerType: 'Ensemble', steps: [{ name: 'a', serviceName: 'a', dependency: 'Soft' }, { serviceName: 'b' }] },
  });
});

test('a Splitter renders its shares', () => {
  const pipeline = graph();
  new SplitterNode(pipeline, 'root').split(90, service('a'), { name: 'a' }).split(10, service('b'));
  expect(nodes(pipeline)).toEqual({
    root: { routerType: 'Splitter', steps: [{ name: 'a', serviceName: 'a', weight: 90 }, { serviceName: 'b', weight: 10 }] },
  });
});

test('steps as a prop and steps by call render alike', () => {
  const byProps = graph();
  new SequenceNode(byProps, 'root', { steps: [{ target: service('a'), name: 'a' }, { target: service('b'), data: StepData.RESPONSE }] });
  new SwitchNode(byProps, 'switch', {
    steps: [{ target: service('a'), condition: Condition.exists('x'), name: 'a' }],
    otherwise: { target: service('b'), name: 'b' },
  });
  new EnsembleNode(byProps, 'ensemble', { steps: [{ target: service('a'), name: 'a', dependency: Dependency.HARD }] });
  new SplitterNode(byProps, 'splitter', { steps: [{ target: service('a'), name: 'a', weight: 100 }] });

  const byCalls = graph();
  new SequenceNode(byCalls, 'root').addStep(service('a'), { name: 'a' }).addStep(service('b'), { data: StepData.RESPONSE });
  new SwitchNode(byCalls, 'switch').when(Condition.exists('x'), service('a'), { name: 'a' }).otherwise(service('b'), { name: 'b' });
  new EnsembleNode(byCalls, 'ensemble').addStep(service('a'), { name: 'a', dependency: Dependency.HARD });
  new SplitterNode(byCalls, 'splitter').split(100, service('a'), { name: 'a' });

  expect(byProps._toSpec()).toEqual(byCalls._toSpec());
});

test('a node is a target, in two ways', () => {
  const pipeline = graph();
  const inner = new EnsembleNode(pipeline, 'inner').addStep(service('a'), { name: 'a' });
  new SequenceNode(pipeline, 'root').addStep(inner, { name: 'x' }).addStep(InferenceTarget.node(inner));
  expect(nodes(pipeline)).toMatchObject({ root: { steps: [{ name: 'x', nodeName: 'inner' }, { nodeName: 'inner' }] } });
});

test('the nodes of a graph and the targets of a node are copies', () => {
  const pipeline = graph();
  const target = service('a');
  const root = new SequenceNode(pipeline, 'root').addStep(target);
  pipeline.nodes.pop();
  root.targets.pop();
  expect(pipeline.nodes).toEqual([root]);
  expect(root.targets).toEqual([target]);
});

test('a node knows that it is one', () => {
  const pipeline = graph();
  expect(RouterNode.isRouterNode(new SequenceNode(pipeline, 'root'))).toBe(true);
  expect(RouterNode.isRouterNode(pipeline)).toBe(false);
});

test('a step that is added after a check is checked as well', () => {
  const pipeline = graph();
  const root = new SequenceNode(pipeline, 'root').addStep(service('a'));
  expect(problems(pipeline)).toEqual([]);
  root.addStep(service('B'));
  expect(problems(pipeline)).toEqual([
    "[test/pipeline/root] steps[1] of node 'root' calls a service whose name is no DNS label of at most 63 characters, got 'B': "
    + "write the InferenceService's metadata.name  (service-name)",
  ]);
});
