import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { ApiObject, App, Chart, Duration, JsonPatch } from 'cdk8s';
import {
  Condition, Dependency, DeploymentMode, EnsembleNode, InferenceGraph, InferenceService, InferenceTarget, LabelSelectorOperator, ModelFormat,
  ModelStorage, NodeSelectorOperator, Predictor, ScaleMetric, SequenceNode, SplitterNode, StepData, SwitchNode, TaintEffect, TolerationOperator,
} from '../../src';
import type { InferenceGraphProps } from '../../src';
import { chart, graph, manifests } from '../support/synth';

const service = (name: string) => InferenceTarget.serviceName(name);

function withRoot(pipeline: InferenceGraph): InferenceGraph {
  new SequenceNode(pipeline, 'root').addStep(InferenceTarget.serviceName('a'));
  return pipeline;
}

/** The whole manifest of a graph with one step. */
function manifest(props?: InferenceGraphProps): unknown {
  return manifests(withRoot(graph(props)))[0];
}

const nodes = { root: { routerType: 'Sequence', steps: [{ serviceName: 'a' }] } };

test('the least that can be said', () => {
  expect(manifest()).toEqual({
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'InferenceGraph',
    metadata: { name: 'pipeline', annotations: { 'serving.kserve.io/deploymentMode': 'Standard' } },
    spec: { nodes },
  });
});

test('all that can be said', () => {
  const appLabel = { matchLabels: { app: 'x' }, matchExpressions: [{ key: 'tier', operator: LabelSelectorOperator.IN, values: ['gold'] }] };
  const topologyKey = 'kubernetes.io/hostname';
  expect(manifest({
    metadata: { name: 'other', namespace: 'models', labels: { team: 'vision' }, annotations: { note: 'hello' } },
    deploymentMode: DeploymentMode.KNATIVE,
    timeout: Duration.minutes(2),
    timeouts: {
      serverRead: Duration.seconds(10), serverWrite: Duration.minutes(5), serverIdle: Duration.hours(1), serviceClient: Duration.seconds(150),
    },
    minReplicas: 0,
    maxReplicas: 5,
    scaleMetric: ScaleMetric.CONCURRENCY,
    scaleTarget: 10,
    resources: { requests: { cpu: '100m' }, limits: { 'memory': '1Gi', 'nvidia.com/gpu': '1' } },
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'gpu', operator: NodeSelectorOperator.EXISTS }] }],
        },
      },
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { topologyKey, labelSelector: appLabel } }],
      },
    },
    tolerations: [{ key: 'gpu', operator: TolerationOperator.EXISTS, effect: TaintEffect.NO_EXECUTE, tolerationSeconds: 60 }],
    nodeSelector: { zone: 'a' },
    nodeName: 'machine-7',
    serviceAccountName: 'router',
  })).toEqual({
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'InferenceGraph',
    metadata: {
      name: 'other',
      namespace: 'models',
      labels: { team: 'vision' },
      annotations: { 'note': 'hello', 'serving.kserve.io/deploymentMode': 'Knative' },
    },
    spec: {
      nodes,
      timeout: 120,
      routerTimeouts: { serverRead: 10, serverWrite: 300, serverIdle: 3600, serviceClient: 150 },
      minReplicas: 0,
      maxReplicas: 5,
      scaleMetric: 'concurrency',
      scaleTarget: 10,
      resources: { requests: { cpu: '100m' }, limits: { 'memory': '1Gi', 'nvidia.com/gpu': '1' } },
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'gpu', operator: 'Exists' }] }] },
        },
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [{
            weight: 100,
            podAffinityTerm: {
              topologyKey,
              labelSelector: { matchLabels: { app: 'x' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['gold'] }] },
            },
          }],
        },
      },
      tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 }],
      nodeSelector: { zone: 'a' },
      nodeName: 'machine-7',
      serviceAccountName: 'router',
    },
  });
});

test("the chart's namespace and labels flow to the graph, and its own namespace wins", () => {
  const team = chart({ namespace: 'models', labels: { team: 'vision' } });
  withRoot(new InferenceGraph(team, 'a'));
  withRoot(new InferenceGraph(team, 'b', { metadata: { namespace: 'other' } }));
  expect(manifests(team).map(({ metadata }) => [metadata.name, metadata.namespace, metadata.labels])).toEqual([
    ['a', 'models', { team: 'vision' }],
    ['b', 'other', { team: 'vision' }],
  ]);
});

test('the name is the id or metadata.name, and no hash', () => {
  const nested = new InferenceGraph(new Chart(chart(), 'inner'), 'pipeline');
  expect([nested.name, nested.apiObject.name]).toEqual(['pipeline', 'pipeline']);
  const named = graph({ metadata: { name: 'other' } });
  expect([named.name, named.apiObject.name]).toEqual(['other', 'other']);
});

