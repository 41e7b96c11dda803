import { Yaml } from 'cdk8s';
import { propagatedPatterns, propagationProblems } from './header-patterns';
import { ImagePullPolicy } from './image-pull-policy';
import type { RouterImage } from './router-image';
import { quote } from '../lint/words';
import { NEWEST_RELEASE, routerImageOf } from '../spec/versions';

/**
 * What the routers of all graphs of a cluster have in common.
 */
export interface RouterConfigProps {
  /**
   * The routers' image.
   *
   * @default - KServe's own, of the newest version that this package knows
   */
  readonly image?: RouterImage;

  /**
   * When a cluster node fetches the image anew.
   *
   * @default ImagePullPolicy.IF_NOT_PRESENT
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * The Secrets that open the image's registry, by name, in the namespace of each graph.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * The cpu that a router asks for, if its graph has no `resources`.
   *
   * @default '100m'
   */
  readonly cpuRequest?: string;

  /**
   * The cpu that a router may use, if its graph has no `resources`.
   *
   * @default '1'
   */
  readonly cpuLimit?: string;

  /**
   * The memory that a router asks for, if its graph has no `resources`.
   *
   * @default '100Mi'
   */
  readonly memoryRequest?: string;

  /**
   * The memory that a router may use, if its graph has no `resources`.
   *
   * @default '1Gi'
   */
  readonly memoryLimit?: string;

  /**
   * The request headers that every step of every graph gets, by name, whatever their case.
   *
   * @default - none
   */
  readonly propagateHeaders?: string[];

  /**
   * Patterns of request headers that every step of every graph gets: regular expressions of Go (RE2), matched anywhere in canonical names
   * such as `X-Request-Id`.
   *
   * @default - none
   */
  readonly propagateHeaderPatterns?: string[];
}

/**
 * The entry `router` of KServe's ConfigMap `inferenceservice-config`: how the controller runs the routers of all graphs of a cluster.
 *
 * It is JSON inside YAML, and the controller panics on every graph where it cannot read it (pkg/controller/v1alpha1/inferencegraph/controller.go,
 * v0.9.0 to v0.20.0). What is rendered here can be read.
 */
export class RouterConfig {
  private readonly props: RouterConfigProps;

  /**
   * @param props what the routers have in common
   * @throws when a quantity, a header or a name is none: all of them at once
   */
  constructor(props: RouterConfigProps = {}) {
    const problems = problemsOf(props);
    if (problems.length > 0) {
      throw new Error(problems.join('\n'));
    }
    this.props = props;
  }

  /** The entry itself. */
  public toJson(): string {
    const { cpuRequest = '100m', cpuLimit = '1', memoryRequest = '100Mi', memoryLimit = '1Gi', imagePullSecrets } = this.props;
    const propagate = this.propagate();
    return JSON.stringify({
      image: this.image(),
      memoryRequest,
      memoryLimit,
      cpuRequest,
      cpuLimit,
      imagePullPolicy: this.props.imagePullPolicy ?? ImagePullPolicy.IF_NOT_PRESENT,
      // an empty list would make the router hand on every header
      headers: propagate.length === 0 ? undefined : { propagate },
      imagePullSecrets,
    }, undefined, 2);
  }

  /**
   * A patch for Kustomize (`patches: [{ path: … }]`) or `kubectl patch --patch-file`: the ConfigMap with this entry alone.
   *
   * @param namespace where KServe runs
   */
  public toConfigMapPatch(namespace: string = 'kserve'): string {
    return Yaml.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'inferenceservice-config', namespace },
      data: { router: this.toJson() },
    });
  }

  /**
   * Values for KServe's Helm chart `kserve-resources` (v0.20.0).
   *
   * @throws when something is set that the chart has no value for: resources and headers
   */
  public toHelmValues(): string {
    const { cpuRequest, cpuLimit, memoryRequest, memoryLimit, imagePullSecrets = [] } = this.props;
    const resources = { cpuRequest, cpuLimit, memoryRequest, memoryLimit };
    const without = Object.entries(resources).flatMap(([name, value]) => value === undefined ? [] : [name]);
    if (this.propagate().length > 0) {
      without.push('propagateHeaders');
    }
    const [, image, tag] = /^([^@]*):([^:/@]+(?:@.*)?)$/.exec(this.image()) ?? [];
    if (without.length > 0 || image === undefined) {
      const what = image === undefined ? `an image without a tag, got ${quote(this.image())}` : without.join(', ');
      throw new Error(`KServe's Helm chart has no value for ${what}: patch the ConfigMap with toConfigMapPatch()`);
    }
    return Yaml.stringify({
      kserve: {
        router: {
          image,
          tag,
          imagePullPolicy: this.props.imagePullPolicy ?? ImagePullPolicy.IF_NOT_PRESENT,
          // the chart prints the value as it is into JSON, and a list would be printed without quotes and commas
          imagePullSecrets: imagePullSecrets.length === 0 ? [] : JSON.stringify(imagePullSecrets),
        },
      },
    });
  }

  private image(): string {
    const shipped = routerImageOf(NEWEST_RELEASE);
    return this.props.image?._reference(shipped) ?? shipped;
  }

  private propagate(): string[] {
    return propagatedPatterns({ names: this.props.propagateHeaders, patterns: this.props.propagateHeaderPatterns });
  }
}

const QUANTITIES = ['cpuRequest', 'cpuLimit', 'memoryRequest', 'memoryLimit'] as const;

/** A number above or equal to 0 with a unit, as Kubernetes takes it for a request or a limit. */
const QUANTITY = /^\+?([0-9]+(\.[0-9]*)?|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$/;

function problemsOf(props: RouterConfigProps): string[] {
  return [
    ...QUANTITIES.filter((name) => props[name] !== undefined && !QUANTITY.test(props[name]!))
      .map((name) => `${name} must be a quantity, got ${quote(props[name])}: write a number with a unit, such as 100m or 1Gi`),
    ...(props.imagePullSecrets ?? []).filter((name) => !/^[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$/.test(name))
      .map((name) => `imagePullSecrets has a name that no Secret can have, got ${quote(name)}: write the Secret's metadata.name`),
    ...propagationProblems({ names: props.propagateHeaders, patterns: props.propagateHeaderPatterns }),
  ];
}
