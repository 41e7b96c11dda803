import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { isParallel, routeCases, type RouteCase } from '../../test/arbitraries/route';
import { answered, caseOf, comparable, question, simulate, type Answer, type RouteQuestion } from '../../test/simulate/replay';
import { ask, OLD_ROUTERS, type OldRouter, type Program } from '../client/oracle';
import { recorded, write } from '../client/vectors';
import type { VersionedVector } from '../client/vectors';

/** The simulator of each release against that release's router: status, Content-Type, body, calls with their bodies and headers. */
const seed = Number(process.env.CONFORMANCE_SEED ?? Date.now() % 2 ** 31);
const runs = Number(process.env.CONFORMANCE_RUNS ?? 3_000);
const RECORDED_OF_A_KIND = 24;
const FIXED_SEED = 20_261_124;

const routerOf = (version: OldRouter): Program => `router-${version}`;
const NEWEST: Program = 'router';

/** Before 0.19.0 a Splitter can draw 100, which selects no step. The newest draws again, and the oracle's numbers would never end. */
const drawing100 = (each: RouteCase): RouteCase => ({ ...each, draws: each.draws.map((draw) => draw === 99 ? 100 : draw) });
const isFair = (version: OldRouter) => version === '0.19.0';

it.each(OLD_ROUTERS)(`%s: the simulator answers as its router does: ${runs} random cases, seed ${seed}`, async (version) => {
  const cases = fc.sample(routeCases, { numRuns: runs, seed }).map((each) => isFair(version) ? each : drawing100(each));
  const questions = cases.map(question);
  const answers = await ask<Answer>(routerOf(version), questions);
  cases.forEach((each, i) => {
    const parallel = isParallel(each);
    const theirs = comparable(answered(answers[i]), parallel);
    const ours = simulate(each, { version }).map((answer) => comparable(answer, parallel));
    if (!ours.some((answer) => isDeepStrictEqual(answer, theirs))) {
      expect({ version, case: questions[i], answers: ours }).toEqual({ version, case: questions[i], answers: [theirs] });
    }
  });
  const newest = await ask<Answer>(NEWEST, cases.map((each) => question({ ...each, draws: each.draws.map((draw) => draw === 100 ? 99 : draw) })));
  const differing = answers.filter((answer, i) => !isDeepStrictEqual(answered(answer), answered(newest[i]))).length;
  process.stdout.write(`router ${version}: ${runs} cases, ${differing} are answered otherwise than by the newest\n`);
});

it('the recorded answers are those of the real routers', async () => {
  if (process.env.RECORD) write('old/route', await record());
  const vectors = recorded<VersionedVector<RouteQuestion, Answer>>('old/route');
  for (const version of OLD_ROUTERS) {
    const of = vectors.flatMap(({ question: asked, answers }) => answers
      .filter(({ versions }) => versions.includes(version))
      .map(({ answer }) => ({ asked, answer })));
    expect(of.length).toBeGreaterThan(50);
    const now = await ask<Answer>(routerOf(version), of.map(({ asked }) => asked));
    expect(now.map(answered)).toEqual(of.map(({ answer }) => answer));
  }
});

/** Small cases with one answer, and of those all in which releases differ. */
async function record(): Promise<VersionedVector<RouteQuestion, Answer>[]> {
  const cases = fc.sample(routeCases, { numRuns: 10_000, seed: FIXED_SEED })
    .filter((each) => !isParallel(each))
    .map(withUsedStubs)
    .filter((each) => JSON.stringify(question(each)).length < 2_600);
  const unfair = cases.filter(({ draws, graph }) => draws.includes(99) && Object.values(graph.nodes).some(({ routerType }) => routerType === 'Splitter')).map(drawing100);
  const asked = [...cases, ...unfair].map(question);
  const byVersion = new Map<OldRouter, Answer[]>();
  for (const version of OLD_ROUTERS) {
    const ofThis = isFair(version) ? cases.map(question) : asked;
    byVersion.set(version, (await ask<Answer>(routerOf(version), ofThis)).map(answered));
  }
  const answersTo = (i: number) => [...byVersion].flatMap(([version, answers]) => i < answers.length ? { version, answer: answers[i] } : []);
  const vectors = asked.map((each, i) => ({ question: each, answers: grouped(answersTo(i)) }))
    .filter(({ answers }) => !answers.some(({ answer }) => answer.died));
  const kinds = new Map<string, typeof vectors>();
  for (const vector of vectors) {
    const kind = vector.answers.map(({ versions }) => versions.join()).join(' ');
    kinds.set(kind, [...kinds.get(kind) ?? [], vector]);
  }
  return [...kinds.values()].flatMap((list) => list.slice(0, RECORDED_OF_A_KIND));
}

function grouped(answers: { version: string; answer: Answer }[]): { versions: string[]; answer: Answer }[] {
  return answers.reduce<{ versions: string[]; answer: Answer }[]>((groups, { version, answer }) => {
    const same = groups.find((group) => isDeepStrictEqual(group.answer, answer));
    if (same === undefined) return [...groups, { versions: [version], answer }];
    same.versions.push(version);
    return groups;
  }, []);
}

function withUsedStubs(each: RouteCase): RouteCase {
  const asked = question(each);
  const used = new Set(Object.values(each.graph.nodes).flatMap(({ steps }) => (steps ?? []).map(({ serviceUrl }) => serviceUrl)));
  return caseOf({ ...asked, stubs: Object.fromEntries(Object.entries(asked.stubs).filter(([url]) => used.has(url))) });
}
