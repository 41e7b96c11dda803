import type { Duration } from 'cdk8s';
import type { Autoscaling } from './autoscaling';
import type { Logger } from './logger';
import type { PodContainer, PodOptions } from './pod';
import type { StorageCredentials } from './storage-credentials';
import type { StorageMount } from './storage-mount';
import type { Volume } from './volume';
import type { ScaleMetric } from '../graph/inference-graph-base';
import type { Affinity } from '../spec/k8s/affinity';
import type { Toleration } from '../spec/k8s/toleration';

/**
 * Collects requests into batches.
 */
export interface Batcher {
  /**
   * The most instances in a batch.
   *
   * @default 32
   */
  readonly maxBatchSize?: number;

  /**
   * How long a batch waits for more, in whole milliseconds.
   *
   * @default Duration.seconds(5)
   */
  readonly maxLatency?: Duration;
}

/**
 * How new pods take the place of old ones in Standard mode.
 */
export class DeploymentStrategy {
  /** First all old pods end, then the new ones start: for models of which only one fits the GPUs. */
  public static recreate(): DeploymentStrategy {
    return new DeploymentStrategy({ type: 'Recreate' });
  }

  /**
   * One after the other.
   *
   * @param maxSurge how many more pods than wanted there may be, as a number (`1`) or percentage (`25%`)
   * @param maxUnavailable how many fewer pods than wanted there may be, as a number (`0`) or percentage (`25%`)
   */
  public static rollingUpdate(maxSurge: string, maxUnavailable: string): DeploymentStrategy {
    return new DeploymentStrategy({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: countOrPercent(maxSurge), maxUnavailable: countOrPercent(maxUnavailable) },
    });
  }

  private constructor(private readonly spec: object) {}

  /** @internal */
  public _toSpec(): object {
    return this.spec;
  }
}

function countOrPercent(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text;
}

/**
 * What can be said of each component of an InferenceService: predictor, transformer and explainer.
 */
export interface ComponentProps extends PodOptions {
  /**
   * Containers beside the one that answers. A predictor's sidecar with the name `transformer-container` gets the requests instead
   * (pkg/constants/constants.go, v0.15.2 to v0.20.0).
   *
   * @default - none
   */
  readonly sidecars?: PodContainer[];

  /**
   * The fewest replicas; 0 only in Knative mode, or with KEDA.
   *
   * @default 1
   */
  readonly minReplicas?: number;

  /**
   * The most replicas.
   *
   * @default - `minReplicas` in Standard mode; no limit in Knative mode
   */
  readonly maxReplicas?: number;

  /**
   * What the number of replicas follows: cpu or memory in Standard mode, concurrency or rps in Knative mode.
   *
   * @default - `ScaleMetric.CPU` in Standard mode, `ScaleMetric.CONCURRENCY` in Knative mode
   */
  readonly scaleMetric?: ScaleMetric;

  /**
   * The value of the metric that each replica is held at: percent of the request for cpu and memory, requests otherwise.
   *
   * @default - 80 percent for cpu in Standard mode, Knative's own target in Knative mode
   */
  readonly scaleTarget?: number;

  /**
   * Several metrics, or others than `scaleMetric` knows. Standard mode only.
   *
   * @default - `scaleMetric` alone
   */
  readonly autoscaling?: Autoscaling;

  /**
   * How many requests a replica takes at once; 0 is no limit.
   *
   * @default 0
   */
  readonly containerConcurrency?: number;

  /**
   * How long a request may take, in whole seconds.
   *
   * @default - the cluster's own
   */
  readonly timeout?: Duration;

  /**
   * Percent of the requests that go to the newest revision, from 0 to 100; the rest goes to the one before. Knative mode only.
   *
   * @default 100
   */
  readonly canaryTrafficPercent?: number;

  /**
   * Collects requests into batches.
   *
   * @default - no batches
   */
  readonly batcher?: Batcher;

  /**
   * Logs payloads.
   *
   * @default - no logging
   */
  readonly logger?: Logger;

  /**
   * How new pods take the place of old ones. Standard mode only.
   *
   * @default - a rolling update of 25 percent
   */
  readonly deploymentStrategy?: DeploymentStrategy;

  /**
   * Labels of the pods.
   *
   * @default - the service's
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the pods.
   *
   * @default - the service's
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Several places that files come from, instead of one `storage`. Needs KServe 0.16.0.
   *
   * @default - none
   */
  readonly storages?: StorageMount[];

  /**
   * What may read the model's storage; its service account becomes that of the pods.
   *
   * @default - `serviceAccountName`
   */
  readonly credentials?: StorageCredentials;

  /**
   * The service account, where `credentials` do not make it.
   *
   * @default - the namespace's `default`
   */
  readonly serviceAccountName?: string;

  /**
   * Secrets with which images are pulled, by name.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * Which cluster nodes the pods may or should run on.
   *
   * @default - any
   */
  readonly affinity?: Affinity;

  /**
   * The taints that the pods accept, such as those of GPU nodes.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * Labels that the pods' cluster nodes must have.
   *
   * @default - any node
   */
  readonly nodeSelector?: { [label: string]: string };

  /**
   * Volumes beside those in `volumeMounts`.
   *
   * @default - those that are mounted
   */
  readonly volumes?: Volume[];
}
