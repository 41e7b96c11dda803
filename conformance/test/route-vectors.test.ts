import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { routeCases } from '../../test/arbitraries/route';
import { answered, question, simulate, type Answer, type RouteQuestion } from '../../test/simulate/replay';
import { ask } from '../client/oracle';

/**
 * `vectors/route.jsonl` holds questions and the real router's answers, which test/simulate/vectors.test.ts compares on Node alone.
 * Here the router is asked again. `RECORD=1 npx projen conformance route-vectors` writes the file anew.
 */
const file = join(__dirname, '../vectors/route.jsonl');
const RECORDED = 300;
const SEED = 20261124;

interface Vector { readonly question: RouteQuestion; readonly answer: Answer }

it('the recorded answers are those of the real router', async () => {
  if (process.env.RECORD) writeFileSync(file, (await record()).map((vector) => `${JSON.stringify(vector)}\n`).join(''));
  const vectors: Vector[] = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  const answers = await ask<Answer>('router', vectors.map((vector) => vector.question));
  expect(answers.map(answered)).toEqual(vectors.map(({ answer }) => answer));
});

/** Cases without a race, since only those have one answer; small ones, since a repository keeps them. */
async function record(): Promise<Vector[]> {
  const cases = fc.sample(routeCases, { numRuns: 10 * RECORDED, seed: SEED }).filter((each) => simulate(each).length === 1);
  const small = cases.map(question).map(withUsedStubs).filter((each) => JSON.stringify(each).length < 2000).slice(0, RECORDED);
  const answers = await ask<Answer>('router', small);
  return small.map((each, i) => ({ question: each, answer: answered(answers[i]) })).filter(({ answer }) => !answer.died);
}

function withUsedStubs(each: RouteQuestion): RouteQuestion {
  const used = new Set(Object.values(each.graph.nodes).flatMap(({ steps }) => (steps ?? []).map(({ serviceUrl }) => serviceUrl)));
  return { ...each, stubs: Object.fromEntries(Object.entries(each.stubs).filter(([url]) => used.has(url))) };
}
