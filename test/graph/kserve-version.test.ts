import { App, Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { DeploymentMode, InferenceGraph, InferenceService, InferenceTarget, KServeVersion, ModelFormat, ModelStorage, Predictor, SequenceNode } from '../../src';
import type { InferenceGraphProps } from '../../src';
import { lintGraph } from '../../src/lint/lint';
import { chart, manifests, problems } from '../support/synth';

const a = InferenceTarget.serviceName('a');
const MODE = 'serving.kserve.io/deploymentMode';

function pipeline(version: KServeVersion, props?: InferenceGraphProps): InferenceGraph {
  const graph = new InferenceGraph(chart(), 'pipeline', props);
  new SequenceNode(graph, 'root').addStep(a);
  version.applyTo(graph);
  return graph;
}

test('a version knows its minor, its patch and its router', () => {
  expect([KServeVersion.V0_15, KServeVersion.V0_16, KServeVersion.V0_17, KServeVersion.V0_18, KServeVersion.V0_19, KServeVersion.V0_20]
    .map(({ minor, patch, routerImage }) => [minor, patch, routerImage])).toEqual([
    ['0.15', '0.15.2', 'kserve/router:v0.15.2'],
    ['0.16', '0.16.0', 'kserve/router:v0.16.0'],
    ['0.17', '0.17.0', 'kserve/router:v0.17.0'],
    ['0.18', '0.18.1', 'kserve/router:v0.18.1'],
    ['0.19', '0.19.0', 'kserve/router:v0.19.0'],
    ['0.20', '0.20.0', 'kserve/router:v0.20.0'],
  ]);
});

test.each(['0.16', '0.16.0', 'v0.16', 'v0.16.7'])('%s is 0.16', (text) => {
  expect(KServeVersion.parse(text).minor).toBe('0.16');
});

test.each(['', '0.14', '0.14.1', '0.1', '1', '0.16-rc1', 'latest'])("'%s' is none", (text) => {
  expect(() => KServeVersion.parse(text)).toThrow(new Error(
    `the KServe version is none that this package knows, got '${text}': target 0.15, 0.16, 0.17, 0.18, 0.19 or 0.20`));
});

test('who sits at a terminal is told once that the newest is meant, unless a version is set', () => {
  const written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const synthesize = (isTerminal: boolean, version?: KServeVersion) => {
    process.stderr.isTTY = isTerminal;
    const scope = chart();
    new SequenceNode(new InferenceGraph(scope, 'pipeline'), 'root').addStep(a);
    new InferenceService(scope, 'iris', { predictor: Predictor.model({ format: ModelFormat.SKLEARN, storage: ModelStorage.gcs('bucket', 'iris') }) });
    version?.applyTo(scope);
    problems(scope);
    process.stderr.isTTY = false;
    return written.mock.calls.splice(0).map(([text]) => text);
  };
  expect(synthesize(false)).toEqual([]);
  expect(synthesize(true, KServeVersion.V0_20)).toEqual([]);
  expect(synthesize(true)).toEqual(['info: no KServe version is set, so the YAML is for 0.20, the newest: say which by KServeVersion.applyTo()\n']);
  expect(synthesize(true)).toEqual([]);
  written.mockRestore();
});

describe('which version holds', () => {
  const minorAt = (construct: Construct) => KServeVersion.of(construct).minor;

  test('the newest, if none is said', () => {
    expect(minorAt(chart())).toBe('0.20');
  });

  test('the nearest: of the construct, its chart, its app', () => {
    const app = new App();
    const inner = new Chart(app, 'chart');
    const thing = new Construct(inner, 'thing');
    KServeVersion.V0_15.applyTo(app);
    expect(minorAt(thing)).toBe('0.15');
    KServeVersion.V0_16.applyTo(inner);
    expect(minorAt(thing)).toBe('0.16');
    KServeVersion.V0_17.applyTo(thing);
    expect([app, inner, thing].map(minorAt)).toEqual(['0.15', '0.16', '0.17']);
    KServeVersion.V0_18.applyTo(thing);
    expect(minorAt(thing)).toBe('0.18');
  });

  test('a context value does the same', () => {
    const app = new App();
    app.node.setContext(KServeVersion.CONTEXT_KEY, 'v0.16.0');
    const inner = new Chart(app, 'chart');
    const thing = new Construct(inner, 'thing');
    expect(minorAt(thing)).toBe('0.16');
    KServeVersion.V0_19.applyTo(inner);
    expect(minorAt(thing)).toBe('0.19');
  });

  test('a context value that is no version is refused where it stands', () => {
    const app = new App();
    app.node.setContext(KServeVersion.CONTEXT_KEY, 0.2);
    expect(() => minorAt(new Chart(app, 'chart'))).toThrow(new Error(
      "[] the context value 'cdk8s-kserve/version' is no KServe version that this package knows, got 0.2: target 0.15, 0.16, 0.17, 0.18, 0.19 or 0.20"));
  });
});

test.each([
  [KServeVersion.V0_15, 'RawDeployment', 'Serverless'],
  [KServeVersion.V0_16, 'Standard', 'Knative'],
  [KServeVersion.V0_20, 'Standard', 'Knative'],
])('%j calls the modes %s and %s', (version, standard, knative) => {
  const test = chart();
  const predictor = Predictor.model({ format: ModelFormat.SKLEARN });
  for (const [mode, id] of [[DeploymentMode.STANDARD, 'standard'], [DeploymentMode.KNATIVE, 'knative']] as const) {
    new InferenceService(test, `${id}-service`, { predictor, deploymentMode: mode });
    new SequenceNode(new InferenceGraph(test, `${id}-graph`, { deploymentMode: mode }), 'root').addStep(a);
  }
  version.applyTo(test);
  expect(manifests(test).map(({ metadata }) => metadata.annotations[MODE])).toEqual([standard, standard, knative, knative]);
});

test('what the target does not have is an error that names both versions', () => {
  const graph = pipeline(KServeVersion.V0_15, { timeouts: { serverRead: Duration.minutes(1), serverWrite: Duration.minutes(1) } });
  const other = new SequenceNode(graph, 'other').addStep(a).addStep(a, { mapPredictionsToInstances: true });
  (graph.nodes[0] as SequenceNode).addStep(other);
  expect(problems(graph)).toEqual([
    '[test/pipeline] spec.routerTimeouts needs KServe 0.16.0, got 0.15 as the target: '
    + 'leave the field out, or target a newer KServe once the cluster runs it  (field-too-new)',
    '[test/pipeline/other] spec.nodes.other.steps[1].mapPredictionsToInstances needs KServe 0.16.0, got 0.15 as the target: '
    + 'leave the field out, or target a newer KServe once the cluster runs it  (field-too-new)',
  ]);
  KServeVersion.V0_16.applyTo(graph);
  expect(problems(graph)).toEqual([]);
});

test('the new words for modes are warned of in a document for an old release', () => {
  const found = (mode: string, kserveVersion: string) => (
    lintGraph({ apiVersion: 'serving.kserve.io/v1alpha1', kind: 'InferenceGraph', metadata: { name: 'g', annotations: { [MODE]: mode } }, spec: { nodes: { root: { routerType: 'Sequence', steps: [{ serviceName: 'a' }] } } } }, { kserveVersion })
  );
  expect(found('Knative', '0.15.2')).toEqual([{
    rule: 'mode-name-too-new',
    severity: 'warning',
    path: ['metadata', 'annotations', MODE],
    message: "the deployment mode 'Knative' is a word of KServe 0.16.0, got 0.15 as the target, which ignores it and takes the cluster's default",
    help: "write 'Serverless'",
    fix: { kind: 'replace-value', path: ['metadata', 'annotations', MODE], value: 'Serverless' },
  }]);
  expect(found('Serverless', '0.15.2')).toEqual([]);
  expect(found('Knative', '0.16.0')).toEqual([]);
});
