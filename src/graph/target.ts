import type { RouterNode } from './nodes/router-node';
import type { InferenceTargetSpec } from '../spec/inference-graph';

/**
 * What a step can call: an `InferenceService`, a node of the same graph, or an `InferenceTarget`.
 */
export interface IInferenceTarget {
  /**
   * How a step of a graph names this target.
   */
  readonly stepTarget: InferenceTarget;
}

/**
 * The target of a step, by name or address.
 *
 * Prefer the thing itself where the app defines it: an `InferenceService` or a node is a target too, and cannot be misspelt.
 */
export abstract class InferenceTarget implements IInferenceTarget {
  /**
   * An InferenceService that this app does not define.
   *
   * @param name its `metadata.name`; KServe looks it up in the graph's own namespace (pkg/controller/v1alpha1/inferencegraph/controller.go, v0.20.0)
   */
  public static serviceName(name: string): InferenceTarget {
    return new SpecTarget({ serviceName: name });
  }

  /**
   * Any HTTP address that the router can reach. It is called by POST, with the step's request as body.
   *
   * @param url the whole address, such as `http://embedder.models.svc.cluster.local/v1/models/embedder:predict`
   */
  public static url(url: string): InferenceTarget {
    return new SpecTarget({ serviceUrl: url });
  }

  /**
   * A node of the same graph.
   *
   * @param node the node; passing the node itself as target does the same
   */
  public static node(node: RouterNode): InferenceTarget {
    return node.stepTarget;
  }

  /** Itself. */
  public readonly stepTarget: InferenceTarget = this;

  /**
   * The node that this is, where it is one.
   *
   * @internal
   */
  public get _node(): RouterNode | undefined {
    return undefined;
  }

  /**
   * Why a step of a graph in this namespace cannot call this by its name, and what to do instead; undefined where it can.
   *
   * @internal
   */
  public _problemFor(_namespace?: string): { readonly message: string; readonly help: string } | undefined {
    return undefined;
  }

  /**
   * The fields of a step that name this target, for a graph in this namespace.
   *
   * @internal
   */
  public abstract _toSpec(namespace?: string): InferenceTargetSpec;
}

/** A target that knows nothing but its own fields. */
class SpecTarget extends InferenceTarget {
  constructor(private readonly spec: InferenceTargetSpec) {
    super();
  }

  /** @internal */
  public _toSpec(): InferenceTargetSpec {
    return this.spec;
  }
}
