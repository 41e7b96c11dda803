import { RouterNode } from './router-node';
import type { InferenceGraphBase } from '../inference-graph-base';
import type { Step, StepOptions } from '../step';
import type { IInferenceTarget } from '../target';

/**
 * A share of a Splitter.
 */
export interface SplitterStep extends Step {
  /** How many of 100 requests go to the target: a whole number from 0 to 100. */
  readonly weight: number;
}

/**
 * Properties of a `SplitterNode`.
 */
export interface SplitterNodeProps {
  /**
   * The shares. Their weights add up to 100.
   *
   * @default - none; add them with `split()`
   */
  readonly steps?: SplitterStep[];
}

/**
 * Sends each request to one of its steps, at random by their weights, and answers with its answer.
 *
 * From KServe 0.13.0 to 0.18.0 the router crashes on about one request of a hundred to a Splitter (cmd/router/main.go; mended in v0.19.0).
 */
export class SplitterNode extends RouterNode {
  /**
   * @param scope the graph that the node belongs to
   * @param id the node's name; every request starts at `root`
   * @param props the shares
   */
  constructor(scope: InferenceGraphBase, id: string, props: SplitterNodeProps = {}) {
    super(scope, id, 'Splitter');
    props.steps?.forEach((step) => this.split(step.weight, step.target, step));
  }

  /**
   * Adds a share.
   *
   * @param weight how many of 100 requests go to the target: a whole number from 0 to 100
   * @param target what it calls
   * @param options its name
   * @returns this node
   * @throws when the target is a node of another graph
   */
  public split(weight: number, target: IInferenceTarget, options: StepOptions = {}): SplitterNode {
    this._add({ name: options.name, target }, { weight });
    return this;
  }
}
