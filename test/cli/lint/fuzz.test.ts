import { fuzzLint } from '../../support/lint-fuzz';

/* By LINT_INPUTS and LINT_SEED as many as one has time for; scripts/fuzz-lint.ts does a million in slices. */
const INPUTS = Number(process.env.LINT_INPUTS ?? 1000);
const SEED = Number(process.env.LINT_SEED ?? 1);

test('damaged YAML, texts that look like YAML, and bytes are answered', async () => {
  const { failures, read, findings, mended } = await fuzzLint(SEED, 0, INPUTS);
  expect(failures).toEqual([]);
  // or the inputs were no good
  expect([read > INPUTS / 10, findings > INPUTS, mended > INPUTS / 1000]).toEqual([true, true, true]);
}, 600_000);
