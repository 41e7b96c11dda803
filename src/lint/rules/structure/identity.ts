import { ROOT_NODE, TARGET_KEYS } from '../../../spec/inference-graph';
import { graph, node, sequence } from '../../examples';
import { at, Authority } from '../../rule';
import type { Rule } from '../../rule';
import { Severity } from '../../severity';
import { quote } from '../../words';

const WEBHOOK = 'pkg/apis/serving/v1alpha1/inference_graph_validation.go, v0.9.0 to v0.20.0';

const noRoot: Rule = {
  id: 'no-root-node',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: "a graph without a node named 'root'",
  why: "KServe's webhook refuses the graph: every request starts at the node 'root'.",
  source: WEBHOOK,
  fails: graph({ start: node('Sequence', { serviceName: 'a' }) }),
  mended: sequence({ serviceName: 'a' }),
  check: (model, report) => {
    if (model.root !== undefined) {
      return;
    }
    const names = model.nodes.map(({ name }) => name);
    report(
      at('spec', 'nodes'),
      `${model} has no node named '${ROOT_NODE}', got ${names.length === 0 ? 'no nodes at all' : names.map(quote).join(', ')}`,
      `name the node that every request starts at '${ROOT_NODE}'`,
    );
  },
};

const duplicateStepName: Rule = {
  id: 'duplicate-step-name',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'two steps of a node with one name',
  why: "KServe's webhook refuses the graph: a step's name is unique in its node.",
  source: WEBHOOK,
  fails: sequence({ name: 'x', serviceName: 'a' }, { name: 'x', serviceName: 'b' }),
  mended: sequence({ name: 'x', serviceName: 'a' }, { name: 'y', serviceName: 'b' }),
  check: ({ nodes }, report) => nodes.forEach(({ steps }) => {
    const seen = new Set<string>();
    for (const step of steps) {
      if (step.name === undefined) {
        continue;
      }
      if (seen.has(step.name)) {
        report(step.at('name'), `${step.node} has more than one step named '${step.name}'`, 'give each step of a node a name of its own');
      }
      seen.add(step.name);
    }
  }),
};

const noTarget: Rule = {
  id: 'no-target',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a step that calls nothing',
  why: "KServe's webhook refuses the graph: a step has exactly one target.",
  source: WEBHOOK,
  fails: sequence({ name: 'x' }),
  mended: sequence({ name: 'x', serviceName: 'a' }),
  check: ({ steps }, report) => steps.filter(({ targets }) => targets.length === 0).forEach((step) => {
    report(step, `${step} has no target`, `add one of ${TARGET_KEYS.join(', ')}`);
  }),
};

const severalTargets: Rule = {
  id: 'several-targets',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a step with more than one target',
  why: "KServe's webhook refuses the graph: a step has exactly one target.",
  source: WEBHOOK,
  fails: sequence({ serviceName: 'a', serviceUrl: 'http://a.default/predict' }),
  mended: sequence({ serviceName: 'a' }),
  check: ({ steps }, report) => steps.filter(({ targets }) => targets.length > 1).forEach((step) => {
    report(step, `${step} has more than one target, got ${step.targets.join(' and ')}`, 'keep one of them');
  }),
};

export const identityRules: readonly Rule[] = [noRoot, duplicateStepName, noTarget, severalTargets];
