import { difference } from '../../conformance/client/admission';
import { AdmitAnswer, AdmitQuestion } from '../../conformance/client/oracle';
import { recorded } from '../../conformance/client/vectors';

test('our verdict on each recorded graph is the one that KServe v0.20.0 gave, category by category', () => {
  const vectors = recorded<AdmitQuestion, AdmitAnswer>('admission');
  expect(vectors.length).toBeGreaterThan(900);

  const differences = vectors.map(({ question, answer }) => difference(question.object, answer)).filter((report) => report !== undefined);

  expect(differences).toEqual([]);
});
