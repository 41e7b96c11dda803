import { graph, node, sequence } from '../examples';
import type { Rule } from '../rule';
import { Severity } from '../severity';

const ROUTER = 'cmd/router/main.go, v0.11.1 to v0.20.0';

const softStepFeedsResponse: Rule = {
  id: 'soft-step-feeds-response',
  // Soft is what a step is that says nothing, so every plain chain is one
  severity: Severity.INFO,
  title: 'an answer that is passed on even if it is an error',
  why: 'Soft is the default: the body of an answer with status 404 or 503 is then what the next step is sent as its request.',
  source: ROUTER,
  fails: sequence({ serviceName: 'a' }, { serviceName: 'b', data: '$response' }),
  mended: sequence({ serviceName: 'a', dependency: 'Hard' }, { serviceName: 'b', data: '$response' }),
  check: ({ steps }, report) => steps.filter(({ takesResponse }) => takesResponse).forEach((step) => {
    const feeding = step.node.steps.find(({ index }) => index === step.index - 1);
    if (feeding !== undefined && !feeding.isHard) {
      report(feeding, `${feeding} is Soft and feeds ${step}, which is sent its error bodies too`, 'write dependency: Hard, so that the Sequence ends with the error');
    }
  }),
};

const allSoftEnsemble: Rule = {
  id: 'all-soft-ensemble',
  // so is every Ensemble of KServe's documentation
  severity: Severity.INFO,
  title: 'an Ensemble that answers 200 even if every step failed',
  why: "A Soft step's error body is put into the answer without its status, and the Ensemble answers 200.",
  source: ROUTER,
  fails: graph({ root: node('Ensemble', { name: 'a', serviceName: 'a' }, { name: 'b', serviceName: 'b' }) }),
  mended: graph({ root: node('Ensemble', { name: 'a', serviceName: 'a', dependency: 'Hard' }, { name: 'b', serviceName: 'b' }) }),
  check: ({ nodes }, report) => nodes.filter(({ routerType, steps }) => routerType === 'Ensemble' && steps.length > 1 && !steps.some(({ isHard }) => isHard))
    .forEach((found) => report(found, `every step of ${found} is Soft, so it answers 200 even if all of them fail`, 'write dependency: Hard on the steps that the answer is no use without')),
};

const hardWithoutEffect: Rule = {
  id: 'hard-without-effect',
  severity: Severity.WARNING,
  title: 'dependency: Hard on a step of a Switch or Splitter',
  why: 'A Switch or Splitter answers with what its one step answered, body and status, whatever the dependency says; KServe only writes a line into its log.',
  source: ROUTER,
  fails: graph({ root: node('Switch', { serviceName: 'a', condition: '@this', dependency: 'Hard' }) }),
  mended: graph({ root: node('Switch', { serviceName: 'a', condition: '@this' }) }),
  check: ({ steps }, report) => steps.filter(({ isHard, node: { routerType } }) => isHard && (routerType === 'Switch' || routerType === 'Splitter')).forEach((step) => {
    const { path } = step.at('dependency');
    report({ path }, `${step} has 'dependency', which does nothing in a ${step.node.routerType}, got 'Hard'`, 'remove it', { kind: 'remove-key', path });
  }),
};

const hardLastStep: Rule = {
  id: 'hard-last-step',
  severity: Severity.INFO,
  title: 'dependency: Hard on the last step of a Sequence',
  why: 'A Sequence answers with what its last step answered, body and status, whatever the dependency says.',
  source: ROUTER,
  fails: sequence({ serviceName: 'a', dependency: 'Hard' }),
  mended: sequence({ serviceName: 'a' }),
  check: ({ nodes }, report) => nodes.filter(({ routerType }) => routerType === 'Sequence').forEach(({ steps }) => steps.slice(-1).forEach((step) => {
    if (step.isHard) {
      report(step.at('dependency'), `${step} is the last, so its dependency does nothing, got 'Hard'`, 'remove it, or leave it for steps that come later');
    }
  })),
};

export const errorRules: readonly Rule[] = [softStepFeedsResponse, allSoftEnsemble, hardWithoutEffect, hardLastStep];
