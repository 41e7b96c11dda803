import { ROUTER_TYPES } from '../../src/spec/inference-graph';
import type { InferenceGraphManifest, InferenceStepSpec, RouterNodeSpec, RouterType } from '../../src/spec/inference-graph';

/*
 * Graphs for measuring the linter: good ones, and good ones into which mistakes were put. Each service step has an address of its own, so that
 * the calls of a run tell which steps were reached.
 */

/** A number from 0 up to `below`. */
export type Random = (below: number) => number;

/** A generator of random numbers that a seed decides (Park and Miller's). */
export function randomFrom(seed: number): Random {
  let state = seed % 2147483646 + 1;
  return (below) => {
    state = state * 48271 % 2147483647;
    return Math.floor((state - 1) / 2147483646 * below);
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type Step = Mutable<InferenceStepSpec>;
export interface Node { routerType: RouterType; steps: Step[] }
export interface MistakenGraph {
  readonly nodes: { [name: string]: Node };
  /** What was done to it; none for a good graph. */
  readonly mistakes: readonly string[];
}

/** Conditions that some bodies of `bodyFrom` meet and others do not. */
export const CONDITIONS = [
  'predictions', 'predictions.0', '[@this].#(predictions.0=="dog")', 'label', 'instances', '[@this].#(score>0.5)', '[@this].#(score>0.8)', 'detail.kind',
  '[@this].#(label=="spam")',
];

/** Conditions that no such body meets. */
const NEVER = [
  'score>0.5', 'label=="spam"', 'predictions[0]', '$.predictions', "[@this].#(label=='spam')x", 'predictions.0=="dog"', '[@this].#(label=="spam"', '!label',
  'predictions|@length', 'label\n',
];

/** Conditions that every body meets. */
const ALWAYS = ['@this', '{ .label == "spam" }', '[label]', '[@this].#(label=="spam")#'];

/** A body that has some of the fields which conditions ask for. */
export function bodyFrom(random: Random): string {
  const all: [string, unknown][] = [
    ['predictions', [['dog'], ['cat', 1], []][random(3)]],
    ['label', random(2) === 0 ? 'spam' : 'ham'],
    ['score', [0.9, 0.6, 0.1][random(3)]],
    ['instances', [1, 2]],
    ['detail', random(2) === 0 ? { kind: 'x' } : {}],
  ];
  return JSON.stringify(Object.fromEntries(all.filter(() => random(2) === 0)));
}

/** A graph; by `mistaken` with one to three mistakes. */
export function graphFrom(random: Random, mistaken: boolean): MistakenGraph {
  const nodes = goodNodes(random);
  const mistakes: string[] = [];
  for (let left = mistaken ? 1 + random(3) : 0; left > 0; left--) {
    const names = Object.keys(MISTAKES);
    const name = names[random(names.length)];
    if (MISTAKES[name](nodes, random)) {
      mistakes.push(name);
    }
  }
  return { nodes, mistakes };
}

/** The graph as a document; its services by URL, or by name. */
export function documentOf({ nodes }: MistakenGraph, byName: boolean): InferenceGraphManifest {
  const target = ({ serviceUrl, ...step }: Step): InferenceStepSpec => {
    const name = /^http:\/\/(s\d+)\.models\.svc\.cluster\.local\//.exec(serviceUrl ?? '')?.[1];
    return byName && name !== undefined ? { ...step, serviceName: name } : serviceUrl === undefined ? step : { ...step, serviceUrl };
  };
  return {
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'InferenceGraph',
    metadata: { name: 'pipeline', annotations: { 'serving.kserve.io/deploymentMode': 'Standard' } },
    spec: {
      nodes: Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, { ...node, steps: node.steps.map(target) } as RouterNodeSpec])),
    },
  };
}

