/*
 * Many inputs for the linter, in slices, a line each: npx projen fuzz:lint <seed> <first> <count>
 */
import { fuzzLint } from '../test/support/lint-fuzz';

const SLICE = 10_000;

async function main([seed, first, count]: number[]): Promise<void> {
  const start = Date.now();
  let [failed, findings, mended] = [0, 0, 0];
  for (let number = first; number < first + count; number += SLICE) {
    const result = await fuzzLint(seed, number, Math.min(SLICE, first + count - number));
    [failed, findings, mended] = [failed + result.failures.length, findings + result.findings, mended + result.mended];
    const { slowest: { number: slow, time }, read } = result;
    console.log(`${number}: ${read} with objects, ${result.findings} findings, ${result.mended} mended, slowest ${slow} (${Math.round(time)} ms)`);
    result.failures.forEach((failure) => console.log(`FAILED ${failure.number}: ${failure.reason}`));
  }
  console.log(`seed ${seed}: ${count} inputs, ${findings} findings, ${mended} mended, ${failed} failed, ${Math.round((Date.now() - start) / 1000)} s`);
  process.exitCode = failed === 0 ? 0 : 1;
}

const words = process.argv.slice(2).filter((word) => word !== '--');
void main(['1', '0', '1000000'].map((usual, i) => Number(words[i] ?? usual)));
