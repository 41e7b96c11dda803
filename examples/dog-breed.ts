/*
 * The dog-breed pipeline of KServe's tutorial: one model tells cats from dogs, and only dogs go on to a second one that knows their breeds.
 */
import { App, Chart, Duration } from 'cdk8s';
import { Condition, InferenceGraph, InferenceService, ModelFormat, ModelStorage, Predictor, SequenceNode, StepData } from 'cdk8s-kserve';

const app = new App();
const chart = new Chart(app, 'dog-breed');

const catDog = new InferenceService(chart, 'cat-dog-classifier', {
  predictor: Predictor.model({
    format: ModelFormat.PYTORCH,
    storage: ModelStorage.gcs('kfserving-examples', 'models/torchserve/cat_dog_classification'),
    resources: { requests: { cpu: '100m' } },
  }),
});

const dogBreed = new InferenceService(chart, 'dog-breed-classifier', {
  predictor: Predictor.model({
    format: ModelFormat.PYTORCH,
    storage: ModelStorage.gcs('kfserving-examples', 'models/torchserve/dog_breed_classification'),
    resources: { requests: { cpu: '100m' } },
  }),
});

export const graph = new InferenceGraph(chart, 'dog-breed-pipeline', {
  timeouts: {
    serverRead: Duration.minutes(5),
    serverWrite: Duration.minutes(5),
    serverIdle: Duration.minutes(5),
    serviceClient: Duration.seconds(150),
  },
  resources: {
    requests: { cpu: '100m', memory: '256Mi' },
    limits: { cpu: '1', memory: '1Gi' },
  },
});

// is it a dog? only then ask for its breed, with the picture that came in
new SequenceNode(graph, 'root')
  .addStep(catDog, { name: 'cat_dog_classifier' })
  .addStep(dogBreed, {
    name: 'dog_breed_classifier',
    data: StepData.REQUEST,
    condition: Condition.stringEquals('predictions.0', 'dog'),
  });

app.synth();