function goodNodes(random: Random): { [name: string]: Node } {
  const nodes: { [name: string]: Node } = {};
  let services = 0;
  let count = 0;
  const grow = (name: string, depth: number, tested: readonly string[]): void => {
    const routerType = ROUTER_TYPES[random(4)];
    const node: Node = { routerType, steps: [] };
    nodes[name] = node;
    const length = (routerType === 'Sequence' ? 1 : 2) + random(3);
    const conditions = shuffled([...tested], random);
    for (let i = 0; i < length; i++) {
      const step: Step = {};
      if (random(3) > 0 || routerType === 'Ensemble') {
        step.name = `step${i}`;
      }
      if (depth < 2 && count < 4 && random(4) === 0) {
        step.nodeName = `node${++count}`;
      } else {
        step.serviceUrl = `http://s${services++}.models.svc.cluster.local/v1/models/m:predict`;
      }
      decorate(step, i, length, routerType, conditions, random);
      node.steps.push(step);
    }
    if (routerType === 'Splitter') {
      const cuts = shuffled(Array.from({ length: 99 }, (_, i) => i + 1), random).slice(0, length - 1).sort((a, b) => a - b);
      node.steps.forEach((step, i) => { step.weight = (cuts[i] ?? 100) - (cuts[i - 1] ?? 0); });
    }
    for (const [i, step] of node.steps.entries()) {
      if (step.nodeName !== undefined) {
        const answer = step.data === '$response' ? node.steps[i - 1] : undefined;
        // what a nested Switch can test: after an Ensemble there are its keys and no other
        grow(step.nodeName, depth + 1, answer === undefined ? tested : keysAfter(nodes, answer));
      }
      const next = node.steps[i + 1];
      if (routerType === 'Sequence' && next?.condition !== undefined) {
        next.condition = keysAfter(nodes, step)[random(keysAfter(nodes, step).length)];
      }
    }
  };
  grow('root', 0, CONDITIONS);
  return nodes;
}

function decorate(step: Step, index: number, length: number, routerType: RouterType, conditions: string[], random: Random): void {
  if (routerType === 'Switch') {
    step.condition = index === length - 1 && random(2) === 0 ? '@this' : conditions.pop() ?? '@this';
  }
  if (routerType === 'Sequence' && index > 0) {
    if (random(2) === 0) {
      step.data = random(3) === 0 ? '$request' : '$response';
    }
    if (random(3) === 0) {
      step.condition = 'predictions';
    }
  }
  if ((routerType === 'Sequence' || routerType === 'Ensemble') && random(3) === 0) {
    step.dependency = random(3) === 0 ? 'Soft' : 'Hard';
  }
}

/** Conditions that the answer of a step can meet. */
function keysAfter(nodes: { [name: string]: Node }, { nodeName }: Step): readonly string[] {
  const node = nodeName === undefined ? undefined : nodes[nodeName];
  switch (node?.routerType) {
    case undefined:
      return CONDITIONS;
    case 'Ensemble':
      return node!.steps.map(({ name }, i) => `${name ?? i}`);
    default:
      return ['@this'];
  }
}

type Mistake = (nodes: { [name: string]: Node }, random: Random) => boolean;

