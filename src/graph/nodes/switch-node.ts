import { RouterNode } from './router-node';
import { fail } from '../../private/fail';
import { Condition } from '../condition';
import type { InferenceGraphBase } from '../inference-graph-base';
import type { Step, StepOptions } from '../step';
import type { IInferenceTarget } from '../target';

/**
 * A branch of a Switch.
 */
export interface SwitchStep extends Step {
  /** When the branch is taken, tested on the body that the Switch received. */
  readonly condition: Condition;
}

/**
 * Properties of a `SwitchNode`.
 */
export interface SwitchNodeProps {
  /**
   * The branches, in the order in which they are tried.
   *
   * @default - none; add them with `when()`
   */
  readonly steps?: SwitchStep[];

  /**
   * The branch that is taken when no other is.
   *
   * @default - none; KServe then answers 404, or 500 where the Switch is called by another node
   */
  readonly otherwise?: Step;
}

/**
 * Calls the first step whose condition holds for the body that the node received, and answers with its answer.
 *
 * If none holds, KServe answers 404, or 500 where the Switch is called by another node (cmd/router/main.go, v0.11.1 to v0.20.0).
 */
export class SwitchNode extends RouterNode {
  private hasDefault = false;

  /**
   * @param scope the graph that the node belongs to
   * @param id the node's name; every request starts at `root`
   * @param props the branches
   */
  constructor(scope: InferenceGraphBase, id: string, props: SwitchNodeProps = {}) {
    super(scope, id, 'Switch');
    props.steps?.forEach((step) => this.when(step.condition, step.target, step));
    if (props.otherwise !== undefined) {
      this.otherwise(props.otherwise.target, props.otherwise);
    }
  }

  /**
   * Adds a branch. Branches are tried in the order in which they are added.
   *
   * @param condition when it is taken
   * @param target what it calls
   * @param options its name
   * @returns this node
   * @throws after `otherwise()`, or when the target is a node of another graph
   */
  public when(condition: Condition, target: IInferenceTarget, options: StepOptions = {}): SwitchNode {
    if (this.hasDefault) {
      fail(this, 'when() after otherwise() adds a branch that is never reached', 'call otherwise() last');
    }
    this._add({ name: options.name, target }, { condition: condition.toGjson() });
    return this;
  }

  /**
   * Adds the branch that is taken when no other is: one whose condition, `@this`, holds for every JSON document.
   *
   * @param target what it calls
   * @param options its name
   * @returns this node
   * @throws when there is one already, or when the target is a node of another graph
   */
  public otherwise(target: IInferenceTarget, options: StepOptions = {}): SwitchNode {
    if (this.hasDefault) {
      fail(this, 'otherwise() was called twice, and only the first is ever reached', 'remove one of the calls');
    }
    this.when(Condition.always(), target, options);
    this.hasDefault = true;
    return this;
  }
}
