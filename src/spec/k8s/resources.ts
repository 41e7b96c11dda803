/**
 * Compute resources of one container, as in Kubernetes' `v1.ResourceRequirements`.
 *
 * A quantity is a number with an optional unit: `'100m'` (a tenth of a core), `'2'`, `'256Mi'`, `'1Gi'`.
 */
export interface ResourceRequirements {
  /**
   * What is set aside for the container, by resource name (`cpu`, `memory`, `nvidia.com/gpu`, …).
   *
   * @default - the limits, if any are set
   */
  readonly requests?: { [resource: string]: string };

  /**
   * What the container may use at most, by resource name.
   *
   * @default - no limit
   */
  readonly limits?: { [resource: string]: string };
}
