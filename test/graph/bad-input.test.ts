import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { ApiObject, App, Chart, Duration } from 'cdk8s';
import {
  Condition, DeploymentMode, EnsembleNode, InferenceGraph, InferenceService, InferenceTarget, ModelFormat, Predictor, SequenceNode,
  SplitterNode, SwitchNode,
} from '../../src';
import { chart, graph, problems } from '../support/synth';

const a = InferenceTarget.serviceName('a');
const predictor = Predictor.model({ format: ModelFormat.SKLEARN });

describe('refused at the call', () => {
  test.each<[string, () => unknown, string]>([
    [
      'two nodes with one name',
      () => {
        const pipeline = graph();
        new SequenceNode(pipeline, 'x');
        new EnsembleNode(pipeline, 'x');
      },
      "[test/pipeline] the graph has two nodes named 'x': give each node a name of its own",
    ],
    [
      'a node of another graph',
      () => {
        const test = chart();
        const theirs = new SequenceNode(new InferenceGraph(test, 'theirs'), 'choose');
        new SequenceNode(new InferenceGraph(test, 'ours'), 'root').addStep(theirs);
      },
      "[test/ours/root] node 'choose' belongs to another graph, got 'test/theirs/choose': call a node of this graph, or the other graph by its url",
    ],
    [
      'a node outside of a graph',
      () => new SequenceNode(chart() as never, 'root'),
      "[test] node 'root' must be defined under its graph, got a Chart: pass the InferenceGraph as scope",
    ],
    [
      'the name of the API object',
      () => new SequenceNode(graph(), 'Resource'),
      "[test/pipeline] the node name 'Resource' is reserved for the graph's API object: choose another name",
    ],
    [
      "a name with '/'",
      () => new SequenceNode(graph(), 'a/b'),
      "[test/pipeline] a node name must not hold '/', got 'a/b': use '-' instead",
    ],
    [
      'no name',
      () => new SequenceNode(graph(), ''),
      "[test/pipeline] a node must have a name, got '': name it; the node that every request starts at is 'root'",
    ],
    [
      'otherwise twice',
      () => new SwitchNode(graph(), 'root').otherwise(a).otherwise(a),
      '[test/pipeline/root] otherwise() was called twice, and only the first is ever reached: remove one of the calls',
    ],
    [
      'otherwise before when',
      () => new SwitchNode(graph(), 'root').otherwise(a).when(Condition.exists('x'), a),
      '[test/pipeline/root] when() after otherwise() adds a branch that is never reached: call otherwise() last',
    ],
    [
      'an empty condition',
      () => Condition.gjson(''),
      "the condition is empty, got '': it would never match; use Condition.always() for a step that runs in any case",
    ],
  ])('%s', (_what, call, message) => {
    expect(call).toThrow(new Error(message));
  });
});

