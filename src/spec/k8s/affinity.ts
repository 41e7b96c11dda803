/**
 * Rules on which cluster nodes a pod may or should run, as in Kubernetes' `v1.Affinity`.
 */
export interface Affinity {
  /**
   * Rules on the labels of nodes.
   *
   * @default - none
   */
  readonly nodeAffinity?: NodeAffinity;

  /**
   * Rules to run near other pods.
   *
   * @default - none
   */
  readonly podAffinity?: PodAffinity;

  /**
   * Rules to run away from other pods.
   *
   * @default - none
   */
  readonly podAntiAffinity?: PodAffinity;
}

/**
 * Rules on the labels of cluster nodes, as in Kubernetes' `v1.NodeAffinity`.
 */
export interface NodeAffinity {
  /**
   * What the scheduler insists on.
   *
   * @default - nothing
   */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector;

  /**
   * What the scheduler prefers.
   *
   * @default - nothing
   */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: PreferredSchedulingTerm[];
}

/**
 * A set of cluster nodes: those that meet at least one of the terms, as in Kubernetes' `v1.NodeSelector`.
 */
export interface NodeSelector {
  /**
   * The terms, of which one must be met.
   */
  readonly nodeSelectorTerms: NodeSelectorTerm[];
}

/**
 * Requirements on one cluster node, all of which must be met, as in Kubernetes' `v1.NodeSelectorTerm`.
 */
export interface NodeSelectorTerm {
  /**
   * Requirements on the node's labels.
   *
   * @default - none
   */
  readonly matchExpressions?: NodeSelectorRequirement[];

  /**
   * Requirements on the node's fields (`metadata.name`).
   *
   * @default - none
   */
  readonly matchFields?: NodeSelectorRequirement[];
}

/**
 * One requirement on a label or field of a cluster node, as in Kubernetes' `v1.NodeSelectorRequirement`.
 */
export interface NodeSelectorRequirement {
  /** The label's or field's key. */
  readonly key: string;

  /** How the values are compared. */
  readonly operator: NodeSelectorOperator;

  /**
   * The values: one or more with `IN` and `NOT_IN`, one whole number with `GT` and `LT`, none otherwise.
   *
   * @default - none
   */
  readonly values?: string[];
}

/**
 * How a node selector compares a label with its values.
 */
export enum NodeSelectorOperator {
  /** The label is one of the values. */
  IN = 'In',
  /** The label is none of the values. */
  NOT_IN = 'NotIn',
  /** The label is there. */
  EXISTS = 'Exists',
  /** The label is not there. */
  DOES_NOT_EXIST = 'DoesNotExist',
  /** The label, as a whole number, is greater than the value. */
  GT = 'Gt',
  /** The label, as a whole number, is less than the value. */
  LT = 'Lt',
}

/**
 * A preference for cluster nodes with its weight, as in Kubernetes' `v1.PreferredSchedulingTerm`.
 */
export interface PreferredSchedulingTerm {
  /** How much the preference counts, from 1 to 100. */
  readonly weight: number;

  /** The nodes that are preferred. */
  readonly preference: NodeSelectorTerm;
}

/**
 * Rules to run near, or away from, other pods, as in Kubernetes' `v1.PodAffinity` and `v1.PodAntiAffinity`.
 */
export interface PodAffinity {
  /**
   * What the scheduler insists on.
   *
   * @default - nothing
   */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTerm[];

  /**
   * What the scheduler prefers.
   *
   * @default - nothing
   */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: WeightedPodAffinityTerm[];
}

/**
 * A preference with its weight, as in Kubernetes' `v1.WeightedPodAffinityTerm`.
 */
export interface WeightedPodAffinityTerm {
  /** How much the preference counts, from 1 to 100. */
  readonly weight: number;

  /** The pods, and what counts as near them. */
  readonly podAffinityTerm: PodAffinityTerm;
}

/**
 * A set of pods, and what counts as near them, as in Kubernetes' `v1.PodAffinityTerm`.
 */
export interface PodAffinityTerm {
  /**
   * The node label whose equal values count as one place (`kubernetes.io/hostname`, `topology.kubernetes.io/zone`).
   */
  readonly topologyKey: string;

  /**
   * The pods, by their labels.
   *
   * @default - no pods
   */
  readonly labelSelector?: LabelSelector;

  /**
   * The namespaces of the pods, by name.
   *
   * @default - the namespace of this pod
   */
  readonly namespaces?: string[];

  /**
   * The namespaces of the pods, by their labels.
   *
   * @default - the namespace of this pod
   */
  readonly namespaceSelector?: LabelSelector;

  /**
   * Keys of this pod's labels whose values the other pods must share.
   *
   * @default - none
   */
  readonly matchLabelKeys?: string[];

  /**
   * Keys of this pod's labels whose values the other pods must not share.
   *
   * @default - none
   */
  readonly mismatchLabelKeys?: string[];
}

/**
 * A set of objects by their labels: those that meet all requirements, as in Kubernetes' `v1.LabelSelector`.
 */
export interface LabelSelector {
  /**
   * Labels with the value that each must have.
   *
   * @default - none
   */
  readonly matchLabels?: { [key: string]: string };

  /**
   * Further requirements.
   *
   * @default - none
   */
  readonly matchExpressions?: LabelSelectorRequirement[];
}

/**
 * One requirement on a label, as in Kubernetes' `v1.LabelSelectorRequirement`.
 */
export interface LabelSelectorRequirement {
  /** The label's key. */
  readonly key: string;

  /** How the values are compared. */
  readonly operator: LabelSelectorOperator;

  /**
   * The values: one or more with `IN` and `NOT_IN`, none otherwise.
   *
   * @default - none
   */
  readonly values?: string[];
}

/**
 * How a label selector compares a label with its values.
 */
export enum LabelSelectorOperator {
  /** The label is one of the values. */
  IN = 'In',
  /** The label is none of the values. */
  NOT_IN = 'NotIn',
  /** The label is there. */
  EXISTS = 'Exists',
  /** The label is not there. */
  DOES_NOT_EXIST = 'DoesNotExist',
}
