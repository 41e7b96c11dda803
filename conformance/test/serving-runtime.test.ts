import type * as fc from 'fast-check';
import { lintRuntime, RUNTIME_RULES } from '../../src/lint/runtime/lint';
import { Priorities } from '../../src/lint/runtime/priorities';
import { SERVICE_RULES } from '../../src/lint/service/lint';
import { CLUSTER_SERVING_RUNTIME_KIND } from '../../src/spec/runtimes';
import type { ServingRuntimeManifest } from '../../src/spec/runtimes';
import { mutated } from '../../test/arbitraries/mutation';
import { servicesWithWorkers, servingRuntimes } from '../../test/arbitraries/serving-runtime';
import type { RuntimeAmongOthers } from '../../test/arbitraries/serving-runtime';
import { differential } from '../client/differential';
import { ask } from '../client/oracle';
import type { AdmitAnswer, AdmitQuestion, Panicked } from '../client/oracle';
import { admit, errors, NEWEST, refusal } from '../client/services';

/*
 * What KServe refuses of runtimes, and of what services and runtimes share.
 */

const byAuthority = new Set([...RUNTIME_RULES, ...SERVICE_RULES].flatMap(({ id, authority }) => authority === undefined ? [] : [id]));

/** What we say that KServe refuses. */
const refused = ({ runtime, beside }: RuntimeAmongOthers) => (
  lintRuntime(runtime, { priorities: Priorities.of([...beside, runtime]) }).filter(({ rule }) => byAuthority.has(rule))
);

const admitted = (cases: readonly RuntimeAmongOthers[]) => ask<AdmitAnswer & Partial<Panicked>>('oracle', cases.map(({ runtime, beside }): AdmitQuestion => (
  { ask: runtime.kind === CLUSTER_SERVING_RUNTIME_KIND ? 'admit-cluster-runtime' : 'admit-runtime', object: runtime, beside }
)));

/** A webhook that panics gives no answer, and the API server takes that for a refusal. */
const refusedBy = ({ panic, ...answer }: AdmitAnswer & Partial<Panicked>) => panic ?? refusal(answer);

/** Holds that KServe refuses those of 4,000 that we say it refuses, and no other. */
async function sameVerdicts<T>(
  cases: fc.Arbitrary<T>, ours: (one: T) => readonly unknown[], theirs: (batch: readonly T[]) => Promise<readonly (string | undefined)[]>,
): Promise<void> {
  const counts = { accepted: 0, refused: 0 };
  await differential(cases, 4_000, async (batch) => {
    const refusals = await theirs(batch);
    return batch.map((one, i) => {
      const [found, refusedFor] = [ours(one), refusals[i]];
      counts[refusedFor === undefined ? 'accepted' : 'refused']++;
      return (found.length > 0) === (refusedFor !== undefined) ? undefined : `KServe: ${refusedFor ?? 'accepted'}; we: ${JSON.stringify(found)}`;
    });
  });
  expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(500);
  console.log(`${counts.accepted} accepted, ${counts.refused} refused, all as we say`);
}

test('KServe refuses those runtimes that we say it refuses, and no other', () => (
  sameVerdicts(servingRuntimes(), refused, async (batch) => (await admitted(batch)).map(refusedBy))
));

test('KServe refuses those services with workers that we say it refuses, and no other', () => (
  sameVerdicts(
    servicesWithWorkers(),
    (service) => errors(NEWEST, service).filter(({ rule }) => byAuthority.has(rule)),
    async (batch) => (await admit(NEWEST, batch)).map(refusal),
  )
));

test('KServe refuses those damaged runtimes that we say it refuses', async () => {
  let count = 0;
  await differential(mutated(servingRuntimes().map(({ runtime }) => runtime)), 4_000, async (batch) => {
    const cases = batch.map((runtime) => ({ runtime: runtime as unknown as ServingRuntimeManifest, beside: [] }));
    const ours = cases.map(refused);
    const answers = await ask<AdmitAnswer & Partial<Panicked>>('oracle', batch.map((object) => ({ ask: 'admit-runtime', object })));
    return answers.map((answer, i) => {
      const claims = ours[i].filter(({ rule }) => rule !== 'runtime-priorities'); // told where there is another runtime
      count += claims.length > 0 ? 1 : 0;
      return claims.length > 0 && refusedBy(answer) === undefined ? `KServe accepts it; we say ${JSON.stringify(claims)}` : undefined;
    });
  });
  expect(count).toBeGreaterThan(500);
});
