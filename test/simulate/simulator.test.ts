import { App, Chart, JsonPatch } from 'cdk8s';
import { DOG_BREED, ensemble, sequence, simulatorOf, splitter, switchOf } from './graphs';
import { GraphSimulator, InferenceGraph, InferenceTarget, ModelAnswer, SequenceNode, StubModel, type ModelRequest } from '../../src';

const a = { name: 'a', serviceUrl: 'http://a' };
const b = { name: 'b', serviceUrl: 'http://b' };
const ok = StubModel.json({ predictions: ['dog'] });

describe('where a graph comes from', () => {
  const manifest = (name: string) => `apiVersion: serving.kserve.io/v1alpha1
kind: InferenceGraph
metadata: { name: ${name}, namespace: ml }
spec:
  nodes:
    root:
      routerType: Sequence
      steps:
        - serviceName: model
`;

  it('constructs, patches included', () => {
    const graph = new InferenceGraph(new Chart(new App(), 'chart'), 'pipeline');
    new SequenceNode(graph, 'root').addStep(InferenceTarget.serviceName('model'), { name: 'first' });
    graph.apiObject.addJsonPatch(JsonPatch.add('/spec/nodes/root/steps/-', { name: 'second', serviceUrl: 'http://second' }));
    const result = GraphSimulator.of(graph).withModel('model', ok).withModel('second', ok).send({ x: 1 });
    expect(result.calls.map(({ step }) => step)).toEqual(['first', 'second']);
  });

  it('YAML, other documents passed over', () => {
    const simulator = GraphSimulator.fromYaml(`kind: ConfigMap\n---\n${manifest('pipeline')}`);
    expect(simulator.graphName).toBe('pipeline');
    expect(simulator.withModel('model', ok).send({}).calls[0].url).toBe('http://model-predictor.ml.svc.cluster.local/v1/models/model:predict');
  });

  it('YAML with several, one by name', () => {
    const two = `${manifest('one')}---\n${manifest('two')}`;
    expect(GraphSimulator.fromYaml(two, { graphName: 'two' }).graphName).toBe('two');
    expect(() => GraphSimulator.fromYaml(two)).toThrow('the text holds 2 InferenceGraphs, got one, two: say which with graphName, or --graph on the command line');
    expect(() => GraphSimulator.fromYaml(two, { graphName: 'three' })).toThrow("no InferenceGraph is called 'three', got one, two: give one of those names");
  });

  it.each([
    ['', 'the text holds no InferenceGraph, got 0 other document(s): give a manifest with kind: InferenceGraph'],
    ['just text', 'the text holds no InferenceGraph, got 1 other document(s): give a manifest with kind: InferenceGraph'],
    ['a: [', 'the graph is no valid YAML: line 1, column 5: Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ['kind: InferenceGraph', 'the graph cannot run: spec.nodes must be a map of nodes, got nothing'],
    ['kind: InferenceGraph\nspec: { nodes: [] }', 'the graph cannot run: spec.nodes must be a map of nodes, got []'],
  ])('%j is refused', (yaml, message) => {
    expect(() => GraphSimulator.fromYaml(yaml)).toThrow(message);
  });

  it('types that the router cannot read are refused, all at once', () => {
    const nodes = {
      root: { routerType: 1, steps: [{ serviceUrl: 5, weight: 0.5, mapPredictionsToInstances: 'yes' }, 'text'] },
      other: 'text',
      third: { routerType: 'Sequence', steps: {} },
    };
    expect(() => simulatorOf(nodes as never, {}, { routerTimeouts: { serverRead: '5' } })).toThrow([
      'the graph cannot run:',
      "- node 'root': routerType must be a text, got 1",
      "- node 'root', step 0: serviceUrl must be a text, got 5",
      "- node 'root', step 0: weight must be a whole number, got 0.5",
      "- node 'root', step 0: mapPredictionsToInstances must be true or false, got \"yes\"",
      "- node 'root', step 1 must be a map, got \"text\"",
      "- node 'other' must be a map, got \"text\"",
      "- node 'third': steps must be a list, got {}",
      '- spec.routerTimeouts.serverRead must be whole seconds, got "5"',
    ].join('\n'));
  });

  it('a text that is no JSON', () => {
    expect(() => GraphSimulator.of({ name: 'x', specAsJson: () => '{' })).toThrow(/^the spec of graph 'x' is no valid JSON: /);
  });

  it('a circle is refused before it runs, one that no request reaches is not', () => {
    expect(() => simulatorOf({ root: sequence({ nodeName: 'x' }), x: sequence({ nodeName: 'y' }), y: switchOf({ nodeName: 'x', condition: 'a' }) })).toThrow(
      'the graph cannot run: its nodes call each other in a circle, got x → y → x: let one of these steps call a service instead');
    expect(simulatorOf({ root: sequence(a), x: sequence({ nodeName: 'x' }) }).withModel('a', ok).send({}).status).toBe(200);
  });
});

describe('models', () => {
  const graph = () => simulatorOf({ root: sequence({ name: 'first', serviceName: 'svc' }, { name: 'second', serviceName: 'svc' }, { serviceName: 'svc' }) });
  const bodies = (simulator: GraphSimulator) => simulator.send({}).trace.steps.map(({ output }) => output);

  it('the narrower name answers', () => {
    const simulator = graph().withModel('svc', StubModel.text('service')).withModel('second', StubModel.text('step')).withModel('root/step 2', StubModel.text('place'));
    expect(bodies(simulator)).toEqual(['service', 'step', 'place']);
  });

  it('a name that the graph has not is refused', () => {
    expect(() => graph().withModel('svk', ok)).toThrow(
      "graph 'pipeline' calls nothing that is called 'svk', got svc, first, root/first, second, root/second, root/step 2: give one of those");
  });

  it('a call without a model is refused, with the line to add', () => {
    expect(() => graph().send({})).toThrow(
      "step 'first' of node 'root' calls http://svc-predictor.default.svc.cluster.local/v1/models/svc:predict, and no stub model answers there: add withModel('svc', StubModel.json({ … })), or 'svc' to the models' YAML");
  });

  it('answers one after another, until reset', () => {
    const simulator = simulatorOf({ root: sequence(a) }).withModel('a', StubModel.sequence([ModelAnswer.text('1'), ModelAnswer.unreachable(), ModelAnswer.text('3')]));
    const next = () => simulator.send({}).status + simulator.send({}).body + simulator.send({}).body + simulator.send({}).body;
    expect(next()).toBe('200{"error":"Failed to process request","cause":"Post \\"http://a\\": dial tcp: connect: connection refused"}33');
    simulator.reset();
    expect(simulator.send({}).body).toBe('1');
  });

  it('answers by what the request holds', () => {
    const picky = StubModel.matching().when('instances.#(kind=="dog")', ModelAnswer.text('woof')).when('instances', ModelAnswer.text('?'));
    const simulator = simulatorOf({ root: sequence(a) }).withModel('a', picky);
    expect(simulator.send({ instances: [{ kind: 'dog' }] }).body).toBe('woof');
    expect(simulator.send({ instances: [] }).body).toBe('?');
    expect(() => simulator.sendText('')).toThrow('has no answer to this request, got an empty body: add a case');
    expect(() => simulator.sendText('x'.repeat(300))).toThrow(
      `the stub model of step 'a' in node 'root' has no answer to this request, got ${'x'.repeat(200)}…: add a case with when(), or otherwise()`);
    picky.otherwise(ModelAnswer.text('none'));
    expect(simulator.sendText('no JSON').body).toBe('none');
  });

  it('a subclass sees the whole call', () => {
    const seen: ModelRequest[] = [];
    class Echo extends StubModel {
      public answer(request: ModelRequest): ModelAnswer {
        seen.push(request);
        return ModelAnswer.text(request.body.toUpperCase());
      }
    }
    expect(simulatorOf({ root: sequence({ serviceUrl: 'http://a/x' }) }).withModel('http://a/x', new Echo()).sendText('hé').body).toBe('HÉ');
    expect(seen).toEqual([{ url: 'http://a/x', node: 'root', step: '0', body: 'hé', headers: { 'Content-Type': ['application/json'] }, callIndex: 0 }]);
  });

  it.each([[199], [600], [200.5], [NaN]])('status %d is refused', (status) => {
    expect(() => StubModel.json({}, { status })).toThrow(
      `a model's status must be a whole number from 200 to 599, got ${status}: give an HTTP status such as 503, or use ModelAnswer.unreachable()`);
  });

  it('a delay below 0, and no answer at all, are refused', () => {
    expect(() => ModelAnswer.text('', { delayMillis: -1 })).toThrow("a model's delayMillis must be 0 or more, got -1: give a time in milliseconds");
    expect(() => StubModel.sequence([])).toThrow('a sequence of answers needs at least one, got none: give a ModelAnswer');
  });

  it('an answer can be read', () => {
    const { status, body, delayMillis, failure } = ModelAnswer.json({ x: 1 }, { status: 201, delayMillis: 5 });
    expect({ status, body, delayMillis, failure }).toEqual({ status: 201, body: '{"x":1}', delayMillis: 5, failure: undefined });
  });
});

describe('bounds', () => {
  it('calls', () => {
    const wide = { root: ensemble(...Array.from({ length: 40 }, () => ({ nodeName: 'x' }))), x: ensemble(...Array.from({ length: 40 }, () => a)) };
    expect(() => simulatorOf(wide).withModel('http://a', ok).send({})).toThrow('the request makes more than 1000 calls: raise maxCalls if the graph is meant to');
    expect(simulatorOf(wide, { maxCalls: 1600 }).withModel('http://a', ok).send({}).calls).toHaveLength(1600);
    expect(() => simulatorOf(wide, { maxCalls: 1599 }).withModel('http://a', ok).send({})).toThrow('more than 1599 calls');
  });

  /** Nodes of which each calls the next, `width` times. */
  const chain = (length: number, width: number) => Object.fromEntries(Array.from({ length }, (_, i) => [
    i === 0 ? 'root' : `n${i}`, ensemble(...Array.from({ length: i === length - 1 ? 0 : width }, (__, step) => ({ name: `${step}`, nodeName: `n${i + 1}` }))),
  ]));

  it('depth', () => {
    expect(simulatorOf(chain(500, 1)).send({}).status).toBe(200);
    const tooDeep = 'the graph cannot run: more than 500 of its nodes are nested in each other, got root → n1 → n2 → …: let steps of one node call the services';
    expect(() => simulatorOf(chain(501, 1))).toThrow(tooDeep);
    expect(() => simulatorOf(chain(100_000, 1))).toThrow(tooDeep);
    const known = Object.fromEntries(Object.entries(chain(400, 1)).map(([name, node]) => [name === 'root' ? 'n0' : name, node]));
    const before = Array.from({ length: 101 }, (_, i) => [i === 0 ? 'root' : `b${i}`, sequence({ nodeName: i === 100 ? 'n0' : `b${i + 1}` })]);
    expect(() => simulatorOf({ ...known, ...Object.fromEntries(before), root: sequence({ nodeName: 'n0' }, { nodeName: 'b1' }) })).toThrow('nested in each other');
  });

  it('nodes', () => {
    expect(() => simulatorOf(chain(40, 2)).send({})).toThrow('the request runs through more than 10000 nodes: let fewer steps call nodes that call nodes');
  });

  it('bodies', () => {
    const graph = () => simulatorOf({ root: sequence(a) }, { maxBodyBytes: 10 }).withModel('a', StubModel.text('12345678901'));
    expect(() => graph().sendText('é'.repeat(6))).toThrow('the request has 12 bytes, more than the 10 that are allowed: raise maxBodyBytes if it is meant to');
    expect(() => graph().sendText('x')).toThrow("the answer of step 'a' has 11 bytes, more than the 10 that are allowed: raise maxBodyBytes if it is meant to");
  });
});

describe('the trace', () => {
  const dogBreed = (animal: string) => simulatorOf(DOG_BREED).withModel('cat-dog-classifier', StubModel.json({ predictions: [animal] }))
    .withModel('dog-breed-classifier', StubModel.json({ predictions: ['collie'] })).send({ instances: ['picture'] });

  it('as text for eyes', () => {
    expect(dogBreed('dog').traceText()).toMatchSnapshot();
    expect(dogBreed('cat').traceText()).toMatchSnapshot();
  });

  it('of nested nodes, with all that can happen', () => {
    const simulator = simulatorOf({
      root: sequence({ name: 'vote', nodeName: 'vote' }, { name: 'choose', nodeName: 'choose', data: '$response' }, { name: 'never', serviceUrl: 'http://never' }),
      vote: ensemble(a, b),
      choose: switchOf({ ...a, name: 'is-cat', condition: 'cat' }, { ...b, name: 'is-dog', nodeName: 'split', condition: 'a' } as never, { ...a, name: 'other', condition: '@this' }),
      split: splitter({ ...a, weight: 50 }, { ...b, weight: 50 }),
    }).withModel('http://a', StubModel.sequence([ModelAnswer.json({ x: 1 })])).withModel('http://b', StubModel.sequence([ModelAnswer.json({ y: 'long '.repeat(50) }), ModelAnswer.unreachable()]));
    expect(simulator.send({ instances: [] }, { choose: { split: 'b' } }).traceText()).toMatchSnapshot();
  });

  it.each<[string, StubModel, object, string]>([
    ['an unmet condition', ok, { condition: 'label' }, 'the Sequence has ended'],
    ['an answer that is no JSON, under a condition', StubModel.text('x'), { condition: 'label' }, 'the Sequence has failed'],
    ['a model that is not there', StubModel.unreachable(), {}, 'the Sequence has failed'],
    ['a Hard failure', StubModel.text('', { status: 503 }), {}, 'a Hard step answered 503'],
  ])('of what comes after %s: not reached, and why', (_, model, second, reason) => {
    const { trace } = simulatorOf({ root: sequence({ ...a, dependency: 'Hard' }, { ...a, ...second }, { ...a, name: 'last' }) }).withModel('http://a', model).send({});
    expect(trace.steps[2]).toMatchObject({ name: 'last', fate: 'NOT_REACHED', reason });
  });

  it('as data', () => {
    expect(dogBreed('cat').trace).toEqual({
      node: 'root',
      routerType: 'Sequence',
      input: '{"instances":["picture"]}',
      output: '{"predictions":["cat"]}',
      status: 200,
      error: undefined,
      note: undefined,
      steps: [
        {
          node: 'root',
          index: 0,
          name: 'cat_dog_classifier',
          target: 'service cat-dog-classifier',
          fate: 'RAN',
          reason: 'gets the request',
          url: 'http://cat-dog-classifier-predictor.default.svc.cluster.local/v1/models/cat-dog-classifier:predict',
          input: '{"instances":["picture"]}',
          output: '{"predictions":["cat"]}',
          status: 200,
          error: undefined,
          startMillis: 0,
          endMillis: 0,
          called: undefined,
        },
        {
          node: 'root',
          index: 1,
          name: 'dog_breed_classifier',
          target: 'service dog-breed-classifier',
          fate: 'SKIPPED',
          reason: 'condition not met (matches when the first element of "predictions" is the text "dog")',
          url: undefined,
          input: undefined,
          output: undefined,
          status: undefined,
          error: undefined,
          startMillis: 0,
          endMillis: 0,
          called: undefined,
        },
      ],
    });
  });
});

describe('in a test', () => {
  const result = () => simulatorOf(DOG_BREED).withModel('cat-dog-classifier', StubModel.json({ predictions: ['cat'], id: 1 })).send({});

  it('what holds, passes', () => {
    result().assertStatus(200).assertBody('{"predictions":["cat"],"id":1}').assertJson({ id: 1, predictions: ['cat'] }).assertRan('cat_dog_classifier').assertReceived('cat_dog_classifier', {}).assertSkipped('root/dog_breed_classifier');
  });

  it.each<[(result: ReturnType<GraphSimulator['send']>) => unknown, string]>([
    [(r) => r.assertStatus(404), 'the answer should have status 404, got 200'],
    [(r) => r.assertBody('{}'), 'the answer should be {}, got {"predictions":["cat"],"id":1}'],
    [(r) => r.assertJson({ id: 2 }), 'the answer should be {"id":2}, got {"id":1,"predictions":["cat"]}'],
    [(r) => r.assertRan('dog_breed_classifier'), "step 'dog_breed_classifier' should have run, but did not"],
    [(r) => r.assertReceived('cat_dog_classifier', { x: 1 }), 'step \'cat_dog_classifier\' should have received {"x":1}, got {}'],
    [(r) => r.assertReceived('dog_breed_classifier', {}), "step 'dog_breed_classifier' should have received {}, got no call"],
    [(r) => r.assertSkipped('cat_dog_classifier'), "step 'cat_dog_classifier' should have been skipped, but ran"],
  ])('what does not hold fails with the trace: %#', (assertion, message) => {
    expect(() => assertion(result())).toThrow(`${message}\n\n${result().traceText()}`);
  });

  it('a step that the graph has not', () => {
    expect(() => result().assertRan('nothing')).toThrow("the graph has no step 'nothing', got root/cat_dog_classifier, root/dog_breed_classifier: give one of those");
  });

  it('a step of a node that was not reached was skipped', () => {
    const nested = simulatorOf({ root: sequence(a, { nodeName: 'x', condition: 'no' }), x: sequence(b) }).withModel('a', ok).send({});
    nested.assertSkipped('b').assertSkipped('x/b');
  });

  it('an answer that is no JSON is no object', () => {
    expect(() => simulatorOf({ root: sequence(a) }).withModel('a', StubModel.text('text')).send({}).assertJson({})).toThrow(/^the answer should be {}, got text\n/);
  });
});

describe('coverage of the graph', () => {
  const simulator = () => simulatorOf(DOG_BREED).withModel('dog-breed-classifier', StubModel.json({ predictions: ['collie'] }));

  it('counts steps, branches and error paths, and lists what is missing', () => {
    const graph = simulator().withModel('cat-dog-classifier', StubModel.sequence([ModelAnswer.json({ predictions: ['cat'] }), ModelAnswer.json({ predictions: ['dog'] }), ModelAnswer.unreachable()]));
    expect(graph.coverage().ratio).toBe(0);
    graph.send({});
    expect(graph.coverage().toText()).toMatchSnapshot();
    graph.send({});
    graph.send({});
    expect(graph.coverage().missing).toEqual(['root / dog_breed_classifier: the model does not answer']);
    expect(() => graph.coverage().assertComplete()).toThrow('4 of 5 paths reached, not yet:\n- root / dog_breed_classifier: the model does not answer');
  });

  it('Hard steps, Switches and nested nodes have paths of their own', () => {
    const graph = simulatorOf({
      root: sequence({ nodeName: 'choose', dependency: 'Hard' }),
      choose: switchOf({ ...a, condition: 'a' }, { nodeName: 'split', condition: 'b' }),
      split: splitter({ ...b, weight: 100 }),
      unreached: sequence(a),
    }).withModel('http://a', StubModel.sequence([ModelAnswer.text('', { status: 500 }), ModelAnswer.text(''), ModelAnswer.unreachable()])).withModel('http://b', StubModel.sequence([ModelAnswer.text(''), ModelAnswer.unreachable()]));
    for (const request of [{ a: 1 }, { a: 1 }, { a: 1 }, { b: 1 }, { b: 1 }, {}]) graph.send(request);
    expect(graph.coverage().missing).toEqual([]);
    expect(graph.coverage().ratio).toBe(1);
    graph.coverage().assertComplete();
    expect(graph.coverage().covered).toMatchSnapshot();
  });

  it('a graph without steps is covered', () => {
    expect(simulatorOf({ root: sequence() }).coverage().ratio).toBe(1);
  });
});
