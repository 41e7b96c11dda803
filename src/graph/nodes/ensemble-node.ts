import { RouterNode } from './router-node';
import type { InferenceGraphBase } from '../inference-graph-base';
import type { Dependency, Step, StepOptions } from '../step';
import type { IInferenceTarget } from '../target';

/**
 * What a step of an Ensemble may say beside its target.
 */
export interface EnsembleStepOptions extends StepOptions {
  /**
   * What happens when the target answers with an error status. Under `SOFT` its body stands in the answer like any other.
   *
   * @default Dependency.SOFT
   */
  readonly dependency?: Dependency;
}

/**
 * A step of an Ensemble. Its name is the key of its answer.
 */
export interface EnsembleStep extends EnsembleStepOptions, Step {}

/**
 * Properties of an `EnsembleNode`.
 */
export interface EnsembleNodeProps {
  /**
   * The steps.
   *
   * @default - none; add them with `addStep()`
   */
  readonly steps?: EnsembleStep[];
}

/**
 * Calls all its steps at once with the body that it received, and answers with an object that holds each step's answer under the step's
 * name, or under its index where it has none. Each answer must be a JSON object (cmd/router/main.go, v0.9.0 to v0.20.0).
 */
export class EnsembleNode extends RouterNode {
  /**
   * @param scope the graph that the node belongs to
   * @param id the node's name; every request starts at `root`
   * @param props the steps
   */
  constructor(scope: InferenceGraphBase, id: string, props: EnsembleNodeProps = {}) {
    super(scope, id, 'Ensemble');
    props.steps?.forEach((step) => this.addStep(step.target, step));
  }

  /**
   * Adds a step.
   *
   * @param target what the step calls
   * @param options its name, which is the key of its answer, and what happens on an error
   * @returns this node
   * @throws when the target is a node of another graph
   */
  public addStep(target: IInferenceTarget, options: EnsembleStepOptions = {}): EnsembleNode {
    const { name, dependency } = options;
    this._add({ name, target }, { dependency });
    return this;
  }
}
