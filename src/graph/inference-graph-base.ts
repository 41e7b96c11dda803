import { Chart } from 'cdk8s';
import type { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { DeploymentMode } from './deployment-mode';
import { KServeVersion } from './kserve-version';
import type { RouterNode } from './nodes/router-node';
import type { RouterTimeouts } from './router-timeouts';
import { outline } from '../draw/outline';
import type { LintContext } from '../lint/context';
import type { Diagnostic } from '../lint/diagnostic';
import type { KnownService } from '../lint/known-service';
import { lintGraph } from '../lint/lint';
import { GraphModel } from '../lint/model';
import { problemsAmong } from '../private/findings';
import { knownServicesOf, llmServicesOf } from '../private/known-services';
import { serviceNameProblems } from '../private/service-names';
import { INFERENCE_GRAPH, mark, ROUTER_NODE } from '../private/symbols';
import { unsafeTexts } from '../private/unsafe-texts';
import type { IGraphSource } from '../spec/graph-source';
import { DEPLOYMENT_MODE_ANNOTATION, INFERENCE_GRAPH_API_VERSION, INFERENCE_GRAPH_KIND } from '../spec/inference-graph';
import type { InferenceGraphManifest, InferenceGraphSpec, RouterTimeoutsSpec } from '../spec/inference-graph';
import type { Affinity } from '../spec/k8s/affinity';
import type { ResourceRequirements } from '../spec/k8s/resources';
import type { Toleration } from '../spec/k8s/toleration';
import { modeNameOf, patchOf } from '../spec/versions';
import type { Release } from '../spec/versions';

/**
 * What every graph may say, whoever runs its router.
 */
export interface InferenceGraphBaseProps {
  /**
   * Name, namespace, labels and annotations. KServe copies labels and annotations to the router's pods.
   *
   * @default - the construct id as name, the chart's namespace and labels
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * How long the router waits for clients and for steps.
   *
   * @default - see `RouterTimeouts`
   */
  readonly timeouts?: RouterTimeouts;

  /**
   * The fewest replicas of the router. KServe reads 0 as 1 in Standard mode.
   *
   * @default 1
   */
  readonly minReplicas?: number;

  /**
   * The most replicas of the router.
   *
   * @default - `minReplicas` in Standard mode: it does not scale; no limit in Knative mode
   */
  readonly maxReplicas?: number;

  /**
   * What the number of replicas follows.
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
   * Compute resources of the router.
   *
   * @default - as the cluster's administrator set them for all graphs
   */
  readonly resources?: ResourceRequirements;

  /**
   * Which cluster nodes the router's pods may or should run on.
   *
   * @default - any
   */
  readonly affinity?: Affinity;

  /**
   * The taints that the router's pods accept. Needs KServe 0.15.0.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * Labels that the router's cluster nodes must have. Needs KServe 0.15.0.
   *
   * @default - none
   */
  readonly nodeSelector?: { [label: string]: string };

  /**
   * The one cluster node that the router's pods run on (a machine, not a node of the graph). Needs KServe 0.15.0.
   *
   * @default - the scheduler chooses
   */
  readonly nodeName?: string;

  /**
   * The service account of the router's pods. Needs KServe 0.15.0.
   *
   * @default - the namespace's `default`
   */
  readonly serviceAccountName?: string;
}

/**
 * What the number of a router's replicas follows.
 */
export enum ScaleMetric {
  /** Percent of the requested cpu. In Knative mode only with Knative's HPA class. */
  CPU = 'cpu',
  /** Percent of the requested memory. In Knative mode only with Knative's HPA class. */
  MEMORY = 'memory',
  /** Requests in flight. Knative mode only. */
  CONCURRENCY = 'concurrency',
  /** Requests per second. Knative mode only. */
  RPS = 'rps',
}

/**
 * A graph of nodes, whoever runs its router. `InferenceGraph` is the one that KServe's controller runs.
 *
 * Nodes are defined under it, and one of them has the id `root`.
 */
export abstract class InferenceGraphBase extends Construct implements IGraphSource {
  /** The graph's name, and that of the Service which answers for it. */
  public readonly name: string;

  /** The namespace, where the graph or its chart has one. */
  public readonly namespace?: string;

  /** How the router is deployed. */
  public readonly deploymentMode: DeploymentMode;

  private readonly baseProps: InferenceGraphBaseProps;
  private readonly timeout?: Duration;
  private found?: { readonly release: Release; readonly services: readonly KnownService[]; readonly diagnostics: readonly Diagnostic[] };

  /**
   * @param scope where the graph is defined, in or under a chart
   * @param id the construct id, which is the graph's name unless `metadata.name` is set
   * @param props what the graph says
   * @param deploymentMode how the router is deployed
   * @param timeout the request timeout of Knative mode
   */
  protected constructor(scope: Construct, id: string, props: InferenceGraphBaseProps, deploymentMode: DeploymentMode, timeout?: Duration) {
    super(scope, id);
    this.name = props.metadata?.name ?? id;
    this.namespace = props.metadata?.namespace ?? Chart.of(this).namespace;
    this.deploymentMode = deploymentMode;
    this.baseProps = props;
    this.timeout = timeout;
    mark(this, INFERENCE_GRAPH);
    this.node.addValidation({ validate: () => [...this._problemsOf(this), ...serviceNameProblems(this)] });
  }

  /** The graph's nodes, in the order in which they were defined; a copy. */
  public get nodes(): RouterNode[] {
    return this.node.children.filter(isRouterNode);
  }

  /** The address for clients in the cluster; without a namespace, for those in the graph's own. */
  public get url(): string {
    return this.namespace === undefined ? `http://${this.name}` : `http://${this.name}.${this.namespace}.svc.cluster.local`;
  }

  /** The `spec` as in the manifest, as JSON text: what a `GraphSimulator` runs. */
  public specAsJson(): string {
    return JSON.stringify(this._toSpec());
  }

  /** The graph as a tree of text: each node with what it does, each step with what it calls, when, and what it sends. */
  public toText(): string {
    return outline(new GraphModel(this.manifest()));
  }

  /**
   * Nodes and steps tell the graph of each change, since what was found before may hold no more.
   *
   * @internal
   */
  public _changed(): void {
    this.found = undefined;
  }

  /**
   * A step calls something: a service of the same chart comes before the graph, because the controller retries with growing pauses where it
   * comes later. (Across charts a dependency would number the files of all charts.)
   *
   * @internal
   */
  public _calls(target: object): void {
    this._changed();
    if (Construct.isConstruct(target) && !isRouterNode(target) && Chart.of(target) === Chart.of(this)) {
      this.node.addDependency(target);
    }
  }

  /**
   * What is wrong with the graph itself, or with one of its nodes.
   *
   * @internal
   */
  public _problemsOf(part: Construct): string[] {
    KServeVersion._tellDefault(this);
    return problemsAmong(this.diagnostics().filter(({ path }) => this.partAt(path) === part), part);
  }

  /**
   * `spec` as in a manifest.
   *
   * @internal
   */
  public _toSpec(): InferenceGraphSpec {
    const props = this.baseProps;
    return {
      nodes: Object.fromEntries(this.nodes.map((node) => [node.name, node._toSpec()])),
      resources: props.resources,
      affinity: props.affinity,
      timeout: seconds(this.timeout),
      routerTimeouts: props.timeouts && timeoutsSpec(props.timeouts),
      minReplicas: props.minReplicas,
      maxReplicas: props.maxReplicas,
      scaleTarget: props.scaleTarget,
      scaleMetric: props.scaleMetric,
      tolerations: props.tolerations,
      nodeSelector: props.nodeSelector,
      nodeName: props.nodeName,
      serviceAccountName: props.serviceAccountName,
    };
  }

  /**
   * The namespace in which a `serviceName` is looked up; undefined where each service is called wherever it is.
   *
   * @internal
   */
  public get _serviceNamespace(): string | undefined {
    return this.namespace;
  }

  /**
   * What the linter is told beside the manifest, of all services that the app knows.
   *
   * @internal
   */
  public _known(services: readonly KnownService[]): LintContext {
    return { services };
  }

  /**
   * The deployment mode as the target's release calls it.
   *
   * @internal
   */
  public _modeName(): string {
    return modeNameOf(KServeVersion.of(this)._release, this.deploymentMode);
  }

  private diagnostics(): readonly Diagnostic[] {
    const release = KServeVersion.of(this)._release;
    const services = knownServicesOf(this, release);
    if (this.found?.release !== release || this.found.services !== services) {
      const context = { kserveVersion: patchOf(release), llmServices: llmServicesOf(this), ...this._known(services) };
      const manifest = this.manifest();
      // a router that the app runs itself gets the graph as JSON
      const { labels } = this.baseProps.metadata ?? {};
      const written = context.standalone === true ? [] : [...unsafeTexts(manifest), ...unsafeTexts({ metadata: { labels } })];
      this.found = { release, services, diagnostics: [...lintGraph(manifest, context), ...written] };
    }
    return this.found.diagnostics;
  }

  private manifest(): InferenceGraphManifest {
    return {
      apiVersion: INFERENCE_GRAPH_API_VERSION,
      kind: INFERENCE_GRAPH_KIND,
      metadata: {
        name: this.name,
        namespace: this.namespace,
        annotations: { ...this.baseProps.metadata?.annotations, [DEPLOYMENT_MODE_ANNOTATION]: this._modeName() },
      },
      spec: this._toSpec(),
    };
  }

  /** The construct that a path of the manifest belongs to. */
  private partAt([spec, nodes, name]: Diagnostic['path']): Construct {
    const node = spec === 'spec' && nodes === 'nodes' ? this.node.tryFindChild(String(name)) : undefined;
    return node !== undefined && isRouterNode(node) ? node : this;
  }
}

function isRouterNode(child: object): child is RouterNode {
  return ROUTER_NODE in child;
}

function seconds(duration?: Duration): number | undefined {
  // a fraction is reported with everything else at synth
  return duration?.toSeconds({ integral: false });
}

function timeoutsSpec({ serverRead, serverWrite, serverIdle, serviceClient }: RouterTimeouts): RouterTimeoutsSpec {
  return {
    serverRead: seconds(serverRead),
    serverWrite: seconds(serverWrite),
    serverIdle: seconds(serverIdle),
    serviceClient: seconds(serviceClient),
  };
}
