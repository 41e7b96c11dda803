import * as fc from 'fast-check';
import { formatDiagnostic } from '../../../src/lint/diagnostic';
import { lintService } from '../../../src/lint/service/lint';
import { inferenceService } from '../../arbitraries/inference-service';
import { mutated } from '../../arbitraries/mutation';

test('any JSON value is answered, and never by an exception', () => {
  fc.assert(fc.property(fc.jsonValue(), (document) => {
    expect(lintService(document).length).toBeGreaterThan(0);
  }));
});

test('damaged services are answered with messages', () => {
  fc.assert(fc.property(mutated(inferenceService()), (document) => {
    lintService(document).map(formatDiagnostic).forEach((line) => expect(line).toMatch(/^.+: .+ {2}\([a-z-]+\)$/s));
  }), { numRuns: 300 });
});

test.each([
  { spec: { predictor: { model: { modelFormat: 3, runtime: 'kserve-sklearnserver', protocolVersion: 'v2', storageUri: 7, env: 'a', args: {} } } } },
  { metadata: null, spec: { predictor: { containers: [null, 'a', { env: [null, {}] }], storageUris: [1], autoScaling: { metrics: [null, 3, { resource: null }] } } } },
  { spec: { predictor: [], transformer: 3, explainer: 'x' } },
  // no metadata, and nothing else amiss
  {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    spec: { predictor: { model: { modelFormat: { name: 'sklearn' }, runtime: 'kserve-sklearnserver', protocolVersion: 'v2', storageUri: 'gs://models/a' } } },
  },
])('%j is answered', (document) => {
  expect(lintService(document).length).toBeGreaterThan(0);
});
