import { ensemble, sequence, simulatorOf, splitter, switchOf } from './graphs';
import { ModelAnswer, StubModel, type GraphSimulator, type SimulationResult } from '../../src/simulate';

// What the router of KServe v0.20.0 does, node by node. conformance/test/simulate.test.ts asks the real one about random graphs.

const ask = (simulator: GraphSimulator, request: string | object = {}): SimulationResult => (
  typeof request === 'string' ? simulator.sendText(request) : simulator.send(request));
const answer = ({ status, contentType, body }: SimulationResult) => ({ status, contentType, body });
const json = (status: number, body: string) => ({ status, contentType: 'application/json', body });
const error = (status: number, cause: string) => json(status, `{"error":"Failed to process request","cause":${JSON.stringify(cause)}}`);
const sent = (result: SimulationResult) => result.calls.map(({ step, body }) => `${step}: ${body}`);

const a = { name: 'a', serviceUrl: 'http://a' };
const b = { name: 'b', serviceUrl: 'http://b' };
const ok = StubModel.json({ predictions: ['dog'] });
const refused = StubModel.text('{"detail":"no"}', { status: 404 });

describe('Sequence', () => {
  it('every step gets the request, unless it asks for the answer before it', () => {
    const result = ask(simulatorOf({ root: sequence(a, b, { ...a, name: 'c', data: '$response' }, { ...b, name: 'd', data: '$response.predictions' }) })
      .withModel('http://a', StubModel.text('A')).withModel('http://b', StubModel.text('B')), 'R');
    expect(sent(result)).toEqual(['a: R', 'b: R', 'c: B', 'd: R']);
    expect(answer(result)).toEqual({ status: 200, contentType: 'text/plain; charset=utf-8', body: 'B' });
  });

  it('$response on the first step means the request', () => {
    expect(sent(ask(simulatorOf({ root: sequence({ ...a, data: '$response' }) }).withModel('a', ok), 'R'))).toEqual(['a: R']);
  });

  it('a body goes through byte for byte', () => {
    expect(answer(ask(simulatorOf({ root: sequence(a) }).withModel('a', StubModel.text(' {"b" : 1.0,\n"a":"<"} '))))).toEqual(json(200, ' {"b" : 1.0,\n"a":"<"} '));
  });

  it('the last status is the status, and a Soft failure goes on', () => {
    expect(answer(ask(simulatorOf({ root: sequence(a, b) }).withModel('a', refused).withModel('b', ok)))).toEqual(json(200, '{"predictions":["dog"]}'));
    expect(answer(ask(simulatorOf({ root: sequence(a, b) }).withModel('a', ok).withModel('b', refused)))).toEqual(json(404, '{"detail":"no"}'));
  });

  it('a Hard failure ends it', () => {
    const result = ask(simulatorOf({ root: sequence({ ...a, dependency: 'Hard' }, b) }).withModel('a', refused).withModel('b', ok));
    expect(answer(result)).toEqual(json(404, '{"detail":"no"}'));
    expect(sent(result)).toEqual(['a: {}']);
  });

  it('a model that cannot be reached ends it, Soft or not', () => {
    const result = ask(simulatorOf({ root: sequence(a, b) }).withModel('a', StubModel.unreachable()).withModel('b', ok));
    expect(answer(result)).toEqual(error(500, 'Post "http://a": dial tcp: connect: connection refused'));
  });

  it('an answer that breaks off ends it', () => {
    const result = ask(simulatorOf({ root: sequence(a) }).withModel('a', StubModel.sequence([ModelAnswer.brokenOff()])));
    expect(answer(result)).toEqual(error(500, 'unexpected EOF'));
  });

  const conditional = (condition: string) => simulatorOf({ root: sequence(a, { ...b, condition }) }).withModel('b', StubModel.json({ breed: 'collie' }));

  it('a condition is tested on the answer before: met, the step runs', () => {
    expect(answer(ask(conditional('predictions').withModel('a', ok)))).toEqual(json(200, '{"breed":"collie"}'));
  });

  it('unmet, the answer before is the answer, and its status 200', () => {
    expect(answer(ask(conditional('nothing').withModel('a', refused)))).toEqual(json(200, '{"detail":"no"}'));
  });

  it('what is null or false is there', () => {
    expect(ask(conditional('x').withModel('a', StubModel.json({ x: null }))).hasRun('b')).toBe(true);
    expect(ask(conditional('x').withModel('a', StubModel.json({ x: false }))).hasRun('b')).toBe(true);
  });

  it('an answer that is no JSON fails the condition after it', () => {
    expect(answer(ask(conditional('x').withModel('a', StubModel.text('hello'))))).toEqual(error(500, 'invalid response'));
  });

  it('a condition on the first step always fails', () => {
    expect(answer(ask(simulatorOf({ root: sequence({ ...a, condition: '@this' }) }).withModel('a', ok)))).toEqual(error(500, 'invalid response'));
  });

  it('predictions become instances where the step asks for it', () => {
    const result = ask(simulatorOf({ root: sequence(a, { ...b, data: '$response', mapPredictionsToInstances: true }) })
      .withModel('a', StubModel.text('{"model":"a","predictions":[{"y":1.0,"x":2}]}')).withModel('b', ok));
    expect(sent(result)).toEqual(['a: {}', 'b: {"instances":[{"x":2,"y":1}]}']);
  });

  it('without steps there is nothing to write, and the router panics', () => {
    const result = ask(simulatorOf({ root: sequence() }));
    expect({ ...answer(result), dropped: result.dropped }).toEqual({
      status: 0, contentType: '', body: '', dropped: 'the router panics (invalid WriteHeader code 0), the client gets an empty reply',
    });
  });
});

