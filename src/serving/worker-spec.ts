import type { Affinity } from '../spec/k8s/affinity';
import type { ResourceRequirements } from '../spec/k8s/resources';
import type { Toleration } from '../spec/k8s/toleration';

/**
 * Pods beside the first one, for a model that fills the GPUs of several machines. Needs a runtime that knows workers
 * (`kserve-huggingfaceserver-multinode`), a model on a volume or in an OCI image, and `AutoscalerClass.NONE`.
 */
export interface WorkerSpec {
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
   * Compute resources of each further pod.
   *
   * @default - the runtime's
   */
  readonly resources?: ResourceRequirements;

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
