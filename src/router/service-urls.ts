import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Destination } from './network-policy';
import { predictUrl } from './predict-url';
import type { Resolved } from './predict-url';
import type { InferenceGraphBase } from '../graph/inference-graph-base';
import { KServeVersion } from '../graph/kserve-version';
import type { IInferenceTarget } from '../graph/target';
import { deploymentModeOf } from '../lint/metadata';
import type { KnownRuntimes } from '../lint/runtime/known-runtimes';
import { quote } from '../lint/words';
import { runtimesAmong } from '../private/runtimes';
import type { DeploymentModeName } from '../spec/deployment-mode';
import { urlProblem } from '../spec/go-url';
import { DEPLOYMENT_MODE_ANNOTATION } from '../spec/inference-graph';
import type { InferenceGraphSpec, InferenceStepSpec } from '../spec/inference-graph';
import type { InferenceServiceManifest } from '../spec/inference-service';
import { resolveService } from '../spec/resolve';
import type { ResolutionContext } from '../spec/resolve';

/** A spec with the URL of every service, what it calls, and why some services have none. */
export interface ResolvedSpec {
  readonly spec: InferenceGraphSpec;
  readonly destinations: readonly Destination[];
  readonly problems: readonly string[];
}

/** Where the URLs come from that no construct of the app tells. */
export interface UrlOptions {
  /** By the name of the service. */
  readonly serviceUrls: { readonly [name: string]: string };
  readonly cluster: Pick<ResolutionContext, 'domain' | 'headless'>;
}

/** Does what KServe's controller does before it writes `--graph-json`: gives every step that calls a service by name its URL. */
export function resolveServices(graph: InferenceGraphBase, spec: InferenceGraphSpec, options: UrlOptions): ResolvedSpec {
  const app = new AppServices(graph, options);
  const targets = new Map(graph.nodes.map(({ name, targets: called }) => [name, called]));
  const destinations: Destination[] = [];
  const problems: string[] = [];
  const resolveStep = (node: string, step: InferenceStepSpec, index: number): InferenceStepSpec => {
    const { serviceUrl } = step;
    const target = targets.get(node)?.[index];
    const serviceName = step.serviceName || app.nameOf(target);
    if (serviceName === undefined) {
      destinations.push({ url: serviceUrl ?? '', service: app.at(serviceUrl) });
      return step;
    }
    const { url, problem, service } = app.resolve(serviceName, target);
    if (url === undefined) {
      const label = step.name ? `step '${step.name}'` : `steps[${index}]`;
      problems.push(`${label} of node '${node}' calls the InferenceService '${serviceName}', whose URL cannot be told: ${problem}  (standalone-service-url)`);
      return step;
    }
    destinations.push({ url, service });
    return { ...step, serviceUrl: url };
  };
  const nodes = Object.fromEntries(Object.entries(spec.nodes).map(([name, node]) => [
    name,
    { ...node, steps: node.steps?.map((step, index) => resolveStep(name, step, index)) },
  ]));
  // what is no URL is told by the linter, and what calls a node has none
  return { spec: { ...spec, nodes }, destinations: destinations.filter(({ url }) => URL.canParse(url)), problems };
}

/** What is wrong with the URLs that the user gave, a line each. */
export function serviceUrlProblems(spec: InferenceGraphSpec, serviceUrls: UrlOptions['serviceUrls']): string[] {
  const called = new Set(Object.values(spec.nodes).flatMap(({ steps = [] }) => steps.map(({ serviceName }) => serviceName)));
  return Object.entries(serviceUrls).flatMap(([name, url]) => {
    const problem = urlProblem(url);
    return [
      ...called.has(name) ? [] : [`serviceUrls has a URL for '${name}', which no step calls: remove it, or mend the name  (standalone-service-url)`],
      ...problem === undefined
        ? []
        : [`serviceUrls has a URL for '${name}' that ${problem}, got ${quote(url)}: write it as http://<host>/<path>  (standalone-service-url)`],
    ];
  });
}

type ResolvedService = Resolved & { readonly service?: Destination['service'] };

