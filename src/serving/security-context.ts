/**
 * The system calls that a container may make.
 */
export enum SeccompProfile {
  /** Those that the container runtime allows. Pod Security's level "restricted" asks for it. */
  RUNTIME_DEFAULT = 'RuntimeDefault',
  /** All. */
  UNCONFINED = 'Unconfined',
}

/**
 * What a container may do, as in Kubernetes' `v1.SecurityContext`.
 */
export interface ContainerSecurityContext {
  /**
   * The user's number.
   *
   * @default - the image's
   */
  readonly runAsUser?: number;

  /**
   * The group's number.
   *
   * @default - the image's
   */
  readonly runAsGroup?: number;

  /**
   * Whether the kubelet refuses to run it as root.
   *
   * @default false
   */
  readonly runAsNonRoot?: boolean;

  /**
   * Whether its root file system is read-only.
   *
   * @default false
   */
  readonly readOnlyRootFilesystem?: boolean;

  /**
   * Whether a process may gain more privileges than its parent.
   *
   * @default - Kubernetes' own
   */
  readonly allowPrivilegeEscalation?: boolean;

  /**
   * Capabilities that it has beside the container runtime's, such as `IPC_LOCK`.
   *
   * @default - none
   */
  readonly addCapabilities?: string[];

  /**
   * Capabilities that it has not, such as `ALL`.
   *
   * @default - none
   */
  readonly dropCapabilities?: string[];

  /**
   * The system calls that it may make.
   *
   * @default - the pod's
   */
  readonly seccompProfile?: SeccompProfile;
}
