import type { Construct } from 'constructs';
import { ScriptService } from './script-service';
import type { ScriptServiceProps } from './script-service';
import { V2_ADAPTER } from './scripts';
import { ProtocolVersion } from '../protocol-version';

/**
 * Properties of a `V2Adapter`.
 */
export interface V2AdapterProps extends ScriptServiceProps {
  /**
   * The inputs of the next model, by the names of the outputs that they come from.
   *
   * @default - the outputs' own names
   */
  readonly rename?: { [output: string]: string };
}

/**
 * Lets one model of the v2 (Open Inference) protocol follow another in a Sequence: it turns the `outputs` of an answer into the `inputs` of a request,
 * which the router cannot do (for v1 it can: `mapPredictionsToInstances`).
 *
 * @example
 * const adapter = new V2Adapter(chart, 'embedding-to-ranker', { rename: { embedding: 'input_0' } });
 * new SequenceNode(graph, 'root')
 *   .addStep(embedder)
 *   .addStep(adapter, { data: StepData.RESPONSE })
 *   .addStep(ranker, { data: StepData.RESPONSE });
 */
export class V2Adapter extends ScriptService {
  /**
   * @param scope where the adapter is defined, in or under a chart
   * @param id the construct id, which is the service's name unless `metadata.name` is set
   * @param props what it renames
   */
  constructor(scope: Construct, id: string, props: V2AdapterProps = {}) {
    super(scope, id, V2_ADAPTER, ProtocolVersion.V2, { RENAME: JSON.stringify(props.rename ?? {}) }, props);
  }
}
