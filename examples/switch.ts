/*
 * A Switch: one of three models, by a number in the request. Requests that say nothing about it go to the last.
 */
import { App, Chart } from 'cdk8s';
import { Condition, InferenceGraph, InferenceService, ModelFormat, ModelStorage, Predictor, SwitchNode } from 'cdk8s-kserve';

const app = new App();
const chart = new Chart(app, 'switch');

const [upper, middle, lower] = ['upper', 'middle', 'lower'].map((name) => new InferenceService(chart, name, {
  predictor: Predictor.model({
    format: ModelFormat.SKLEARN,
    storage: ModelStorage.gcs('my-models', `regions/${name}`),
  }),
}));

const graph = new InferenceGraph(chart, 'conditional-routing-pipeline');

// branches are tried in order, so the second sees only what the first left
new SwitchNode(graph, 'root')
  .when(Condition.numberGreaterThan('instances.0.data', 0.9), upper, { name: 'upper' })
  .when(Condition.numberGreaterThan('instances.0.data', 0.5), middle, { name: 'middle' })
  .otherwise(lower, { name: 'lower' });

app.synth();