describe('found at synth', () => {
  const pipeline = (props = {}) => {
    const made = graph(props);
    new SequenceNode(made, 'root').addStep(a);
    return made;
  };

  test('no nodes', () => {
    expect(problems(graph())).toEqual([
      "[test/pipeline] graph 'pipeline' has no node named 'root', got no nodes at all: name the node that every request starts at 'root'  (no-root-node)",
    ]);
  });

  test('no root', () => {
    const made = graph();
    new SequenceNode(made, 'start').addStep(a);
    new SequenceNode(made, 'end').addStep(a);
    expect(problems(made)).toEqual([
      "[test/pipeline] graph 'pipeline' has no node named 'root', got 'start', 'end': name the node that every request starts at 'root'  (no-root-node)",
    ]);
  });

  test('two steps with one name', () => {
    const made = graph();
    new SequenceNode(made, 'root').addStep(a, { name: 'x' }).addStep(a, { name: 'x' });
    expect(problems(made)).toEqual([
      "[test/pipeline/root] node 'root' has more than one step named 'x': give each step of a node a name of its own  (duplicate-step-name)",
    ]);
  });

  test('a node without steps', () => {
    const made = graph();
    new SequenceNode(made, 'root');
    expect(problems(made)).toEqual(["[test/pipeline/root] node 'root' has no steps, so no request gets through it: add one, or remove the node  (empty-node)"]);
  });

  test('a circle of nodes', () => {
    const made = graph();
    const root = new SequenceNode(made, 'root');
    const inner = new SequenceNode(made, 'inner').addStep(root);
    root.addStep(inner);
    expect(problems(made)).toEqual([
      '[test/pipeline/root] root → inner → root is a circle of nodes that never ends: let one of them call a service instead  (node-cycle)',
    ]);
  });

  test('a node that nothing calls', () => {
    const made = pipeline();
    new EnsembleNode(made, 'spare').addStep(a, { name: 'a' });
    expect(problems(made)).toEqual([
      "[test/pipeline/spare] node 'spare' is never reached from 'root': add a step that calls it, or remove the node  (unreachable-node)",
    ]);
  });

  test.each<[number[], string[]]>([
    [[90, 5], ["the weights of Splitter 'root' must add up to 100, got 90 + 5 = 95: they are percent of the requests  (splitter-weights)"]],
    [[-10, 110], [
      "the weight of steps[0] of node 'root' must be from 0 to 100, got -10: give the percentage of requests that goes to it  (weight-out-of-range)",
      "the weight of steps[1] of node 'root' must be from 0 to 100, got 110: give the percentage of requests that goes to it  (weight-out-of-range)",
    ]],
    [[33.3, 66.7], [
      'spec.nodes.root.steps[0].weight must be a whole number, got 33.3: write it without a fraction  (invalid-value)',
      'spec.nodes.root.steps[1].weight must be a whole number, got 66.7: write it without a fraction  (invalid-value)',
    ]],
  ])('weights %j', (weights, messages) => {
    const made = graph();
    new SplitterNode(made, 'root', { steps: weights.map((weight) => ({ weight, target: a })) });
    expect(problems(made)).toEqual(messages.map((message) => `[test/pipeline/root] ${message}`));
  });

  test('a Duration of one and a half seconds', () => {
    const props = { deploymentMode: DeploymentMode.KNATIVE, timeout: Duration.seconds(1.5), timeouts: { serverWrite: Duration.millis(1500) } };
    expect(problems(pipeline(props))).toEqual([
      '[test/pipeline] spec.timeout must be a whole number of seconds, got 1.5: round it to whole seconds  (invalid-value)',
      '[test/pipeline] spec.routerTimeouts.serverWrite must be a whole number of seconds, got 1.5: round it to whole seconds  (invalid-value)',
    ]);
  });

  test('minReplicas above maxReplicas', () => {
    expect(problems(pipeline({ minReplicas: 3, maxReplicas: 2 }))).toEqual([
      '[test/pipeline] minReplicas must not be above maxReplicas, got 3 and 2: raise maxReplicas, or lower minReplicas  (replica-bounds)',
    ]);
  });

  test.each([
    [
      'Dog_Breed', undefined,
      "the graph's name must be lower-case letters, digits and '-', begin with a letter and not end with '-', got 'Dog_Breed': name it 'dog-breed'  (graph-name)",
    ],
    ['n'.repeat(59), undefined, "the graph's name must be at most 58 characters long in Standard mode, got 59: shorten it  (name-too-long)"],
    [
      'pipeline', 's'.repeat(55),
      `'pipeline-${'s'.repeat(55)}' must be at most 63 characters long in Standard mode, got 64: shorten the graph's name or the namespace's  (name-too-long)`,
    ],
  ])('the name %s in namespace %s', (name, namespace, message) => {
    expect(problems(pipeline({ metadata: { name, namespace } }))).toEqual([`[test/pipeline] ${message}`]);
  });

  test.each([
    [
      InferenceTarget.serviceName('Cat_Dog'),
      "steps[0] of node 'root' calls a service whose name is no DNS label of at most 63 characters, got 'Cat_Dog': write the InferenceService's metadata.name  (service-name)",
    ],
    [
      InferenceTarget.url('http://{host}/x'),
      "steps[0] of node 'root' calls a URL that has characters that no host name has in '{host}', got 'http://{host}/x': "
      + 'write it as http://<host>/<path>, with no placeholder left  (service-url)',
    ],
    [
      InferenceTarget.url('grpc://a:9000'),
      "steps[0] of node 'root' calls a URL that does not begin with http:// or https://, got 'grpc://a:9000': "
      + 'write it as http://<host>/<path>, with no placeholder left  (service-url)',
    ],
    [InferenceTarget.url(''), "steps[0] of node 'root' has no target: add one of nodeName, serviceName, serviceUrl  (no-target)"],
  ])('a target that cannot be called', (target, message) => {
    const made = graph();
    new SequenceNode(made, 'root').addStep(target);
    expect(problems(made)).toEqual([`[test/pipeline/root] ${message}`]);
  });

  test("an InferenceService's name", () => {
    const test = chart();
    new InferenceService(test, 'Cat', { predictor });
    expect(problems(test)).toEqual([
      "[test/Cat] the InferenceService's name must be lower-case letters, digits and '-', begin with a letter and not end with '-', got 'Cat': "
      + "name it 'cat'  (service-name)",
    ]);
  });
});

