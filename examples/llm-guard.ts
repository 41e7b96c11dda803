/*
 * A guard before a chat model: a small classifier reads the message, and only what it calls safe goes on to the language model.
 * Chat has a path of its own, so the model is called by its address.
 */
import { App, Chart, Duration } from 'cdk8s';
import {
  Condition, Dependency, HuggingFaceBackend, HuggingFaceTask, InferenceGraph, InferenceService, InferenceTarget, Predictor, Probe,
  SequenceNode, StepData,
} from 'cdk8s-kserve';

const app = new App();
const chart = new Chart(app, 'llm-guard', { namespace: 'chat' });

// takes a chat request, and answers {"predictions": ["safe"]} or {"predictions": ["unsafe"]}
const guard = new InferenceService(chart, 'guard', {
  predictor: Predictor.container({ image: 'example.com/chat-guard:1.2.0', resources: { requests: { cpu: '500m', memory: '1Gi' } } }),
});

const llm = new InferenceService(chart, 'assistant', {
  predictor: Predictor.huggingFace({
    modelId: 'meta-llama/Llama-3.1-8B-Instruct',
    task: HuggingFaceTask.TEXT_GENERATION,
    backend: HuggingFaceBackend.VLLM,
    token: { name: 'hugging-face', key: 'token' },
    resources: { requests: { cpu: '4', memory: '24Gi' }, limits: { 'cpu': '4', 'memory': '24Gi', 'nvidia.com/gpu': '1' } },
    // the weights take minutes to load
    startupProbe: Probe.httpGet('/v2/health/ready', 8080, { period: Duration.seconds(10), failureThreshold: 60 }),
  }),
});

const graph = new InferenceGraph(chart, 'guarded-chat', {
  timeouts: { serverWrite: Duration.minutes(8), serviceClient: Duration.minutes(4) },
});

// what is unsafe ends here, with the guard's answer
new SequenceNode(graph, 'root')
  .addStep(guard, { name: 'guard', dependency: Dependency.HARD })
  .addStep(InferenceTarget.url(llm.openAiUrl), {
    name: 'chat',
    data: StepData.REQUEST,
    condition: Condition.stringEquals('predictions.0', 'safe'),
  });

app.synth();