describe('Switch', () => {
  const graph = () => simulatorOf({ root: switchOf({ ...a, condition: 'cat' }, { ...b, condition: 'dog' }) }).withModel('a', ok).withModel('b', refused);

  it('the first step whose condition the request meets is called; its status is the status', () => {
    expect(sent(ask(graph(), { cat: 1, dog: 1 }))).toEqual(['a: {"cat":1,"dog":1}']);
    expect(answer(ask(graph(), { dog: 1 }))).toEqual(json(404, '{"detail":"no"}'));
  });

  const unmatched = 'None of the routes matched with the switch condition';

  it.each(['{}', 'dog', '{"dog":1', ''])('%j matches nothing: 404', (request) => {
    expect(answer(ask(graph(), request))).toEqual(error(404, unmatched));
  });

  it.each([
    ['Sequence', sequence({ nodeName: 'choose' })],
    ['Switch', switchOf({ nodeName: 'choose', condition: '@this' })],
    ['Splitter', splitter({ nodeName: 'choose', weight: 100 })],
    ['Ensemble', ensemble({ nodeName: 'choose' })],
  ])('below a %s no match is a 500', (_, root) => {
    expect(answer(ask(simulatorOf({ root, choose: switchOf({ ...a, condition: 'x' }) })))).toEqual(error(500, unmatched));
  });

  it('a step without a condition is no default', () => {
    expect(answer(ask(simulatorOf({ root: switchOf(a) })))).toEqual(error(404, unmatched));
  });
});

