/*
 * A Switch: one of three models, by a number in the request. Requests that have no such number go to a fourth.
 */
import { App, Chart } from 'cdk8s';
import { Condition, InferenceGraph, InferenceService, ModelFormat, ModelStorage, Predictor, SwitchNode } from 'cdk8s-kserve';

const app = new App();
const chart = new Chart(app, 'switch');

const [upper, lower, middle, unknown] = ['upper', 'lower', 'middle', 'unknown'].map((name) => new InferenceService(chart, name, {
  predictor: Predictor.model({
    format: ModelFormat.SKLEARN,
    storage: ModelStorage.gcs('my-models', `regions/${name}`),
  }),
}));

const graph = new InferenceGraph(chart, 'conditional-routing-pipeline');

// branches are tried in order, so the third sees only what the first two left
new SwitchNode(graph, 'root')
  .when(Condition.numberGreaterThan('instances.0.data', 0.9), upper, { name: 'upper' })
  .when(Condition.numberLessThanEquals('instances.0.data', 0.5), lower, { name: 'lower' })
  .when(Condition.numberBetween('instances.0.data', 0.5, 0.9), middle, { name: 'middle' })
  .otherwise(unknown, { name: 'unknown' });

app.synth();
