/*
 * What KServe 0.15.2 said, recorded (conformance/vectors/old).
 */
import { difference } from '../../conformance/client/admission';
import type { AdmitAnswer, AdmitQuestion } from '../../conformance/client/oracle';
import { drift, errors, OLDEST, refusal, resolvedFor } from '../../conformance/client/services';
import { recorded } from '../../conformance/client/vectors';
import { formatPath } from '../../src/lint/diagnostic';
import type { InferenceServiceManifest } from '../../src/spec/inference-service';

test('our verdict on each recorded graph is the one that KServe 0.15.2 gave, category by category', () => {
  const vectors = recorded<AdmitQuestion, AdmitAnswer>('old/admission');
  expect(vectors.length).toBeGreaterThan(250);

  expect(vectors.flatMap(({ question, answer }) => difference(question.object, answer, { kserveVersion: '0.15.2' }) ?? [])).toEqual([]);
});

test('a service for 0.15 in which we find no error was accepted and came back unchanged; fields that we call too new were not known', () => {
  const vectors = recorded<AdmitQuestion, AdmitAnswer>('old/services');
  const seen = { accepted: 0, tooNew: 0 };
  for (const { question, answer } of vectors) {
    const service = question.object as InferenceServiceManifest;
    const found = errors(OLDEST, service);
    const tooNew = found.filter(({ rule }) => rule === 'field-too-new').map(({ path }) => formatPath(path));
    if (tooNew.length > 0) {
      seen.tooNew++;
      expect({ service, unknown: [...tooNew].sort() }).toEqual({ service, unknown: [...answer.unknown].sort() });
    } else if (found.length === 0) {
      seen.accepted++;
      const said = { refusal: refusal(answer), drift: drift(service, answer.defaulted) };
      expect({ service, ...said }).toEqual({ service, refusal: undefined, drift: undefined });
    }
  }
  expect(Math.min(seen.accepted, seen.tooNew)).toBeGreaterThan(25);
});

test('the address that the controller of 0.15.2 gave a graph for a service is the one that we compute', () => {
  const vectors = recorded<InferenceServiceManifest, { url?: string; error?: string }>('old/addresses');
  expect(vectors.length).toBeGreaterThan(100);

  const ours = vectors.map(({ question: service }) => ({ service, url: resolvedFor(OLDEST, service).url }));
  expect(ours).toEqual(vectors.map(({ question: service, answer: { url } }) => ({ service, url })));
});
