import { z } from 'zod';
import { fieldNamesAt, fieldSince, inferenceGraphSchema } from '../../src/spec/schema';

/** Every field of the InferenceGraph itself, with the first version that has it. */
function fieldsUnder(path: (string | number)[], schema: z.ZodType): string[] {
  return fieldNamesAt(path).flatMap((name) => {
    const field = (schema as z.ZodObject).shape[name] as z.ZodType;
    const since = fieldSince(field);
    return since === undefined ? [] : [`${name} ${since}`];
  });
}

const spec = inferenceGraphSchema.shape.spec.unwrap();
const node = spec.shape.nodes.valueType;

test('each field of a graph knows the first KServe version that has it', () => {
  expect(fieldsUnder(['spec'], spec)).toEqual([
    'nodes 0.9.0', 'resources 0.10.1', 'affinity 0.10.1', 'timeout 0.12.0', 'minReplicas 0.12.0', 'maxReplicas 0.12.0', 'scaleTarget 0.12.0',
    'scaleMetric 0.12.0', 'tolerations 0.15.0', 'nodeSelector 0.15.0', 'nodeName 0.15.0', 'serviceAccountName 0.15.0', 'routerTimeouts 0.16.0',
  ]);
  expect(fieldsUnder(['spec', 'routerTimeouts'], spec.shape.routerTimeouts.unwrap())).toEqual([
    'serverRead 0.16.0', 'serverWrite 0.16.0', 'serverIdle 0.16.0', 'serviceClient 0.16.0',
  ]);
  expect(fieldsUnder(['spec', 'nodes', 'any'], node)).toEqual(['routerType 0.9.0', 'steps 0.9.0']);
  expect(fieldsUnder(['spec', 'nodes', 'any', 'steps', 0], node.shape.steps.unwrap().element)).toEqual([
    'name 0.9.0', 'nodeName 0.9.0', 'serviceName 0.9.0', 'serviceUrl 0.9.0', 'data 0.9.0', 'weight 0.9.0', 'condition 0.9.0',
    'dependency 0.11.1', 'mapPredictionsToInstances 0.16.0',
  ]);
});

test('there are no fields where there is no object', () => {
  expect(fieldNamesAt(['spec', 'nodes'])).toEqual([]);
  expect(fieldNamesAt(['spec', 'nowhere', 'at', 0])).toEqual([]);
});

test.each(['100m', '1', '1.5', '.5', '+2', '-1', '256Mi', '1e3', '1E-3', '5k', 3])('%j is a quantity', (quantity) => {
  expect(inferenceGraphSchema.safeParse({ spec: { nodes: {}, resources: { limits: { cpu: quantity } } } }).success).toBe(true);
});

test.each(['', 'much', '1 Gi', '1GB', '0x1', 1.5, null, true])('%j is no quantity', (quantity) => {
  expect(inferenceGraphSchema.safeParse({ spec: { nodes: {}, resources: { limits: { cpu: quantity } } } }).success).toBe(false);
});
