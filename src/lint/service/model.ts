import { AUTOSCALER_CLASS_ANNOTATION, FRAMEWORKS } from '../../spec/inference-service';
import type { InferenceServiceManifest } from '../../spec/inference-service';
import { runtimesOfCluster } from '../../spec/runtimes';
import type { RuntimeSpec } from '../../spec/runtimes';
import { NEWEST_RELEASE, patchOf } from '../../spec/versions';
import type { Release } from '../../spec/versions';
import { ContainerModel } from '../container';
import type { Located, Path } from '../diagnostic';
import { fieldsOf, isMap, mapsOf, textOf, wholeOf } from '../json';
import type { Fields } from '../json';
import { MetadataModel } from '../metadata';
import type { DeploymentModeName } from '../metadata';

/** What is known of the cluster that a service goes to. */
export interface ServiceContext {
  readonly release?: Release;
  /** The cluster's default mode. @default - not known */
  readonly deploymentMode?: DeploymentModeName;
  /** Runtimes of the app: of the service's namespace, and of the cluster. */
  readonly runtimes?: readonly RuntimeSpec[];
  readonly clusterRuntimes?: readonly RuntimeSpec[];
}

/**
 * An InferenceService as the rules see it, built once from any document.
 *
 * What is not of the right type is left out here and reported by the shape rules, so that every other rule can trust what it finds.
 */
export class ServiceModel {
  public readonly metadata: MetadataModel;
  public readonly annotations: Fields;
  public readonly release: Release;
  public readonly runtimes: readonly RuntimeSpec[];
  public readonly clusterRuntimes: readonly RuntimeSpec[];
  public readonly predictor: ComponentModel;
  public readonly transformer?: ComponentModel;
  public readonly explainer?: ComponentModel;
  public readonly canaries: readonly CanaryModel[];
  public readonly components: readonly ComponentModel[];
  /** The components, and the predictors of canaries. */
  public readonly everyComponent: readonly ComponentModel[];

  constructor(public readonly document: unknown, context: ServiceContext = {}) {
    const top = fieldsOf(document);
    const spec = fieldsOf(top.spec);
    this.metadata = new MetadataModel(fieldsOf(top.metadata), context.deploymentMode);
    this.annotations = fieldsOf(fieldsOf(top.metadata).annotations);
    this.release = context.release ?? NEWEST_RELEASE;
    this.runtimes = context.runtimes ?? [];
    this.clusterRuntimes = runtimesOfCluster(this.release, context.clusterRuntimes);
    this.predictor = new ComponentModel('predictor', fieldsOf(spec.predictor));
    this.transformer = isMap(spec.transformer) ? new ComponentModel('transformer', spec.transformer) : undefined;
    this.explainer = isMap(spec.explainer) ? new ComponentModel('explainer', spec.explainer) : undefined;
    this.canaries = mapsOf(spec.canary).map((canary, i) => new CanaryModel(canary, i));
    this.components = [this.predictor, this.transformer, this.explainer].flatMap((component) => component ?? []);
    this.everyComponent = [...this.components, ...this.canaries.map(({ predictor }) => predictor)];
  }

  /** The KServe of the cluster, as `major.minor.patch`. */
  public get kserveVersion(): string {
    return patchOf(this.release);
  }

  /** The document, once the shape rules have nothing to say. */
  public get manifest(): InferenceServiceManifest {
    return this.document as InferenceServiceManifest;
  }

  /** The class that the annotation names. */
  public get autoscalerClass(): string | undefined {
    return textOf(this.annotations[AUTOSCALER_CLASS_ANNOTATION]);
  }
}

/** Predictor, transformer or explainer. */
export class ComponentModel implements Located {
  private cachedContainers?: readonly ContainerModel[];

  constructor(
    public readonly name: string,
    public readonly fields: Fields,
    public readonly path: Path = ['spec', name],
    private readonly words = `the ${name}`,
  ) {}

  public at(...path: Path): Located {
    return { path: [...this.path, ...path] };
  }

  public text(field: string): string | undefined {
    return textOf(this.fields[field]);
  }

  /** A whole number; undefined where there is none. */
  public whole(field: string): number | undefined {
    return wholeOf(this.fields[field]);
  }

  public map(field: string): Fields {
    return fieldsOf(this.fields[field]);
  }

  /** The maps in a list of it, or of one of its maps. */
  public list(field: string, inner?: string): Fields[] {
    return mapsOf(inner === undefined ? this.fields[field] : this.map(field)[inner]);
  }

  /** The keys that hold a container of KServe's: `model`, the name of a framework, or an explainer's. */
  public get modelKeys(): string[] {
    return ['model', ...FRAMEWORKS, 'art'].filter((key) => isMap(this.fields[key]));
  }

  /** The model's container, the component's own and those beside it, and a worker's. */
  public get containers(): readonly ContainerModel[] {
    return this.cachedContainers ??= [
      ...this.modelKeys.map((key) => new ContainerModel([...this.path, key], this.map(key))),
      ...CONTAINERS.flatMap((key) => ContainerModel.listAt([...this.path, key], this.fields[key])),
      ...CONTAINERS.flatMap((key) => ContainerModel.listAt([...this.path, 'workerSpec', key], this.map('workerSpec')[key])),
    ];
  }

  public toString(): string {
    return this.words;
  }
}

/** An entry of `spec.canary`. */
export class CanaryModel implements Located {
  public readonly path: Path;
  public readonly predictor: ComponentModel;

  constructor(private readonly fields: Fields, index: number) {
    this.path = ['spec', 'canary', index];
    const predictor = fieldsOf(fields.predictor);
    const name = textOf(predictor.name);
    this.predictor = new ComponentModel(
      'predictor', predictor, [...this.path, 'predictor'], name === undefined || name === '' ? `the predictor of canary ${index + 1}` : `the canary '${name}'`,
    );
  }

  /** The percent of requests that are meant for it. */
  public get percent(): number {
    return wholeOf(this.fields.trafficPercent) ?? 0;
  }
}

const CONTAINERS = ['containers', 'initContainers'] as const;

/** Every container of a service, with the component that it is of. */
export function eachContainer(
  model: ServiceModel, visit: (container: ContainerModel, component: ComponentModel) => void, components = model.everyComponent,
): void {
  components.forEach((component) => component.containers.forEach((container) => visit(container, component)));
}
