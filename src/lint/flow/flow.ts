import { afterTest, Bodies, EMPTY, INSTANCES, REQUEST } from './body';
import type { Body } from './body';
import { truthOf } from './condition-truth';
import { answers, covers, ERROR, NEVER, Outcomes } from './outcome';
import type { Outcome } from './outcome';
import { urlProblem } from '../../spec/go-url';
import { isBelow } from '../../spec/versions';
import type { HttpProtocol } from '../known-service';
import type { GraphModel, NodeModel, StepModel } from '../model';

/** What is known of a step. */
export interface StepFlow {
  /** What its target is sent; none where it is never called. */
  readonly receives: Bodies;
  /** What its condition is tested on; none where it never is. */
  readonly tested: Bodies;
  /** Whether some request calls its target. */
  readonly called: boolean;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const UNREACHED: StepFlow = { receives: Bodies.NONE, tested: Bodies.NONE, called: false };

/**
 * What can happen to any request in a graph: each node is run on everything that it can receive, by the rules of KServe's router
 * (cmd/router/main.go, v0.20.0), with every answer that services can give, until nothing new comes of it.
 *
 * It never leaves out what can happen, so that what it calls impossible is.
 */
export class Flow {
  private readonly inputs = new Map<NodeModel, Bodies>();
  private readonly outcomes = new Map<NodeModel, Outcome>();
  private readonly steps = new Map<StepModel, Writable<StepFlow>>();
  private readonly callers = new Map<NodeModel, Set<NodeModel>>();
  private readonly open = new Set<NodeModel>();

  constructor(private readonly graph: GraphModel) {
    if (graph.root !== undefined) {
      this.give(graph.root, Bodies.of(REQUEST));
    }
  }

  public of(step: StepModel): StepFlow {
    this.finish();
    return this.steps.get(step) ?? UNREACHED;
  }

  /** What can come of calling a node. */
  public outcomeOf(node: NodeModel): Outcome {
    this.finish();
    return this.known(node);
  }

  /** Whether some request comes to the node. */
  public reaches(node: NodeModel): boolean {
    this.finish();
    return this.inputs.has(node);
  }

  /** Runs every node that has something new, once somebody asks: most graphs give the rules no reason to. */
  private finish(): void {
    for (const node of this.open) {
      this.open.delete(node);
      this.run(node);
    }
  }

  private known(node: NodeModel): Outcome {
    return this.outcomes.get(node) ?? NEVER;
  }

  private run(node: NodeModel): void {
    const outcome = this.routed(node, this.inputs.get(node)!);
    const known = this.outcomes.get(node);
    if (known === undefined || !covers(known, outcome)) {
      this.outcomes.set(node, outcome);
      this.callers.get(node)?.forEach((caller) => this.open.add(caller));
    }
  }

  /** A node gets more than was known, and is run again if so. */
  private give(node: NodeModel, bodies: Bodies): void {
    const known = this.inputs.get(node);
    if (known === undefined || !known.covers(bodies)) {
      this.inputs.set(node, known?.and(bodies) ?? bodies);
      this.open.add(node);
    }
  }

  private routed(node: NodeModel, input: Bodies): Outcome {
    switch (node.routerType) {
      case 'Sequence':
        return this.sequence(node, input);
      case 'Switch':
        return this.choice(node, input);
      case 'Ensemble':
        return this.ensemble(node, input);
      case 'Splitter':
        return this.splitter(node, input);
      default:
        return ERROR;
    }
  }

  private sequence({ steps }: NodeModel, input: Bodies): Outcome {
    const ends = new Outcomes();
    let previous: Outcome = { ...NEVER, zero: true };
    for (const step of steps) {
      let answered = bodiesOf(previous);
      const { condition } = step;
      if (condition !== undefined) {
        const candidates = answered.filter(({ kind }) => kind !== 'empty');
        this.tellTested(step, candidates);
        // what is no JSON ends the request
        const error = answered.some((body) => body.kind !== 'ensemble' && body.kind !== 'instances');
        const { met, unmet } = afterTests(candidates, condition);
        ends.add(isBelow(this.graph.kserveVersion, '0.15.1') ? { ...NEVER, bad: unmet, error } : { ...NEVER, good: unmet, error });
        if (met.isEmpty) {
          return ends.all;
        }
        answered = met;
      }
      const taken = step.takesResponse ? answered : input;
      previous = this.call(step, step.mapsPredictions ? Bodies.from(taken.all.flatMap(mapped)) : taken);
      if (step.isHard) {
        ends.add({ ...previous, good: Bodies.NONE });
        previous = { ...NEVER, good: previous.good };
      } else {
        ends.add({ ...NEVER, error: previous.error });
      }
      if (!answers(previous)) {
        return ends.all;
      }
    }
    ends.add({ ...previous, error: false });
    return ends.all;
  }

  private choice({ steps }: NodeModel, input: Bodies): Outcome {
    const ends = new Outcomes(ERROR);
    let left = input;
    for (const step of steps) {
      this.tellTested(step, left);
      const { met, unmet } = afterTests(left, step.condition ?? '');
      if (!met.isEmpty) {
        ends.add(this.call(step, met));
      }
      left = unmet;
      if (left.isEmpty) {
        break;
      }
    }
    return ends.all;
  }

