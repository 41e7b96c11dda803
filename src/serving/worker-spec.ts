import type { ContainerOptions } from './container';
import type { PodOptions } from './pod';
import type { Affinity } from '../spec/k8s/affinity';
import type { Toleration } from '../spec/k8s/toleration';

/**
 * Pods beside the first one, for a model that fills the GPUs of several machines, and what overrides the runtime's container in them. Needs a runtime that knows workers
 * (`kserve-huggingfaceserver-multinode`), a model on a volume or, from KServe 0.16, in an OCI image, and `AutoscalerClass.NONE`.
 */
export interface WorkerSpec extends ContainerOptions, PodOptions {
  /**
   * The number of pods, the first one included.
   *
   * @default - the runtime's, as shipped 2
   */
  readonly pipelineParallelSize?: number;

  /**
   * The number of GPUs of each pod.
   *
   * @default - the runtime's, as shipped 1
   */
  readonly tensorParallelSize?: number;

  /**
   * The image of the further pods.
   *
   * @default - the runtime's
   */
  readonly image?: string;

  /**
   * Which cluster nodes the further pods may or should run on.
   *
   * @default - any
   */
  readonly affinity?: Affinity;

  /**
   * The taints that the further pods accept.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * Labels that the cluster nodes of the further pods must have.
   *
   * @default - any node
   */
  readonly nodeSelector?: { [label: string]: string };
}
