import { KSERVE_CONTAINER } from '../../spec/inference-service';
import { CLUSTER_SERVING_RUNTIME_KIND } from '../../spec/runtimes';
import type { RuntimeResources, RuntimeSpec } from '../../spec/runtimes';
import { fieldsOf, listOf, mapsOf, nonEmpty, textOf, wholeOf } from '../json';
import type { Fields } from '../json';
import { mayShareNamespace } from '../known-service';

/** The runtimes that a service can have, beside those that KServe ships. */
export interface RuntimesOfService {
  readonly runtimes: readonly RuntimeSpec[];
  readonly clusterRuntimes: readonly RuntimeSpec[];
}

/** The ServingRuntimes and ClusterServingRuntimes that are defined beside the services. */
export class KnownRuntimes {
  private readonly runtimes: { readonly namespace?: string; readonly spec: RuntimeSpec }[] = [];
  private readonly clusterRuntimes: RuntimeSpec[] = [];
  private readonly byNamespace = new Map<string | undefined, readonly RuntimeSpec[]>();

  /** @param documents the objects as in a manifest; what is not of the right type in them is left out */
  constructor(documents: Iterable<unknown>) {
    for (const document of documents) {
      const { kind, metadata, spec } = fieldsOf(document);
      const { name, namespace } = fieldsOf(metadata);
      const runtime = runtimeSpec(textOf(name) ?? '', fieldsOf(spec));
      if (kind === CLUSTER_SERVING_RUNTIME_KIND) {
        this.clusterRuntimes.push(runtime);
      } else {
        this.runtimes.push({ namespace: nonEmpty(namespace), spec: runtime });
      }
    }
  }

  public get size(): number {
    return this.runtimes.length + this.clusterRuntimes.length;
  }

  /** Those that a service in a namespace can have. */
  public for(namespace?: string): RuntimesOfService {
    let own = this.byNamespace.get(namespace);
    if (own === undefined) {
      own = this.runtimes.filter((runtime) => mayShareNamespace(runtime.namespace, namespace)).map(({ spec }) => spec);
      this.byNamespace.set(namespace, own);
    }
    return { runtimes: own, clusterRuntimes: this.clusterRuntimes };
  }
}

/** What a runtime of a name says, as far as it is of the right type. */
export function runtimeSpec(name: string, spec: Fields): RuntimeSpec {
  // neither is chosen by KServe itself (GetSupportingRuntimes in pkg/apis/serving/v1beta1/predictor_model.go, v0.20.0)
  const isChosen = spec.disabled !== true && spec.multiModel !== true;
  return {
    name,
    formats: mapsOf(spec.supportedModelFormats).map((format) => ({
      name: textOf(format.name) ?? '',
      version: nonEmpty(format.version),
      autoSelect: isChosen && format.autoSelect === true,
      priority: wholeOf(format.priority),
    })),
    protocolVersions: listOf(spec.protocolVersions).flatMap((protocol) => textOf(protocol) ?? []),
    multiNode: spec.workerSpec !== undefined && spec.workerSpec !== null,
    resources: resourcesOf(mapsOf(spec.containers).find((container) => container.name === KSERVE_CONTAINER) ?? {}),
  };
}

function resourcesOf({ resources }: Fields): RuntimeResources {
  const { requests, limits } = fieldsOf(resources);
  return { requests: quantitiesOf(requests), limits: quantitiesOf(limits) };
}

function quantitiesOf(value: unknown): { readonly [name: string]: string | number } {
  return Object.fromEntries(Object.entries(fieldsOf(value)).flatMap(([name, quantity]) => (
    typeof quantity === 'string' || typeof quantity === 'number' ? [[name, quantity]] : []
  )));
}
