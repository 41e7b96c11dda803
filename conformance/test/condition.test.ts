import * as fc from 'fast-check';
import { answer, condition } from '../../test/arbitraries/condition';
import { ask, base64, GjsonAnswer } from '../client/oracle';

const SEED = Number(process.env.GJSON_SEED ?? Date.now() % 1_000_000_000);

test(`random conditions match where the real gjson says so, seed ${SEED}`, async () => {
  const cases = fc.sample(fc.record({ condition, json: answer.map((value) => JSON.stringify(value)) }), { numRuns: 20_000, seed: SEED });

  const answers = await ask<GjsonAnswer>('oracle', cases.map((one) => (
    { ask: 'gjson', json: base64(one.json), path: base64(one.condition.toGjson()) })));

  expect(cases
    .map((one, i) => ({ path: one.condition.toGjson(), json: one.json, ours: one.condition.matches(one.json), gjson: answers[i].exists }))
    .filter(({ ours, gjson }) => ours !== gjson)).toEqual([]);
});
