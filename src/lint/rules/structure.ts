import { ROOT_NODE, TARGET_KEYS } from '../../spec/inference-graph';
import { graph, node, sequence } from '../examples';
import type { GraphModel, NodeModel, StepModel } from '../model';
import { at, Authority } from '../rule';
import type { Rule } from '../rule';
import { Severity } from '../severity';
import { nearest, quote } from '../words';

const WEBHOOK = 'pkg/apis/serving/v1alpha1/inference_graph_validation.go, v0.9.0 to v0.20.0';
const ROUTER = 'cmd/router/main.go';

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

const danglingNode: Rule = {
  id: 'dangling-node',
  severity: Severity.ERROR,
  title: 'a step that calls a node which does not exist',
  why: "Every request that reaches the step gets 500, 'invalid route type'.",
  source: `${ROUTER} (routeStep), v0.9.0 to v0.20.0`,
  fails: sequence({ nodeName: 'chose' }),
  mended: graph({ root: node('Sequence', { nodeName: 'choose' }), choose: node('Sequence', { name: 'a', serviceName: 'a' }) }),
  check: (model, report) => model.steps.forEach((step) => {
    if (step.nodeName === undefined || model.node(step.nodeName) !== undefined) {
      return;
    }
    const names = model.nodes.map(({ name }) => name);
    const meant = nearest(step.nodeName, names.filter((name) => name !== step.node.name));
    report(
      step.at('nodeName'),
      `${step} calls a node that does not exist, got '${step.nodeName}'`,
      meant === undefined ? `define the node, or call one of ${names.map(quote).join(', ')}` : `did you mean '${meant}'?`,
    );
  }),
};

