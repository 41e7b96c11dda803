import { EnsembleNode, InferenceTarget, Lint, SequenceNode, StepData } from '../../src';
import type { InferenceGraph } from '../../src';
import { graph, problems } from '../support/synth';

let warnings: string[];
beforeEach(() => {
  warnings = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => { warnings.push(String(text).trimEnd()); return true; });
});
afterEach(() => jest.restoreAllMocks());

const target = (name: string) => InferenceTarget.serviceName(name);
const WARNING = "[test/pipeline/root] steps[0] of node 'root' calls a URL without a path, got 'http://a.models.svc': "
  + "add the path, such as '/v1/models/<model>:predict' or '/v2/models/<model>/infer'  (url-without-path)";

/** A graph with one warning. */
function warned(): InferenceGraph {
  const pipeline = graph();
  new SequenceNode(pipeline, 'root').addStep(InferenceTarget.url('http://a.models.svc'));
  return pipeline;
}

test('a warning is printed once and stops nothing', () => {
  const pipeline = warned();
  expect([problems(pipeline), problems(pipeline), warnings]).toEqual([[], [], [`warning: ${WARNING}`]]);
});

test('strict lets warnings stop synth, wherever above it is said', () => {
  const pipeline = warned();
  Lint.of(pipeline.node.root).strict();
  expect([problems(pipeline), warnings]).toEqual([[WARNING], []]);
});

test('what is acknowledged is not told, in and under the scope', () => {
  const pipeline = warned();
  Lint.of(pipeline).strict().acknowledge('url-without-path', 'the server answers there');
  expect([problems(pipeline), warnings]).toEqual([[], []]);
});

test('what is good to know is not printed', () => {
  const pipeline = graph();
  new SequenceNode(pipeline, 'root').addStep(target('a')).addStep(target('b'), { data: StepData.RESPONSE });
  expect([problems(pipeline), warnings]).toEqual([[], []]);
});

test('an error can be acknowledged', () => {
  const pipeline = graph();
  new SequenceNode(pipeline, 'root').addStep(target('a'));
  new SequenceNode(pipeline, 'spare').addStep(target('b'));
  expect(problems(pipeline)).toEqual([expect.stringContaining('(unreachable-node)')]);
  Lint.of(pipeline.nodes[1]).acknowledge('unreachable-node', 'wired in next week');
  expect(problems(pipeline)).toEqual([]);
});

test('an acknowledgement that nothing needs is a warning', () => {
  const pipeline = graph();
  new EnsembleNode(pipeline, 'root').addStep(target('a'), { name: 'a' }).addStep(target('b'), { name: 'b' });
  Lint.of(pipeline).acknowledge('all-soft-ensemble', 'the voter copes').acknowledge('node-cycle', 'why not');
  const unused = '[test/pipeline] the rule node-cycle is acknowledged, and finds nothing here: remove the acknowledgement  (unused-acknowledgement)';
  expect([problems(pipeline), warnings]).toEqual([[], [`warning: ${unused}`]]);
  Lint.of(pipeline).strict();
  expect(problems(pipeline)).toEqual([unused]);
});

test('the rule and the reason are checked at the call', () => {
  expect(() => Lint.of(graph()).acknowledge('all-soft-ensembles', 'x')).toThrow(
    "[test/pipeline] there is no such rule, got 'all-soft-ensembles': did you mean 'all-soft-ensemble'?",
  );
  expect(() => Lint.of(graph()).acknowledge('standalone-stop', 'it is well so')).toThrow(
    "[test/pipeline] the rule standalone-stop cannot be acknowledged, got the reason 'it is well so': mend what it finds: the manifest would not be what the app says",
  );
  expect(() => Lint.of(graph()).acknowledge('all-soft-ensemble', ' ')).toThrow(
    "[test/pipeline] the acknowledgement of all-soft-ensemble gives no reason, got ' ': say why it is well as it is",
  );
});
