import type { Duration } from 'cdk8s';
import type { Autoscaling } from './autoscaling';
import type { ComponentProps } from './component';
import type { ContainerOptions } from './container';
import { LoggerMode } from './logger';
import type { Logger } from './logger';
import { UnsatisfiableConstraint } from './pod';
import type { PodContainer, PodOptions } from './pod';
import type { ContainerSecurityContext } from './security-context';
import type { StorageMount } from './storage-mount';
import type { Volume } from './volume';
import type { WorkerSpec } from './worker-spec';
import { WORKER_CONTAINER } from '../spec/inference-service';
import { canonicalQuantity } from '../spec/quantity';

/*
 * Props as they stand in a manifest. Apart from the props, because what index.ts exports must be types alone.
 */

function serviceAccountOf({ credentials, serviceAccountName }: ComponentProps): string | undefined {
  if (credentials !== undefined && serviceAccountName !== undefined && credentials.serviceAccountName !== serviceAccountName) {
    throw new Error(`a component has one service account, got '${serviceAccountName}' and the '${credentials.serviceAccountName}' of its credentials: leave one out`);
  }
  return credentials?.serviceAccountName ?? serviceAccountName;
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
    ...Object.entries({ ...env, ...options.env }).flatMap(([key, value]) => value === undefined ? [] : [{ name: key, value: value || undefined }]),
    ...Object.entries(options.envFromSecrets ?? {}).map(([key, secret]) => ({
      name: key,
      valueFrom: { secretKeyRef: { name: secret.name, key: secret.key } },
    })),
  ];
  return withoutEmpty({
    name,
    image,
    command: options.command,
    workingDir: options.workingDir,
    args: allArgs,
    env: variables,
    resources: options.resources && {
      requests: options.resources.requests && quantities(options.resources.requests),
      limits: options.resources.limits && quantities(options.resources.limits),
    },
    ports: options.ports?.map(({ port, name: portName, protocol }) => ({ containerPort: port, name: portName, protocol })),
    readinessProbe: options.readinessProbe?._toSpec(),
    livenessProbe: options.livenessProbe?._toSpec(),
    startupProbe: options.startupProbe?._toSpec(),
    volumeMounts: options.volumeMounts?.map(({ volume, mountPath, subPath, readOnly }) => ({
      name: volume.name, mountPath, subPath, readOnly: readOnly || undefined,
    })),
    lifecycle: options.preStop && { preStop: { exec: { command: options.preStop } } },
    securityContext: options.securityContext && securityContextSpec(options.securityContext),
    imagePullPolicy: options.imagePullPolicy,
  });
}

function securityContextSpec({ addCapabilities = [], dropCapabilities = [], seccompProfile, ...rest }: ContainerSecurityContext): object {
  return {
    ...rest,
    capabilities: addCapabilities.length + dropCapabilities.length > 0 ? { add: addCapabilities, drop: dropCapabilities } : undefined,
    seccompProfile: seccompProfile && { type: seccompProfile },
  };
}

/** As Kubernetes writes them, so that GitOps sees no drift. */
function quantities(resources: { readonly [resource: string]: string }): { [resource: string]: string } {
  return Object.fromEntries(Object.entries(resources).map(([resource, quantity]) => [resource, canonicalQuantity(quantity)]));
}

/** The volumes that containers mount, each once. */
export function volumesOf(...containers: readonly ContainerOptions[]): Volume[] {
  return [...new Set(containers.flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ volume }) => volume)))];
}

/** The fields of a component as in a manifest, without what implements it. */
export function componentSpec(props: ComponentProps, ...containers: readonly ContainerOptions[]): object {
  const { initContainers = [], sidecars = [] } = props;
  const volumes = [...new Set([...props.volumes ?? [], ...volumesOf(...containers, ...initContainers, ...sidecars)])];
  return withoutEmpty({
    minReplicas: props.minReplicas,
    maxReplicas: props.maxReplicas || undefined,
    scaleMetric: props.scaleMetric,
    scaleTarget: props.scaleTarget,
    autoScaling: props.autoscaling && autoscalingSpec(props.autoscaling),
    containerConcurrency: props.containerConcurrency,
    timeout: props.timeout?.toSeconds({ integral: false }),
    canaryTrafficPercent: props.canaryTrafficPercent,
    batcher: props.batcher && {
      maxBatchSize: props.batcher.maxBatchSize,
      maxLatency: props.batcher.maxLatency?.toMilliseconds({ integral: false }),
    },
    logger: props.logger && loggerSpec(props.logger),
    deploymentStrategy: props.deploymentStrategy?._toSpec(),
    labels: props.labels,
    annotations: props.annotations,
    serviceAccountName: serviceAccountOf(props),
    imagePullSecrets: props.imagePullSecrets?.map((name) => ({ name })),
    affinity: props.affinity,
    tolerations: props.tolerations,
    nodeSelector: props.nodeSelector,
    volumes: volumes.map((volume) => volume._toSpec()),
    ...podSpec(props),
    containers: sidecarsSpec(props),
    storageUris: storageUrisSpec(props.storages),
  });
}

