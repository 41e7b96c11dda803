import { formatPath } from '../../src/lint/diagnostic';
import { alternatives, listed, nearest, quote } from '../../src/lint/words';

test.each([
  [[], ''],
  [['spec', 'nodes', 'root', 'steps', 0, 'weight'], 'spec.nodes.root.steps[0].weight'],
  [['spec', 'nodes', 'by-subject'], 'spec.nodes.by-subject'],
  [['spec', 'nodes', 'a.b', 'steps'], 'spec.nodes["a.b"].steps'],
  [['metadata', 'annotations', 'serving.kserve.io/deploymentMode'], 'metadata.annotations["serving.kserve.io/deploymentMode"]'],
])('%j is written %s', (path, text) => {
  expect(formatPath(path)).toBe(text);
});

test.each([
  ['text', "'text'"],
  [3, '3'],
  [null, 'null'],
  [undefined, 'undefined'],
  [{ a: [1] }, '{"a":[1]}'],
  ['x'.repeat(100), `'${'x'.repeat(76)}…`],
])('%j is quoted as %s', (value, text) => {
  expect(quote(value)).toBe(text);
});

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a or b'],
  [['a', 'b', 'c'], 'a, b or c'],
])('%j is told as %s', (words, text) => {
  expect(alternatives(words)).toBe(text);
});

test.each([
  ['serviceURL', 'serviceUrl'],
  ['srviceName', 'serviceName'],
  ['banana', undefined],
  ['', undefined],
])('%s is most likely %s', (word, meant) => {
  expect(nearest(word, ['serviceName', 'serviceUrl', 'nodeName'])).toBe(meant);
});

test('what is as near to one candidate as to another is a slip of neither', () => {
  expect([nearest('v3', ['v1', 'v2']), nearest('v3', ['v1', 'v1'])]).toEqual([undefined, 'v1']);
});

test('of very many words the first twenty are listed', () => {
  const words = Array.from({ length: 23 }, (_, i) => `w${i}`);
  expect(listed(words.slice(0, 20))).toBe(words.slice(0, 20).join(', '));
  expect(listed(words, ' and ')).toBe(`${words.slice(0, 20).join(' and ')} and 3 others`);
});
