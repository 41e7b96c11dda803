import { Chart } from 'cdk8s';
import {
  InferenceGraph, InferenceService, InferenceTarget, ModelFormat, ModelStorage, Predictor, SequenceNode, StandaloneInferenceGraph,
} from '../../src';
import { chart, problems } from '../support/synth';

/*
 * What is written as YAML is what kubectl reads: cdk8s puts words of YAML 1.1 in quotes, all but a few.
 */

const a = InferenceTarget.serviceName('a');

/** A graph with two steps of such names, in a node that is not the root. */
function named(scope: Chart, ...names: string[]): InferenceGraph {
  const graph = new InferenceGraph(scope, 'pipeline');
  const node = new SequenceNode(graph, 'root');
  names.forEach((name) => node.addStep(a, { name }));
  return graph;
}

test('words of YAML 1.1 are well', () => {
  expect(problems(named(chart(), 'on', 'y', 'no', '012', '1e3', '1_000', '0x1F', '0b11', '~', 'null', '.5', '1.0'))).toEqual([]);
});

test('what cdk8s writes without quotes is told at the node', () => {
  expect(problems(named(chart(), '0o17', '1e1_0', 'a\u2028b', 'a\u0080b'))).toEqual([
    "[test/pipeline/root] spec.nodes.root.steps[0].name is not read as it is written: kubectl reads 15, since cdk8s writes no quotes, got '0o17': choose another text  (yaml-read-otherwise)",
    "[test/pipeline/root] spec.nodes.root.steps[1].name is not read as it is written: kubectl reads 10000000000, since cdk8s writes no quotes, got '1e1_0': choose another text  (yaml-read-otherwise)",
    "[test/pipeline/root] spec.nodes.root.steps[2].name is not read as it is written: kubectl takes the character U+2028 for the end of a line, got 'a\u2028b': choose another text  (yaml-read-otherwise)",
    "[test/pipeline/root] spec.nodes.root.steps[3].name is not read as it is written: kubectl refuses the character U+0080, got 'a\u0080b': choose another text  (yaml-read-otherwise)",
  ]);
});

test('so are a node, a label, and what a service says', () => {
  const test = chart();
  const graph = new InferenceGraph(test, 'pipeline', { metadata: { labels: { build: '0B11' } } });
  new SequenceNode(graph, 'root').addStep(new SequenceNode(graph, '<<').addStep(a));
  new InferenceService(test, 'iris', {
    predictor: Predictor.model({ format: ModelFormat.SKLEARN, storage: ModelStorage.gcs('models', 'iris'), env: { OCTAL: '0O17' } }),
  });
  expect(problems(test)).toEqual([
    "[test/pipeline] metadata.labels.build is not read as it is written: kubectl reads 3, since cdk8s writes no quotes, got '0B11': choose another text  (yaml-read-otherwise)",
    "[test/pipeline/<<] a key of spec.nodes is not read as it is written: kubectl reads a merge key, got '<<': choose another text  (yaml-read-otherwise)",
    "[test/iris] spec.predictor.model.env[0].value is not read as it is written: kubectl reads 15, since cdk8s writes no quotes, got '0O17': choose another text  (yaml-read-otherwise)",
  ]);
});

test('a router that the app runs itself gets the graph as JSON', () => {
  const test = chart();
  new SequenceNode(new StandaloneInferenceGraph(test, 'pipeline'), 'root').addStep(InferenceTarget.url('http://a.b/c'), { name: '0o17' });
  expect(problems(test)).toEqual([]);
});