/** The fields of a pod as in a manifest, without its containers. */
function podSpec(options: PodOptions): object {
  const { podSecurityContext: security, topologySpreadConstraints: constraints } = options;
  return {
    initContainers: options.initContainers?.map(namedContainer),
    priorityClassName: options.priorityClassName,
    runtimeClassName: options.runtimeClassName,
    schedulerName: options.schedulerName,
    terminationGracePeriodSeconds: options.terminationGracePeriod?.toSeconds({ integral: false }),
    securityContext: security && { ...security, seccompProfile: security.seccompProfile && { type: security.seccompProfile } },
    topologySpreadConstraints: constraints?.map((constraint) => ({
      maxSkew: constraint.maxSkew ?? 1,
      topologyKey: constraint.topologyKey,
      whenUnsatisfiable: constraint.whenUnsatisfiable ?? UnsatisfiableConstraint.DO_NOT_SCHEDULE,
      labelSelector: { matchLabels: constraint.matchLabels },
    })),
    automountServiceAccountToken: options.automountServiceAccountToken,
  };
}

/** The containers beside the one that answers. */
export function sidecarsSpec({ sidecars = [] }: ComponentProps): object[] {
  return sidecars.map(namedContainer);
}

function namedContainer(container: PodContainer): object {
  return containerSpec(container, { name: container.name, image: container.image });
}

/** `autoScaling` as in a manifest. */
export function autoscalingSpec({ metrics, scaleUpAfter, scaleDownAfter }: Autoscaling): object {
  const rules = (after?: Duration) => after && { stabilizationWindowSeconds: after.toSeconds({ integral: false }) };
  return {
    metrics: metrics.map((metric) => metric._toSpec()),
    behavior: scaleUpAfter || scaleDownAfter ? { scaleUp: rules(scaleUpAfter), scaleDown: rules(scaleDownAfter) } : undefined,
  };
}

/** `logger` as in a manifest. */
export function loggerSpec({ mode = LoggerMode.ALL, batchInterval, ...rest }: Logger): object {
  return { ...rest, mode, batchInterval: batchInterval && `${batchInterval.toMilliseconds()}ms` };
}

/** `storageUris` as in a manifest. KServe's default path is written, so that the API server has nothing to add to a list that GitOps compares whole. */
export function storageUrisSpec(mounts: readonly StorageMount[] | undefined): object[] | undefined {
  return mounts?.map(({ storage, mountPath = '/mnt/models' }) => ({ uri: storage._uri('a list of storages'), mountPath }));
}

/** `workerSpec` as in a manifest. */
export function workerSpec(props: WorkerSpec): object {
  const { pipelineParallelSize, tensorParallelSize, image } = props;
  const overridden = containerSpec(props, { image });
  const isOverridden = Object.values(overridden).some((value) => value !== undefined);
  return {
    pipelineParallelSize,
    tensorParallelSize,
    ...componentSpec(props, props),
    containers: isOverridden ? [{ ...overridden, name: WORKER_CONTAINER }] : undefined,
  };
}

/** Maps that Go leaves out where they are empty; other empty objects mean something, as `emptyDir: {}` does. */
const MAPS: readonly string[] = ['labels', 'annotations', 'nodeSelector', 'limits', 'requests', 'matchLabels'];

/**
 * KServe's webhook writes the object anew from Go, which leaves out empty lists and maps. Where a manifest has them, GitOps tools see a difference for
 * ever: so they are left out here too.
 */
function withoutEmpty<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.map(withoutEmpty) as T;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).flatMap(([key, child]) => {
    const isEmpty = Array.isArray(child) ? child.length === 0 : MAPS.includes(key) && child !== undefined && Object.keys(child).length === 0;
    return isEmpty ? [] : [[key, withoutEmpty(child)]];
  })) as T;
}
