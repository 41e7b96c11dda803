/*
 * The dog-breed pipeline of KServe's tutorial without KServe's graph controller: the router itself, hardened. The nodes are those of
 * dog-breed.ts; the class is another, and says what the custom resource cannot.
 */
import { ApiObject, App, Chart, Duration, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  Condition, InferenceService, ModelFormat, ModelStorage, Predictor, PropagatedHeaders, RouterImage, SequenceNode, StandaloneInferenceGraph, StepData,
} from 'cdk8s-kserve';

const app = new App();
const chart = new Chart(app, 'standalone', { namespace: 'dogs' });

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

const graph = new StandaloneInferenceGraph(chart, 'dog-breed-pipeline', {
  // a mirror in the cluster's own network, with the key to it
  image: RouterImage.kserve({ registry: 'registry.example.com' }),
  imagePullSecrets: ['mirror'],
  // an answer may take five minutes, so a pod that goes may take five minutes and a half
  timeouts: { serverRead: Duration.minutes(5), serverWrite: Duration.minutes(5), serviceClient: Duration.seconds(150) },
  resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '1Gi' } },
  minReplicas: 2,
  maxReplicas: 10,
  propagateHeaders: [...PropagatedHeaders.TRACING, ...PropagatedHeaders.REQUEST_ID],
  networkPolicy: { clients: [{ namespace: 'ingress-nginx' }, {}] },
  ingress: { host: 'dogs.example.com', className: 'nginx', tlsSecretName: 'dogs-example-com' },
});

// is it a dog? only then ask for its breed, with the picture that came in
new SequenceNode(graph, 'root')
  .addStep(catDog, { name: 'cat_dog_classifier' })
  .addStep(dogBreed, {
    name: 'dog_breed_classifier',
    data: StepData.REQUEST,
    condition: Condition.stringEquals('predictions.0', 'dog'),
  });

// Deployment, Service and autoscaler are constructs of cdk8s-plus, and go on as such
graph.deployment.scheduling.tolerate(kplus.Node.tainted(kplus.NodeTaintQuery.exists('spot')));
// younger than cdk8s-plus-28: callers stay in their zone
ApiObject.of(graph.service).addJsonPatch(JsonPatch.add('/spec/trafficDistribution', 'PreferClose'));

app.synth();
