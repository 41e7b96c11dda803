import type { Probe } from './probe';
import type { ContainerSecurityContext } from './security-context';
import type { VolumeMount } from './volume';
import type { ResourceRequirements } from '../spec/k8s/resources';

/**
 * One key of an existing Secret.
 */
export interface SecretKey {
  /** The Secret's name, in the namespace of the InferenceService. */
  readonly name: string;

  /** The key in it. */
  readonly key: string;
}

/**
 * A port of a container, as in Kubernetes' `v1.ContainerPort`.
 */
export interface ContainerPort {
  /** The port's number; `containerPort` in the manifest. */
  readonly port: number;

  /**
   * The port's name. Knative and KServe read `http1` as HTTP and `h2c` as HTTP/2 without TLS, which gRPC needs.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * `TCP`, `UDP` or `SCTP`.
   *
   * @default TCP
   */
  readonly protocol?: string;
}

/**
 * What can be said of every container. For a model that a runtime serves, it overrides the runtime's container.
 */
export interface ContainerOptions {
  /**
   * The program, instead of the image's entrypoint.
   *
   * @default - the image's, or the runtime's
   */
  readonly command?: string[];

  /**
   * Arguments. KServe puts them after the runtime's.
   *
   * @default - none
   */
  readonly args?: string[];

  /**
   * The folder in which the program starts.
   *
   * @default - the image's
   */
  readonly workingDir?: string;

  /**
   * Environment variables by name. Not for secrets: those stay in a Secret, see `envFromSecrets`.
   *
   * @default - none
   */
  readonly env?: { [name: string]: string };

  /**
   * Environment variables by name, with values from existing Secrets.
   *
   * @default - none
   */
  readonly envFromSecrets?: { [name: string]: SecretKey };

  /**
   * Compute resources. GPUs are resources too: `{ limits: { 'nvidia.com/gpu': '1' } }`.
   *
   * @default - the runtime's; for own containers as the cluster's administrator set them, as shipped 1 core and 2Gi
   */
  readonly resources?: ResourceRequirements;

  /**
   * Ports.
   *
   * @default - the runtime's; for own containers 8080
   */
  readonly ports?: ContainerPort[];

  /**
   * Whether it is ready for requests.
   *
   * @default - the runtime's; for own containers a connection to the port
   */
  readonly readinessProbe?: Probe;

  /**
   * Whether it must be started anew.
   *
   * @default - the runtime's
   */
  readonly livenessProbe?: Probe;

  /**
   * Whether it has started. Large models take long: without it a liveness probe ends them before they are loaded.
   *
   * @default - the runtime's
   */
  readonly startupProbe?: Probe;

  /**
   * A command that runs in the container before it is told to end, such as `['sleep', '15']`; it counts towards `terminationGracePeriod`.
   *
   * @default - none
   */
  readonly preStop?: string[];

  /**
   * Volumes, and where the container sees them.
   *
   * @default - none
   */
  readonly volumeMounts?: VolumeMount[];

  /**
   * What it may do.
   *
   * @default - the runtime's
   */
  readonly securityContext?: ContainerSecurityContext;

  /**
   * `Always`, `IfNotPresent` or `Never`.
   *
   * @default - Kubernetes' own: `Always` for the tag `latest`, else `IfNotPresent`
   */
  readonly imagePullPolicy?: string;
}
