import type { GraphModel, NodeModel, StepModel } from '../lint/model';
import type { RouterType } from '../spec/inference-graph';

/** What each type of node does, in a few words. */
const MEANING: { readonly [type in RouterType]: string } = {
  Sequence: 'one step after the other',
  Switch: 'the first step whose condition holds',
  Ensemble: 'all steps at once, answers under their names',
  Splitter: 'one step at random, by weight',
};

/** The graph as a tree of text, for people who have not seen one before. */
export function outline(graph: GraphModel): string {
  const told = new Set<NodeModel>();
  const lines = [graph.metadata.name];
  if (graph.root !== undefined) {
    lines.push(...branch('', true, nodeLines(graph, graph.root, told)));
  }
  return lines.join('\n');
}

/** A node: what it does, and its steps below. A node that was told before is only named. */
function nodeLines(graph: GraphModel, node: NodeModel, told: Set<NodeModel>): string[] {
  if (told.has(node)) {
    return [`node ${node.name} (see above)`];
  }
  told.add(node);
  const title = node.routerType === undefined ? `node ${node.name}` : `node ${node.name} · ${node.routerType}: ${MEANING[node.routerType]}`;
  return [title, ...node.steps.flatMap((step, i) => branch('', i === node.steps.length - 1, stepLines(graph, step, told)))];
}

/** A step: what it calls, and below what is said of it. */
function stepLines(graph: GraphModel, step: StepModel, told: Set<NodeModel>): string[] {
  const label = step.name ?? `[${step.index}]`;
  const callee = graph.node(step.nodeName ?? '');
  const [target, ...below] = callee === undefined ? [targetOf(step)] : nodeLines(graph, callee, told);
  return [`${label} → ${target}`, ...notesOf(step).map((note) => `     ${note}`), ...below];
}

function targetOf({ nodeName, serviceName, serviceUrl }: StepModel): string {
  return serviceName !== undefined ? `service ${serviceName}` : serviceUrl ?? (nodeName === undefined ? 'nothing' : `node ${nodeName} (not there)`);
}

/** What a step says beside its target, as far as its type of node heeds it. */
function notesOf({ node, index, fields }: StepModel): string[] {
  const { condition, data, weight, dependency, mapPredictionsToInstances } = fields;
  const tests = condition !== undefined && condition !== '';
  switch (node.routerType) {
    case 'Sequence':
      return [
        ...tests ? [`only if the answer before has ${condition}`] : [],
        `sends ${data === '$response' && index > 0 ? 'the answer before' : 'the request'}${mapPredictionsToInstances === true ? ', its predictions as instances' : ''}`,
        ...dependency === 'Hard' ? ['an error ends the Sequence'] : [],
      ];
    case 'Switch':
      return [condition === '@this' ? 'otherwise' : `if the input has ${tests ? condition : 'nothing'}`];
    case 'Splitter':
      return [`${weight ?? '?'} of 100 requests`];
    case 'Ensemble':
      return dependency === 'Hard' ? ['an error is the answer of the whole'] : [];
    default:
      return [];
  }
}

/** Hangs lines under a branch of the tree. */
function branch(indent: string, last: boolean, [first, ...rest]: string[]): string[] {
  return [`${indent}${last ? '└─' : '├─'} ${first}`, ...rest.map((line) => `${indent}${last ? '  ' : '│ '} ${line}`)];
}
