import { Bodies, EMPTY, INSTANCES, REQUEST, afterTest } from './body';
import type { Body } from './body';
import { truthOf } from './condition-truth';
import { answers, covers, either, ERROR, NEVER } from './outcome';
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

const UNREACHED: StepFlow = { receives: Bodies.of(), tested: Bodies.of(), called: false };

/**
 * What can happen to any request in a graph: each node is run on everything that it can receive, by the rules of KServe's router
 * (cmd/router/main.go, v0.20.0), with every answer that services can give, until nothing new comes of it.
 *
 * It never leaves out what can happen, so that what it calls impossible is.
 */
export class Flow {
  private readonly inputs = new Map<NodeModel, Bodies>();
  private readonly outcomes = new Map<NodeModel, Outcome>();
  private readonly steps = new Map<StepModel, StepFlow>();
  private readonly callers = new Map<NodeModel, Set<NodeModel>>();
  private readonly open = new Set<NodeModel>();

  constructor(private readonly graph: GraphModel) {
    if (graph.root === undefined) {
      return;
    }
    this.give(graph.root, Bodies.of(REQUEST));
    for (const node of this.open) {
      this.open.delete(node);
      this.run(node);
    }
  }

  public of(step: StepModel): StepFlow {
    return this.steps.get(step) ?? UNREACHED;
  }

  /** What can come of calling a node. */
  public outcomeOf(node: NodeModel): Outcome {
    return this.outcomes.get(node) ?? NEVER;
  }

  /** Whether some request comes to the node. */
  public reaches(node: NodeModel): boolean {
    return this.inputs.has(node);
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
    let outcome = NEVER;
    let previous: Outcome = { ...NEVER, zero: true };
    for (const step of steps) {
      const answered = bodiesOf(previous);
      const { condition } = step;
      if (condition !== undefined) {
        const candidates = answered.filter(({ kind }) => kind !== 'empty');
        this.tell(step, { tested: candidates });
        // what is no JSON ends the request
        const error = answered.some((body) => body.kind !== 'ensemble' && body.kind !== 'instances');
        const unmet = without(candidates, condition);
        const skipped = isBelow(this.graph.kserveVersion, '0.15.1') ? { ...NEVER, bad: unmet } : { ...NEVER, good: unmet };
        outcome = either(outcome, either(skipped, { ...NEVER, error }));
        if (!candidates.some((body) => truthOf(condition, body) !== 'never')) {
          return outcome;
        }
      }
      const taken = !step.takesResponse ? input : condition === undefined ? answered : matching(answered, condition);
      const request = step.mapsPredictions ? Bodies.of(...taken.all.flatMap(mapped)) : taken;
      previous = this.call(step, request);
      outcome = either(outcome, { ...NEVER, error: previous.error });
      if (step.isHard) {
        outcome = either(outcome, { ...previous, good: Bodies.of() });
        previous = { ...NEVER, good: previous.good };
      }
      if (!answers(previous)) {
        return outcome;
      }
    }
    return either(outcome, { ...previous, error: false });
  }

  private choice({ steps }: NodeModel, input: Bodies): Outcome {
    let outcome = ERROR;
    let left = input;
    for (const step of steps) {
      const condition = step.condition ?? '';
      this.tell(step, { tested: left });
      const met = matching(left, condition);
      if (!met.isEmpty) {
        outcome = either(outcome, this.call(step, met));
      }
      left = without(left, condition);
      if (left.isEmpty) {
        break;
      }
    }
    return outcome;
  }

  private splitter({ steps }: NodeModel, input: Bodies): Outcome {
    let sum = 0;
    let highest = 0;
    let outcome = NEVER;
    for (const step of steps) {
      sum += step.weight ?? 0;
      // the draw is 0 to 99, and the first step whose sum is above it is called
      if (sum > highest && highest < 100) {
        outcome = either(outcome, this.call(step, input));
      }
      highest = Math.max(highest, sum);
    }
    return highest < 100 ? either(outcome, ERROR) : outcome;
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
    const hard = outcomes.filter(({ step }) => step.isHard).map(({ outcome }) => ({ ...outcome, good: Bodies.of(), zero: false, error: false }));
    const isCertainError = outcomes.some(({ outcome }) => !bodiesOf(outcome).some(({ kind }) => kind !== 'empty'));
    const merged: Outcome = { ...NEVER, good: merges ? Bodies.of({ kind: 'ensemble', node, keys }) : Bodies.of(), error };
    return isCertainError ? ERROR : hard.reduce(either, merged);
  }

  /** Calls what a step calls. */
  private call(step: StepModel, request: Bodies): Outcome {
    this.tell(step, { receives: request, called: true });
    if (step.nodeName === undefined) {
      return serviceOutcome(this.graph, step);
    }
    const callee = this.graph.node(step.nodeName);
    if (callee === undefined) {
      return ERROR;
    }
    this.callers.set(callee, (this.callers.get(callee) ?? new Set()).add(step.node));
    this.give(callee, request);
    return this.outcomeOf(callee);
  }

  private tell(step: StepModel, { receives = Bodies.of(), tested = Bodies.of(), called = false }: Partial<StepFlow>): void {
    const known = this.of(step);
    this.steps.set(step, { receives: known.receives.and(receives), tested: known.tested.and(tested), called: known.called || called });
  }
}

function bodiesOf({ good, bad, zero }: Outcome): Bodies {
  const bodies = good.and(bad);
  return zero ? bodies.and(Bodies.of(EMPTY)) : bodies;
}

/** The bodies that may meet a condition, as they are then. */
function matching(bodies: Bodies, condition: string): Bodies {
  return bodies.filter((body) => truthOf(condition, body) !== 'never').map((body) => afterTest(body, condition, true));
}

/** The bodies that may not meet a condition, as they are then. */
function without(bodies: Bodies, condition: string): Bodies {
  return bodies.filter((body) => truthOf(condition, body) !== 'always').map((body) => afterTest(body, condition, false));
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
  const protocol = graph.serviceOf(step)?.graphProtocol;
  return protocol === 'none' ? undefined : protocol;
}
