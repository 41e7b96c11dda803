import { ApiError, eventually } from './api';
import type { KubeObject } from './api';
import type { Cluster } from './cluster';

/** The API server's refusal of an InferenceService, the controller's complaint, or what it made. */
export async function outcomeOf({ api }: Cluster, document: unknown, namespace: string): Promise<string> {
  await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  const object = document as KubeObject;
  const service: KubeObject = { ...object, metadata: { ...object.metadata, namespace } };
  try {
    await api.create(service);
  } catch (error) {
    if (error instanceof ApiError) return `refused: ${error.message}`;
    throw error;
  }
  return eventually(`something of ${service.metadata.name}`, async () => {
    const complaint = await complaintOf({ api }, service);
    const deployment = await api.get({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: `${service.metadata.name}-predictor`, namespace } });
    return complaint !== undefined ? `complaint: ${complaint}` : deployment === undefined ? undefined : 'made';
  });
}

interface Event {
  readonly type: string;
  readonly message: string;
  readonly involvedObject: { readonly name: string };
}

async function complaintOf({ api }: Pick<Cluster, 'api'>, { metadata }: KubeObject): Promise<string | undefined> {
  const found = await api.get({ apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', metadata });
  const failure: string | undefined = found?.status?.modelStatus?.lastFailureInfo?.message;
  const { items } = await api.send('GET', `/api/v1/namespaces/${metadata.namespace}/events`) as { items: Event[] };
  return failure || items.find(({ type, involvedObject }) => type === 'Warning' && involvedObject.name === metadata.name)?.message;
}
