/**
 * When a cluster node fetches the image anew, as in Kubernetes' `v1.PullPolicy`.
 */
export enum ImagePullPolicy {
  /** Each time a container starts. */
  ALWAYS = 'Always',
  /** When the node does not have it. */
  IF_NOT_PRESENT = 'IfNotPresent',
  /** Never: the node must have it. */
  NEVER = 'Never',
}
