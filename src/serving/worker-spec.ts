import { componentSpec } from './component';
import { containerSpec } from './container';
import type { ResourceRequirements } from '../spec/k8s/resources';
import type { Affinity } from '../spec/k8s/affinity';
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

/** The container that KServe's multi-node runtimes run on the further pods. */
const WORKER_CONTAINER = 'worker-container';

/** `workerSpec` as in a manifest. */
export function workerSpec(props: WorkerSpec): object {
  const { pipelineParallelSize, tensorParallelSize, resources, image, affinity, tolerations, nodeSelector } = props;
  return {
    pipelineParallelSize,
    tensorParallelSize,
    ...componentSpec({ affinity, tolerations, nodeSelector }),
    containers: resources || image ? [containerSpec({ resources }, { name: WORKER_CONTAINER, image })] : undefined,
  };
}
