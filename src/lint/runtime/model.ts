import { runtimeSpec } from './known-runtimes';
import { Priorities, scopeOf } from './priorities';
import { CLUSTER_SERVING_RUNTIME_KIND, SERVING_RUNTIME_KIND } from '../../spec/runtimes';
import type { RuntimeSpec } from '../../spec/runtimes';
import { NEWEST_RELEASE, patchOf } from '../../spec/versions';
import type { Release } from '../../spec/versions';
import { ContainerModel } from '../container';
import type { Path } from '../diagnostic';
import { fieldsOf, isMap, listOf, nonEmpty } from '../json';
import type { Fields } from '../json';
import { MetadataModel } from '../metadata';

/** What is known beside a runtime. */
export interface RuntimeContext {
  readonly release?: Release;
  /** The priorities of the runtimes of the same file or chart. @default - none */
  readonly priorities?: Priorities;
}

/** An entry of `supportedModelFormats`, with its index. */
export interface FormatModel {
  readonly path: Path;
  readonly name: string;
  readonly autoSelect: boolean;
  readonly priority?: number;
}

/** What KServe reads as the priority of a format, of all its entries. */
export interface PriorityModel {
  /** That of the first entry. */
  readonly first?: number;
  /** That of the first one that KServe may choose by itself, where there is one. */
  readonly chosen?: { readonly priority?: number };
}

/**
 * A ServingRuntime or ClusterServingRuntime as the rules see it, built once from any document.
 *
 * What is not of the right type is left out here and reported by the shape rules, so that every other rule can trust what it finds.
 */
export class RuntimeModel {
  public readonly metadata: MetadataModel;
  public readonly kind: string;
  public readonly spec: Fields;
  public readonly release: Release;
  public readonly formats: readonly FormatModel[];
  public readonly containers: readonly ContainerModel[];
  public readonly workerContainers: readonly ContainerModel[];
  /** Those of the runtimes beside it, and its own. */
  public readonly priorities: Priorities;
  private readonly byName = new Map<string, PriorityModel>();

  constructor(public readonly document: unknown, context: RuntimeContext = {}) {
    const { kind, metadata, spec } = fieldsOf(document);
    this.metadata = new MetadataModel(fieldsOf(metadata));
    this.kind = kind === CLUSTER_SERVING_RUNTIME_KIND ? CLUSTER_SERVING_RUNTIME_KIND : SERVING_RUNTIME_KIND;
    this.spec = fieldsOf(spec);
    this.release = context.release ?? NEWEST_RELEASE;
    this.priorities = context.priorities ?? new Priorities();
    this.formats = listOf(this.spec.supportedModelFormats).flatMap((format, i) => !isMap(format) ? [] : [{
      path: ['spec', 'supportedModelFormats', i],
      name: nonEmpty(format.name) ?? '',
      autoSelect: format.autoSelect === true,
      priority: typeof format.priority === 'number' ? format.priority : undefined,
    }]);
    for (const { name, autoSelect, priority } of this.formats) {
      const known = this.byName.get(name);
      const chosen = autoSelect ? { priority } : undefined;
      if (known === undefined) {
        this.byName.set(name, { first: priority, chosen });
      } else if (known.chosen === undefined && chosen !== undefined) {
        this.byName.set(name, { ...known, chosen });
      }
    }
    this.containers = ContainerModel.listAt(['spec', 'containers'], this.spec.containers);
    this.workerContainers = ContainerModel.listAt(['spec', 'workerSpec', 'containers'], fieldsOf(this.spec.workerSpec).containers);
  }

  /** The KServe of the cluster, as `major.minor.patch`. */
  public get kserveVersion(): string {
    return patchOf(this.release);
  }

  /** Whether KServe's webhook looks into it. */
  public get isEnabled(): boolean {
    return this.spec.disabled !== true;
  }

  /** What KServe makes of the priorities of a format's entries. */
  public priorityOf(format: string): PriorityModel {
    return this.byName.get(format) ?? {};
  }

  /** What it is compared within. */
  public get scope(): string {
    return scopeOf(this.kind, this.metadata.namespace);
  }

  /** What KServe chooses by. */
  public get chosenBy(): RuntimeSpec {
    return runtimeSpec(this.metadata.name, this.spec);
  }

  public toString(): string {
    return `${this.kind} '${this.metadata.name}'`;
  }
}
