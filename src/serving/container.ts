import type { Probe } from './probe';
import type { Volume, VolumeMount } from './volume';
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
  /** The port's number. */
  readonly containerPort: number;

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

/** What a component adds to a container by itself. */
export interface ContainerExtras {
  readonly name?: string;
  readonly image?: string;
  readonly args?: readonly string[];
  readonly env?: { readonly [name: string]: string | undefined };
}

/** `v1.Container` as in a manifest; the component's own arguments and variables come first, so that the user's can override them. */
export function containerSpec(options: ContainerOptions, { name, image, args = [], env = {} }: ContainerExtras = {}): object {
  const allArgs = [...args, ...options.args ?? []];
  const variables = [
    ...Object.entries({ ...env, ...options.env }).flatMap(([key, value]) => value === undefined ? [] : [{ name: key, value }]),
    ...Object.entries(options.envFromSecrets ?? {}).map(([key, secret]) => ({
      name: key,
      valueFrom: { secretKeyRef: { name: secret.name, key: secret.key } },
    })),
  ];
  return {
    name,
    image,
    command: options.command,
    args: allArgs.length === 0 ? undefined : allArgs,
    env: variables.length === 0 ? undefined : variables,
    resources: options.resources,
    ports: options.ports,
    readinessProbe: options.readinessProbe?._toSpec(),
    livenessProbe: options.livenessProbe?._toSpec(),
    startupProbe: options.startupProbe?._toSpec(),
    volumeMounts: options.volumeMounts?.map(({ volume, mountPath, subPath, readOnly }) => ({ name: volume.name, mountPath, subPath, readOnly })),
    securityContext: options.securityContext,
    imagePullPolicy: options.imagePullPolicy,
  };
}

/** The volumes that containers mount, each once. */
export function volumesOf(...containers: readonly ContainerOptions[]): Volume[] {
  return [...new Set(containers.flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ volume }) => volume)))];
}
