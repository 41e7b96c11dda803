import { ApiObject, Lazy } from 'cdk8s';
import type { ApiObjectMetadata } from 'cdk8s';
import type { Resource } from 'cdk8s-plus-28';

/**
 * Gives a construct of cdk8s-plus an object of ours, which has what the construct renders, and what that cannot say.
 *
 * The object that it comes with patches first, then drops every field that its own release of Kubernetes does not know (imports/k8s.js, 2.5.6):
 * what is newer could be neither added here nor patched by users.
 */
export function completed<Spec>(construct: Resource, metadata: ApiObjectMetadata, complete: (spec: Spec) => object): void {
  const rendered = ApiObject.of(construct);
  const { apiVersion, kind, node: { id } } = rendered;
  construct.node.tryRemoveChild(id);
  const spec = Lazy.any({ produce: () => complete((rendered.toJson() as { readonly spec: Spec }).spec) });
  // what name, metadata and kind of the construct are read from
  (construct as unknown as { apiObject: ApiObject }).apiObject = new ApiObject(construct, id, { apiVersion, kind, metadata, spec });
}
