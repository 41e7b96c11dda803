/*
 * Two teams in one namespace: one makes the models and their credentials, the other the pipeline, in charts (and files) of their own.
 * The secret is there already; its value stands in no manifest.
 */
import { App, Chart } from 'cdk8s';
import {
  Dependency, InferenceGraph, InferenceService, ModelFormat, ModelStorage, Predictor, ProtocolVersion, SequenceNode, StepData, StorageCredentials,
  StorageSecret,
} from 'cdk8s-kserve';

const app = new App();
const namespace = 'recommendations';

// the models' team
const models = new Chart(app, 'models', { namespace });

const credentials = new StorageCredentials(models, 'model-reader', { secrets: [StorageSecret.existing('s3-credentials')] });

const candidates = new InferenceService(models, 'candidates', {
  predictor: Predictor.model({ format: ModelFormat.SKLEARN, storage: ModelStorage.s3('team-models', 'candidates/3'), credentials }),
});

const ranker = new InferenceService(models, 'ranker', {
  predictor: Predictor.model({
    format: ModelFormat.LIGHTGBM,
    protocolVersion: ProtocolVersion.V1,
    storage: ModelStorage.s3('team-models', 'ranker/12'),
    credentials,
    minReplicas: 2,
    maxReplicas: 6,
  }),
});

// the product's team
const pipelines = new Chart(app, 'pipelines', { namespace });

const graph = new InferenceGraph(pipelines, 'recommend');

new SequenceNode(graph, 'root')
  .addStep(candidates, { name: 'candidates', dependency: Dependency.HARD })
  .addStep(ranker, { name: 'rank', data: StepData.RESPONSE, mapPredictionsToInstances: true });

app.synth();
