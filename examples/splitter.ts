/*
 * A Splitter: a canary. Of 100 requests, 10 go to the new version of a model.
 */
import { App, Chart } from 'cdk8s';
import { InferenceGraph, InferenceService, ModelFormat, ModelStorage, Predictor, SplitterNode } from 'cdk8s-kserve';

const app = new App();
const chart = new Chart(app, 'splitter');

const [stable, candidate] = ['iris-v1', 'iris-v2'].map((version) => new InferenceService(chart, version, {
  predictor: Predictor.model({
    format: ModelFormat.SKLEARN,
    storage: ModelStorage.pvc('models', version),
  }),
}));

const graph = new InferenceGraph(chart, 'iris-canary');

new SplitterNode(graph, 'root')
  .split(90, stable, { name: 'stable' })
  .split(10, candidate, { name: 'candidate' });

app.synth();
