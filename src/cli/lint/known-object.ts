import type { FileContent, FileObject } from './documents';
import { fieldsOf, textOf } from '../../lint/json';
import { deploymentModeOf, MetadataModel } from '../../lint/metadata';
import type { ServiceOwner } from '../../lint/service-names';
import { INFERENCE_GRAPH_KIND } from '../../spec/inference-graph';
import { INFERENCE_SERVICE_KIND } from '../../spec/inference-service';

/** An object of a file that the linter knows. */
export interface KnownObject {
  readonly kind: string;
  readonly metadata: MetadataModel;
  readonly object: FileObject;
}

/** Of Services only the names are looked at. */
export const SERVICE_KIND = 'Service';

/** Whether it is an InferenceGraph, InferenceService or Service. */
export function isKnown({ apiVersion, kind }: FileObject['value']): boolean {
  return kind === SERVICE_KIND ? apiVersion === 'v1'
    : (kind === INFERENCE_GRAPH_KIND || kind === INFERENCE_SERVICE_KIND) && textOf(apiVersion)?.startsWith('serving.kserve.io/') === true;
}

/** The objects of a file that was read for those that the linter knows. */
export function knownObjectsIn({ objects }: FileContent): KnownObject[] {
  return objects.map((object) => ({ kind: object.value.kind as string, metadata: new MetadataModel(fieldsOf(object.value.metadata)), object }));
}

/** What of an object decides which Services it makes; `where` tells a variant of it, too, as in overlays. */
export function ownerOf({ kind, metadata: { name, namespace, annotations } }: KnownObject, where: string): ServiceOwner {
  return { kind, name, namespace, deploymentMode: deploymentModeOf(annotations), where };
}
