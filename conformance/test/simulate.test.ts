import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { isParallel, routeCases } from '../../test/arbitraries/route';
import { answered, comparable, question, simulate, type Answer } from '../../test/simulate/replay';
import { ask } from '../client/oracle';

/** The simulator against the real router: status, Content-Type, body, calls with their bodies and headers. */
const seed = Number(process.env.CONFORMANCE_SEED ?? Date.now() % 2 ** 31);
const runs = Number(process.env.CONFORMANCE_RUNS ?? 20_000);

it(`answers as the real router does: ${runs} random cases, seed ${seed}`, async () => {
  const cases = fc.sample(routeCases, { numRuns: runs, seed });
  const answers = await ask<Answer>('router', cases.map(question));
  const seen = { answered: 0, errors: 0, panics: 0, died: 0, races: 0, calls: 0 };
  cases.forEach((each, i) => {
    const parallel = isParallel(each);
    const theirs = comparable(answered(answers[i]), parallel);
    const ours = simulate(each).map((answer) => comparable(answer, parallel));
    if (!ours.some((answer) => isDeepStrictEqual(answer, theirs))) {
      expect({ seed, case: question(each), answer: readable(ours[0]) }).toEqual({ seed, case: question(each), answer: readable(theirs) });
    }
    count(seen, theirs, ours.length);
  });
  process.stdout.write(`simulate: ${runs} cases, seed ${seed}: ${JSON.stringify(seen)}\n`);
}, 600_000);

function readable(answer: Answer): object {
  return { ...answer, body: answer.body && Buffer.from(answer.body, 'base64').toString() };
}

function count(seen: { [key: string]: number }, answer: Answer, answers: number): void {
  if (answers > 1) seen.races++;
  seen.calls += answer.calls?.length ?? 0;
  if (answer.died) seen.died++;
  else if (answer.panic !== undefined) seen.panics++;
  else if (Buffer.from(answer.body!, 'base64').toString().startsWith('{"error":"Failed to process request"')) seen.errors++;
  else seen.answered++;
}
