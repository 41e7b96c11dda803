/*
 * Asks Go's gjson about documents and paths, and writes its answers to conformance/vectors/gjson.jsonl, where tests that have no Go find them.
 * Run: npx ts-node -T --project tsconfig.check.json scripts/record-gjson-vectors.ts (after npx projen conformance:build)
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { ask, GjsonAnswer } from '../conformance/client/oracle';
import { gjsonPair } from '../test/arbitraries/gjson';

const SEED = 1;
const PAIRS = 2_000;

const base64 = (byteText: string) => Buffer.from(byteText, 'latin1').toString('base64');

async function record() {
  const pairs = fc.sample(gjsonPair, { numRuns: 4 * PAIRS, seed: SEED });
  const answers = await ask<GjsonAnswer>('oracle', pairs.map(({ json, path }) => ({ ask: 'gjson', json: base64(json), path: base64(path) })));
  const lines = pairs
    .map((pair, i) => ({ ...pair, exists: answers[i].exists, type: answers[i].type, raw: Buffer.from(answers[i].raw, 'base64').toString('latin1') }))
    // what is found says more than what is not
    .filter(({ exists }, i) => exists || i % 4 === 0)
    .slice(0, PAIRS)
    .map((vector) => JSON.stringify(vector));
  writeFileSync(join(__dirname, '../conformance/vectors/gjson.jsonl'), lines.join('\n') + '\n');
}

void record();
