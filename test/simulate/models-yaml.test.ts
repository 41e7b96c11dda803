import { sequence, simulatorOf } from './graphs';

const graph = () => simulatorOf({ root: sequence({ name: 'a', serviceUrl: 'http://a' }) });
const withModel = (model: string) => graph().withModelsYaml(`models: { a: ${model} }`);
const bodies = (model: string, ...requests: object[]) => {
  const simulator = withModel(model);
  return requests.map((request) => simulator.send(request)).map(({ status, body }) => `${status} ${body}`);
};
const refused = '500 {"error":"Failed to process request","cause":"Post \\"http://a\\": dial tcp: connect: connection refused"}';

it.each<[string, object[], string[]]>([
  ['{ json: [1, { x: null }] }', [{}], ['200 [1,{"x":null}]']],
  ['{ json: dog, status: 201 }', [{}], ['201 "dog"']],
  ['{ text: hello, status: 503 }', [{}], ['503 hello']],
  ['{ unreachable: true }', [{}], [refused]],
  ['{ unreachable: no route }', [{}], [refused.replace('dial tcp: connect: connection refused', 'no route')]],
  ['{ brokenOff: true }', [{}], ['500 {"error":"Failed to process request","cause":"unexpected EOF"}']],
  ['{ sequence: [{ unreachable: true }, { json: 1 }] }', [{}, {}, {}], [refused, '200 1', '200 1']],
  ['{ when: [{ condition: dog, json: woof }, { condition: cat, text: meow }], otherwise: { json: null } }', [{ dog: 1 }, { cat: 1 }, {}], ['200 "woof"', '200 meow', '200 null']],
])('%s', (model, requests, answers) => {
  expect(bodies(model, ...requests)).toEqual(answers);
});

it('takes its time', () => {
  expect(withModel('{ json: 1, delayMillis: 30 }').send({}).elapsedMillis).toBe(30);
  expect(withModel('{ unreachable: true, delayMillis: 20 }').send({}).elapsedMillis).toBe(20);
  expect(withModel('{ brokenOff: true, delayMillis: 10 }').send({}).elapsedMillis).toBe(10);
});

it('when without otherwise leaves requests without an answer', () => {
  expect(() => withModel('{ when: [{ condition: dog, json: 1 }] }').send({})).toThrow("the stub model of step 'a' in node 'root' has no answer to this request, got {}");
});

it.each([
  ['5', 'must be a map, got 5: write { json: … }'],
  ['{}', 'an answer has exactly one of json, text, unreachable and brokenOff, got none: keep one'],
  ['{ json: 1, text: x }', 'an answer has exactly one of json, text, unreachable and brokenOff, got json and text: keep one'],
  ['{ jsn: 1 }', "has no 'jsn' here: the keys are json, text, unreachable, brokenOff, status, delayMillis"],
  ['{ json: 1, status: ok }', 'status must be a number, got "ok"'],
  ['{ json: 1, status: 99 }', "a model's status must be a whole number from 200 to 599, got 99: give an HTTP status such as 503, or use ModelAnswer.unreachable()"],
  ['{ text: 5 }', 'text must be a text, got 5: put it in quotes'],
  ['{ sequence: 5 }', 'sequence must be a list, got 5: write sequence: [ … ]'],
  ['{ sequence: [] }', 'a sequence of answers needs at least one, got none: give a ModelAnswer'],
  ['{ sequence: [5] }', 'an answer must be a map, got 5: write { json: … }'],
  ['{ sequence: [{ json: 1 }], status: 200 }', "has no 'status' here: the keys are sequence"],
  ['{ when: [{ json: 1 }] }', "each entry of 'when' needs a condition, got {\"json\":1}: write { condition: <GJSON path>, json: … }"],
])('%s is refused', (model, message) => {
  expect(() => withModel(model)).toThrow(`the models cannot be used:\n- model 'a': ${message}`);
});

it('everything that is wrong is told at once', () => {
  expect(() => graph().withModelsYaml('models: { a: 5, b: 6 }\nother: 1')).toThrow([
    'the models cannot be used:', "- there is nothing beside 'models', got other", "- model 'a': must be a map, got 5: write { json: … }", "- model 'b': must be a map, got 6: write { json: … }",
  ].join('\n'));
});

it.each([
  ['', "the models must be a map under the key 'models', got null: write models: { <service>: { json: … } }"],
  ['[', 'the models are no valid YAML: line 1, column 2: Flow sequence must end with a ]'],
  ['models:\n  a: {}\n}\nb: [\n', 'the models are no valid YAML: line 3, column 1: Unexpected flow-map-end token in YAML stream: "}"'],
  ['models: { b: { json: 1 } }', "graph 'pipeline' calls nothing that is called 'b', got http://a, a, root/a: give one of those"],
])('%j is refused', (yaml, message) => {
  expect(() => graph().withModelsYaml(yaml)).toThrow(message);
});
