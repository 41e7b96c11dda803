import { fieldsOf, isMap, nonEmpty, wholeOf } from './json';
import { MetadataModel } from './metadata';
import type { DeploymentModeName } from './metadata';
import type { InferenceServiceManifest } from '../spec/inference-service';
import { INFERENCE_SERVICE_SHAPE } from '../spec/inference-service-shape';
import { resolveService } from '../spec/resolve';
import type { ResolutionContext, ResolvedService } from '../spec/resolve';
import { accepts, withoutNulls } from '../spec/shape';
import { NEWEST_RELEASE } from '../spec/versions';

/** The protocols of KServe's HTTP API. */
export type HttpProtocol = 'v1' | 'v2';

/** What is known of the cluster that services are in. */
export type ServiceCluster = Omit<ResolutionContext, 'mode'>;

/** What graphs ask of an InferenceService, whose document is not kept. What is not of the right type in it is left out. */
export class KnownService {
  public readonly name: string;
  public readonly namespace?: string;
  /** Undefined where the cluster's default decides and is not known. */
  public readonly deploymentMode?: DeploymentModeName;
  /** `protocolVersion` as written. */
  public readonly protocolVersion?: string;
  /** The longest that a request to the service takes, in seconds, which the transformer bounds where there is one; undefined where nothing does. */
  public readonly timeout?: number;
  /** What a graph makes of the service; undefined where its document is none that KServe accepts. */
  public readonly resolved?: ResolvedService;

  /**
   * @param document the object as in a manifest
   * @param mode the deployment mode, where the document does not say it
   * @param cluster the release, and the runtimes beside those that KServe ships
   */
  constructor(document: unknown, mode?: DeploymentModeName, cluster: ServiceCluster = { release: NEWEST_RELEASE }) {
    const top = fieldsOf(document);
    const { name, namespace, deploymentMode } = new MetadataModel(fieldsOf(top.metadata), mode);
    const spec = fieldsOf(top.spec);
    this.name = name;
    this.namespace = namespace;
    this.deploymentMode = deploymentMode;
    this.protocolVersion = nonEmpty(fieldsOf(fieldsOf(spec.predictor).model).protocolVersion);
    this.timeout = wholeOf(fieldsOf(isMap(spec.transformer) ? spec.transformer : spec.predictor).timeout);
    const manifest = withoutNulls(INFERENCE_SERVICE_SHAPE, document);
    if (accepts(INFERENCE_SERVICE_SHAPE, manifest) && name !== '' && isMap(spec.predictor)) {
      this.resolved = resolveService(manifest as InferenceServiceManifest, { ...cluster, mode: deploymentMode });
    }
  }

  /**
   * The protocol whose requests it reads and whose answers it writes, where it is one of KServe's own model servers. Undefined for others and for
   * transformers: they answer at the same addresses, and an adapter between two models reads what it likes.
   */
  public get protocol(): HttpProtocol | undefined {
    const { protocol, runtime, transformer, chat } = this.resolved ?? {};
    const isOwnServer = runtime?.startsWith('kserve-') === true && !transformer && !chat;
    return isOwnServer && (protocol === 'v1' || protocol === 'v2') ? protocol : undefined;
  }

  public toString(): string {
    return `InferenceService '${this.name}'`;
  }
}

/** Whether an object in one namespace finds one in another by its name alone; what says none is applied to whichever. */
export function mayShareNamespace(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

const indexes = new WeakMap<readonly KnownService[], Map<string, KnownService[]>>();

/** The services of a name; the list is the same for all graphs of an input, and searched once. */
export function servicesNamed(services: readonly KnownService[], name: string): readonly KnownService[] {
  if (services.length === 0) {
    return services;
  }
  let index = indexes.get(services);
  if (index === undefined) {
    index = new Map();
    for (const service of services) {
      const known = index.get(service.name);
      known === undefined ? index.set(service.name, [service]) : known.push(service);
    }
    indexes.set(services, index);
  }
  return index.get(name) ?? [];
}
