import * as fc from 'fast-check';
import { graphNodes, inferenceGraph } from './graph';
import { applied, mutation } from './mutation';

test('weights sum to 100, step names are unique in a node, and nothing runs in circles', () => {
  fc.assert(fc.property(graphNodes(), (nodes) => {
    const names = Object.keys(nodes);
    expect(names[0]).toBe('root');
    for (const [position, { routerType, steps = [] }] of Object.values(nodes).entries()) {
      const stepNames = steps.flatMap(({ name }) => name ?? []);
      expect(new Set(stepNames).size).toBe(stepNames.length);
      if (routerType === 'Splitter') expect(steps.reduce((sum, { weight }) => sum + weight!, 0)).toBe(100);
      for (const { nodeName } of steps) expect(nodeName === undefined || names.indexOf(nodeName) > position).toBe(true);
    }
  }));
});

test('a mutation damages a copy, and its result is JSON', () => {
  fc.assert(fc.property(inferenceGraph(), mutation(), (graph, damage) => {
    const before = JSON.stringify(graph);
    const after = applied(JSON.parse(before), damage);
    expect(JSON.stringify(graph)).toBe(before);
    expect(() => JSON.parse(JSON.stringify(after)) as unknown).not.toThrow();
  }));
});

test('a mutation sets the key __proto__ as a key', () => {
  const damaged = applied({ a: {} }, { place: 0, damage: { kind: 'add', key: '__proto__', value: 1 } });

  expect(JSON.stringify(damaged)).toBe('{"a":{"__proto__":1}}');
});
