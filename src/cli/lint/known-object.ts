import type { FileContent, FileObject } from './documents';
import { fieldsOf, textOf } from '../../lint/json';
import { deploymentModeOf, MetadataModel } from '../../lint/metadata';
import type { ServiceOwner } from '../../lint/service-names';
import { INFERENCE_GRAPH_KIND } from '../../spec/inference-graph';
import { INFERENCE_SERVICE_KIND, LLM_INFERENCE_SERVICE_KIND } from '../../spec/inference-service';
import { CLUSTER_SERVING_RUNTIME_KIND, SERVING_RUNTIME_KIND } from '../../spec/runtimes';

/** An object of a file that the linter knows. */
export interface KnownObject {
  readonly kind: string;
  readonly metadata: MetadataModel;
  readonly object: FileObject;
}

/** Kubernetes' or Knative's, which makes one of Kubernetes' of its name; only the names are looked at. */
export const SERVICE_KIND = 'Service';

const KINDS_OF_KSERVE: readonly unknown[] = [
  INFERENCE_GRAPH_KIND, INFERENCE_SERVICE_KIND, LLM_INFERENCE_SERVICE_KIND, SERVING_RUNTIME_KIND, CLUSTER_SERVING_RUNTIME_KIND,
];

export function isKnown({ apiVersion, kind }: FileObject['value']): boolean {
  const isOf = (group: string) => textOf(apiVersion)?.startsWith(`${group}/`) === true;
  return kind === SERVICE_KIND ? apiVersion === 'v1' || isOf('serving.knative.dev') : KINDS_OF_KSERVE.includes(kind) && isOf('serving.kserve.io');
}

/** Whether it has rules of its own. */
export function isLinted(known: KnownObject): boolean {
  return known.kind === INFERENCE_GRAPH_KIND || known.kind === INFERENCE_SERVICE_KIND || isRuntime(known);
}

export function isRuntime({ kind }: KnownObject): boolean {
  return kind === SERVING_RUNTIME_KIND || kind === CLUSTER_SERVING_RUNTIME_KIND;
}

/** The objects of a file that was read for those that the linter knows. */
export function knownObjectsIn({ objects }: FileContent): KnownObject[] {
  return objects.map((object) => ({ kind: object.value.kind as string, metadata: new MetadataModel(fieldsOf(object.value.metadata)), object }));
}

/** By what the API tells objects apart. */
export function identityOf({ kind, metadata: { namespace, name } }: KnownObject): string {
  return JSON.stringify([kind, namespace, name]);
}

/** What of an object decides which Services it makes; `where` tells a variant of it, too, as in overlays. */
export function ownerOf({ kind, metadata: { name, namespace, annotations } }: KnownObject, where: string): ServiceOwner {
  return { kind, name, namespace, deploymentMode: deploymentModeOf(annotations), where };
}
