import { RouterNode } from './router-node';
import type { Condition } from '../condition';
import type { InferenceGraphBase } from '../inference-graph-base';
import type { Dependency, Step, StepData, StepOptions } from '../step';
import type { IInferenceTarget } from '../target';

/**
 * What a step of a Sequence may say beside its target.
 */
export interface SequenceStepOptions extends StepOptions {
  /**
   * The body that the step sends.
   *
   * @default StepData.REQUEST
   */
  readonly data?: StepData;

  /**
   * When the step runs, tested on the answer of the step before. If it does not hold, the Sequence ends and answers with that answer, status 200.
   *
   * The first step has no answer before it: with a condition, KServe answers every request with 500 (cmd/router/main.go, v0.9.0 to v0.20.0).
   *
   * @default - always
   */
  readonly condition?: Condition;

  /**
   * What happens when the target answers with an error status.
   *
   * @default Dependency.SOFT
   */
  readonly dependency?: Dependency;

  /**
   * Whether the step's body `{"predictions": […]}` is sent as `{"instances": […]}`, so that one v1 model can follow another.
   * Everything else in the body is dropped. Needs KServe 0.16.0.
   *
   * @default false
   */
  readonly mapPredictionsToInstances?: boolean;
}

/**
 * A step of a Sequence.
 */
export interface SequenceStep extends SequenceStepOptions, Step {}

/**
 * Properties of a `SequenceNode`.
 */
export interface SequenceNodeProps {
  /**
   * The steps, in order.
   *
   * @default - none; add them with `addStep()`
   */
  readonly steps?: SequenceStep[];
}

/**
 * Runs its steps one after the other, and answers with the last one's answer.
 */
export class SequenceNode extends RouterNode {
  /**
   * @param scope the graph that the node belongs to
   * @param id the node's name; every request starts at `root`
   * @param props the steps
   */
  constructor(scope: InferenceGraphBase, id: string, props: SequenceNodeProps = {}) {
    super(scope, id, 'Sequence');
    props.steps?.forEach((step) => this.addStep(step.target, step));
  }

  /**
   * Adds a step to the end.
   *
   * @param target what the step calls
   * @param options what it sends, and when it runs
   * @returns this node
   * @throws when the target is a node of another graph
   */
  public addStep(target: IInferenceTarget, options: SequenceStepOptions = {}): SequenceNode {
    const { name, data, condition, dependency, mapPredictionsToInstances } = options;
    this._add({ name, target }, { data, condition: condition?.toGjson(), dependency, mapPredictionsToInstances });
    return this;
  }
}
