/*
 * Services as targets of steps: by name in the graph's own namespace, by address from another.
 */
import { App, Chart } from 'cdk8s';
import {
  DeploymentMode, HuggingFaceBackend, InferenceGraph, InferenceService, InferenceTarget, ModelFormat, ModelStorage, Predictor, ProtocolVersion,
  SequenceNode, Transformer,
} from '../../src';
import type { ModelPredictorProps } from '../../src';
import { chart, manifests, problems } from '../support/synth';

const model = (props: Partial<ModelPredictorProps> = {}) => Predictor.model({ format: ModelFormat.SKLEARN, storage: ModelStorage.gcs('models', 'iris'), ...props });

test('a service knows what a graph needs to know', () => {
  const test = chart({ namespace: 'models' });
  const service = new InferenceService(test, 'iris', { predictor: model({ protocolVersion: ProtocolVersion.V2 }) });
  const { name, namespace, deploymentMode, modelName, protocolVersion, runtime, url, speaksChat, callProblem } = service;
  expect({ name, namespace, deploymentMode, modelName, protocolVersion, runtime, url, speaksChat, callProblem }).toEqual({
    name: 'iris',
    namespace: 'models',
    deploymentMode: 'Standard',
    modelName: 'iris',
    protocolVersion: 'v2',
    runtime: 'kserve-mlserver',
    url: 'http://iris-predictor.models.svc.cluster.local/v2/models/iris/infer',
    speaksChat: false,
    callProblem: undefined,
  });
});

test('with a transformer it is the transformer that is called', () => {
  const test = chart({ namespace: 'models' });
  const service = new InferenceService(test, 'iris', {
    predictor: model({ protocolVersion: ProtocolVersion.V2 }), transformer: Transformer.container({ image: 'own:1', protocolVersion: ProtocolVersion.V1 }),
  });
  expect(service.url).toBe('http://iris-transformer.models.svc.cluster.local/v1/models/iris:predict');
});

test('a service that this app does not make', () => {
  const test = chart({ namespace: 'models' });
  const here = InferenceService.fromName(test, 'here', 'iris');
  const there = InferenceService.fromName(test, 'there', 'ranker', {
    namespace: 'search', deploymentMode: DeploymentMode.KNATIVE, protocolVersion: ProtocolVersion.V2, modelName: 'ltr', transformer: true,
  });
  const graph = new InferenceGraph(test, 'pipeline');
  new SequenceNode(graph, 'root').addStep(here).addStep(there);
  expect(manifests(test)).toHaveLength(1);
  expect(manifests(test)[0].spec.nodes.root.steps).toEqual([
    { serviceName: 'iris' },
    { serviceUrl: 'http://ranker.search.svc.cluster.local/v2/models/ltr/infer' },
  ]);
});

test('a service of another namespace is called by its address', () => {
  const app = new App();
  const iris = new InferenceService(new Chart(app, 'models', { namespace: 'models' }), 'iris', { predictor: model() });
  const graph = new InferenceGraph(new Chart(app, 'graphs', { namespace: 'graphs' }), 'pipeline');
  new SequenceNode(graph, 'root').addStep(iris);
  expect(manifests(graph)[0].spec.nodes.root.steps).toEqual([{ serviceUrl: 'http://iris-predictor.models.svc.cluster.local/v1/models/iris:predict' }]);
});

test('from another namespace, what a graph cannot call is an error that says why', () => {
  const app = new App();
  const models = new Chart(app, 'models', { namespace: 'models' });
  const llm = new InferenceService(models, 'llm', { predictor: Predictor.huggingFace({ modelId: 'owner/name', backend: HuggingFaceBackend.VLLM }) });
  const graph = new InferenceGraph(new Chart(app, 'graphs', { namespace: 'graphs' }), 'pipeline');
  new SequenceNode(graph, 'root').addStep(llm, { name: 'chat' }).addStep(InferenceTarget.url(llm.openAiUrl));
  expect(problems(graph)).toEqual([
    "[graphs/pipeline/root] step 'chat' of node 'root' calls InferenceService 'llm' of namespace 'models' from namespace 'graphs', but it speaks chat, "
    + 'and a graph calls by the paths of v1 and v2 only: call it by InferenceTarget.url()  (service-not-callable)',
  ]);
});

test('from another namespace, a service of an unknown runtime has no address', () => {
  const app = new App();
  const iris = new InferenceService(new Chart(app, 'models', { namespace: 'models' }), 'iris', { predictor: model({ runtime: 'their-own' }) });
  const graph = new InferenceGraph(new Chart(app, 'graphs', { namespace: 'graphs' }), 'pipeline');
  new SequenceNode(graph, 'root').addStep(iris);
  expect(problems(graph)).toEqual([
    "[graphs/pipeline/root] steps[0] of node 'root' calls InferenceService 'iris' of namespace 'models' from namespace 'graphs', but its address is not known: "
    + 'call it by InferenceTarget.url()  (service-not-callable)',
  ]);
});

test.each([
  [Predictor.huggingFace({ modelId: 'owner/name', backend: HuggingFaceBackend.VLLM }), 'http://llm-predictor.models.svc.cluster.local/openai/v1/chat/completions'],
  [Predictor.model({ format: ModelFormat.VLLM, storage: ModelStorage.hf('owner/name') }), 'http://llm-predictor.models.svc.cluster.local/v1/chat/completions'],
])('chat is apart from the protocol', (predictor, url) => {
  const service = new InferenceService(chart({ namespace: 'models' }), 'llm', { predictor });
  expect([service.speaksChat, service.openAiUrl]).toEqual([true, url]);
});

test('without a namespace there is no address', () => {
  const service = new InferenceService(chart(), 'iris', { predictor: model() });
  expect(service.url).toBeUndefined();
  expect(() => service.openAiUrl).toThrow(new Error("[test/iris] the address of 'iris' needs its namespace, got none: set metadata.namespace, or the chart's namespace"));
});
