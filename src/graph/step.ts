import type { IInferenceTarget } from './target';

/**
 * What a Sequence step sends to its target.
 */
export enum StepData {
  /** The body that the Sequence itself received. KServe's default. */
  REQUEST = '$request',
  /** The answer of the step before. On the first step there is none, and KServe sends the request. */
  RESPONSE = '$response',
}

/**
 * What happens when a step's target answers with a status outside 200 to 299.
 *
 * A target that cannot be reached ends the request with 500 under either (cmd/router/main.go, v0.20.0).
 */
export enum Dependency {
  /** The graph goes on with the error's body as the step's answer. KServe's default. */
  SOFT = 'Soft',
  /** The node stops, and answers with the step's body and status. */
  HARD = 'Hard',
}

/**
 * What every step of every node has.
 */
export interface StepOptions {
  /**
   * The step's name, unique in its node.
   *
   * @default - no name; KServe then counts the steps from 0
   */
  readonly name?: string;
}

/**
 * A step of any node: what it calls.
 */
export interface Step extends StepOptions {
  /** What the step calls. */
  readonly target: IInferenceTarget;
}