const MISTAKES: { readonly [name: string]: Mistake } = {
  'no root': (nodes) => {
    if (nodes.root === undefined) return false;
    nodes.start = nodes.root;
    delete nodes.root;
    return true;
  },
  'two steps of one name': inNode(undefined, ({ steps }) => steps.length > 1 && steps.slice(0, 2).every((step) => { step.name = 'same'; return true; })),
  'no target': onStep((step) => { delete step.serviceUrl; delete step.nodeName; return true; }),
  'two targets': onStep((step) => { step.serviceUrl ??= 'http://x.models.svc.cluster.local/y'; step.nodeName ??= 'root'; return true; }),
  'dangling node': onStep((step) => { delete step.serviceUrl; step.nodeName = 'nowhere'; return true; }),
  'a circle': onStep((step, random, nodes) => {
    // rarely, since each kills the router; and an Ensemble would double its goroutines with each round
    if (random(8) > 0 || Object.values(nodes).some(({ routerType }) => routerType === 'Ensemble')) return false;
    delete step.serviceUrl;
    const names = Object.keys(nodes);
    step.nodeName = names[random(names.length)];
    return true;
  }),
  'no steps': inNode(undefined, (node) => { node.steps = []; return true; }),
  'condition on the first step': inNode('Sequence', ({ steps: [first] }) => { if (first !== undefined) first.condition = 'predictions'; return first !== undefined; }),
  'a Switch step without a condition': inNode('Switch', ({ steps }, random) => steps.length > 0 && delete steps[random(steps.length)].condition),
  'an always true condition': inNode('Switch', ({ steps }, random) => {
    if (steps.length > 0) steps[random(steps.length)].condition = ALWAYS[random(ALWAYS.length)];
    return steps.length > 0;
  }),
  'a repeated condition': inNode('Switch', ({ steps }) => {
    if (steps.length > 1) steps[1].condition = steps[0].condition;
    return steps.length > 1;
  }),
  'a condition that never holds': inNode(undefined, ({ routerType, steps }, random) => {
    const from = routerType === 'Sequence' ? 1 : routerType === 'Switch' ? 0 : steps.length;
    if (from >= steps.length) return false;
    steps[from + random(steps.length - from)].condition = NEVER[random(NEVER.length)];
    return true;
  }),
  'a condition of the wrong body': inNode('Sequence', ({ steps }, random, nodes) => {
    const i = steps.findIndex(({ nodeName }) => nodeName !== undefined && nodes[nodeName]?.routerType === 'Ensemble');
    if (i < 0 || i + 1 >= steps.length) return false;
    steps[i + 1].condition = CONDITIONS[random(CONDITIONS.length)];
    return true;
  }),
  'a bad URL': onStep((step, random) => {
    delete step.nodeName;
    step.serviceUrl = ['m.models.svc.cluster.local/x', 'http://', 'ftp://m/x', 'http://{host}/x', 'http://m:x/'][random(5)];
    return true;
  }),
  'weights that are not 100': inNode('Splitter', ({ steps }, random) => { if (steps[0] !== undefined) steps[0].weight = random(150); return steps.length > 0; }),
  'weights out of range': inNode('Splitter', ({ steps }) => {
    if (steps.length < 2) return false;
    steps.forEach((step, i) => { step.weight = [-20, 120, 0, 0, 0][i]; });
    return true;
  }),
  'no weight': inNode('Splitter', ({ steps }) => steps.length > 0 && delete steps[0].weight),
  'an unreachable node': (nodes) => {
    nodes.spare = { routerType: 'Sequence', steps: [{ serviceUrl: 'http://s99.models.svc.cluster.local/v1/models/m:predict' }] };
    return true;
  },
  'a wrong type': inNode(undefined, (node, random) => { node.routerType = ['Seq', 'sequence', ''][random(3)] as RouterType; return true; }),
  'a wrong value': onStep((step) => { step.dependency = 'hard'; return true; }),
};

function inNode(type: RouterType | undefined, change: (node: Node, random: Random, nodes: { [name: string]: Node }) => boolean): Mistake {
  return (nodes, random) => {
    const fit = Object.values(nodes).filter(({ routerType }) => type === undefined || routerType === type);
    return fit.length > 0 && change(fit[random(fit.length)], random, nodes);
  };
}

function onStep(change: (step: Step, random: Random, nodes: { [name: string]: Node }) => boolean): Mistake {
  return (nodes, random) => {
    const all = Object.values(nodes).flatMap(({ steps }) => steps);
    return all.length > 0 && change(all[random(all.length)], random, nodes);
  };
}

function shuffled<T>(items: T[], random: Random): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random(i + 1);
    [items[i], items[j]] = [items[j], items[i]];
  }
  return items;
}
