import type { Located, Path } from './diagnostic';
import { fieldsOf, isMap, nonEmpty, wholeOf } from './json';
import type { Fields } from './json';
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

/** An InferenceService as the graph rules see it. What is not of the right type is left out. */
export class KnownService implements Located {
  public readonly path: Path = [];
  public readonly metadata: MetadataModel;
  private readonly spec: Fields;
  private resolution?: { readonly known?: ResolvedService };

  /**
   * @param document the object as in a manifest
   * @param where where the user finds it: a construct path, or a file and line
   * @param mode the deployment mode, where the document does not say it
   * @param cluster the release, and the runtimes beside those that KServe ships
   */
  constructor(
    public readonly document: unknown,
    public readonly where: string = '',
    mode?: DeploymentModeName,
    private readonly cluster: ServiceCluster = { release: NEWEST_RELEASE },
  ) {
    const top = fieldsOf(document);
    this.spec = fieldsOf(top.spec);
    this.metadata = new MetadataModel(fieldsOf(top.metadata), mode);
  }

  /** `protocolVersion` as written. */
  public get protocolVersion(): string | undefined {
    return nonEmpty(fieldsOf(fieldsOf(this.spec.predictor).model).protocolVersion);
  }

  /** What a graph makes of the service; undefined where its document is none that KServe accepts. */
  public get resolved(): ResolvedService | undefined {
    this.resolution ??= { known: this.resolve() };
    return this.resolution.known;
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

  /** The longest that the service works on a request, in seconds; undefined where nothing bounds it. */
  public get timeout(): number | undefined {
    const timeouts = ['predictor', 'transformer'].filter((key) => isMap(this.spec[key])).map((key) => wholeOf(fieldsOf(this.spec[key]).timeout));
    return timeouts.every((timeout) => timeout !== undefined) ? timeouts[0] : undefined;
  }

  public toString(): string {
    return `InferenceService '${this.metadata.name}'`;
  }

  private resolve(): ResolvedService | undefined {
    const document = withoutNulls(INFERENCE_SERVICE_SHAPE, this.document);
    const isWhole = accepts(INFERENCE_SERVICE_SHAPE, document) && this.metadata.name !== '' && isMap(this.spec.predictor);
    return isWhole ? resolveService(document as InferenceServiceManifest, { ...this.cluster, mode: this.metadata.deploymentMode }) : undefined;
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
      const known = index.get(service.metadata.name);
      known === undefined ? index.set(service.metadata.name, [service]) : known.push(service);
    }
    indexes.set(services, index);
  }
  return index.get(name) ?? [];
}
