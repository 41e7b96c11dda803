/*
 * Models that are no InferenceServices of this app: one by name, one by address.
 */
import { App, Chart } from 'cdk8s';
import { Dependency, InferenceGraph, InferenceTarget, SequenceNode, StepData } from 'cdk8s-kserve';

const app = new App();
const chart = new Chart(app, 'url-targets', { namespace: 'search' });

const graph = new InferenceGraph(chart, 'search-pipeline', { minReplicas: 2, maxReplicas: 5 });

new SequenceNode(graph, 'root')
  .addStep(InferenceTarget.serviceName('embedder'), { name: 'embed', dependency: Dependency.HARD })
  .addStep(InferenceTarget.url('http://ranker.models.svc.cluster.local/v1/models/ranker:predict'), {
    name: 'rank',
    data: StepData.RESPONSE,
    mapPredictionsToInstances: true,
  });

app.synth();
