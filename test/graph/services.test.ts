import { ApiObject, App, Chart } from 'cdk8s';
import {
  ClusterServingRuntime, DeploymentMode, EnsembleNode, ExternalInferenceService, InferenceGraph, InferenceService, InferenceTarget, ModelFormat,
  ModelStorage, Predictor, ProtocolVersion, SequenceNode, StandaloneInferenceGraph, StepData, Dependency, Transformer,
} from '../../src';
import type { ModelPredictorProps } from '../../src';
import { chart, problems } from '../support/synth';
import { warningsOf } from '../support/warnings';

/*
 * What a graph is told of the services that its app defines.
 */

const { HARD } = Dependency;
const model = (props: Partial<ModelPredictorProps> = {}) => Predictor.model({ format: ModelFormat.SKLEARN, storage: ModelStorage.gcs('models', 'one'), ...props });
const named = (name: string) => InferenceTarget.serviceName(name);

/** What synth says, errors first. */
function told(scope: Chart): string[] {
  let errors: string[] = [];
  const warnings = warningsOf(() => { errors = problems(scope); });
  return [...errors, ...warnings.map((line) => `warning: ${line}`)];
}

/** A Sequence of `a`, Hard, and `b`, which is sent its answer. */
function pair(test: Chart, a: InferenceTarget | InferenceService, b: InferenceTarget | InferenceService): void {
  const graph = new InferenceGraph(test, 'pipeline');
  new SequenceNode(graph, 'root').addStep(a, { name: 'first', dependency: HARD }).addStep(b, { name: 'second', data: StepData.RESPONSE });
}

const V2_AFTER_V1 = "warning: [test/pipeline/root] step 'second' of node 'root' is sent the answer of step 'first' of node 'root', and its model wants 'inputs': "
  + 'put a service between them that makes a request of the answer, or send $request  (answer-is-no-request)';

describe('a model of v2 after an answer of v1', () => {
  test('by their constructs', () => {
    const test = chart();
    pair(test, new InferenceService(test, 'one', { predictor: model() }), new InferenceService(test, 'two', { predictor: model({ protocolVersion: ProtocolVersion.V2 }) }));
    expect(told(test)).toEqual([V2_AFTER_V1]);
  });

  test('by their names', () => {
    const test = chart();
    new InferenceService(test, 'one', { predictor: model() });
    new InferenceService(test, 'two', { predictor: model({ protocolVersion: ProtocolVersion.V2 }) });
    pair(test, named('one'), named('two'));
    expect(told(test)).toEqual([V2_AFTER_V1]);
  });

  test('as objects that another library makes', () => {
    const test = chart();
    const service = (name: string, protocolVersion: string) => new ApiObject(test, name, {
      apiVersion: 'serving.kserve.io/v1beta1',
      kind: 'InferenceService',
      metadata: { name },
      spec: { predictor: { model: { modelFormat: { name: 'sklearn' }, storageUri: 'gs://models/one', protocolVersion } } },
    });
    service('one', 'v1');
    service('two', 'v2');
    pair(test, named('one'), named('two'));
    expect(told(test)).toEqual([V2_AFTER_V1]);
  });

  test('a service that is defined after the graph counts, and so does what changes between two runs', () => {
    const test = chart();
    pair(test, named('one'), named('two'));
    new InferenceService(test, 'one', { predictor: model() });
    expect(told(test)).toEqual([]);
    new InferenceService(test, 'two', { predictor: model({ protocolVersion: ProtocolVersion.V2 }) });
    expect(told(test)).toEqual([V2_AFTER_V1]);
  });

  test('a server or transformer of your own reads what it likes, and so does a runtime of your own', () => {
    const test = chart();
    const one = new InferenceService(test, 'one', { predictor: model() });
    const transformer = Transformer.container({ image: 'own:1', protocolVersion: ProtocolVersion.V2 });
    const own = new ClusterServingRuntime(test, 'own', {
      formats: [{ format: ModelFormat.SKLEARN }], protocolVersions: [ProtocolVersion.V2], image: 'own:1',
    });
    const graph = new InferenceGraph(test, 'pipeline');
    const root = new SequenceNode(graph, 'root').addStep(one, { dependency: HARD });
    [
      new InferenceService(test, 'container', { predictor: Predictor.container({ image: 'own:1', protocolVersion: ProtocolVersion.V2 }) }),
      new InferenceService(test, 'transformed', { predictor: model({ protocolVersion: ProtocolVersion.V2 }), transformer }),
      new InferenceService(test, 'of-own-runtime', { predictor: model({ runtime: own.name, protocolVersion: ProtocolVersion.V2 }) }),
    ].forEach((service) => root.addStep(service, { data: StepData.RESPONSE, dependency: HARD }));
    expect(told(test)).toEqual([]);
  });
});

