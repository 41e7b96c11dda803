import { ROOT_NODE } from '../../../spec/inference-graph';
import { graph, node, sequence } from '../../examples';
import type { NodeModel } from '../../model';
import type { Rule } from '../../rule';
import { Severity } from '../../severity';
import { listed, MOST_SUGGESTIONS, nearest, quote } from '../../words';

const ROUTER = 'cmd/router/main.go';

const danglingNode: Rule = {
  id: 'dangling-node',
  severity: Severity.ERROR,
  title: 'a step that calls a node which does not exist',
  why: "Every request that reaches the step gets 500, 'invalid route type'.",
  source: `${ROUTER} (routeStep), v0.9.0 to v0.20.0`,
  fails: sequence({ nodeName: 'chose' }),
  mended: graph({ root: node('Sequence', { nodeName: 'choose' }), choose: node('Sequence', { name: 'a', serviceName: 'a' }) }),
  check: (model, report) => {
    const dangling = model.steps.filter(({ nodeName }) => nodeName !== undefined && model.node(nodeName) === undefined);
    const names = dangling.length === 0 ? [] : model.nodes.map(({ name }) => name);
    const known = listed(names.map(quote));
    dangling.forEach((step, i) => {
      const meant = i < MOST_SUGGESTIONS ? nearest(step.nodeName!, names.filter((name) => name !== step.node.name)) : undefined;
      report(
        step.at('nodeName'),
        `${step} calls a node that does not exist, got '${step.nodeName}'`,
        meant === undefined ? `define the node, or call one of ${known}` : `did you mean '${meant}'?`,
      );
    });
  },
};

const unreachableNode: Rule = {
  id: 'unreachable-node',
  severity: Severity.ERROR,
  title: 'a node that no request can reach',
  why: "Nothing that starts at the node 'root' leads to it, so its models are never called.",
  source: `${ROUTER} (graphHandler), v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Sequence', { serviceName: 'a' }), spare: node('Sequence', { serviceName: 'b' }) }),
  mended: sequence({ serviceName: 'a' }),
  check: (model, report) => {
    if (model.root === undefined || model.nodes.length === 1) {
      return;
    }
    const reached = new Set<NodeModel>();
    const open = [model.root];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (!reached.has(next)) {
        reached.add(next);
        open.push(...model.callees(next));
      }
    }
    model.nodes.filter((candidate) => !reached.has(candidate)).forEach((unreached) => {
      report(unreached, `${unreached} is never reached from '${ROOT_NODE}'`, 'add a step that calls it, or remove the node');
    });
  },
};

export const edgeRules: readonly Rule[] = [danglingNode, unreachableNode];
