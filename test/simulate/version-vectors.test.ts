import { caseOf, comparable, simulate, type Answer, type RouteQuestion } from './replay';
import { recorded, type VersionedVector } from '../../conformance/client/vectors';

/** What the real routers of KServe 0.15.0 to 0.19.0 answered, recorded by conformance/old/routers.test.ts. */
const vectors = recorded<VersionedVector<RouteQuestion, Answer>>('old/route');

test('in many of them releases differ', () => {
  expect(vectors.filter(({ answers }) => answers.length > 1).length).toBeGreaterThan(50);
});

describe.each(['0.15.0', '0.15.2', '0.16.0', '0.17.0', '0.19.0'])('%s', (version) => {
  const answered = vectors.flatMap(({ question, answers }) => answers
    .filter(({ versions }) => versions.includes(version))
    .map(({ answer }) => ({ question, answer })));

  it.each(answered.map(({ question, answer }, i) => [i + 1, question, answer] as const))('recorded answer %d', (_, question, answer) => {
    expect(simulate(caseOf(question), { version }).map((each) => comparable(each, false))).toEqual([comparable(answer, false)]);
  });
});
