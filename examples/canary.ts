/*
 * A canary in three stages: one file each, of the same graph. Apply one after the other; to go back, apply the one before.
 */
import { App, Chart } from 'cdk8s';
import { CanaryRollout, InferenceService, ModelFormat, ModelStorage, Predictor } from 'cdk8s-kserve';

const app = new App();
const namespace = 'flowers';
const chart = new Chart(app, 'iris-models', { namespace });

const [stable, candidate] = ['iris-v1', 'iris-v2'].map((version) => new InferenceService(chart, version, {
  predictor: Predictor.model({ format: ModelFormat.SKLEARN, storage: ModelStorage.gcs('flower-models', version) }),
}));

new CanaryRollout(app, 'iris', { stable, candidate, stages: [5, 25, 100], namespace });

app.synth();
