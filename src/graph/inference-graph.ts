import { ApiObject, Lazy } from 'cdk8s';
import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { DeploymentMode } from './deployment-mode';
import { InferenceGraphBase } from './inference-graph-base';
import type { InferenceGraphBaseProps } from './inference-graph-base';
import { API_OBJECT_ID } from '../private/node-id';
import { DEPLOYMENT_MODE_ANNOTATION, INFERENCE_GRAPH_API_VERSION, INFERENCE_GRAPH_KIND } from '../spec/inference-graph';

/**
 * Properties of an `InferenceGraph`.
 */
export interface InferenceGraphProps extends InferenceGraphBaseProps {
  /**
   * How KServe deploys the router. Always written into the manifest, since a cluster's default can change.
   *
   * @default DeploymentMode.STANDARD
   */
  readonly deploymentMode?: DeploymentMode;

  /**
   * How long Knative waits for the answer to a request, in whole seconds. Knative mode only: Standard mode ignores it
   * (pkg/controller/v1alpha1/inferencegraph/knative_reconciler.go, v0.12.0 to v0.20.0). The router has its own limit, `timeouts.serverWrite`.
   *
   * @default - Knative's own
   */
  readonly timeout?: Duration;
}

/**
 * A graph of models that KServe's controller runs: one `InferenceGraph` object (`serving.kserve.io/v1alpha1`).
 *
 * Its nodes are defined under it, and every request starts at the one with the id `root`. Mistakes are found at synth, all at once.
 *
 * @example
 * const graph = new InferenceGraph(chart, 'pipeline');
 * new SequenceNode(graph, 'root')
 *   .addStep(InferenceTarget.serviceName('embedder'), { name: 'embed' })
 *   .addStep(InferenceTarget.serviceName('ranker'), { name: 'rank', data: StepData.RESPONSE });
 */
export class InferenceGraph extends InferenceGraphBase {
  /** The object in the manifest. Patches on it are applied last, to what is sent to the cluster. */
  public readonly apiObject: ApiObject;

  /**
   * @param scope where the graph is defined, in or under a chart
   * @param id the construct id, which is the graph's name unless `metadata.name` is set
   * @param props what the graph says
   */
  constructor(scope: Construct, id: string, props: InferenceGraphProps = {}) {
    super(scope, id, props, props.deploymentMode ?? DeploymentMode.STANDARD, props.timeout);
    this.apiObject = new ApiObject(this, API_OBJECT_ID, {
      apiVersion: INFERENCE_GRAPH_API_VERSION,
      kind: INFERENCE_GRAPH_KIND,
      metadata: {
        ...props.metadata,
        name: this.name,
        annotations: { ...props.metadata?.annotations, [DEPLOYMENT_MODE_ANNOTATION]: Lazy.any({ produce: () => this._modeName() }) },
      },
      spec: Lazy.any({ produce: () => this._toSpec() }),
    });
  }

  /** The `spec` as in the manifest, patches included, as JSON text: what a `GraphSimulator` runs. */
  public specAsJson(): string {
    return JSON.stringify(this.apiObject.toJson().spec);
  }
}
