/*
 * Two real classifiers in a pipeline: the first knows setosa from the others, and only the others go on to the second. `models.py` serves both.
 */
import { App, Chart } from 'cdk8s';
import { Condition, InferenceGraph, InferenceTarget, SequenceNode, StepData } from 'cdk8s-kserve';

const app = new App();
const chart = new Chart(app, 'iris');

export const graph = new InferenceGraph(chart, 'iris-pipeline');

new SequenceNode(graph, 'root')
  .addStep(InferenceTarget.serviceName('is-setosa'), { name: 'is_setosa' })
  .addStep(InferenceTarget.serviceName('which-other'), {
    name: 'which_other',
    data: StepData.REQUEST,
    condition: Condition.stringEquals('predictions.0', 'other'),
  });

app.synth();
