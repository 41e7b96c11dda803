/*
 * Patterns: what they make, and the small services' programs, run by this Node.
 */
import { spawn } from 'child_process';
import type { ChildProcess } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App } from 'cdk8s';
import {
  CanaryRollout, InferenceGraph, InferenceTarget, Predictor, SequenceNode, SharedTransformer, StepData, V2Adapter, Voter, VotingEnsemble,
} from '../../src';
import { V2_ADAPTER, VOTER } from '../../src/serving/patterns/scripts';
import { chart, manifests, problems } from '../support/synth';

const service = (name: string) => InferenceTarget.serviceName(name);

test('a v2 adapter is a service whose program is a ConfigMap', () => {
  const test = chart({ namespace: 'models' });
  const adapter = new V2Adapter(test, 'adapter', { rename: { embedding: 'input_0' }, maxReplicas: 3 });
  const graph = new InferenceGraph(test, 'pipeline');
  new SequenceNode(graph, 'root').addStep(service('embedder')).addStep(adapter, { data: StepData.RESPONSE }).addStep(service('ranker'), { data: StepData.RESPONSE });
  const [configMap, isvc, pipeline] = manifests(test);
  expect(configMap).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'adapter-program', namespace: 'models' }, data: { 'program.js': V2_ADAPTER } });
  expect(isvc.spec).toEqual({
    predictor: {
      maxReplicas: 3,
      volumes: [{ name: 'program', configMap: { name: 'adapter-program' } }],
      containers: [{
        name: 'kserve-container',
        image: 'node:22-alpine',
        command: ['node', '/program/program.js'],
        env: [{ name: 'PROTOCOL', value: 'v2' }, { name: 'RENAME', value: '{"embedding":"input_0"}' }],
        resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '128Mi' } },
        ports: [{ containerPort: 8080, protocol: 'TCP' }],
        readinessProbe: { httpGet: { path: '/', port: 8080 } },
        volumeMounts: [{ name: 'program', mountPath: '/program', readOnly: true }],
        securityContext: { runAsUser: 1000, runAsNonRoot: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
      }],
    },
  });
  expect(pipeline.spec.nodes.root.steps[1]).toEqual({ serviceName: 'adapter', data: '$response' });
});

test('a voting ensemble is an Ensemble, then a voter', () => {
  const test = chart({ namespace: 'models' });
  const voter = new Voter(test, 'voter');
  const graph = new InferenceGraph(test, 'pipeline');
  new VotingEnsemble(graph, 'root', { members: { a: service('model-a'), b: service('model-b') }, voter });
  expect(manifests(test)[2].spec.nodes).toEqual({
    'root': {
      routerType: 'Sequence',
      steps: [{ name: 'members', nodeName: 'root-members', dependency: 'Hard' }, { name: 'vote', serviceName: 'voter', data: '$response' }],
    },
    'root-members': { routerType: 'Ensemble', steps: [{ name: 'a', serviceName: 'model-a' }, { name: 'b', serviceName: 'model-b' }] },
  });
});

test('a transformer that several graphs share', () => {
  const test = chart({ namespace: 'models' });
  const features = new SharedTransformer(test, 'features', { predictor: Predictor.container({ image: 'own:1' }) });
  const graphs = ['one', 'two'].map((name) => {
    const graph = new InferenceGraph(test, name);
    features.before(graph, 'root', service(`model-${name}`));
    return graph;
  });
  expect(manifests(test)).toHaveLength(1 + graphs.length);
  expect(manifests(test)[2].spec.nodes.root.steps).toEqual([
    { name: 'features', serviceName: 'features', dependency: 'Hard' },
    { serviceName: 'model-two', data: '$response' },
  ]);
});

test('a canary rollout writes a file for each stage, of the same graph', () => {
  const app = new App({ outdir: fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-kserve-')) });
  const rollout = new CanaryRollout(app, 'iris', {
    stable: service('iris-v1'), candidate: service('iris-v2'), stages: [5, 100], namespace: 'models',
  });
  app.synth();
  expect(fs.readdirSync(app.outdir)).toEqual(['iris-stage-1.k8s.yaml', 'iris-stage-2.k8s.yaml']);
  fs.rmSync(app.outdir, { recursive: true });
  const written = rollout.graphs.map((graph) => manifests(graph)
    .map(({ metadata, spec }) => [metadata.name, metadata.namespace, spec.nodes.root.steps]));
  expect(written).toEqual([
    [['iris', 'models', [{ name: 'stable', serviceName: 'iris-v1', weight: 95 }, { name: 'candidate', serviceName: 'iris-v2', weight: 5 }]]],
    [['iris', 'models', [{ name: 'candidate', serviceName: 'iris-v2', weight: 100 }]]],
  ]);
});

test('the stages of a rollout go one way', () => {
  const app = new App();
  const rollout = new CanaryRollout(app, 'iris', { stable: service('a'), candidate: service('b'), stages: [50, 5, 120], graphName: 'iris-canary' });
  expect(rollout.node.validate()).toEqual([
    'the stages must give the candidate more and more requests, got 50, 5, 120: order them  (canary-stages)',
  ]);
  expect(problems(rollout.graphs[2])).toEqual(expect.arrayContaining([expect.stringContaining('(weight-out-of-range)')]));
});

describe('the programs', () => {
  const running: ChildProcess[] = [];
  afterAll(() => running.forEach((child) => child.kill()));

  /** Starts a program on a free port. */
  async function start(program: string, env: { [name: string]: string } = {}): Promise<(body: string) => Promise<[number, unknown]>> {
    const withPort = program.replace('}).listen(Number(process.env.PORT || 8080));', "}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });");
    expect(withPort).not.toBe(program);
    const child = spawn(process.execPath, ['-e', withPort], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    running.push(child);
    const port = await new Promise<string>((resolve) => child.stdout!.once('data', (text) => resolve(String(text).trim())));
    return async (body) => {
      const response = await fetch(`http://127.0.0.1:${port}/v2/models/any/infer`, { method: 'POST', body });
      return [response.status, await response.json()];
    };
  }

  test('the adapter makes inputs of outputs', async () => {
    const adapt = await start(V2_ADAPTER, { RENAME: '{"embedding":"input_0"}' });
    const tensor = { shape: [1, 2], datatype: 'FP32', data: [0.5, 1] };
    expect(await adapt(JSON.stringify({ model_name: 'm', outputs: [{ name: 'embedding', ...tensor, parameters: {} }, { name: 'mask', ...tensor }] })))
      .toEqual([200, { inputs: [{ name: 'input_0', ...tensor }, { name: 'mask', ...tensor }] }]);
    expect(await adapt('{}')).toEqual([400, { error: "the body has no list 'outputs'" }]);
    expect((await adapt('['))[0]).toBe(400);
  });

  test('the voter takes what most said, and of equals the first', async () => {
    const vote = await start(VOTER);
    const members = (...predictions: unknown[][]) => JSON.stringify(Object.fromEntries(predictions.map((list, i) => [`m${i}`, { predictions: list }])));
    expect(await vote(members(['cat', 1], ['dog', 2], ['dog', 3]))).toEqual([200, { predictions: ['dog', 1] }]);
    expect(await vote(members([{ label: 'a' }], [{ label: 'b' }], [{ label: 'b' }]))).toEqual([200, { predictions: [{ label: 'b' }] }]);
    expect(await vote('{"a":{"error":"down"},"b":{"predictions":["x"]}}')).toEqual([200, { predictions: ['x'] }]);
    expect(await vote('{"a":{"error":"down"}}')).toEqual([400, { error: "no member answered with a list 'predictions'" }]);
  });
});
