import { graph, node } from '../examples';
import { at } from '../rule';
import type { Rule } from '../rule';
import { Severity } from '../severity';

const nodes = { root: node('Sequence', { serviceName: 'a' }) };

const replicaBounds: Rule = {
  id: 'replica-bounds',
  severity: Severity.ERROR,
  title: 'minReplicas above maxReplicas',
  why: 'KServe accepts it. In Standard mode it raises the maximum to the minimum, so that the graph never scales; in Knative mode it writes both to the Knative Service.',
  source: 'pkg/controller/v1beta1/inferenceservice/reconcilers/hpa/hpa_reconciler.go and …/inferencegraph/knative_reconciler.go, v0.20.0',
  fails: graph(nodes, { minReplicas: 3, maxReplicas: 2 }),
  mended: graph(nodes, { minReplicas: 2, maxReplicas: 3 }),
  check: ({ spec: { minReplicas = 0, maxReplicas = 0 } }, report) => {
    // 0 is what Go sees where maxReplicas is not set
    if (maxReplicas !== 0 && minReplicas > maxReplicas) {
      report(at('spec', 'minReplicas'), `minReplicas must not be above maxReplicas, got ${minReplicas} and ${maxReplicas}`, 'raise maxReplicas, or lower minReplicas');
    }
  },
};

export const scaleRules: readonly Rule[] = [replicaBounds];
