/*
 * Two models of the v2 (Open Inference) protocol in a Sequence. The router cannot make a request of an answer, so an adapter stands between them.
 */
import { App, Chart } from 'cdk8s';
import {
  Dependency, InferenceGraph, InferenceService, ModelFormat, ModelStorage, Predictor, ProtocolVersion, SequenceNode, StepData, V2Adapter,
} from 'cdk8s-kserve';

const app = new App();
const chart = new Chart(app, 'v2-pipeline', { namespace: 'search' });

const model = (name: string) => new InferenceService(chart, name, {
  predictor: Predictor.model({
    format: ModelFormat.ONNX,
    protocolVersion: ProtocolVersion.V2,
    storage: ModelStorage.pvc('models', name),
  }),
});

const embedder = model('embedder');
const ranker = model('ranker');

// the embedder's output is the ranker's input, under another name
const adapter = new V2Adapter(chart, 'embedding-to-features', { rename: { embedding: 'features' } });

const graph = new InferenceGraph(chart, 'search-pipeline');

new SequenceNode(graph, 'root')
  .addStep(embedder, { name: 'embed', dependency: Dependency.HARD })
  .addStep(adapter, { name: 'adapt', data: StepData.RESPONSE, dependency: Dependency.HARD })
  .addStep(ranker, { name: 'rank', data: StepData.RESPONSE });

app.synth();
