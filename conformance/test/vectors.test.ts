import * as fc from 'fast-check';
import { inferenceGraph } from '../../test/arbitraries/graph';
import { mutated } from '../../test/arbitraries/mutation';
import { reconcileQuestions } from '../client/reconcile-cases';
import { askedAgain } from '../client/vectors';

const SEED = 20261124;

/** Small ones, since a repository keeps them. */
function sampled(arbitrary: fc.Arbitrary<unknown>, count: number): unknown[] {
  return fc.sample(arbitrary, { seed: SEED, numRuns: 10 * count }).filter((document) => JSON.stringify(document).length < 1_200).slice(0, count);
}

test('the recorded verdicts on graphs are those of the real admission', async () => {
  const withoutStatus = mutated(inferenceGraph()).map((document) => {
    const { status, ...rest } = document as Record<string, unknown>; // a create request drops it
    return rest;
  });
  const { then, now } = await askedAgain('oracle', 'admission', () => [...sampled(inferenceGraph(), 150), ...sampled(withoutStatus, 850)]
    .map((object) => ({ ask: 'admit', object })));

  expect(now).toEqual(then);
});

test('the recorded objects are those that the real controller makes', async () => {
  const { then, now } = await askedAgain('oracle', 'reconcile', reconcileQuestions);

  expect(now).toEqual(then);
});