describe('one Service name, claimed twice', () => {
  const pipeline = (test: Chart, name: string, deploymentMode?: DeploymentMode, namespace?: string) =>
    new SequenceNode(new InferenceGraph(test, name, { deploymentMode, metadata: { namespace } }), 'root').addStep(a);

  test('by a graph and an InferenceService, in Knative mode', () => {
    const test = chart();
    new InferenceService(new Chart(test, 'models'), 'dogs', { predictor, deploymentMode: DeploymentMode.KNATIVE });
    pipeline(test, 'dogs', DeploymentMode.KNATIVE);
    expect(problems(test)).toEqual([
      "[test/models/dogs] InferenceService 'dogs' and InferenceGraph 'dogs' (test/dogs) both make a Service 'dogs': "
      + 'rename one of them, or put it into another namespace  (service-name-clash)',
      "[test/dogs] InferenceGraph 'dogs' and InferenceService 'dogs' (test/models/dogs) both make a Service 'dogs': "
      + 'rename one of them, or put it into another namespace  (service-name-clash)',
    ]);
  });

  test("by a graph and an InferenceService's predictor", () => {
    const test = chart();
    new InferenceService(test, 'dogs', { predictor });
    pipeline(test, 'dogs-predictor');
    expect(problems(test)).toEqual([
      "[test/dogs] InferenceService 'dogs' and InferenceGraph 'dogs-predictor' (test/dogs-predictor) both make a Service 'dogs-predictor': "
      + 'rename one of them, or put it into another namespace  (service-name-clash)',
      "[test/dogs-predictor] InferenceGraph 'dogs-predictor' and InferenceService 'dogs' (test/dogs) both make a Service 'dogs-predictor': "
      + 'rename one of them, or put it into another namespace  (service-name-clash)',
    ]);
  });

  test('by a graph and a Service that the app defines otherwise', () => {
    const test = chart();
    pipeline(test, 'dogs');
    new ApiObject(test, 'web', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'dogs' } });
    expect(problems(test)).toEqual([
      "[test/dogs] InferenceGraph 'dogs' and Service 'dogs' (test/web) both make a Service 'dogs': "
      + 'rename one of them, or put it into another namespace  (service-name-clash)',
    ]);
  });

  test('but not in two namespaces, nor where KServe makes no such Service', () => {
    const test = chart();
    pipeline(test, 'dogs');
    pipeline(new Chart(test, 'other', { namespace: 'other' }), 'dogs');
    new InferenceService(new Chart(test, 'models'), 'dogs', { predictor });
    expect(problems(test)).toEqual([]);
  });
});

test('all problems of an app come together, and nothing is written', () => {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-kserve-'));
  try {
    const app = new App({ outdir });
    new InferenceGraph(new Chart(app, 'one'), 'Upper', { minReplicas: 2, maxReplicas: 1 });
    const two = new InferenceGraph(new Chart(app, 'two'), 'lower');
    new SplitterNode(two, 'root').split(50, a);
    new SequenceNode(two, 'spare');
    expect(() => app.synth()).toThrow(new Error(`Validation failed with the following errors:
  [one/Upper] the graph's name must be lower-case letters, digits and '-', begin with a letter and not end with '-', got 'Upper': name it 'upper'  (graph-name)
  [one/Upper] graph 'Upper' has no node named 'root', got no nodes at all: name the node that every request starts at 'root'  (no-root-node)
  [one/Upper] minReplicas must not be above maxReplicas, got 2 and 1: raise maxReplicas, or lower minReplicas  (replica-bounds)
  [two/lower/root] the weights of Splitter 'root' must add up to 100, got 50: they are percent of the requests  (splitter-weights)
  [two/lower/spare] node 'spare' is never reached from 'root': add a step that calls it, or remove the node  (unreachable-node)
  [two/lower/spare] node 'spare' has no steps, so no request gets through it: add one, or remove the node  (empty-node)`));
    expect(fs.readdirSync(outdir)).toEqual([]);
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
});
