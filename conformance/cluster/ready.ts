import { Api, eventually, KubeObject } from './api';

/** Writes what a kubelet and the deployment controller would report when the pods of a Deployment run. */
export async function becomeAvailable(api: Api, name: string, namespace: string): Promise<KubeObject> {
  const key = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace } };
  const deployment = await eventually(`Deployment ${name} being made`, () => api.get(key));
  const replicas = deployment.spec.replicas as number;
  await api.patchStatus(deployment, {
    observedGeneration: deployment.metadata.generation,
    replicas,
    readyReplicas: replicas,
    updatedReplicas: replicas,
    availableReplicas: replicas,
    conditions: ['Available', 'Progressing'].map((type) => ({ type, status: 'True', reason: 'Conformance', message: '' })),
  });
  return deployment;
}

/** Waits until an object's condition Ready is True. */
export function ready(api: Api, { apiVersion, kind, metadata }: KubeObject): Promise<KubeObject> {
  return eventually(`${kind} ${metadata.name} being ready`, async () => {
    const object = await api.get({ apiVersion, kind, metadata });
    const conditions: { type: string; status: string }[] = object?.status?.conditions ?? [];
    return conditions.some(({ type, status }) => type === 'Ready' && status === 'True') ? object : undefined;
  });
}
