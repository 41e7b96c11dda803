import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { InferenceGraph } from '../../graph/inference-graph';
import type { InferenceGraphProps } from '../../graph/inference-graph';
import { Lint } from '../../graph/lint';
import { SplitterNode } from '../../graph/nodes/splitter-node';
import type { IInferenceTarget } from '../../graph/target';
import { ALTERNATIVES, mark } from '../../private/symbols';

/**
 * Properties of a `CanaryRollout`.
 */
export interface CanaryRolloutProps {
  /** What serves now. */
  readonly stable: IInferenceTarget;

  /** What shall serve. */
  readonly candidate: IInferenceTarget;

  /** Percent of the requests that go to the candidate, a stage each: `[5, 25, 100]`. */
  readonly stages: number[];

  /**
   * The graph's name, the same in every stage.
   *
   * @default - the construct id
   */
  readonly graphName?: string;

  /**
   * The namespace of the graph.
   *
   * @default - none: that of `kubectl`
   */
  readonly namespace?: string;

  /**
   * What else the graph says.
   *
   * @default - nothing
   */
  readonly graph?: InferenceGraphProps;
}

/**
 * A canary in stages: the same graph several times, each with more requests for the candidate, and each in a file of its own. Apply one after the
 * other; to go back, apply the one before.
 *
 * @example
 * new CanaryRollout(app, 'iris', { stable, candidate, stages: [5, 25, 100] });
 */
export class CanaryRollout extends Construct {
  /** The graph of each stage. */
  public readonly graphs: InferenceGraph[];

  /**
   * @param scope the app
   * @param id the construct id
   * @param props what serves, what shall serve, and the stages
   */
  constructor(scope: Construct, id: string, props: CanaryRolloutProps) {
    super(scope, id);
    const name = props.graphName ?? id;
    this.graphs = props.stages.map((percent, i) => {
      // beside the rollout rather than under it, because files of charts that are not the app's own get a hash in their names
      const chart = new Chart(scope, `${id}-stage-${i + 1}`, { namespace: props.namespace });
      mark(chart, ALTERNATIVES, this.node.path);
      const graph = new InferenceGraph(chart, name, props.graph);
      const steps = [
        { name: 'stable', target: props.stable, weight: 100 - percent },
        { name: 'candidate', target: props.candidate, weight: percent },
      ].filter(({ weight }) => weight !== 0); // no request would reach it
      new SplitterNode(graph, 'root', { steps });
      if (steps.length === 1) {
        Lint.of(graph).acknowledge('one-step-node', 'where the rollout ends, one version has all requests');
      }
      return graph;
    });
    this.node.addValidation({
      validate: () => props.stages.flatMap((percent, i) => i > 0 && percent <= props.stages[i - 1]
        ? [`the stages must give the candidate more and more requests, got ${props.stages.join(', ')}: order them  (canary-stages)`]
        : []).slice(0, 1),
    });
  }
}
