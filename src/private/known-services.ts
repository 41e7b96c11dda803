import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { constructsOf, perValidation } from './per-validation';
import { runtimesOf } from './runtimes';
import { INFERENCE_SERVICE } from './symbols';
import type { LlmService } from '../lint/context';
import { KnownService } from '../lint/known-service';
import type { DeploymentModeName } from '../spec/deployment-mode';
import { INFERENCE_SERVICE_KIND, LLM_INFERENCE_SERVICE_KIND } from '../spec/inference-service';
import type { Release } from '../spec/versions';

/** A construct that makes an InferenceService, or stands for one of the cluster. */
interface ServiceOwner extends IConstruct {
  readonly deploymentMode: string;
  _toManifest(): unknown;
}

/** The InferenceServices that an app defines or names, as the rules see them in a cluster of this release. */
export function knownServicesOf(construct: IConstruct, release: Release): readonly KnownService[] {
  return servicesByRelease(construct)(release);
}

const servicesByRelease = perValidation((root) => {
  const documents = constructsOf(root).flatMap((child) => documentOf(child) ?? []);
  const runtimes = runtimesOf(root);
  const known = new Map<Release, readonly KnownService[]>();
  return (release: Release) => {
    const services = known.get(release) ?? documents.map(({ document, mode, namespace }) => (
      new KnownService(document, mode, { release, ...runtimes.for(namespace) })
    ));
    known.set(release, services);
    return services;
  };
});

/** The LLMInferenceServices of an app. */
export const llmServicesOf = perValidation((root): readonly LlmService[] => constructsOf(root).flatMap((child) => (
  ApiObject.isApiObject(child) && child.kind === LLM_INFERENCE_SERVICE_KIND ? { name: child.name, namespace: child.metadata.namespace } : []
)));

interface Described {
  readonly document: unknown;
  readonly mode?: DeploymentModeName;
  readonly namespace?: string;
}

/** The service that a construct of ours, or an API object of any other library, makes. */
function documentOf(child: IConstruct): Described | undefined {
  if (isOwner(child)) {
    const document = child._toManifest();
    return { document, mode: child.deploymentMode as DeploymentModeName, namespace: (document as ReturnType<ApiObject['toJson']>).metadata.namespace };
  }
  if (!ApiObject.isApiObject(child) || child.kind !== INFERENCE_SERVICE_KIND || child.node.scopes.some(isOwner)) {
    return undefined;
  }
  return { document: child.toJson(), namespace: child.metadata.namespace };
}

function isOwner(construct: IConstruct): construct is ServiceOwner {
  return INFERENCE_SERVICE in construct;
}
