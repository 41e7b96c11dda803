import { ApiObject, JsonPatch } from 'cdk8s';
import type { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { ContainerOptions } from './container';
import type { ModelFormat } from './model-format';
import type { ProtocolVersion } from './protocol-version';
import { componentSpec, containerSpec } from './render';
import type { Volume } from './volume';
import { KServeVersion } from '../graph/kserve-version';
import { lintRuntime } from '../lint/runtime/lint';
import { problemsAmong } from '../private/findings';
import { prioritiesBeside } from '../private/runtimes';
import { unsafeTexts } from '../private/unsafe-texts';
import { KSERVE_CONTAINER } from '../spec/inference-service';
import type { Affinity } from '../spec/k8s/affinity';
import type { Toleration } from '../spec/k8s/toleration';
import { CLUSTER_SERVING_RUNTIME_KIND, SERVING_RUNTIME_API_VERSION } from '../spec/runtimes';

/**
 * A model format that a runtime serves.
 */
export interface SupportedModelFormat {
  /** The format, with its version where that matters. */
  readonly format: ModelFormat;

  /**
   * Whether KServe may choose the runtime by itself for models of this format.
   *
   * @default false
   */
  readonly autoSelect?: boolean;

  /**
   * Which of several runtimes KServe chooses: the one with the highest number, from 1.
   *
   * @default - after all that have one
   */
  readonly priority?: number;
}

/**
 * Properties of a `ServingRuntime` or `ClusterServingRuntime`.
 */
export interface ServingRuntimeProps extends ContainerOptions {
  /** The image of the model server. It finds the model in `/mnt/models`; `{{.Name}}` in its arguments becomes the service's name. */
  readonly image: string;

  /** The formats that it serves. */
  readonly formats: SupportedModelFormat[];

  /**
   * The protocols that it speaks. The order counts: a graph calls by the first of v1 and v2 where a model names the runtime.
   *
   * @default - any, of which KServe takes v1 unless the model says another
   */
  readonly protocolVersions?: ProtocolVersion[];

  /**
   * Name, labels and annotations, and for a ServingRuntime its namespace.
   *
   * @default - the construct id as name, the chart's namespace and labels
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * Labels of the pods.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the pods, such as those by which Prometheus finds metrics.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Secrets with which the image is pulled, by name.
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
   * The taints that the pods accept.
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

/**
 * A model server that serves models of some formats, for a namespace or for the whole cluster. Models name it with `runtime`, or KServe chooses it.
 */
export abstract class ServingRuntimeBase extends Construct {
  /** The runtime's name: what a model says in `runtime`. */
  public readonly name: string;

  /** The object in the manifest. Patches on it are applied last. */
  public readonly apiObject: ApiObject;

  /**
   * @param scope where the runtime is defined, in or under a chart
   * @param id the construct id, which is the runtime's name unless `metadata.name` is set
   * @param props what it serves, and how
   * @param kind `ServingRuntime` or `ClusterServingRuntime`
   */
  protected constructor(scope: Construct, id: string, props: ServingRuntimeProps, kind: string) {
    super(scope, id);
    this.name = props.metadata?.name ?? id;
    const { image, formats, protocolVersions, labels, annotations, imagePullSecrets, affinity, tolerations, nodeSelector, volumes } = props;
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: SERVING_RUNTIME_API_VERSION,
      kind,
      metadata: { ...props.metadata, name: this.name },
      spec: {
        supportedModelFormats: formats.map(({ format: { name, version }, autoSelect, priority }) => ({ name, version, autoSelect, priority })),
        protocolVersions,
        ...componentSpec({ labels, annotations, imagePullSecrets, affinity, tolerations, nodeSelector, volumes }, props),
        containers: [containerSpec(props, { name: KSERVE_CONTAINER, image })],
      },
    });
    if (kind === CLUSTER_SERVING_RUNTIME_KIND && this.apiObject.metadata.namespace !== undefined) {
      // what belongs to the whole cluster takes no namespace from its chart
      this.apiObject.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    }
    this.node.addValidation({ validate: () => this.problems() });
  }

  private problems(): string[] {
    const release = KServeVersion.of(this)._release;
    const manifest: unknown = this.apiObject.toJson();
    return problemsAmong([...lintRuntime(manifest, { release, priorities: prioritiesBeside(this) }), ...unsafeTexts(manifest)], this);
  }
}
