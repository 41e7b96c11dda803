import * as fc from 'fast-check';
import { readDocuments } from '../../src/cli/lint/documents';
import { lintGraph } from '../../src/lint/lint';
import { inferenceGraph } from '../arbitraries/graph';
import { mutated } from '../arbitraries/mutation';

const RUNS = Number(process.env.LINT_FUZZ ?? 1000);

test('damaged graphs are answered, and each finding has a rule, words and a mend', () => {
  fc.assert(fc.property(mutated(inferenceGraph()), fc.constantFrom(undefined, '0.8.0', '0.11.0', '0.15.2', '0.20.0'), (document, kserveVersion) => {
    lintGraph(document, { kserveVersion }).forEach(({ rule, message, help }) => {
      expect(`${rule} ${message} ${help}`).not.toMatch(/undefined|\[object|NaN/);
      expect(message !== '' && help !== '').toBe(true);
    });
  }), { numRuns: RUNS });
});

test('any value is answered', () => {
  fc.assert(fc.property(fc.anything(), (document) => { lintGraph(document); }), { numRuns: RUNS });
});

test('any bytes are read, or told why not', () => {
  fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string().map((text) => Buffer.from(text))), (bytes) => {
    readDocuments(bytes).problems.forEach(({ message, line, column }) => expect(message !== '' && line > 0 && column > 0).toBe(true));
  }), { numRuns: RUNS });
});

/** Graphs that are large, so that what takes more than linear time, or recursion, shows. */
const N = 3000;
const step = (i: number) => ({ serviceUrl: `http://s${i}/x` });
const chain = (inner: (i: number) => object) => Object.fromEntries(Array.from({ length: N }, (_, i) => [i === 0 ? 'root' : `n${i}`, inner(i)]));

test.each<[string, object]>([
  ['a Switch of many branches', { root: { routerType: 'Switch', steps: Array.from({ length: N }, (_, i) => ({ ...step(i), condition: `[@this].#(k${i}=="x")` })) } }],
  ['a Sequence of many steps', { root: { routerType: 'Sequence', steps: Array.from({ length: N }, (_, i) => ({ ...step(i), data: '$response' })) } }],
  ['a chain of nodes', chain((i) => ({ routerType: 'Sequence', steps: [i + 1 < N ? { nodeName: `n${i + 1}` } : step(i)] }))],
  ['nodes that each call the next two', chain((i) => ({ routerType: 'Ensemble', steps: [{ nodeName: `n${i + 1}` }, { nodeName: `n${i + 2}` }, step(i)] }))],
])('%s comes to an end', (_, nodes) => {
  expect(lintGraph({ apiVersion: 'serving.kserve.io/v1alpha1', kind: 'InferenceGraph', metadata: { name: 'g' }, spec: { nodes } }).length).toBeGreaterThan(0);
});