describe('Ensemble', () => {
  it('answers are merged under the steps\' names, keys sorted, numbers as Go writes them', () => {
    const result = ask(simulatorOf({ root: ensemble(b, { serviceUrl: 'http://c' }, a) })
      .withModel('a', StubModel.text('{"z":1.0,"a":"<"}')).withModel('b', StubModel.text('null')).withModel('http://c', StubModel.text('{"x":1e21}')), 'R');
    expect(answer(result)).toEqual(json(200, '{"1":{"x":1e+21},"a":{"a":"\\u003c","z":1},"b":null}'));
    expect(sent(result)).toEqual(['b: R', 'step 1: R', 'a: R']);
  });

  it('of two steps with one name the later is kept', () => {
    expect(answer(ask(simulatorOf({ root: ensemble(a, { ...b, name: 'a' }) }).withModel('http://a', StubModel.text('{"x":1}')).withModel('http://b', StubModel.text('{"x":2}')))))
      .toEqual(json(200, '{"a":{"x":2}}'));
  });

  it('a Soft failure is merged, a Hard one is the answer', () => {
    const graph = (dependency: string) => simulatorOf({ root: ensemble(a, { ...b, dependency }) }).withModel('a', ok).withModel('b', refused);
    expect(answer(ask(graph('Soft')))).toEqual(json(200, '{"a":{"predictions":["dog"]},"b":{"detail":"no"}}'));
    expect(answer(ask(graph('Hard')))).toEqual(json(404, '{"detail":"no"}'));
  });

  it.each([
    ['[1]', 'json: cannot unmarshal array into Go value of type map[string]interface {}'],
    ['hello', "invalid character 'h' looking for beginning of value"],
    ['', 'unexpected end of JSON input'],
    ['{"x":1e999}', 'json: cannot unmarshal number 1e999 into Go value of type float64'],
  ])('the answer %j fails it', (body, cause) => {
    expect(answer(ask(simulatorOf({ root: ensemble(a, b) }).withModel('a', ok).withModel('b', StubModel.text(body))))).toEqual(error(500, cause));
  });

  it('without steps it is an empty object', () => {
    expect(answer(ask(simulatorOf({ root: { routerType: 'Ensemble' } })))).toEqual(json(200, '{}'));
  });

  it('the steps run at the same time, and the first failure in time is the answer', () => {
    const failing = (reason: string, delay: number) => StubModel.sequence([ModelAnswer.unreachable(reason).after(delay)]);
    const result = ask(simulatorOf({ root: ensemble(a, b) }).withModel('a', failing('slow', 20)).withModel('b', failing('fast', 10)));
    expect(answer(result)).toEqual(error(500, 'Post "http://b": fast'));
    expect(result.elapsedMillis).toBe(10);
    expect(sent(result)).toEqual(['a: {}', 'b: {}']);
  });

  it('failures at the same moment are chance in the router: the first step is taken, and the trace says so', () => {
    const result = ask(simulatorOf({ root: ensemble(a, b) }).withModel('a', StubModel.unreachable()).withModel('b', StubModel.text('x')));
    expect(answer(result)).toEqual(error(500, 'Post "http://a": dial tcp: connect: connection refused'));
    expect(result.trace.note).toBe('several steps failed at the same moment: the real router may answer with any of them');
  });

  it('a panic in one of its steps ends the whole router', () => {
    const result = ask(simulatorOf({ root: ensemble({ nodeName: 'split' }), split: splitter(a) }).withModel('a', ok));
    expect(result.dropped).toBe('the router panics (runtime error: invalid memory address or nil pointer dereference) and its process ends, the client gets an empty reply');
  });
});

describe('Splitter', () => {
  const split = (options = {}) => simulatorOf({ root: splitter({ ...a, weight: 90 }, { ...b, weight: 10 }) }, options).withModel('a', StubModel.text('A')).withModel('b', StubModel.text('B'));

  it('the same seed draws the same, and the weights hold', () => {
    const draw = (seed: number) => {
      const simulator = split({ seed });
      return Array.from({ length: 1000 }, () => simulator.send({}).body).join('');
    };
    expect(draw(7)).toBe(draw(7));
    expect(draw(7)).not.toBe(draw(8));
    expect(draw(7).replace(/A/g, '')).toMatch(/^B{70,130}$/);
  });

  it('a test may choose', () => {
    expect(split().send({}, { choose: { root: 'b' } }).body).toBe('B');
    expect(split().send({}, { choose: { root: '0' } }).body).toBe('A');
  });

  it('what cannot be chosen is refused', () => {
    expect(() => split().send({}, { choose: { root: 'c' } })).toThrow("node 'root' has no step 'c' to choose, got a, b: give a step's name or index");
    expect(() => split().send({}, { choose: { nowhere: 'c' } })).toThrow("node 'nowhere' has no step 'c' to choose, got no steps: give a step's name or index");
    expect(() => simulatorOf({ root: splitter({ ...a, weight: 0 }) }).send({}, { choose: { root: 'a' } })).toThrow(
      "step 'a' of node 'root' is never drawn, got weight 0: choose another step");
  });

  it('its failure is the step\'s', () => {
    expect(answer(simulatorOf({ root: splitter({ ...a, weight: 100 }) }).withModel('a', StubModel.unreachable()).send({}))).toEqual(
      error(500, 'Post "http://a": dial tcp: connect: connection refused'));
  });

  it('weights that do not reach the draw', () => {
    expect(answer(simulatorOf({ root: splitter({ ...a, weight: 0 }) }).send({}))).toEqual(error(500, 'no route was selected by the splitter'));
  });
});

