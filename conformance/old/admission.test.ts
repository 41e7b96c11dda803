import * as fc from 'fast-check';
import { KServeVersion } from '../../src';
import { formatPath } from '../../src/lint/diagnostic';
import { inferenceGraph } from '../../test/arbitraries/graph';
import { inferenceService } from '../../test/arbitraries/inference-service';
import { mutated } from '../../test/arbitraries/mutation';
import { difference } from '../client/admission';
import { differential } from '../client/differential';
import { AdmitAnswer, ask } from '../client/oracle';
import { admit, drift, errors, OLDEST, refusal } from '../client/services';
import { askedAgain } from '../client/vectors';

/*
 * KServe 0.15.2: its CRDs and webhooks.
 */

const SEED = 20_261_124;
const CONTEXT = { kserveVersion: '0.15.2' };

/** Small ones, since a repository keeps them. */
function sampled(arbitrary: fc.Arbitrary<unknown>, count: number): unknown[] {
  return fc.sample(arbitrary, { seed: SEED, numRuns: 10 * count }).filter((document) => JSON.stringify(document).length < 1_000).slice(0, count);
}

const damaged = mutated(inferenceGraph()).map((document) => {
  const { status, ...rest } = document as Record<string, unknown>; // a create request drops it
  return rest;
});

test.each([['valid', inferenceGraph()], ['damaged', damaged]])('our verdict on %s graphs is that of KServe 0.15.2, category by category', async (_, graphs) => {
  await differential<unknown>(graphs, 2_000, async (batch) => {
    const answers = await ask<AdmitAnswer>('oracle-0.15', batch.map((object) => ({ ask: 'admit', object })));
    return batch.map((document, i) => difference(document, answers[i], CONTEXT));
  });
});

test('KServe 0.15.2 accepts every InferenceService for that target in which we find no error, gives it back unchanged, and knows no field that we call too new', async () => {
  const seen = { accepted: 0, tooNew: 0 };
  await differential(inferenceService(KServeVersion.V0_15), 2_000, async (batch) => {
    const answers = await admit(OLDEST, batch);
    return batch.map((service, i) => {
      const found = errors(OLDEST, service);
      const tooNew = found.filter(({ rule }) => rule === 'field-too-new').map(({ path }) => formatPath(path));
      if (tooNew.length > 0) {
        seen.tooNew++;
        return isEqual(tooNew, answers[i].unknown) ? undefined : `KServe does not know ${answers[i].unknown.join()}, we say ${tooNew.join()}`;
      }
      if (found.length > 0) {
        return undefined;
      }
      seen.accepted++;
      return refusal(answers[i]) ?? drift(service, answers[i].defaulted);
    });
  });
  expect(Math.min(seen.accepted, seen.tooNew)).toBeGreaterThan(100);
  console.log(`of 2000: ${seen.accepted} without a finding of ours, all accepted; in ${seen.tooNew} a field that 0.15 does not know, the same ones`);
});

test('the recorded verdicts are those of the real admission', async () => {
  const graphs = await askedAgain('oracle-0.15', 'old/admission', () => [...sampled(inferenceGraph(), 60), ...sampled(damaged, 240)].map((object) => ({ ask: 'admit', object })));
  expect(graphs.now).toEqual(graphs.then);

  const services = await askedAgain('oracle-0.15', 'old/services', () => sampled(inferenceService(KServeVersion.V0_15), 200).map((object) => ({ ask: 'admit-isvc', object })));
  expect(services.now.map(timeless)).toEqual(services.then.map(timeless));
});

function isEqual(ours: readonly string[], theirs: readonly string[]): boolean {
  return JSON.stringify([...ours].sort()) === JSON.stringify([...theirs].sort());
}

/** What the API server writes differs from one time to the next. */
function timeless(answer: unknown): unknown {
  const { defaulted, ...verdicts } = answer as { defaulted?: { spec: unknown } };
  return { ...verdicts, spec: defaulted?.spec };
}