  private splitter({ steps }: NodeModel, input: Bodies): Outcome {
    let sum = 0;
    let highest = 0;
    const ends = new Outcomes();
    for (const step of steps) {
      sum += step.weight ?? 0;
      // the draw is 0 to 99, and the first step whose sum is above it is called
      if (sum > highest && highest < 100) {
        ends.add(this.call(step, input));
      }
      highest = Math.max(highest, sum);
    }
    if (highest < 100) {
      ends.add(ERROR);
    }
    return ends.all;
  }

  private ensemble(node: NodeModel, input: Bodies): Outcome {
    const outcomes = node.steps.map((step) => ({ step, outcome: this.call(step, input) }));
    if (outcomes.some(({ outcome }) => !answers(outcome) && !outcome.error)) {
      return NEVER;
    }
    // an answer that is no JSON object is an error, and only another Ensemble's is one for certain
    const error = outcomes.some(({ outcome }) => outcome.error || outcome.zero || bodiesOf(outcome).some(({ kind }) => kind !== 'ensemble'));
    const merges = outcomes.every(({ step, outcome }) => {
      const merged = step.isHard ? outcome.good : outcome.good.and(outcome.bad);
      return merged.some(({ kind }) => kind !== 'empty');
    });
    const keys = [...new Set(node.steps.map(({ key }) => key))];
    const hard = outcomes.filter(({ step }) => step.isHard).map(({ outcome }) => ({ ...outcome, good: Bodies.NONE, zero: false, error: false }));
    const isCertainError = outcomes.some(({ outcome }) => !bodiesOf(outcome).some(({ kind }) => kind !== 'empty'));
    const merged: Outcome = { ...NEVER, good: merges ? Bodies.of({ kind: 'ensemble', node, keys }) : Bodies.NONE, error };
    return isCertainError ? ERROR : new Outcomes(merged, ...hard).all;
  }

  /** Calls what a step calls. */
  private call(step: StepModel, request: Bodies): Outcome {
    this.tellCalled(step, request);
    if (step.nodeName === undefined) {
      return serviceOutcome(this.graph, step);
    }
    const callee = this.graph.node(step.nodeName);
    if (callee === undefined) {
      return ERROR;
    }
    this.callers.set(callee, (this.callers.get(callee) ?? new Set()).add(step.node));
    this.give(callee, request);
    return this.known(callee);
  }

  private tellTested(step: StepModel, bodies: Bodies): void {
    const known = this.flowOf(step);
    known.tested = known.tested.and(bodies);
  }

  private tellCalled(step: StepModel, bodies: Bodies): void {
    const known = this.flowOf(step);
    known.receives = known.receives.and(bodies);
    known.called = true;
  }

  private flowOf(step: StepModel): Writable<StepFlow> {
    let known = this.steps.get(step);
    if (known === undefined) {
      known = { ...UNREACHED };
      this.steps.set(step, known);
    }
    return known;
  }
}

function bodiesOf({ good, bad, zero }: Outcome): Bodies {
  const bodies = good.and(bad);
  return zero ? bodies.and(Bodies.of(EMPTY)) : bodies;
}

/** The bodies that may meet a condition, and those that may not, as they are then. */
function afterTests(bodies: Bodies, condition: string): { met: Bodies; unmet: Bodies } {
  const met: Body[] = [];
  const unmet: Body[] = [];
  for (const body of bodies.all) {
    const truth = truthOf(condition, body);
    if (truth !== 'never') {
      met.push(afterTest(body, condition, true));
    }
    if (truth !== 'always') {
      unmet.push(afterTest(body, condition, false));
    }
  }
  return { met: Bodies.from(met), unmet: Bodies.from(unmet) };
}

/** Predictions become instances where there are any. */
function mapped(body: Body): Body[] {
  switch (body.kind) {
    case 'request':
    case 'answer':
    case 'various':
      return [body, INSTANCES];
    default:
      // an Ensemble's answer is an object under each key, and predictions must be a list
      return [body];
  }
}

function serviceOutcome(graph: GraphModel, step: StepModel): Outcome {
  if (step.serviceUrl !== undefined && urlProblem(step.serviceUrl) !== undefined) {
    return ERROR;
  }
  const answer = Bodies.of({ kind: 'answer', step, protocol: protocolOf(graph, step) });
  return { good: answer, bad: answer, zero: false, error: true };
}

/** The protocol that a step's service speaks, as far as its URL or its manifest tells. */
export function protocolOf(graph: GraphModel, step: StepModel): HttpProtocol | undefined {
  if (step.serviceUrl !== undefined) {
    return /\/v1\/models\/[^/]+:predict$/.test(step.serviceUrl) ? 'v1' : /\/v2\/models\/.+\/infer$/.test(step.serviceUrl) ? 'v2' : undefined;
  }
  return graph.serviceOf(step)?.protocol;
}
