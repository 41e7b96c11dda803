import { App, Chart } from 'cdk8s';
import { KubeObject } from './api';
import { Cluster } from './cluster';
import { becomeAvailable, ready } from './ready';
import {
  HuggingFaceTask, InferenceGraph, InferenceService, InferenceServiceProps, ModelFormat, ModelStorage, Predictor, ProtocolVersion, SequenceNode,
  Transformer,
} from '../../src';

const NAME = `addresses-${process.pid}`;
const NAMESPACE = 'models';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.up(NAME, { leashed: true });
  await cluster.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
});
afterAll(() => Cluster.down(NAME));

const sklearn = { format: ModelFormat.SKLEARN, storage: ModelStorage.gcs('models', 'iris') };
const ownContainer = { image: 'example.com/own:1' };
const transformers: [string, Transformer | undefined][] = [
  ['without a transformer', undefined],
  ['with a transformer', Transformer.container(ownContainer)],
  ['with a transformer that speaks v2 by another name', Transformer.container({ ...ownContainer, protocolVersion: ProtocolVersion.V2, modelName: 'flowers' })],
];
const predictors: [string, Predictor][] = [
  ['a model', Predictor.model(sklearn)],
  ['a model by v2', Predictor.model({ ...sklearn, protocolVersion: ProtocolVersion.V2 })],
  ['a model whose runtime counts', Predictor.model({ ...sklearn, runtime: 'kserve-mlserver', protocolVersion: ProtocolVersion.V2 })],
  ['a model by another name', Predictor.model({ ...sklearn, args: ['--model_name=flowers'] })],
  ['an own container', Predictor.container(ownContainer)],
  ['an own container by v2', Predictor.container({ ...ownContainer, protocolVersion: ProtocolVersion.V2, modelName: 'flowers' })],
  ['a classifier from the hub', Predictor.huggingFace({ modelId: 'owner/name', task: HuggingFaceTask.SEQUENCE_CLASSIFICATION })],
  ['a predictor with a name', Predictor.model({ ...sklearn, name: 'blue' })],
];

/** A service, made ready: what the controller of InferenceServices says of it, and what the controller of graphs makes of that. */
async function deployed(name: string, props: InferenceServiceProps): Promise<{ service: InferenceService; address?: string; called?: string }> {
  const chart = new Chart(new App(), 'test', { namespace: NAMESPACE });
  const service = new InferenceService(chart, name, props);
  const graph = new InferenceGraph(chart, `${name}-graph`);
  const root = new SequenceNode(graph, 'root');
  if (service.callProblem === undefined) root.addStep(service);
  const [isvc, ig] = [service.apiObject.toJson() as KubeObject, graph.apiObject.toJson() as KubeObject];

  await cluster.api.apply(isvc);
  const { spec: { predictor, transformer } } = isvc;
  await becomeAvailable(cluster.api, [name, predictor.name, 'predictor'].filter(Boolean).join('-'), NAMESPACE);
  if (transformer !== undefined) await becomeAvailable(cluster.api, `${name}-transformer`, NAMESPACE);
  const { status } = await ready(cluster.api, isvc);
  if (service.callProblem !== undefined) return { service, address: status.address.url };

  await cluster.api.apply(ig);
  const { spec } = await becomeAvailable(cluster.api, ig.metadata.name, NAMESPACE);
  const [container] = spec.template.spec.containers as { args: string[] }[];
  return { service, address: status.address.url, called: JSON.parse(container.args[1]).nodes.root.steps[0].serviceUrl };
}

describe.each(transformers.map((each, i) => [...each, i] as const))('%s', (_, transformer, i) => {
  test.each(predictors.map((each, j) => [...each, j] as const))('the controllers give %s the address, and graphs the URL, that we compute', async (__, predictor, j) => {
    const name = `s${i}-${j}`;
    const { service, address, called } = await deployed(name, { predictor, transformer });

    expect(service._resolve().address).toBe(address);
    expect(service.url).toBe(called);
  });
});

test('a language model: its address, below which its chat is', async () => {
  const { service, address } = await deployed('llm', { predictor: Predictor.huggingFace({ modelId: 'owner/name', task: HuggingFaceTask.TEXT_GENERATION }) });

  expect(service.callProblem).toBe('it speaks chat, and a graph calls by the paths of v1 and v2 only');
  expect(service.openAiUrl).toBe(`${address}/openai/v1/chat/completions`);
});

test('a canary has pods and an address of its own, and gets none of the requests to the service', async () => {
  const { service, called } = await deployed('canary', {
    predictor: Predictor.model({ ...sklearn, minReplicas: 4 }),
    canaries: [{ predictor: Predictor.model({ ...sklearn, name: 'candidate', storage: ModelStorage.gcs('models', 'iris-2') }), trafficPercent: 25 }],
  });
  const deployment = await becomeAvailable(cluster.api, 'canary-candidate-predictor', NAMESPACE);
  const get = async (apiVersion: string, kind: string, name: string) =>
    (await cluster.api.get({ apiVersion, kind, metadata: { name, namespace: NAMESPACE } }))!.spec;

  // trafficPercent is a share of the pods: of four, one is the canary's
  const { minReplicas } = await get('autoscaling/v2', 'HorizontalPodAutoscaler', 'canary-predictor');
  expect([minReplicas, deployment.spec.replicas]).toEqual([3, 1]);
  expect(deployment.spec.template.metadata.labels.app).toBe('isvc.canary-candidate-predictor');
  // the Service that a graph calls selects the pods of the predictor alone
  expect(called).toBe(service.url);
  const selectors = [await get('v1', 'Service', 'canary-predictor'), await get('v1', 'Service', 'canary-candidate-predictor')].map(({ selector }) => selector);
  expect(selectors).toEqual([{ app: 'isvc.canary-predictor' }, { app: 'isvc.canary-candidate-predictor' }]);
});
