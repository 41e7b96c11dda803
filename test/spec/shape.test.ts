import { INFERENCE_GRAPH_SHAPE } from '../../src/spec/inference-graph-shape';
import { toZod } from '../../src/spec/schema';
import { accepts, shapeAt } from '../../src/spec/shape';
import type { ObjectShape } from '../../src/spec/shape';

/** The fields of the graph's object at a path, with the first version that has each. */
function fields(...path: (string | number)[]): string[] {
  return Object.entries((shapeAt(INFERENCE_GRAPH_SHAPE, path) as ObjectShape).fields).map(([name, { since }]) => `${name} ${since}`);
}

test('each field of a graph knows the first KServe version that has it', () => {
  expect(fields('spec')).toEqual([
    'nodes 0.9.0', 'resources 0.10.1', 'affinity 0.10.1', 'timeout 0.12.0', 'minReplicas 0.12.0', 'maxReplicas 0.12.0', 'scaleTarget 0.12.0',
    'scaleMetric 0.12.0', 'tolerations 0.15.0', 'nodeSelector 0.15.0', 'nodeName 0.15.0', 'serviceAccountName 0.15.0', 'routerTimeouts 0.16.0',
  ]);
  expect(fields('spec', 'routerTimeouts')).toEqual(['serverRead 0.16.0', 'serverWrite 0.16.0', 'serverIdle 0.16.0', 'serviceClient 0.16.0']);
  expect(fields('spec', 'nodes', 'any')).toEqual(['routerType 0.9.0', 'steps 0.9.0']);
  expect(fields('spec', 'nodes', 'any', 'steps', 0)).toEqual([
    'name 0.9.0', 'nodeName 0.9.0', 'serviceName 0.9.0', 'serviceUrl 0.9.0', 'data 0.9.0', 'weight 0.9.0', 'condition 0.9.0',
    'dependency 0.11.1', 'mapPredictionsToInstances 0.16.0',
  ]);
});

test('there is no shape where there is no field', () => {
  expect(shapeAt(INFERENCE_GRAPH_SHAPE, ['spec', 'nowhere', 'at', 0])).toBeUndefined();
  expect(shapeAt(INFERENCE_GRAPH_SHAPE, ['kind', 'x'])).toBeUndefined();
  expect(shapeAt(INFERENCE_GRAPH_SHAPE, ['constructor'])).toBeUndefined();
});

const graph = { apiVersion: 'serving.kserve.io/v1alpha1', kind: 'InferenceGraph' };
const spec = (fields_: object) => ({ ...graph, spec: { nodes: {}, ...fields_ } });
const step = (fields_: unknown) => spec({ nodes: { root: { routerType: 'Sequence', steps: [fields_] } } });

test.each<[unknown, boolean]>([
  [graph, true],
  [{}, false],
  [null, false],
  [[], false],
  ['text', false],
  [{ ...graph, kind: 'InferenceGraphs' }, false],
  [{ ...graph, apiVersion: 'serving.kserve.io/v1beta1' }, false],
  [{ ...graph, metadata: { name: 'x', labels: { a: 'b' } } }, true],
  [{ ...graph, metadata: { name: 1 } }, false],
  [{ ...graph, metadata: { labels: { a: 1 } } }, false],
  [{ ...graph, metadata: { anything: 1 } }, false],
  [{ ...graph, metadata: null }, false],
  [{ ...graph, banana: 1 }, false],
  [Object.assign(JSON.parse('{"__proto__":1}'), graph), false],
  [{ ...graph, spec: {} }, false],
  [spec({}), true],
  [spec({ nodes: { root: {} } }), false],
  [spec({ nodes: { root: { routerType: 'Sequence' } } }), true],
  [spec({ nodes: { root: { routerType: 'sequence' } } }), false],
  [spec({ nodes: null }), false],
  [spec({ nodes: [] }), false],
  [spec({ minReplicas: 2 ** 31 - 1 }), true],
  [spec({ minReplicas: 2 ** 31 }), false],
  [spec({ minReplicas: -(2 ** 31) }), true],
  [spec({ minReplicas: -(2 ** 31) - 1 }), false],
  [spec({ timeout: 2 ** 62 }), true],
  [spec({ timeout: 2 ** 63 }), false],
  [spec({ timeout: 1.5 }), false],
  [spec({ timeout: '1' }), false],
  [spec({ scaleMetric: 'cpu' }), true],
  [spec({ scaleMetric: 'CPU' }), false],
  [spec({ nodeSelector: { a: 'b' } }), true],
  [spec({ nodeSelector: { a: 1 } }), false],
  [spec({ nodeSelector: JSON.parse('{"__proto__":1}') }), false],
  [spec({ tolerations: [{}, { tolerationSeconds: 1 }] }), true],
  [spec({ tolerations: [{ tolerationSeconds: 0.1 }] }), false],
  [spec({ affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'x' }] } } }), true],
  [spec({ affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{}] } } }), false],
  [spec({ resources: { claims: [{ name: 'a' }, { name: 'b' }] } }), true],
  [spec({ resources: { claims: [{ name: 'a' }, { name: 'a' }] } }), false],
  [step({ weight: 1, mapPredictionsToInstances: true, dependency: 'Hard' }), true],
  [step({ weight: '1' }), false],
  [step({ dependency: 'hard' }), false],
  [step({ mapPredictionsToInstances: 'true' }), false],
  [step({ serviceURL: 'http://a/' }), false],
  [step(null), false],
  ...['100m', '1', '1.5', '.5', '+2', '-1', '256Mi', '1e3', '1E-3', '5k', 3].map((cpu): [unknown, boolean] => [spec({ resources: { limits: { cpu } } }), true]),
  ...['', 'much', '1 Gi', '1GB', '0x1', 1.5, null, true].map((cpu): [unknown, boolean] => [spec({ resources: { limits: { cpu } } }), false]),
])('%j: %s, by both readers of the shape', (document, verdict) => {
  expect(accepts(INFERENCE_GRAPH_SHAPE, document)).toBe(verdict);
  expect(toZod(INFERENCE_GRAPH_SHAPE).safeParse(document).success).toBe(verdict);
});
