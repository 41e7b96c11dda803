import { graph, node } from '../../examples';
import { Authority } from '../../rule';
import type { Rule } from '../../rule';
import { Severity } from '../../severity';

const WEBHOOK = 'pkg/apis/serving/v1alpha1/inference_graph_validation.go, v0.9.0 to v0.20.0';
const ROUTER = 'cmd/router/main.go';

const splitterWeights: Rule = {
  id: 'splitter-weights',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'weights of a Splitter that do not add up to 100',
  why: "KServe's webhook refuses the graph: the weights are percent of the requests.",
  source: WEBHOOK,
  fails: graph({ root: node('Splitter', { serviceName: 'a', weight: 90 }, { serviceName: 'b', weight: 5 }) }),
  mended: graph({ root: node('Splitter', { serviceName: 'a', weight: 95 }, { serviceName: 'b', weight: 5 }) }),
  check: ({ nodes }, report) => nodes.filter(({ routerType }) => routerType === 'Splitter').forEach((splitter) => {
    const without = splitter.steps.filter(({ fields }) => fields.weight === undefined || fields.weight === null);
    without.forEach((step) => report(step, `${step} has no weight`, 'give the percentage of requests that goes to it'));
    const weights = splitter.steps.flatMap(({ weight }) => weight ?? []);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (weights.length === splitter.steps.length && sum !== 100) {
      report(
        splitter,
        `the weights of Splitter '${splitter.name}' must add up to 100, got ${[...weights].join(' + ') || 'no steps'}${weights.length > 1 ? ` = ${sum}` : ''}`,
        'they are percent of the requests',
      );
    }
  }),
};

const weightRange: Rule = {
  id: 'weight-out-of-range',
  severity: Severity.ERROR,
  title: 'a weight below 0 or above 100',
  why: 'KServe accepts it if the sum is 100, but the shares of the traffic are then not the weights: a step after the first 100 percent is never chosen.',
  source: `${ROUTER} (pickupRoute), v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Splitter', { serviceName: 'a', weight: -10 }, { serviceName: 'b', weight: 110 }) }),
  mended: graph({ root: node('Splitter', { serviceName: 'a', weight: 10 }, { serviceName: 'b', weight: 90 }) }),
  check: ({ nodes }, report) => nodes.filter(({ routerType }) => routerType === 'Splitter').forEach(({ steps }) => {
    steps.filter(({ weight = 0 }) => weight < 0 || weight > 100).forEach((step) => {
      report(step.at('weight'), `the weight of ${step} must be from 0 to 100, got ${step.weight}`, 'give the percentage of requests that goes to it');
    });
  }),
};

const weightZero: Rule = {
  id: 'weight-zero',
  severity: Severity.ERROR,
  title: 'a step of a Splitter that gets no request',
  why: 'KServe accepts the weight 0: no request is ever sent to the step.',
  source: `${ROUTER} (pickupRoute), v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Splitter', { serviceName: 'a', weight: 100 }, { serviceName: 'b', weight: 0 }) }),
  mended: graph({ root: node('Splitter', { serviceName: 'a', weight: 99 }, { serviceName: 'b', weight: 1 }) }),
  check: ({ nodes }, report) => nodes.filter(({ routerType }) => routerType === 'Splitter').forEach(({ steps }) => {
    steps.filter(({ weight }) => weight === 0).forEach((step) => {
      report(step.at('weight'), `${step} gets none of the requests, got weight 0`, 'give it a share or remove it; if it is parked on purpose, acknowledge this');
    });
  }),
};

export const splitterRules: readonly Rule[] = [splitterWeights, weightRange, weightZero];
