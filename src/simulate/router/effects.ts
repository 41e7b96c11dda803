import type { InferenceStepSpec } from '../../spec/inference-graph';
import type { GoHeaders } from '../go/header';

/** A step of the graph, with where it stands. */
export interface StepAt {
  readonly node: string;
  readonly index: number;
  readonly step: InferenceStepSpec;
}

/** What a node or a step gives back: an answer, or an error that the nodes above it pass up. */
export interface Outcome {
  readonly status: number;
  readonly body: Uint8Array;
  /** Set for an error: its text; `body` is empty then. */
  readonly cause?: string;
}

/** A call of a service, which the driver makes. */
export interface CallEffect {
  readonly kind: 'call';
  readonly at: StepAt;
  readonly url: string;
  readonly body: Uint8Array;
  readonly headers: GoHeaders;
  readonly clock: Clock;
}

/** Branches that run at the same time, which the driver runs. */
export interface ParallelEffect {
  readonly kind: 'parallel';
  readonly branches: readonly Branch[];
  readonly collector: Collector;
  readonly clock: Clock;
}

export interface Branch {
  readonly routing: Routing;
  readonly clock: Clock;
}

/** Gets the branches' outcomes as they arrive; what arrives at the same moment comes in one group. */
export interface Collector {
  arrive(group: readonly Arrival[]): Outcome | undefined;
}

export interface Arrival {
  readonly index: number;
  readonly outcome: Outcome;
}

/** The result of a call: an answer, a failure to get one, or an answer that broke off in its body. */
export interface CallResult {
  readonly status: number;
  readonly body: Uint8Array;
  /** Why there is no answer, in the words of Go's transport. */
  readonly failure?: string;
  /** Why the body ended early. */
  readonly bodyError?: string;
}

/**
 * The router's work as a coroutine: it yields what needs the outside world and gets the result back. So one text of the semantics
 * runs synchronously against stubs, and asynchronously against real services.
 */
export type Routing = Generator<CallEffect | ParallelEffect, Outcome, CallResult & Outcome>;

/** Milliseconds since the request came in. */
export interface Clock {
  readonly now: number;
  /** For a branch that runs beside others. */
  fork(): Clock;
  /** Sets a counted clock; one that runs by itself takes no notice. */
  set(now: number): void;
}

/** Counted, not waited for. */
export class VirtualClock implements Clock {
  public constructor(public now: number = 0) {}

  public fork(): Clock {
    return new VirtualClock(this.now);
  }

  public set(now: number): void {
    this.now = now;
  }
}

/** What is chance in the router. */
export interface Decisions {
  /** The number that a Splitter draws, from 0 to `draws` - 1. */
  draw(node: string, draws: number): number;
  /** Which of `count` things that happen at the same moment is seen first. */
  race(node: string, count: number): number;
}

/** The router's Go code panicked: the client gets an empty reply. */
export class RouterPanic extends Error {
  /**
   * @param reason Go's text
   * @param endsProcess in a goroutine of an Ensemble nobody recovers: the whole router ends
   */
  public constructor(public readonly reason: string, public readonly endsProcess: boolean) {
    super(reason);
  }
}
