/*
 * An Ensemble: three models are asked at once, and the answer holds all three answers under the names of their steps.
 */
import { App, Chart } from 'cdk8s';
import { Dependency, EnsembleNode, InferenceGraph, InferenceService, ModelFormat, ModelStorage, Predictor } from 'cdk8s-kserve';

const app = new App();
const chart = new Chart(app, 'ensemble');

const [modelA, modelB, modelC] = ['model-a', 'model-b', 'model-c'].map((name) => new InferenceService(chart, name, {
  predictor: Predictor.model({
    format: ModelFormat.SKLEARN,
    storage: ModelStorage.s3('my-models', `iris/${name}`),
  }),
}));

const graph = new InferenceGraph(chart, 'model-ensemble');

// without the first model the others' answers are worth nothing, so its error is the answer of the whole
new EnsembleNode(graph, 'root')
  .addStep(modelA, { name: 'model_a', dependency: Dependency.HARD })
  .addStep(modelB, { name: 'model_b' })
  .addStep(modelC, { name: 'model_c' });

app.synth();
