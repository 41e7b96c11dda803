import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { caseOf, comparable, simulate } from './replay';
import { isParallel } from '../arbitraries/route';

/** What the real router of KServe v0.20.0 answered, recorded by conformance/test/route-vectors.test.ts. */
const vectors = readFileSync(join(__dirname, '../../conformance/vectors/route.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));

it.each(vectors.map((vector, line) => [line + 1, vector]))('recorded answer %d', (_, { question, answer }) => {
  const routeCase = caseOf(question);
  const inAnyOrder = isParallel(routeCase);
  expect(simulate(routeCase).map((each) => comparable(each, inAnyOrder))).toEqual([comparable(answer, inAnyOrder)]);
});
