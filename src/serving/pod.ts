import type { Duration } from 'cdk8s';
import type { ContainerOptions } from './container';
import type { SeccompProfile } from './security-context';

/**
 * A container of a pod beside the one that does the work.
 */
export interface PodContainer extends ContainerOptions {
  /** The container's name, unique in the pod. */
  readonly name: string;

  /** The image. */
  readonly image: string;
}

/**
 * What all containers of a pod may do, as in Kubernetes' `v1.PodSecurityContext`.
 */
export interface PodSecurityContext {
  /**
   * The user's number.
   *
   * @default - the images'
   */
  readonly runAsUser?: number;

  /**
   * The group's number.
   *
   * @default - the images'
   */
  readonly runAsGroup?: number;

  /**
   * Whether the kubelet refuses to run them as root.
   *
   * @default false
   */
  readonly runAsNonRoot?: boolean;

  /**
   * The group that owns the files of volumes.
   *
   * @default - none
   */
  readonly fsGroup?: number;

  /**
   * The system calls that are allowed.
   *
   * @default - the kubelet's own
   */
  readonly seccompProfile?: SeccompProfile;
}

/**
 * What the scheduler does with a pod that would break a `TopologySpreadConstraint`.
 */
export enum UnsatisfiableConstraint {
  /** Leaves it waiting. */
  DO_NOT_SCHEDULE = 'DoNotSchedule',
  /** Takes the place that breaks it least. */
  SCHEDULE_ANYWAY = 'ScheduleAnyway',
}

/**
 * How evenly pods are spread, as in Kubernetes' `v1.TopologySpreadConstraint`.
 */
export interface TopologySpreadConstraint {
  /** The label of cluster nodes by which they count as one place, such as `topology.kubernetes.io/zone`. */
  readonly topologyKey: string;

  /** The labels of the pods that are counted, such as those in `labels`. */
  readonly matchLabels: { [key: string]: string };

  /**
   * By how many pods places may differ, from 1.
   *
   * @default 1
   */
  readonly maxSkew?: number;

  /**
   * What becomes of a pod that fits nowhere.
   *
   * @default UnsatisfiableConstraint.DO_NOT_SCHEDULE
   */
  readonly whenUnsatisfiable?: UnsatisfiableConstraint;
}

/**
 * What can be said of the pods of each component, as in Kubernetes' `v1.PodSpec`.
 */
export interface PodOptions {
  /**
   * Containers that run to their end before the others start, in this order; KServe's storage initializer is added by KServe.
   *
   * @default - none
   */
  readonly initContainers?: PodContainer[];

  /**
   * The PriorityClass: which pods give way when a cluster is full.
   *
   * @default - the cluster's own
   */
  readonly priorityClassName?: string;

  /**
   * The RuntimeClass, such as that of confidential containers.
   *
   * @default - the cluster's own
   */
  readonly runtimeClassName?: string;

  /**
   * The scheduler.
   *
   * @default - Kubernetes' own
   */
  readonly schedulerName?: string;

  /**
   * How long the pods have to end, in whole seconds. A long answer, as of a language model, is cut off at its end.
   *
   * @default - Kubernetes' own: 30 seconds in Standard mode; `timeout` in Knative mode
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * What all containers may do.
   *
   * @default - Kubernetes' own
   */
  readonly podSecurityContext?: PodSecurityContext;

  /**
   * How evenly the pods are spread.
   *
   * @default - Kubernetes' own
   */
  readonly topologySpreadConstraints?: TopologySpreadConstraint[];

  /**
   * Whether the pods get the token of their service account.
   *
   * @default - as the service account says
   */
  readonly automountServiceAccountToken?: boolean;
}
