import type { Construct } from 'constructs';
import type { InferenceGraphBase } from '../../graph/inference-graph-base';
import { SequenceNode } from '../../graph/nodes/sequence-node';
import { Dependency, StepData } from '../../graph/step';
import type { IInferenceTarget } from '../../graph/target';
import { InferenceService } from '../inference-service';
import type { InferenceServiceProps } from '../inference-service';

/**
 * A service that several graphs put before their models, in place of a transformer for each: one that tokenizes, or fetches features.
 *
 * It answers with the request for the model behind it.
 *
 * @example
 * const features = new SharedTransformer(chart, 'features', { predictor: Predictor.container({ image: 'example.com/features:1' }) });
 * features.before(graph, 'root', model);
 */
export class SharedTransformer extends InferenceService {
  /**
   * @param scope where the service is defined, in or under a chart
   * @param id the construct id, which is the service's name unless `metadata.name` is set
   * @param props the service
   */
  constructor(scope: Construct, id: string, props: InferenceServiceProps) {
    super(scope, id, props);
  }

  /**
   * A Sequence that sends a request through this service to a target. Where this service fails, its error is the answer.
   *
   * @param graph the graph
   * @param id the node's name
   * @param target what gets the transformed request
   * @returns the node, to which more steps can be added
   */
  public before(graph: InferenceGraphBase, id: string, target: IInferenceTarget): SequenceNode {
    return new SequenceNode(graph, id)
      .addStep(this, { name: this.name, dependency: Dependency.HARD })
      .addStep(target, { data: StepData.RESPONSE });
  }
}