const nodeCycle: Rule = {
  id: 'node-cycle',
  severity: Severity.ERROR,
  title: 'nodes that call each other in a circle without a way out',
  why: 'A request that enters the circle is routed around it until the router runs out of stack and dies.',
  source: `${ROUTER} (routeStep), v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Sequence', { nodeName: 'a' }), a: node('Sequence', { nodeName: 'root' }) }),
  mended: graph({ root: node('Sequence', { nodeName: 'a' }), a: node('Sequence', { serviceName: 'a' }) }),
  check: (model, report) => cyclesOf(model).filter(({ isEndless }) => isEndless).forEach(({ nodes }) => {
    report(nodes[0], `${asText(nodes)} is a circle of nodes that never ends`, 'let one of them call a service instead');
  }),
};

const conditionalCycle: Rule = {
  id: 'conditional-cycle',
  severity: Severity.WARNING,
  title: 'nodes that call each other in a circle until a condition or a draw ends it',
  why: 'KServe bounds neither the rounds nor the time: a request that goes around for ever takes the memory of the router until it dies.',
  source: `${ROUTER} (routeStep), v0.9.0 to v0.20.0`,
  fails: sequence({ serviceName: 'a', dependency: 'Hard' }, { nodeName: 'root', data: '$response', condition: 'again' }),
  mended: sequence({ serviceName: 'a', dependency: 'Hard' }, { serviceName: 'a', data: '$response', condition: 'again' }),
  check: (model, report) => cyclesOf(model).filter(({ isEndless }) => !isEndless).forEach(({ nodes }) => {
    report(nodes[0], `${asText(nodes)} is a circle of nodes, and nothing bounds how often a request goes around it`, 'write the steps out, or let a service do the rounds');
  }),
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

const emptyNode: Rule = {
  id: 'empty-node',
  severity: Severity.ERROR,
  title: 'a node without steps, which no request gets through',
  why: 'KServe accepts it. A Sequence then drops the connection (status 0), a Switch answers 404; an empty Splitter is refused.',
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Sequence') }),
  mended: sequence({ serviceName: 'a' }),
  check: (model, report) => emptyNodes(model).filter((empty) => !isPassedOver(model, empty)).forEach((empty) => {
    report(empty, `${empty} has no steps`, 'add one, or remove the node');
  }),
};

const idleNode: Rule = {
  id: 'idle-node',
  severity: Severity.WARNING,
  title: 'a node without steps, which does nothing',
  why: "An Ensemble without steps answers '{}'. A Sequence without steps answers nothing, which the next step of the calling Sequence passes over.",
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Ensemble') }),
  mended: sequence({ serviceName: 'a' }),
  check: (model, report) => emptyNodes(model).filter((empty) => isPassedOver(model, empty)).forEach((empty) => {
    report(empty, `${empty} has no steps`, 'add one, or remove the node');
  }),
};

const weightZero: Rule = {
  id: 'weight-zero',
  // not an error: the last stage of a canary says so on purpose
  severity: Severity.WARNING,
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

const oneStep: Rule = {
  id: 'one-step-node',
  severity: Severity.WARNING,
  title: 'an Ensemble or Splitter of one step',
  why: 'A Splitter of one step sends everything there. An Ensemble of one step wraps its answer into a map with one key.',
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Splitter', { serviceName: 'a', weight: 100 }) }),
  mended: sequence({ serviceName: 'a' }),
  check: ({ nodes }, report) => nodes.filter(({ routerType, steps }) => steps.length === 1 && (routerType === 'Splitter' || routerType === 'Ensemble')).forEach((single) => {
    report(single, `${single} is ${single.routerType === 'Ensemble' ? 'an Ensemble' : 'a Splitter'} of one step`, 'add a step, or call its target directly');
  }),
};

const unnamedEnsembleStep: Rule = {
  id: 'unnamed-ensemble-step',
  severity: Severity.WARNING,
  title: 'a step of an Ensemble without a name',
  why: 'Its answer stands under its index, "0" or "1", which changes with the order of the steps.',
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Ensemble', { serviceName: 'a', dependency: 'Hard' }, { name: 'b', serviceName: 'b' }) }),
  mended: graph({ root: node('Ensemble', { name: 'a', serviceName: 'a', dependency: 'Hard' }, { name: 'b', serviceName: 'b' }) }),
  check: ({ nodes }, report) => nodes.filter(({ routerType }) => routerType === 'Ensemble').forEach(({ steps }) => {
    steps.filter(({ name, key }) => name === undefined && !steps.some((other) => other.name === key)).forEach((step) => report(step, `${step} has no name, so its answer stands under "${step.index}"`, 'name it'));
  }),
};

const ensembleKeyClash: Rule = {
  id: 'ensemble-key-clash',
  severity: Severity.ERROR,
  title: 'two steps of an Ensemble whose answers stand under one key',
  why: 'An unnamed step answers under its index. A step that is named by this number takes the same key, and one answer replaces the other.',
  source: `${ROUTER}, v0.9.0 to v0.20.0`,
  fails: graph({ root: node('Ensemble', { name: '1', serviceName: 'a', dependency: 'Hard' }, { serviceName: 'b' }) }),
  mended: graph({ root: node('Ensemble', { name: 'a', serviceName: 'a', dependency: 'Hard' }, { name: 'b', serviceName: 'b' }) }),
  check: ({ nodes }, report) => nodes.filter(({ routerType }) => routerType === 'Ensemble').forEach(({ steps }) => {
    steps.filter(({ name }) => name === undefined).forEach((step) => {
      const other = steps.find(({ name }) => name === step.key);
      if (other !== undefined) {
        report(step, `the answers of ${step} and of ${other} both stand under "${step.key}"`, 'name both');
      }
    });
  }),
};

export const structureRules: readonly Rule[] = [
  noRoot, duplicateStepName, noTarget, severalTargets, splitterWeights, weightRange, weightZero, danglingNode, nodeCycle, conditionalCycle,
  unreachableNode, emptyNode, idleNode, oneStep, unnamedEnsembleStep, ensembleKeyClash,
];

/** One circle of nodes, and whether every request that enters it stays. */
interface Cycle {
  readonly nodes: readonly NodeModel[];
  readonly isEndless: boolean;
}

function asText(nodes: readonly NodeModel[]): string {
  return [...nodes, nodes[0]].map(({ name }) => name).join(' → ');
}

/**
 * The circles: first those without a way out, then those with one, each once and begun at its first node in the document.
 *
 * There is no way out where each node hands on what it received and nothing that a service answers is asked, or where no answer can come back.
 */
function cyclesOf(model: GraphModel): Cycle[] {
  if (!model.steps.some(({ nodeName }) => nodeName !== undefined)) {
    return [];
  }
  const told = new Set<NodeModel>();
  const candidates = withoutEnds(model);
  const search = (isEndless: boolean, follow: (step: StepModel) => boolean) => candidates.flatMap((start): Cycle[] => {
    const nodes = told.has(start) ? undefined : shortestCycle(model, start, follow);
    nodes?.forEach((member) => told.add(member));
    return nodes === undefined ? [] : [{ nodes, isEndless }];
  });
  const certain = search(true, isCertain);
  const others = search(false, () => true);
  return [...certain, ...others.map((cycle) => ({ ...cycle, isEndless: cycle.nodes.some((member) => isWithoutReturn(model, member)) }))];
}

/** The nodes from which a circle can be reached: all but those whose calls all come to an end. Linear, unlike the search from each of them. */
function withoutEnds(model: GraphModel): NodeModel[] {
  const callers = new Map<NodeModel, NodeModel[]>();
  const open = new Map<NodeModel, number>();
  for (const caller of model.nodes) {
    const callees = model.callees(caller);
    open.set(caller, callees.length);
    callees.forEach((callee) => {
      const known = callers.get(callee);
      known === undefined ? callers.set(callee, [caller]) : known.push(caller);
    });
  }
  const ended = model.nodes.filter((candidate) => open.get(candidate) === 0);
  for (const end of ended) {
    for (const caller of callers.get(end) ?? []) {
      const left = open.get(caller)! - 1;
      open.set(caller, left);
      if (left === 0) {
        ended.push(caller);
      }
    }
  }
  const isEnded = new Set(ended);
  return model.nodes.filter((candidate) => !isEnded.has(candidate));
}

/** Whether a request that once took the step will take it again when it comes back unchanged. */
function isCertain(step: StepModel): boolean {
  const { node: { routerType, steps }, index } = step;
  switch (routerType) {
    case 'Ensemble':
    case 'Switch':
      return true;
    case 'Splitter':
      return step.weight === 100;
    case 'Sequence':
      return !step.takesResponse && !step.mapsPredictions && steps.slice(0, index + 1).every(({ condition }) => condition === undefined);
    default:
      return false;
  }
}

/** A node that can be reached and from which no answer of a service ever comes back. */
function isWithoutReturn({ flow }: GraphModel, member: NodeModel): boolean {
  return flow.reaches(member) && flow.outcomeOf(member).good.isEmpty;
}

/** Breadth first from a node back to itself. */
function shortestCycle(model: GraphModel, start: NodeModel, follow: (step: StepModel) => boolean): NodeModel[] | undefined {
  const cameFrom = new Map<NodeModel, NodeModel>();
  const queue = [start];
  for (const current of queue) {
    for (const step of current.steps.filter(follow)) {
      const callee = model.node(step.nodeName ?? '');
      if (callee === start) {
        const cycle = [current];
        while (cycle[0] !== start) {
          cycle.unshift(cameFrom.get(cycle[0])!);
        }
        return cycle;
      }
      if (callee !== undefined && !cameFrom.has(callee)) {
        cameFrom.set(callee, current);
        queue.push(callee);
      }
    }
  }
  return undefined;
}

function emptyNodes({ nodes }: GraphModel): NodeModel[] {
  return nodes.filter(({ isEmpty, routerType }) => isEmpty && routerType !== undefined && routerType !== 'Splitter');
}

/** Whether a request gets through an empty node, or past it. */
function isPassedOver(model: GraphModel, empty: NodeModel): boolean {
  if (empty.routerType === 'Ensemble') {
    return true;
  }
  const calling = model.steps.filter(({ nodeName }) => nodeName === empty.name);
  return empty.routerType === 'Sequence' && empty !== model.root && calling.length > 0 && calling.every(({ node: { routerType, steps }, index, isHard }) => {
    const next = steps.find((step) => step.index === index + 1);
    return routerType === 'Sequence' && !isHard && next !== undefined && next.condition === undefined;
  });
}
