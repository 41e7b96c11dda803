import * as fc from 'fast-check';
import { patternQuestions } from '../../test/arbitraries/go-pattern';
import { askedAgain } from '../client/vectors';

test('the recorded answers are those of Go', async () => {
  const { then, now } = await askedAgain('gostd', 'regexp', () => fc.sample(patternQuestions(4), { numRuns: 400, seed: 20_261_124 })
    .filter(({ text }) => text.length < 120)); // small ones, since a repository keeps them
  expect(now).toEqual(then);
});
