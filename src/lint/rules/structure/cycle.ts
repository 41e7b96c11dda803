import { graph, node, sequence } from '../../examples';
import type { GraphModel, NodeModel, StepModel } from '../../model';
import type { Rule } from '../../rule';
import { Severity } from '../../severity';
import { listed } from '../../words';

const ROUTER = 'cmd/router/main.go';

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

export const cycleRules: readonly Rule[] = [nodeCycle, conditionalCycle];

/** One circle of nodes, and whether every request that enters it stays. */
interface Cycle {
  readonly nodes: readonly NodeModel[];
  readonly isEndless: boolean;
}

function asText(nodes: readonly NodeModel[]): string {
  return `${listed(nodes.map(({ name }) => name), ' → ')} → ${nodes[0].name}`;
}

/** Steps that are looked at for circles: hundreds of nodes need thousands, and nobody reads of more circles than that. */
const MOST_LOOKS = 1_000_000;

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
  const looks = { left: MOST_LOOKS };
  const candidates = withoutEnds(model);
  const search = (isEndless: boolean, follow: (step: StepModel) => boolean) => candidates.flatMap((start): Cycle[] => {
    const nodes = told.has(start) ? undefined : shortestCycle(model, start, follow, looks);
    nodes?.forEach((member) => told.add(member));
    return nodes === undefined ? [] : [{ nodes, isEndless }];
  });
  // what no request takes closes no circle; of nodes that none reaches nothing is known
  const certain = search(true, (step) => isCertain(step) && (!model.flow.reaches(step.node) || model.flow.of(step).called));
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
  const { node: { routerType }, index } = step;
  switch (routerType) {
    case 'Ensemble':
    case 'Switch':
      return true;
    case 'Splitter':
      return step.weight === 100;
    case 'Sequence':
      return !step.takesResponse && !step.mapsPredictions && index < firstCondition(step.node);
    default:
      return false;
  }
}

/** The index of the first step with a condition. */
function firstCondition(caller: NodeModel): number {
  const known = firstConditions.get(caller) ?? caller.steps.find(({ condition }) => condition !== undefined)?.index ?? Infinity;
  firstConditions.set(caller, known);
  return known;
}

const firstConditions = new WeakMap<NodeModel, number>();

/** A node that can be reached and from which no answer of a service ever comes back. */
function isWithoutReturn({ flow }: GraphModel, member: NodeModel): boolean {
  return flow.reaches(member) && flow.outcomeOf(member).good.isEmpty;
}

/** Breadth first from a node back to itself; none where no look is left. */
function shortestCycle(model: GraphModel, start: NodeModel, follow: (step: StepModel) => boolean, looks: { left: number }): NodeModel[] | undefined {
  const cameFrom = new Map<NodeModel, NodeModel>();
  const queue = [start];
  for (const current of queue) {
    looks.left -= current.steps.length;
    if (looks.left < 0) {
      return undefined;
    }
    for (const step of current.steps.filter(follow)) {
      const callee = model.node(step.nodeName ?? '');
      if (callee === start) {
        const cycle = [current];
        while (cycle[cycle.length - 1] !== start) {
          cycle.push(cameFrom.get(cycle[cycle.length - 1])!);
        }
        return cycle.reverse();
      }
      if (callee !== undefined && !cameFrom.has(callee)) {
        cameFrom.set(callee, current);
        queue.push(callee);
      }
    }
  }
  return undefined;
}
