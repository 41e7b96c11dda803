import { graph, node, sequence } from '../examples';
import { describe } from '../flow/body';
import type { Bodies } from '../flow/body';
import { firstKeyOf, isTestedAfresh } from '../flow/condition-truth';
import { protocolOf } from '../flow/flow';
import type { Rule } from '../rule';
import { Severity } from '../severity';
import { alternatives, quote } from '../words';

const ROUTER = 'cmd/router/main.go';
const V1 = 'http://a.default.svc.cluster.local/v1/models/a:predict';
const OTHER_V1 = 'http://b.default.svc.cluster.local/v1/models/b:predict';
const V2 = 'http://c.default.svc.cluster.local/v2/models/c/infer';

/** The node types in which the router reads a field. */
const READ_IN: ReadonlyMap<string, readonly string[]> = new Map([
  ['data', ['Sequence']],
  ['mapPredictionsToInstances', ['Sequence']],
  ['weight', ['Splitter']],
  ['condition', ['Sequence', 'Switch']],
]);

const ignoredField: Rule = {
  id: 'ignored-field',
  severity: Severity.WARNING,
  title: 'a field that the router does not read in this type of node',
  why: 'data and mapPredictionsToInstances count in a Sequence, weight in a Splitter, condition in a Sequence or Switch; elsewhere they do nothing.',
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Ensemble', { name: 'a', serviceName: 'a', dependency: 'Hard' }, { name: 'b', serviceName: 'b', data: '$response' }) }),
  mended: graph({ root: node('Ensemble', { name: 'a', serviceName: 'a', dependency: 'Hard' }, { name: 'b', serviceName: 'b' }) }),
  check: ({ steps }, report) => steps.forEach((step) => READ_IN.forEach((types, name) => {
    const value = step.fields[name];
    const { routerType } = step.node;
    if (routerType !== undefined && !types.includes(routerType) && value !== undefined && value !== null && value !== '' && value !== false) {
      report(step.at(name), `${step} has ${quote(name)}, which does nothing in ${a(routerType)}, got ${quote(value)}`, `remove it, or make the node ${alternatives(types.map(a))}`);
    }
  })),
};

const unknownData: Rule = {
  id: 'unknown-data',
  severity: Severity.WARNING,
  title: "data that is neither '$request' nor '$response'",
  why: "The router knows only '$response'. Everything else, '$response.predictions' too, sends what the Sequence itself received.",
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: sequence({ serviceName: 'a', dependency: 'Hard' }, { serviceName: 'b', data: '$response.predictions' }),
  mended: sequence({ serviceName: 'a', dependency: 'Hard' }, { serviceName: 'b', data: '$response' }),
  check: ({ steps }, report) => steps.forEach((step) => {
    const { data } = step.fields;
    if (step.node.routerType === 'Sequence' && typeof data === 'string' && !['', '$request', '$response'].includes(data)) {
      report(
        step.at('data'),
        `${step} has data that the router does not know, so it is sent what the Sequence received, got ${quote(data)}`,
        "write '$response' for the answer of the step before, or '$request'",
        /^\$?(response|request)$/i.test(data) ? { kind: 'replace-value', path: step.at('data').path, value: `$${data.replace('$', '').toLowerCase()}` } : undefined,
      );
    }
  }),
};

const responseOnFirstStep: Rule = {
  id: 'response-on-first-step',
  severity: Severity.WARNING,
  title: 'data: $response on the first step of a Sequence',
  why: 'There is no step before it, so the router sends what the Sequence received.',
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: sequence({ serviceName: 'a', data: '$response' }),
  mended: sequence({ serviceName: 'a' }),
  check: ({ steps }, report) => steps.filter(({ index, node: { routerType }, fields }) => routerType === 'Sequence' && index === 0 && fields.data === '$response')
    .forEach((step) => report(
      step.at('data'),
      `${step} is the first, so there is no answer to send, got '$response'`,
      'remove it: the first step is sent what the Sequence received',
      { kind: 'remove-key', path: step.at('data').path },
    )),
};

