import { graph, inMode, node, sequence } from '../examples';
import { at } from '../rule';
import type { Rule } from '../rule';
import { Severity } from '../severity';

const ROUTER = 'cmd/router/main.go';
/** By the name that old versions know. */
const old = (manifest: ReturnType<typeof sequence>) => inMode('RawDeployment', manifest);

const splitterCrash: Rule = {
  id: 'splitter-crash',
  severity: Severity.WARNING,
  title: 'a Splitter on a KServe that drops one in a hundred of its requests',
  why: 'From v0.13.0 on the Splitter draws a number up to 100, for which there is no step; the request ends in a panic. v0.19.0 mended it.',
  source: `${ROUTER}, v0.13.0 to v0.18.1`,
  from: '0.13.0',
  below: '0.19.0',
  context: { kserveVersion: '0.18.0' },
  fails: graph({ root: node('Splitter', { serviceName: 'a', weight: 50 }, { serviceName: 'b', weight: 50 }) }),
  mended: sequence({ serviceName: 'a' }),
  check: ({ nodes, kserveVersion }, report) => nodes.filter(({ routerType }) => routerType === 'Splitter').forEach((splitter) => {
    report(splitter, `KServe ${kserveVersion} drops about one in a hundred requests to Splitter '${splitter.name}'`, 'upgrade to 0.19.0');
  }),
};

const skippedStepFails: Rule = {
  id: 'skipped-step-fails',
  severity: Severity.WARNING,
  title: 'a conditional step on a KServe that answers 500 where it is skipped',
  why: 'Where the condition does not hold the Sequence ends with the answer of the step before, but with status 500. v0.15.1 mended it.',
  source: `${ROUTER}, v0.11.1 to v0.15.0`,
  from: '0.11.1',
  below: '0.15.1',
  context: { kserveVersion: '0.15.0' },
  fails: old(sequence({ serviceName: 'a' }, { serviceName: 'b', condition: 'label' })),
  mended: old(sequence({ serviceName: 'a' }, { serviceName: 'b' })),
  check: ({ steps, kserveVersion }, report) => steps
    .filter(({ node: { routerType }, index, condition }) => routerType === 'Sequence' && index > 0 && condition !== undefined)
    .forEach((step) => report(step.at('condition'), `KServe ${kserveVersion} answers with status 500 where ${step} is skipped`, 'upgrade to 0.15.1')),
};

const unmatchedRequestComesBack: Rule = {
  id: 'unmatched-request-comes-back',
  severity: Severity.WARNING,
  title: 'a Switch on a KServe that sends back what no branch matches',
  why: 'Up to v0.11.0 a request that matches no branch is answered with itself and status 200; later versions answer 404.',
  source: `${ROUTER}, v0.9.0 to v0.11.0`,
  below: '0.11.1',
  context: { kserveVersion: '0.11.0' },
  fails: inMode('Serverless', graph({ root: node('Switch', { serviceName: 'a', condition: '@this' }) })),
  mended: inMode('Serverless', sequence({ serviceName: 'a' })),
  check: ({ nodes, kserveVersion }, report) => nodes.filter(({ routerType }) => routerType === 'Switch').forEach((found) => {
    report(found, `KServe ${kserveVersion} answers a request that ${found} has no branch for with itself and status 200`, 'upgrade to 0.11.1');
  }),
};

const lastShareNeverDrawn: Rule = {
  id: 'last-share-never-drawn',
  severity: Severity.ERROR,
  title: 'a share of the last percent on a KServe that never draws it',
  why: 'Up to v0.12 the Splitter draws a number from 0 to 98, so that a step whose share begins at 99 gets no request.',
  source: `${ROUTER} (pickupRoute), v0.9.0 to v0.12.1`,
  below: '0.13.0',
  context: { kserveVersion: '0.12.0' },
  fails: old(graph({ root: node('Splitter', { serviceName: 'a', weight: 99 }, { serviceName: 'b', weight: 1 }) })),
  mended: old(graph({ root: node('Splitter', { serviceName: 'a', weight: 98 }, { serviceName: 'b', weight: 2 }) })),
  check: ({ nodes, kserveVersion }, report) => nodes.filter(({ routerType }) => routerType === 'Splitter').forEach(({ steps }) => {
    let start = 0;
    for (const step of steps) {
      if (start >= 99 && (step.weight ?? 0) > 0) {
        const problem = `KServe ${kserveVersion} never draws the share of ${step}, got ${step.weight}`;
        report(step.at('weight'), problem, 'give it 2 or more, put it first, or upgrade to 0.19.0');
      }
      start += step.weight ?? 0;
    }
  }),
};

const replicasIgnored: Rule = {
  id: 'replicas-ignored-in-knative',
  severity: Severity.WARNING,
  title: 'replicas of a graph in Knative mode on a KServe that ignores them',
  why: 'Up to v0.15.0 only annotations of autoscaling.knative.dev count in Knative mode.',
  source: 'pkg/controller/v1alpha1/inferencegraph/knative_reconciler.go, v0.12.0 to v0.15.0',
  byController: true,
  mode: 'Knative',
  below: '0.15.1',
  context: { kserveVersion: '0.15.0' },
  fails: inMode('Serverless', graph({ root: node('Sequence', { serviceName: 'a' }) }, { maxReplicas: 3 })),
  mended: inMode('Serverless', graph({ root: node('Sequence', { serviceName: 'a' }) })),
  check: ({ spec: { fields }, kserveVersion }, report) => ['minReplicas', 'maxReplicas', 'scaleMetric', 'scaleTarget'].forEach((name) => {
    if (fields[name] !== undefined && fields[name] !== null) {
      report(at('spec', name), `KServe ${kserveVersion} ignores ${name} in Knative mode`, 'write it as an annotation of autoscaling.knative.dev, or upgrade to 0.15.1');
    }
  }),
};

const noStandardMode: Rule = {
  id: 'no-standard-mode-yet',
  severity: Severity.ERROR,
  title: 'Standard mode on a KServe that deploys graphs with Knative only',
  why: 'The controller fails on every reconcile: RawDeployment mode is not supported for InferenceGraph.',
  source: 'pkg/controller/v1alpha1/inferencegraph/controller.go, v0.9.0 to v0.11.2',
  byController: true,
  below: '0.12.0',
  mode: 'Standard',
  context: { kserveVersion: '0.11.2' },
  fails: old(sequence({ serviceName: 'a' })),
  mended: inMode('Serverless', sequence({ serviceName: 'a' })),
  check: ({ kserveVersion }, report) => report(at('metadata', 'annotations'), `KServe ${kserveVersion} deploys graphs in Knative mode only`, 'write Serverless, or upgrade to 0.12.0'),
};

export const versionRules: readonly Rule[] = [
  splitterCrash, skippedStepFails, unmatchedRequestComesBack, lastShareNeverDrawn, replicasIgnored, noStandardMode,
];
