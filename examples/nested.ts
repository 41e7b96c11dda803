/*
 * Nodes that call nodes: a Sequence into a Switch into an Ensemble. A text is classified; news go to one model, sports to two at once.
 */
import { App, Chart } from 'cdk8s';
import {
  Condition, Dependency, EnsembleNode, InferenceGraph, InferenceService, ModelFormat, ModelStorage, Predictor, SequenceNode, StepData, SwitchNode,
} from 'cdk8s-kserve';

const app = new App();
const chart = new Chart(app, 'nested', { namespace: 'newsroom' });

const model = (name: string) => new InferenceService(chart, name, {
  predictor: Predictor.model({
    format: ModelFormat.HUGGINGFACE,
    storage: ModelStorage.hf(`newsroom/${name}`),
  }),
});

const graph = new InferenceGraph(chart, 'text-pipeline');

const sports = new EnsembleNode(graph, 'sports')
  .addStep(model('team-names'), { name: 'teams', dependency: Dependency.HARD })
  .addStep(model('match-scores'), { name: 'scores' });

// a Switch tests the body that it gets: here the classifier's answer
const bySubject = new SwitchNode(graph, 'by-subject')
  .when(Condition.stringEquals('predictions.0.class', 'sports'), sports, { name: 'sports' })
  .when(Condition.stringEquals('predictions.0.class', 'news'), model('named-entities'), { name: 'news' })
  .otherwise(model('summary'), { name: 'other' });

new SequenceNode(graph, 'root')
  .addStep(model('classifier'), { name: 'classify', dependency: Dependency.HARD })
  .addStep(bySubject, { name: 'by_subject', data: StepData.RESPONSE });

app.synth();