test('a model of v1 is told to have predictions mapped, and an Ensemble that it makes no request', () => {
  const test = chart();
  const services = ['one', 'two'].map((id) => new InferenceService(test, id, { predictor: model() }));
  const graph = new InferenceGraph(test, 'pipeline');
  const vote = new EnsembleNode(graph, 'vote').addStep(services[0], { name: 'a', dependency: HARD }).addStep(services[1], { name: 'b' });
  new SequenceNode(graph, 'root')
    .addStep(services[0], { name: 'first', dependency: HARD })
    .addStep(services[1], { name: 'second', data: StepData.RESPONSE })
    .addStep(vote, { name: 'third', dependency: HARD })
    .addStep(services[1], { name: 'fourth', data: StepData.RESPONSE });
  expect(told(test)).toEqual([
    "warning: [test/pipeline/root] step 'second' of node 'root' is sent the answer of step 'first' of node 'root', which has 'predictions', and its model wants 'instances': "
    + 'write mapPredictionsToInstances: true  (predictions-not-mapped)',
    "warning: [test/pipeline/root] step 'fourth' of node 'root' is sent the answer of Ensemble 'vote', which has the keys 'a', 'b', and its model wants 'instances': "
    + 'put a service between them that makes a request of the answer, or send $request  (answer-is-no-request)',
  ]);
});

test('what cannot be called by its name', () => {
  const test = chart({ namespace: 'models' });
  new InferenceService(test, 'grpc', { predictor: model({ format: ModelFormat.TRITON, protocolVersion: ProtocolVersion.GRPC_V2 }) });
  new InferenceService(test, 'chat', { predictor: model({ format: ModelFormat.VLLM, storage: ModelStorage.hf('owner/name') }) });
  new InferenceService(test, 'empty', { predictor: model({ storage: undefined }) });
  new InferenceService(test, 'both', { predictor: model({ runtime: 'kserve-sklearnserver', protocolVersion: ProtocolVersion.V2 }) });
  const graph = new InferenceGraph(test, 'pipeline');
  new SequenceNode(graph, 'root').addStep(named('grpc')).addStep(named('chat')).addStep(named('empty')).addStep(named('both'));
  expect(told(test)).toEqual([
    "[test/pipeline/root] steps[0] of node 'root' calls InferenceService 'grpc' by its name, but it speaks 'grpc-v2', and a graph calls by v1 and v2 only: "
    + 'serve the model on v1 or v2, or call it by serviceUrl  (service-without-http)',
    "[test/pipeline/root] steps[1] of node 'root' calls InferenceService 'chat', which is a chat model, by its predict address: "
    + 'call it by serviceUrl: http://chat-predictor.models.svc.cluster.local/v1/chat/completions  (chat-service-by-name)',
    "warning: [test/pipeline/root] steps[2] of node 'root' calls InferenceService 'empty' by its name, but its model has no storage, so KServe takes it for a server of many "
    + 'models and calls it without a path: give the model its storage, or call it by serviceUrl  (service-without-path)',
    "warning: [test/pipeline/root] steps[3] of node 'root' calls InferenceService 'both' by v1, since that is the first of runtime 'kserve-sklearnserver', "
    + "got protocolVersion 'v2': write protocolVersion: v1, leave out the runtime, or call the service by serviceUrl  (runtime-decides-protocol)",
  ]);
});

test('an LLMInferenceService is no InferenceService', () => {
  const test = chart();
  new ApiObject(test, 'llm', { apiVersion: 'serving.kserve.io/v1alpha2', kind: 'LLMInferenceService', metadata: { name: 'assistant' } });
  new SequenceNode(new InferenceGraph(test, 'pipeline'), 'root').addStep(named('assistant'));
  expect(told(test)).toEqual([
    "warning: [test/pipeline/root] steps[0] of node 'root' calls an LLMInferenceService by its name, got 'assistant': "
    + 'call it by serviceUrl, with the path of its API: it has none of v1 or v2  (llm-service-by-name)',
  ]);
});