/** The InferenceServices and runtimes of an app, whoever made the constructs. */
class AppServices {
  private objects?: ApiObject[];
  private runtimes?: KnownRuntimes;
  private byHost?: ReadonlyMap<string, Destination['service']>;

  constructor(private readonly graph: InferenceGraphBase, private readonly options: UrlOptions) {}

  public resolve(name: string, target?: IInferenceTarget): ResolvedService {
    const given = Object.hasOwn(this.options.serviceUrls, name) ? this.options.serviceUrls[name] : undefined;
    if (given !== undefined) {
      return { url: given };
    }
    const manifest = this.manifestOf(name, target);
    if (manifest === undefined) {
      return { problem: 'this app does not define it. Pass its construct, call it by InferenceTarget.url(), or give its URL in serviceUrls' };
    }
    this.runtimes ??= runtimesAmong(this.all());
    const runtimes = this.runtimes.for(manifest.metadata.namespace);
    return { ...predictUrl(manifest, { ...this.contextOf(manifest), ...runtimes }), service: destinationOf(manifest) };
  }

  /** The service whose address a URL has, such as one of its paths that are not for predictions. */
  public at(url?: string): Destination['service'] {
    if (url === undefined || !URL.canParse(url)) {
      return undefined;
    }
    this.byHost ??= new Map(this.all().filter(({ kind }) => kind === 'InferenceService').flatMap((object) => {
      const manifest = object.toJson() as InferenceServiceManifest;
      const { address } = resolveService(manifest, this.contextOf(manifest));
      return address === undefined ? [] : [[new URL(address).host, destinationOf(manifest)] as const];
    }));
    return this.byHost.get(new URL(url).host);
  }

  private contextOf(manifest: InferenceServiceManifest): ResolutionContext {
    return { release: KServeVersion.of(this.graph)._release, mode: modeOf(manifest), ...this.options.cluster };
  }

  /** The name of the service that a construct stands for, also where a graph of another namespace calls it by its address. */
  public nameOf(target?: IInferenceTarget): string | undefined {
    return target !== undefined && Construct.isConstruct(target) ? this.manifestOf('', target)?.metadata.name : undefined;
  }

  /** The service's object, or what a construct says of a service that others make. */
  private manifestOf(name: string, target?: IInferenceTarget): InferenceServiceManifest | undefined {
    if (target === undefined || !Construct.isConstruct(target)) {
      return this.find(name)?.toJson();
    }
    const own = target.node.findAll().filter(isApiObject).find(({ kind }) => kind === 'InferenceService');
    return own?.toJson() ?? (describesService(target) ? inMode(target._toManifest(), target.deploymentMode) : undefined);
  }

  private all(): readonly ApiObject[] {
    return this.objects ??= this.graph.node.root.node.findAll().filter(isApiObject);
  }

  private find(name: string): ApiObject | undefined {
    return this.all().find((object) => object.kind === 'InferenceService' && object.name === name && object.metadata.namespace === this.graph.namespace);
  }
}

/** A construct for a service that the app does not make. */
interface DescribedService {
  readonly deploymentMode: string;
  _toManifest(): InferenceServiceManifest;
}

function describesService(target: object): target is DescribedService {
  return '_toManifest' in target && 'deploymentMode' in target;
}

function inMode({ metadata, ...rest }: InferenceServiceManifest, mode: string): InferenceServiceManifest {
  return { ...rest, metadata: { ...metadata, annotations: { ...metadata.annotations, [DEPLOYMENT_MODE_ANNOTATION]: mode } } };
}

function isApiObject(construct: object): construct is ApiObject {
  return ApiObject.isApiObject(construct);
}

function destinationOf(manifest: InferenceServiceManifest): Destination['service'] {
  const { name, namespace } = manifest.metadata;
  return { name, namespace, knative: modeOf(manifest) === 'Knative' };
}

/** ModelMesh is neither: its services are called in another way. */
function modeOf({ metadata: { annotations } }: InferenceServiceManifest): DeploymentModeName | undefined {
  return annotations?.[DEPLOYMENT_MODE_ANNOTATION] === 'ModelMesh' ? undefined : deploymentModeOf(annotations);
}