const predictionsNotMapped: Rule = {
  id: 'predictions-not-mapped',
  severity: Severity.WARNING,
  title: 'the answer of a v1 model as the request of a v1 model',
  why: "A v1 model answers 'predictions' and wants 'instances'. mapPredictionsToInstances renames them, and drops all other fields such as 'parameters'.",
  source: `${ROUTER}, v0.16.0 to v0.20.0`,
  from: '0.16.0',
  fails: sequence({ serviceUrl: V1, dependency: 'Hard' }, { serviceUrl: OTHER_V1, data: '$response' }),
  mended: sequence({ serviceUrl: V1, dependency: 'Hard' }, { serviceUrl: OTHER_V1, data: '$response', mapPredictionsToInstances: true }),
  check: (model, report) => model.steps.filter((step) => step.takesResponse && !step.mapsPredictions && protocolOf(model, step) === 'v1').forEach((step) => {
    const { receives } = model.flow.of(step);
    if (receives.every((body) => body.kind === 'answer' && body.protocol === 'v1')) {
      report(
        step,
        `${step} is sent ${said(receives)}, which has 'predictions', and its model wants 'instances'`,
        'write mapPredictionsToInstances: true',
      );
    }
  }),
};

const answerIsNoRequest: Rule = {
  id: 'answer-is-no-request',
  severity: Severity.WARNING,
  title: 'an answer that the next model cannot read as a request',
  why: "A v1 model wants 'instances' and a v2 model 'inputs'. A v2 model answers 'outputs', a v1 model 'predictions', an Ensemble one key for each step; the router renames v1 predictions for a v1 model and nothing else.",
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: sequence({ serviceUrl: V2, dependency: 'Hard' }, { serviceUrl: V2, data: '$response' }),
  mended: sequence({ serviceUrl: V2, dependency: 'Hard' }, { serviceUrl: 'http://adapter.default.svc.cluster.local/rename', data: '$response' }),
  check: (model, report) => model.steps.filter(({ takesResponse }) => takesResponse).forEach((step) => {
    const wants = protocolOf(model, step);
    if (wants === undefined) {
      return;
    }
    const { receives } = model.flow.of(step);
    const key = wants === 'v1' ? 'instances' : 'inputs';
    const cannotRead = receives.every((body) => (
      (body.kind === 'answer' && body.protocol !== undefined && (wants === 'v2' || body.protocol === 'v2'))
      || (body.kind === 'ensemble' && !body.keys.includes(key))
      || (body.kind === 'instances' && wants === 'v2')
    ));
    if (cannotRead) {
      report(step.at('data'), `${step} is sent ${said(receives)}, and its model wants '${key}'`, 'put a service between them that makes a request of the answer, or send $request');
    }
  }),
};

const mapWithoutResponse: Rule = {
  id: 'map-without-response',
  severity: Severity.WARNING,
  title: 'mapPredictionsToInstances on a step that is not sent an answer',
  why: "The flag changes what the step is sent. Without data: $response that is what the Sequence received, and a client's request has no 'predictions'.",
  source: `${ROUTER}, v0.16.0 to v0.20.0`,
  from: '0.16.0',
  fails: sequence({ serviceName: 'a' }, { serviceName: 'b', mapPredictionsToInstances: true }),
  mended: sequence({ serviceName: 'a', dependency: 'Hard' }, { serviceName: 'b', mapPredictionsToInstances: true, data: '$response' }),
  check: ({ flow, steps }, report) => steps.filter(({ mapsPredictions, takesResponse }) => mapsPredictions && !takesResponse).forEach((step) => {
    // a Sequence that another one calls may itself have received an answer
    if (flow.of(step).receives.every(({ kind }) => kind === 'request' || kind === 'instances')) {
      report(step.at('mapPredictionsToInstances'), `${step} maps predictions, but is sent the client's request, got true`, "add data: '$response', or remove it");
    }
  }),
};

const mapDropsFields: Rule = {
  id: 'map-drops-fields',
  severity: Severity.WARNING,
  title: 'a condition on a field that mapPredictionsToInstances drops',
  why: "Where an answer has predictions, the flag leaves nothing but 'instances': 'parameters', ids and all other fields are gone, and a Switch behind it cannot choose by them.",
  source: `${ROUTER}, v0.16.0 to v0.20.0`,
  from: '0.16.0',
  fails: graph({
    root: node('Sequence', { serviceName: 'a', dependency: 'Hard' }, { nodeName: 'choose', data: '$response', mapPredictionsToInstances: true }),
    choose: node('Switch', { condition: 'parameters.lang', serviceName: 'b' }, { condition: '@this', serviceName: 'c' }),
  }),
  mended: graph({
    root: node('Sequence', { serviceName: 'a', dependency: 'Hard' }, { nodeName: 'choose', data: '$response' }),
    choose: node('Switch', { condition: 'parameters.lang', serviceName: 'b' }, { condition: '@this', serviceName: 'c' }),
  }),
  check: (model, report) => model.conditional.filter(({ node: { routerType } }) => routerType === 'Switch').forEach((step) => {
    const key = firstKeyOf(step.condition!);
    if (key === undefined || key === 'instances' || isTestedAfresh(model, step)) {
      return;
    }
    const { tested } = model.flow.of(step);
    // an error where nothing else can come here: condition-misses-body
    const isMapped = tested.some(({ kind }) => kind === 'instances') && !tested.every(({ kind }) => kind === 'instances');
    if (isMapped) {
      report(
        step.at('condition'),
        `${step} tests '${key}', which mapPredictionsToInstances drops from an answer with predictions, got ${quote(step.condition)}`,
        "choose before the mapping, or test 'instances'",
      );
    }
  }),
};