test('the address has the namespace where there is one', () => {
  expect(graph().url).toBe('http://pipeline');
  expect(graph({ metadata: { namespace: 'models' } }).url).toBe('http://pipeline.models.svc.cluster.local');
  expect(new InferenceGraph(chart({ namespace: 'team' }), 'x').url).toBe('http://x.team.svc.cluster.local');
});

test('a patch is applied last, also to fields that are unknown here', () => {
  const pipeline = withRoot(graph());
  pipeline.apiObject.addJsonPatch(JsonPatch.add('/spec/tomorrow', { new: true }), JsonPatch.replace('/spec/nodes/root/steps/0/serviceName', 'patched'));
  expect(manifests(pipeline)[0].spec).toEqual({
    nodes: { root: { routerType: 'Sequence', steps: [{ serviceName: 'patched' }] } },
    tomorrow: { new: true },
  });
});

test('labels and annotations can be added to the API object, which cdk8s finds', () => {
  const pipeline = withRoot(graph());
  expect(ApiObject.of(pipeline)).toBe(pipeline.apiObject);
  pipeline.apiObject.metadata.addAnnotation('note', 'hello');
  expect(manifests(pipeline)[0].metadata.annotations).toEqual({ 'note': 'hello', 'serving.kserve.io/deploymentMode': 'Standard' });
});

const irisModel = Predictor.model({ format: ModelFormat.SKLEARN, storage: ModelStorage.gcs('models', 'iris') });

test('the services of a chart come before the graph that calls them', () => {
  const test = chart();
  const pipeline = new InferenceGraph(test, 'pipeline');
  const iris = new InferenceService(test, 'iris', { predictor: irisModel });
  new SequenceNode(pipeline, 'root').addStep(iris);
  expect(manifests(test).map(({ kind }) => kind)).toEqual(['InferenceService', 'InferenceGraph']);
});

test('services of another chart leave the names of the files alone', () => {
  const app = new App({ outdir: fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-kserve-')) });
  const pipeline = new InferenceGraph(new Chart(app, 'graphs'), 'pipeline');
  const iris = new InferenceService(new Chart(app, 'models'), 'iris', { predictor: irisModel });
  new SequenceNode(pipeline, 'root').addStep(iris);
  app.synth();
  expect(fs.readdirSync(app.outdir).sort()).toEqual(['graphs.k8s.yaml', 'models.k8s.yaml']);
  fs.rmSync(app.outdir, { recursive: true });
});

test('its text tells what it does', () => {
  const pipeline = graph();
  const choose = new SwitchNode(pipeline, 'choose')
    .when(Condition.exists('x'), service('x'), { name: 'x' })
    .otherwise(InferenceTarget.url('http://y.default/predict'));
  const vote = new EnsembleNode(pipeline, 'vote')
    .addStep(service('a'), { name: 'a', dependency: Dependency.HARD })
    .addStep(new SplitterNode(pipeline, 'canary').split(90, service('b')).split(10, choose), { name: 'b' });
  new SequenceNode(pipeline, 'root')
    .addStep(choose, { name: 'choose', dependency: Dependency.HARD })
    .addStep(vote, { name: 'vote', data: StepData.RESPONSE, condition: Condition.exists('z'), mapPredictionsToInstances: true });
  expect(pipeline.toText().split('\n')).toEqual([
    'pipeline',
    '└─ node root · Sequence: one step after the other',
    '   ├─ choose → node choose · Switch: the first step whose condition holds',
    '   │       sends the request',
    '   │       an error ends the Sequence',
    '   │  ├─ x → service x',
    '   │  │       if the input has x',
    '   │  └─ [1] → http://y.default/predict',
    '   │          otherwise',
    '   └─ vote → node vote · Ensemble: all steps at once, answers under their names',
    '           only if the answer before has z',
    '           sends the answer before, its predictions as instances',
    '      ├─ a → service a',
    '      │       an error is the answer of the whole',
    '      └─ b → node canary · Splitter: one step at random, by weight',
    '         ├─ [0] → service b',
    '         │       90 of 100 requests',
    '         └─ [1] → node choose (see above)',
    '                 10 of 100 requests',
  ]);
});

test('two syntheses of one app are equal to the letter', () => {
  const build = () => {
    const app = new App();
    withRoot(new InferenceGraph(new Chart(app, 'test'), 'pipeline', { nodeSelector: { b: '1', a: '2' } }));
    return app.synthYaml();
  };
  expect(build()).toBe(build());
});
