import { whyFailed } from '../../../src/cli/serve/why-failed';
import { StubModel } from '../../../src/simulate';
import { ensemble, sequence, simulatorOf, splitter, switchOf } from '../../simulate/graphs';

type Nodes = Parameters<typeof simulatorOf>[0];

const good = { serviceName: 'good' };
const dead = { serviceName: 'dead', name: 'gone' };
const text = { serviceName: 'text' };
const failing = { serviceName: 'failing' };
const POST = 'Post "http://dead-predictor.default.svc.cluster.local/v1/models/dead:predict": ';

function why(nodes: Nodes): string | undefined {
  const simulator = simulatorOf(nodes);
  const models: { [name: string]: StubModel } = {
    good: StubModel.json({ ok: true }), dead: StubModel.unreachable(), text: StubModel.text('no JSON'), failing: StubModel.json({}, { status: 500 }),
  };
  for (const [name, model] of Object.entries(models)) if (simulator._targets().includes(name)) simulator.withModel(name, model);
  return whyFailed(simulator.sendText('{}')._run);
}

test.each<[string, Nodes, string | undefined]>([
  ['a good answer', { root: sequence(good) }, undefined],
  ['a failure that the next step is sent', { root: sequence(failing, good) }, undefined],
  ['a dead model', { root: sequence(good, dead) }, `step 'gone' of node 'root': ${POST}dial tcp: connect: connection refused`],
  ['a dead model further down', { root: sequence(good, { nodeName: 'a' }), a: switchOf({ nodeName: 'b', condition: '@this' }), b: ensemble(good, dead) },
    `step 'gone' of node 'b': ${POST}dial tcp: connect: connection refused`],
  ['a model that answers 500', { root: sequence(failing) }, "step 'step 0' of node 'root' answers 500"],
  ['a Hard one of an Ensemble, further down', { root: sequence({ nodeName: 'a' }), a: ensemble(good, { ...failing, dependency: 'Hard' }) },
    "step 'step 1' of node 'a' answers 500"],
  ['no JSON for an Ensemble', { root: ensemble(good, text) }, "step 'step 1' of node 'root': its answer is no JSON object: invalid character 'o' in literal null (expecting 'u')"],
  ['no JSON for a condition', { root: sequence(text, { ...good, condition: 'x' }) }, "step 'step 1' of node 'root': the previous answer is not valid JSON"],
  ['no branch', { root: switchOf({ ...good, condition: 'x' }) }, "node 'root': None of the routes matched with the switch condition"],
  ['no branch further down', { root: sequence({ nodeName: 'a' }), a: switchOf({ ...good, condition: 'x' }) }, "node 'a': None of the routes matched with the switch condition"],
  ['no draw', { root: splitter({ ...good, weight: 0 }) }, "node 'root': no route was selected by the splitter"],
  ['no such node', { root: sequence({ nodeName: 'nowhere' }) }, "node 'nowhere': invalid route type: "],
])('%s', (_, nodes, said) => {
  expect(why(nodes)).toBe(said);
});

test('a message of several lines is one, and a long one is cut off', () => {
  const said = (cause: string) => whyFailed({
    spec: { nodes: {} },
    root: { node: 'root', routerType: 'Sequence', input: new Uint8Array(0), steps: [], outcome: { status: 500, body: new Uint8Array(0), cause }, started: 0, ended: 0 },
  });
  expect(said('a\r\nb\u0085c')).toBe("node 'root': a  b c");
  expect(said('x'.repeat(10_000))).toMatch(/^node 'root': x{487} …$/);
});