const mapAfterEnsemble: Rule = {
  id: 'map-after-ensemble',
  severity: Severity.WARNING,
  title: 'mapPredictionsToInstances on the answer of an Ensemble',
  why: "The flag looks for a list named 'predictions' at the top; an Ensemble answers with one object for each step, so nothing is mapped.",
  source: `${ROUTER}, v0.16.0 to v0.20.0`,
  from: '0.16.0',
  fails: graph({
    root: node('Sequence', { nodeName: 'vote', dependency: 'Hard' }, { serviceName: 'c', data: '$response', mapPredictionsToInstances: true }),
    vote: node('Ensemble', { name: 'a', serviceName: 'a', dependency: 'Hard' }, { name: 'b', serviceName: 'b' }),
  }),
  mended: graph({
    root: node('Sequence', { nodeName: 'vote', dependency: 'Hard' }, { serviceName: 'c', data: '$response' }),
    vote: node('Ensemble', { name: 'a', serviceName: 'a', dependency: 'Hard' }, { name: 'b', serviceName: 'b' }),
  }),
  check: (model, report) => {
    if (!model.nodes.some(({ routerType }) => routerType === 'Ensemble')) {
      return;
    }
    model.steps.filter(({ mapsPredictions, takesResponse }) => mapsPredictions && takesResponse).forEach((step) => {
      const { receives } = model.flow.of(step);
      if (receives.every(({ kind }) => kind === 'ensemble')) {
        report(step.at('mapPredictionsToInstances'), `${step} maps predictions, but is sent ${said(receives)}, got true`, 'let a service make the request of the answers, or remove it');
      }
    });
  },
};

const conditionTestsWrongBody: Rule = {
  id: 'condition-tests-wrong-body',
  severity: Severity.WARNING,
  title: 'a condition on a field of the other side',
  why: 'A Switch tests what it receives, a step of a Sequence the answer of the step before (even with data: $request). '
    + "A request has 'instances' or 'inputs', an answer 'predictions' or 'outputs'.",
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Switch', { condition: 'predictions.0', serviceName: 'a' }, { condition: '@this', serviceName: 'b' }) }),
  mended: graph({ root: node('Switch', { condition: 'instances.0', serviceName: 'a' }, { condition: '@this', serviceName: 'b' }) }),
  check: (model, report) => model.conditional.forEach((step) => {
    const key = firstKeyOf(step.condition!);
    const isOfAnswer = key === 'predictions' || key === 'outputs';
    const isOfRequest = key === 'instances' || key === 'inputs';
    const isRight = isTestedAfresh(model, step) && isOfAnswer === (step.node.routerType === 'Sequence');
    if ((!isOfAnswer && !isOfRequest) || isRight) {
      return;
    }
    const { tested } = model.flow.of(step);
    const isWrong = isOfAnswer ? tested.every(({ kind }) => kind === 'request') : tested.every((body) => body.kind === 'answer' && body.protocol !== undefined);
    if (isWrong) {
      report(
        step.at('condition'),
        `${step} tests '${key}', but on ${said(tested)}, got ${quote(step.condition)}`,
        isOfAnswer ? `send the answer here with data: '$response' on the step that calls ${step.node}` : 'test the request with a Switch, or a field of the answer',
      );
    }
  }),
};

export const dataFlowRules: readonly Rule[] = [
  ignoredField, unknownData, responseOnFirstStep, predictionsNotMapped, answerIsNoRequest, mapWithoutResponse, mapDropsFields, mapAfterEnsemble,
  conditionTestsWrongBody,
];

function a(type: string): string {
  return `${type === 'Ensemble' ? 'an' : 'a'} ${type}`;
}

function said(bodies: Bodies): string {
  return bodies.all.map(describe).join(' or ');
}
