import type { Affinity } from './k8s/affinity';
import type { ResourceRequirements } from './k8s/resources';
import type { Toleration } from './k8s/toleration';

/** KServe's API group and version of InferenceGraph (inference_graph.go, v0.9.0 to v0.20.0). */
export const INFERENCE_GRAPH_API_VERSION = 'serving.kserve.io/v1alpha1';

/** The kind in manifests. */
export const INFERENCE_GRAPH_KIND = 'InferenceGraph';

/** The annotation that chooses how KServe deploys the object (pkg/constants/constants.go, v0.9.0 to v0.20.0). */
export const DEPLOYMENT_MODE_ANNOTATION = 'serving.kserve.io/deploymentMode';

/** The node that every request starts at (inference_graph.go, `GraphRootNodeName`). */
export const ROOT_NODE = 'root';

/** The `routerType`s of a node. */
export const ROUTER_TYPES = ['Sequence', 'Splitter', 'Ensemble', 'Switch'] as const;
export type RouterType = typeof ROUTER_TYPES[number];

/** The three keys of a step of which exactly one names its target. */
export const TARGET_KEYS = ['nodeName', 'serviceName', 'serviceUrl'] as const;

/** An InferenceGraph as in a manifest. */
export interface InferenceGraphManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: { [key: string]: string };
    readonly annotations?: { [key: string]: string };
  };
  readonly spec: InferenceGraphSpec;
}

/** `spec` as in a manifest; numbers of time are seconds. Versions stand in `schema.ts`. */
export interface InferenceGraphSpec {
  readonly nodes: { [name: string]: RouterNodeSpec };
  readonly resources?: ResourceRequirements;
  readonly affinity?: Affinity;
  readonly timeout?: number;
  readonly routerTimeouts?: RouterTimeoutsSpec;
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
  readonly scaleTarget?: number;
  readonly scaleMetric?: string;
  readonly tolerations?: Toleration[];
  readonly nodeSelector?: { [label: string]: string };
  readonly nodeName?: string;
  readonly serviceAccountName?: string;
}

/** `spec.routerTimeouts`, in seconds. */
export interface RouterTimeoutsSpec {
  readonly serverRead?: number;
  readonly serverWrite?: number;
  readonly serverIdle?: number;
  readonly serviceClient?: number;
}

/** One entry of `spec.nodes`. */
export interface RouterNodeSpec {
  readonly routerType: RouterType;
  readonly steps?: InferenceStepSpec[];
}

/** One entry of a node's `steps`. */
export interface InferenceStepSpec extends InferenceTargetSpec {
  readonly name?: string;
  readonly data?: string;
  readonly mapPredictionsToInstances?: boolean;
  readonly weight?: number;
  readonly condition?: string;
  readonly dependency?: string;
}

/** A step's target: exactly one of the three. */
export interface InferenceTargetSpec {
  readonly nodeName?: string;
  readonly serviceName?: string;
  readonly serviceUrl?: string;
}