describe('where services are', () => {
  const inNamespace = (app: App, id: string, namespace?: string) => new Chart(app, id, { namespace });

  test('in another namespace, by name', () => {
    const app = new App();
    new InferenceService(inNamespace(app, 'models', 'models'), 'iris', { predictor: model() });
    const test = inNamespace(app, 'test', 'graphs');
    new SequenceNode(new InferenceGraph(test, 'pipeline'), 'root').addStep(named('iris'));
    expect(told(test)).toEqual([
      "warning: [test/pipeline/root] steps[0] of node 'root' calls InferenceService 'iris', which is in namespace 'models' and the graph in 'graphs': "
      + 'put both into one namespace, or call it by serviceUrl  (service-in-other-namespace)',
    ]);
  });

  test('what says no namespace may be in that of the graph', () => {
    const app = new App();
    new InferenceService(inNamespace(app, 'models'), 'iris', { predictor: model() });
    const test = inNamespace(app, 'test', 'graphs');
    new SequenceNode(new InferenceGraph(test, 'pipeline'), 'root').addStep(named('iris'));
    expect(told(test)).toEqual([]);
  });

  test('one that the app does not define may be in the cluster, but not where it is nearly one of the app', () => {
    const test = chart();
    new InferenceService(test, 'iris-1', { predictor: model() });
    new SequenceNode(new InferenceGraph(test, 'pipeline'), 'root').addStep(named('ranker')).addStep(named('iris-2')).addStep(named('irs-1'));
    expect(told(test)).toEqual([
      "warning: [test/pipeline/root] steps[2] of node 'root' calls an InferenceService that is not defined here, got 'irs-1': did you mean 'iris-1'?  (misspelt-service)",
    ]);
  });

  test('one that is only named is known as it is described', () => {
    const test = chart();
    const outside = new ExternalInferenceService(test, 'outside', 'iris', { deploymentMode: DeploymentMode.KNATIVE });
    new SequenceNode(new InferenceGraph(test, 'pipeline'), 'root').addStep(outside);
    expect(told(test)).toEqual([
      "warning: [test/pipeline/root] graph 'pipeline' is deployed in Standard mode and calls InferenceService 'iris', which is in Knative mode: "
      + 'deploy both in one mode  (mixed-deployment-modes)',
    ]);
  });
});

test('a warning about a service is printed, and one of a graph about it in its place', () => {
  const test = chart();
  const onnx = new InferenceService(test, 'onnx', { predictor: model({ format: ModelFormat.ONNX }) });
  new SequenceNode(new InferenceGraph(test, 'pipeline'), 'root').addStep(onnx);
  expect(told(test)).toEqual([
    "warning: [test/onnx] no runtime is known that serves the format 'onnx' by protocol 'v1': set protocolVersion to 'v2'  (no-runtime)",
  ]);
});

test('a router that the app runs itself is told nothing of what the controller would do', () => {
  const app = new App();
  new InferenceService(new Chart(app, 'models', { namespace: 'models' }), 'iris', { predictor: model(), deploymentMode: DeploymentMode.KNATIVE });
  const test = new Chart(app, 'test', { namespace: 'n'.repeat(40) });
  const graph = new StandaloneInferenceGraph(test, 'pipeline-with-a-long-name', {
    minReplicas: 2,
    metadata: { annotations: { 'serving.kserve.io/autoscalerClass': 'external' } },
    serviceUrls: { elsewhere: 'http://elsewhere.models/v1/models/elsewhere:predict', iris: 'http://iris.models/v1/models/iris:predict' },
  });
  new SequenceNode(graph, 'root').addStep(named('iris')).addStep(named('elsewhere'));
  expect(told(test)).toEqual([]);
});

test('the annotations of a graph are looked at', () => {
  const test = chart();
  const graph = new InferenceGraph(test, 'pipeline', { metadata: { annotations: { 'serving.kserve.io/autoscalerClass': 'keda' } } });
  new SequenceNode(graph, 'root').addStep(named('iris'));
  expect(told(test)).toEqual([
    "[test/pipeline] KServe cannot scale a graph with KEDA, got 'keda': "
    + "write 'none' or 'external', and define a ScaledObject for the Deployment yourself  (keda-without-triggers)",
  ]);
});
