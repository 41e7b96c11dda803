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

test('KServe refuses those runtimes that we say it refuses, and no other', async () => {
  const counts = { accepted: 0, refused: 0 };
  await differential(servingRuntimes(), 4_000, async (batch) => {
    const answers = await admitted(batch);
    return batch.map((one, i) => {
      const [ours, theirs] = [refused(one), refusedBy(answers[i])];
      counts[theirs === undefined ? 'accepted' : 'refused']++;
      return (ours.length > 0) === (theirs !== undefined) ? undefined : `KServe: ${theirs ?? 'accepted'}; we: ${JSON.stringify(ours)}`;
    });
  });
  expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(500);
  console.log(`${counts.accepted} runtimes accepted, ${counts.refused} refused, all as we say`);
});

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

test('KServe refuses those services with workers that we say it refuses, and no other', async () => {
  const counts = { accepted: 0, refused: 0 };
  await differential(servicesWithWorkers(), 4_000, async (batch) => {
    const answers = await admit(NEWEST, batch);
    return batch.map((service, i) => {
      const [ours, theirs] = [errors(NEWEST, service).filter(({ rule }) => byAuthority.has(rule)), refusal(answers[i])];
      counts[theirs === undefined ? 'accepted' : 'refused']++;
      return (ours.length > 0) === (theirs !== undefined) ? undefined : `KServe: ${theirs ?? 'accepted'}; we: ${JSON.stringify(ours)}`;
    });
  });
  expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(500);
});
