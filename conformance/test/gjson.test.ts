import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { Budget } from '../../src/gjson/budget';
import { byteTextToBytes, bytesToByteText } from '../../src/gjson/bytes';
import { evaluate } from '../../src/gjson/evaluate';
import { Path } from '../../src/gjson/parse';
import { isValidJson } from '../../src/gjson/valid';
import { gjsonPair, GjsonPair } from '../../test/arbitraries/gjson';
import { ask, base64, GjsonAnswer } from '../client/oracle';

const TYPES = ['Null', 'False', 'Number', 'String', 'True', 'JSON'] as const;
const BATCH = 10_000;

/** How many random pairs, and from which seed on (a seed for each ten thousand); both can be set to repeat a run. */
const PAIRS = Number(process.env.GJSON_PAIRS ?? 50_000);
const SEED = Number(process.env.GJSON_SEED ?? Date.now() % 1_000_000_000);

function ours({ json, path }: GjsonPair): GjsonAnswer {
  const bytes = byteTextToBytes(json);
  const value = evaluate(bytes, new Path(path), new Budget(bytes.length));
  return { exists: value.exists, type: TYPES[value.type], raw: base64(value.raw), valid: isValidJson(bytes) };
}

const gos = (pairs: readonly GjsonPair[]) => ask<GjsonAnswer>('oracle', pairs.map(({ json, path }) => (
  { ask: 'gjson', json: base64(byteTextToBytes(json)), path: base64(byteTextToBytes(path)) })));

test(`${PAIRS} random documents and paths, seed ${SEED}: equal to gjson`, async () => {
  for (let done = 0; done < PAIRS; done += BATCH) {
    const pairs = fc.sample(gjsonPair, { numRuns: Math.min(BATCH, PAIRS - done), seed: SEED + done / BATCH });

    const answers = await gos(pairs);

    const different = pairs
      .map((pair, i) => ({ pair, gjson: answers[i], ours: ours(pair) }))
      .filter((one) => JSON.stringify(one.gjson) !== JSON.stringify(one.ours));
    expect(different).toEqual([]);
  }
});

test('random bytes and cut documents: valid exactly where gjson says so', async () => {
  const broken = fc.tuple(gjsonPair, fc.nat(), fc.constantFrom('', ...'"\\{],:0.e-u\x00\x7f\xff t'), fc.nat(2))
    .map(([{ json }, at, byte, dropped]) => {
      const i = at % (json.length + 1);
      return { json: json.slice(0, i) + byte + json.slice(i + dropped), path: '' };
    });
  const pairs = fc.sample(broken, { numRuns: 20_000, seed: SEED });

  const answers = await gos(pairs);

  expect(pairs.filter(({ json }, i) => isValidJson(byteTextToBytes(json)) !== answers[i].valid)).toEqual([]);
});

test('the recorded answers are what gjson answers', async () => {
  const recorded = readFileSync(join(__dirname, '../vectors/gjson.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));

  const answers = await gos(recorded);

  expect(answers.map(({ exists, type, raw }) => ({ exists, type, raw: bytesToByteText(Buffer.from(raw, 'base64')) })))
    .toEqual(recorded.map(({ exists, type, raw }) => ({ exists, type, raw })));
});
