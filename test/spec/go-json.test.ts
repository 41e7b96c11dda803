import { graphJson } from '../../src/router/graph-json';
import { always, goString, listOf, mapOf, NUMBER, POINTER, struct, TEXT } from '../../src/spec/go-json';

test.each<[string, string]>([
  ['plain é 😀', '"plain é 😀"'],
  ['<a href="x">&</a>', '"\\u003ca href=\\"x\\"\\u003e\\u0026\\u003c/a\\u003e"'],
  ['\b\f\n\r\t\u0000\u001f\u007f\\', '"\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\\\\"'],
  ['\u2028\u2029', '"\\u2028\\u2029"'],
  ['\ud800x\udc00', '"\ufffdx\ufffd"'], // halves of a character
])('the string %j', (text, json) => {
  expect(goString(text)).toBe(json);
});

test('keys stand in the order of their bytes, not of UTF-16', () => {
  expect(mapOf(TEXT).encode({ '😀': '4', '\ue000': '3', 'ab': '2', 'a': '1', 'left out': undefined })).toBe('{"a":"1","ab":"2","\ue000":"3","😀":"4"}');
});

test('what `omitempty` leaves out, and what it does not', () => {
  const inner = struct({ text: TEXT });
  const shape = struct({ number: NUMBER, pointer: POINTER, list: listOf(TEXT), inner, forced: always(listOf(TEXT)), text: always(TEXT) });
  expect([{ number: 0, pointer: 0, list: [], inner: {}, forced: [] }, { number: 1, pointer: 'a', list: ['b'], inner: { text: '' }, forced: null, text: null }, {}]
    .map(shape.encode)).toEqual([
    '{"pointer":0,"inner":{},"forced":[],"text":""}',
    '{"number":1,"pointer":"a","list":["b"],"inner":{},"forced":null,"text":""}',
    '{"forced":null,"text":""}',
  ]);
});

test('a graph in the order of Go\'s structs, whatever the order of the manifest', () => {
  expect(graphJson({
    maxReplicas: 0,
    minReplicas: 0,
    nodes: {
      root: { steps: [{ weight: 0, mapPredictionsToInstances: false, dependency: 'Hard', condition: '', data: '$request', nodeName: 'b', name: '' }], routerType: 'Splitter' },
      b: { routerType: 'Sequence', steps: [] },
    },
    routerTimeouts: {},
  })).toBe('{"nodes":{"b":{"routerType":"Sequence"},"root":{"routerType":"Splitter","steps":[{"nodeName":"b","data":"$request","weight":0,"dependency":"Hard"}]}},'
    + '"resources":{},"routerTimeouts":{},"minReplicas":0}');
});