describe('nodes that are none', () => {
  it.each(['nowhere', 'constructor', '__proto__'])('a step to %s', (nodeName) => {
    expect(answer(ask(simulatorOf({ root: sequence({ nodeName }) })))).toEqual(error(500, 'invalid route type: '));
  });

  it('a type that the router does not know', () => {
    expect(answer(ask(simulatorOf({ root: { routerType: 'Parallel' } })))).toEqual(error(500, 'invalid route type: Parallel'));
  });

  it('no root', () => {
    expect(answer(ask(simulatorOf({ other: sequence(a) })))).toEqual(error(500, 'invalid route type: '));
  });
});

describe('addresses', () => {
  it.each([
    ['model1', 'Post "model1": unsupported protocol scheme ""'],
    ['ftp://m/x', 'Post "ftp://m/x": unsupported protocol scheme "ftp"'],
    ['http://', 'Post "http:": http: no Host in request URL'],
    ['http://{m}', 'parse "http://{m}": invalid character "{" in host name'],
  ])('%s is never called', (serviceUrl, cause) => {
    const result = ask(simulatorOf({ root: sequence({ serviceUrl }) }));
    expect(answer(result)).toEqual(error(500, cause));
    expect(result.calls).toEqual([]);
  });

  it('a service has the address that KServe gives it in Standard mode, or the one that is told', () => {
    const graph = () => simulatorOf({ root: sequence({ serviceName: 'cat-dog' }) }).withModel('cat-dog', ok);
    expect(graph().send({}).calls[0].url).toBe('http://cat-dog-predictor.default.svc.cluster.local/v1/models/cat-dog:predict');
    expect(graph().withServiceUrl('cat-dog', 'http://cat-dog.ml/v2').send({}).calls[0].url).toBe('http://cat-dog.ml/v2');
  });

  it('a user in the address signs the call, and errors hide the password', () => {
    const graph = (model: StubModel) => simulatorOf({ root: sequence({ name: 'a', serviceUrl: 'http://me:secret@m' }) }).withModel('a', model).send({});
    expect(graph(ok).calls[0].headers).toEqual({ 'Authorization': ['Basic bWU6c2VjcmV0'], 'Content-Type': ['application/json'] });
    expect(answer(graph(StubModel.unreachable()))).toEqual(error(500, 'Post "http://me:***@m": dial tcp: connect: connection refused'));
  });
});

it('headers go on to every step as the patterns say', () => {
  const simulator = simulatorOf({ root: ensemble(a, b) }, { propagateHeaders: ['^X-Trace,Auth', '*bad'] }).withModel('a', ok).withModel('b', ok);
  const headers = { 'x-trace-id': ['1', '2'], 'AUTHORIZATION': ['t'], 'cookie': ['c'] };
  const got = { 'X-Trace-Id': ['1', '2'], 'Authorization': ['t'], 'Content-Type': ['application/json'] };
  expect(simulator.send({}, { headers }).calls.map((call) => call.headers)).toEqual([got, got]);
});

describe('time', () => {
  const slow = (delayMillis: number) => StubModel.json({ slow: true }, { delayMillis });

  it('is counted, not waited for; serviceClient ends a call', () => {
    const result = ask(simulatorOf({ root: sequence(a) }, {}, { routerTimeouts: { serviceClient: 30 } }).withModel('a', slow(30_000)));
    expect(answer(result)).toEqual(error(500, 'Post "http://a": context deadline exceeded (Client.Timeout exceeded while awaiting headers)'));
    expect(result.elapsedMillis).toBe(30_000);
  });

  it('serverWrite ends the connection', () => {
    const result = ask(simulatorOf({ root: sequence(a, b) }).withModel('a', slow(40_000)).withModel('b', slow(20_000)));
    expect(result.dropped).toBe('the answer took 60 s, and serverWrite ends the connection after 60 s');
    expect(result.status).toBe(0);
    expect(ask(simulatorOf({ root: sequence(a) }, {}, { routerTimeouts: { serverWrite: 0 } }).withModel('a', slow(1e9))).status).toBe(200);
  });
});

it.each([[204, ''], [304, '']])('a status %d has no body', (status, body) => {
  expect(ask(simulatorOf({ root: sequence(a) }).withModel('a', StubModel.text('{"x":1}', { status }))).body).toBe(body);
});
