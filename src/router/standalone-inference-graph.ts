import { ApiObject, Chart, Lazy } from 'cdk8s';
import type { ApiObjectMetadata, Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { replicasOf, routerAutoscaler, scalingProblems, scalingWarnings } from './autoscaler';
import type { Scaling } from './autoscaler';
import { RouterDeployment, SERVER_WRITE_SECONDS } from './deployment';
import { disruptionBudgetSpec } from './disruption-budget';
import { httpRouteSpec, ingressSpec } from './front-spec';
import { graphJson, graphJsonProblem } from './graph-json';
import { Hardening } from './hardening';
import { propagateHeadersVariable, propagationProblems } from './header-patterns';
import { ImagePullPolicy } from './image-pull-policy';
import { labelsOf } from './labels';
import { networkPolicySpec } from './network-policy';
import type { RouterHttpRoute, RouterIngress } from './router-front';
import { RouterImage } from './router-image';
import type { RouterNetworkPolicy } from './router-network-policy';
import { routerService } from './service';
import { resolveServices, serviceUrlProblems } from './service-urls';
import type { ResolvedSpec } from './service-urls';
import { DeploymentMode } from '../graph/deployment-mode';
import { InferenceGraphBase } from '../graph/inference-graph-base';
import type { InferenceGraphBaseProps } from '../graph/inference-graph-base';
import { KServeVersion } from '../graph/kserve-version';
import type { LintContext } from '../lint/context';
import type { KnownService } from '../lint/known-service';
import { problemsAmong } from '../private/findings';
import { API_OBJECT_ID } from '../private/node-id';
import type { InferenceGraphSpec } from '../spec/inference-graph';

/** KServe's controller deletes what it made for a graph with this annotation (pkg/constants/constants.go, v0.16.0 to v0.20.0). */
const STOP = 'serving.kserve.io/stop';

/**
 * A ConfigMap with certificates of authorities that the router trusts, beside the public ones.
 */
export interface RouterCaBundle {
  /** The ConfigMap's name, in the graph's namespace. */
  readonly configMap: string;

  /**
   * The key with the certificates, in PEM.
   *
   * @default 'ca.crt'
   */
  readonly key?: string;
}

/**
 * Properties of a `StandaloneInferenceGraph`.
 */
export interface StandaloneInferenceGraphProps extends InferenceGraphBaseProps {
  /**
   * How far the router is hardened beyond what KServe's controller makes.
   *
   * @default Hardening.RESTRICTED
   */
  readonly hardening?: Hardening;

  /**
   * The router's image.
   *
   * @default RouterImage.kserve()
   */
  readonly image?: RouterImage;

  /**
   * When a cluster node fetches the image anew.
   *
   * @default ImagePullPolicy.IF_NOT_PRESENT
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * The Secrets that open the image's registry, by name, in the graph's namespace.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * The request headers that every step gets, by name, whatever their case. `PropagatedHeaders` has the usual ones.
   *
   * @default - none
   */
  readonly propagateHeaders?: string[];

  /**
   * Patterns of request headers that every step gets: regular expressions of Go (RE2), matched anywhere in canonical names such as
   * `X-Request-Id`. One that matches `Accept-Encoding` lets steps answer compressed, and the router cannot read that.
   *
   * @default - none
   */
  readonly propagateHeaderPatterns?: string[];

  /**
   * The URLs of InferenceServices that the app does not define, or whose URL it cannot tell, by the name of the service.
   *
   * @default - every service is defined in the app
   */
  readonly serviceUrls?: { [serviceName: string]: string };

  /**
   * Whether the cluster's KServe gives InferenceServices in Standard mode Services without an address of their own (`serviceClusterIPNone` in the
   * entry `service` of ConfigMap `inferenceservice-config`). Such a Service is called on the port of its pods, 8080.
   *
   * @default false
   */
  readonly headlessServices?: boolean;

  /**
   * The cluster's domain.
   *
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;

  /**
   * How long a pod may take to end: the router answers on for 30 seconds, then finishes what is in flight.
   *
   * @default - 35 seconds and `timeouts.serverWrite`; 30 seconds if not hardened
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * Certificates of authorities for targets with `https`.
   *
   * @default - the public authorities in the image
   */
  readonly caBundle?: RouterCaBundle;

  /**
   * Who may talk to the router, and to whom it may talk.
   *
   * @default - everybody to the router; the router to DNS and its targets; no policy if not hardened
   */
  readonly networkPolicy?: RouterNetworkPolicy;

  /**
   * An HTTPRoute in front.
   *
   * @default - none
   */
  readonly httpRoute?: RouterHttpRoute;

  /**
   * An Ingress in front.
   *
   * @default - none
   */
  readonly ingress?: RouterIngress;
}

/**
 * A graph of models without KServe's graph controller: the router itself, as Deployment, Service and HorizontalPodAutoscaler, hardened.
 *
 * It takes the nodes of an `InferenceGraph` and, in a program, its place. What it adds is what the custom resource cannot say: headers for each
 * graph, time to drain, disruption budget, network policy. The services that it calls may be run by KServe or not.
 *
 * Deployment, Service and autoscaler are constructs of cdk8s-plus, and take what their methods add. Every object can be patched,
 * `ApiObject.of(graph.deployment).addJsonPatch(…)`; patches are applied last.
 *
 * @example
 * const graph = new StandaloneInferenceGraph(chart, 'pipeline', { propagateHeaders: ['traceparent'], minReplicas: 2, maxReplicas: 10 });
 * new SequenceNode(graph, 'root').addStep(InferenceTarget.url('http://ranker.search.svc.cluster.local/v1/models/ranker:predict'));
 */
export class StandaloneInferenceGraph extends InferenceGraphBase {
  /** The Service that answers for the graph. */
  public readonly service: kplus.Service;

  /** The Deployment of the router; its first container is the router's. */
  public readonly deployment: kplus.Deployment;

  /** The HorizontalPodAutoscaler; none where the number of replicas is fixed, because `maxReplicas` is not above `minReplicas`. */
  public readonly autoscaler?: kplus.HorizontalPodAutoscaler;

  /** The PodDisruptionBudget; none where there is one replica at most, or no hardening. */
  public readonly disruptionBudget?: ApiObject;

  /** The NetworkPolicy, where there is one. */
  public readonly networkPolicy?: ApiObject;

  /** The HTTPRoute, where there is one. */
  public readonly httpRoute?: ApiObject;

  /** The Ingress, where there is one. */
  public readonly ingress?: ApiObject;

  private readonly props: StandaloneInferenceGraphProps;
  private readonly hardening: Hardening;
  private readonly parts: Construct;

  /**
   * @param scope where the graph is defined, in or under a chart
   * @param id the construct id, which is the graph's name unless `metadata.name` is set
   * @param props what the graph says
   */
  constructor(scope: Construct, id: string, props: StandaloneInferenceGraphProps = {}) {
    super(scope, id, props, DeploymentMode.STANDARD);
    this.props = props;
    this.hardening = props.hardening ?? Hardening.RESTRICTED;
    this.parts = new Construct(this, API_OBJECT_ID);
    const hardened = this.hardening !== Hardening.NONE;
    const { autoscaled, most } = replicasOf(this.scaling);

    // in the order in which the controller makes them
    this.service = routerService(this.parts, 'service', { name: this.name, metadata: this.metadata, hardening: this.hardening });
    this.deployment = this.routerDeployment();
    this.service.select(this.deployment);
    if (autoscaled) {
      this.autoscaler = routerAutoscaler(this.parts, 'autoscaler', { ...this.scaling, metadata: this.metadata, target: this.deployment });
    }
    if (hardened && most > 1) {
      this.disruptionBudget = this.part('disruption-budget', 'policy/v1', 'PodDisruptionBudget', () => disruptionBudgetSpec(this.name));
    }
    const { networkPolicy, httpRoute, ingress } = props;
    if (networkPolicy?.enabled ?? (hardened || networkPolicy !== undefined)) {
      this.networkPolicy = this.part('network-policy', 'networking.k8s.io/v1', 'NetworkPolicy', () =>
        networkPolicySpec(this.name, networkPolicy ?? {}, this.resolved().destinations, this.clusterDomain));
    }
    if (httpRoute !== undefined) {
      this.httpRoute = this.part('http-route', 'gateway.networking.k8s.io/v1', 'HTTPRoute', () =>
        httpRouteSpec(this.name, httpRoute, this._toSpec().routerTimeouts?.serverWrite ?? SERVER_WRITE_SECONDS));
    }
    if (ingress !== undefined) {
      this.ingress = this.part('ingress', 'networking.k8s.io/v1', 'Ingress', () => ingressSpec(this.name, ingress));
    }
    this.node.addValidation({ validate: () => this.problems() });
  }

  /** The address for clients in the cluster; without a namespace, for those in the graph's own. */
  public get url(): string {
    return this.namespace === undefined ? `http://${this.name}` : `http://${this.name}.${this.namespace}.svc.${this.clusterDomain}`;
  }

  private get scaling(): Scaling {
    const { minReplicas, maxReplicas, scaleMetric, scaleTarget, resources } = this.props;
    const spec: InferenceGraphSpec = { nodes: {}, minReplicas, maxReplicas, scaleMetric, scaleTarget, resources };
    return { spec, annotations: this.props.metadata?.annotations ?? {}, hardening: this.hardening };
  }

  private get clusterDomain(): string {
    return this.props.clusterDomain ?? 'cluster.local';
  }

  private get labels(): { [key: string]: string } {
    const user = { ...Chart.of(this).labels, ...this.props.metadata?.labels };
    // the version may be set after the graph is defined
    return labelsOf(this.name, user, this.hardening, Lazy.any({ produce: () => KServeVersion.of(this).patch }) as string);
  }

  private get metadata(): ApiObjectMetadata {
    return { ...this.props.metadata, name: this.name, labels: this.labels };
  }

  /** One object of the graph; its spec is rendered at synth, when the nodes are known. */
  private part(id: string, apiVersion: string, kind: string, produce: () => object): ApiObject {
    return new ApiObject(this.parts, id, { apiVersion, kind, metadata: this.metadata, spec: Lazy.any({ produce }) });
  }

  /**
   * No controller looks a `serviceName` up: each service is called wherever it is.
   *
   * @internal
   */
  public get _serviceNamespace(): string | undefined {
    return undefined;
  }

  /**
   * What has a URL of its own is not called by its name.
   *
   * @internal
   */
  public _known(services: readonly KnownService[]): LintContext {
    const { serviceUrls = {} } = this.props;
    return { standalone: true, services: services.filter(({ name }) => !Object.hasOwn(serviceUrls, name)) };
  }

  private resolved(): ResolvedSpec {
    const { serviceUrls = {}, headlessServices: headless = false } = this.props;
    return resolveServices(this, this._toSpec(), { serviceUrls, cluster: { domain: this.clusterDomain, headless } });
  }

  private routerDeployment(): RouterDeployment {
    const { image = RouterImage.kserve(), imagePullPolicy = ImagePullPolicy.IF_NOT_PRESENT, imagePullSecrets = [], caBundle } = this.props;
    const { fixed, most } = replicasOf(this.scaling);
    return new RouterDeployment(this.parts, 'deployment', {
      name: this.name,
      namespace: this.namespace,
      metadata: this.metadata,
      hardening: this.hardening,
      spec: () => this._toSpec(),
      resolved: () => this.resolved().spec,
      image: () => image._reference(KServeVersion.of(this).routerImage),
      imagePullPolicy,
      imagePullSecrets,
      serviceAccountName: this.props.serviceAccountName,
      nodeName: this.props.nodeName,
      propagateHeaders: propagateHeadersVariable({ names: this.props.propagateHeaders, patterns: this.props.propagateHeaderPatterns }),
      replicas: fixed,
      spread: most > 1,
      serverWrite: this.props.timeouts?.serverWrite,
      gracePeriod: this.props.terminationGracePeriod,
      caBundle: caBundle && { configMap: caBundle.configMap, key: caBundle.key ?? 'ca.crt' },
    });
  }

  private problems(): string[] {
    const { spec, problems } = this.resolved();
    const { propagateHeaders: names, propagateHeaderPatterns: patterns, terminationGracePeriod } = this.props;
    const tooLong = graphJsonProblem(graphJson(spec));
    const endless = (spec.routerTimeouts?.serverWrite ?? SERVER_WRITE_SECONDS) <= 0 && terminationGracePeriod === undefined;
    const stopped = this.props.metadata?.annotations?.[STOP]?.toLowerCase() === 'true';
    return [
      ...stopped ? [`the annotation '${STOP}' stops nothing where no controller reads it, got 'true': leave the graph out of the app  (standalone-stop)`] : [],
      ...problems,
      ...serviceUrlProblems(spec, this.props.serviceUrls ?? {}),
      ...tooLong === undefined ? [] : [tooLong],
      ...scalingProblems(this.scaling),
      ...problemsAmong(scalingWarnings(this.scaling), this),
      ...propagationProblems({ names, patterns }),
      ...endless && this.hardening !== Hardening.NONE
        ? [`timeouts.serverWrite lets an answer take for ever, got ${spec.routerTimeouts?.serverWrite} seconds, so no grace period covers it: `
          + 'set a limit, or terminationGracePeriod  (standalone-grace-period)']
        : [],
    ];
  }
}
