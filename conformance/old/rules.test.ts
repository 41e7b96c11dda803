import { graph, node } from '../../src/lint/examples';
import { lintGraph, RULES } from '../../src/lint/lint';
import type { InferenceGraphManifest } from '../../src/spec/inference-graph';
import { ask } from '../client/oracle';
import type { AdmitAnswer, OlderRouter, OldRouter, Program, ReconcileAnswer, RouteAnswer } from '../client/oracle';
import { made, reconcileQuestion, routed, routeQuestion, servicesFor } from '../support/observe';
import { NEVER_DRAWN, OLD_CONTROLLER_PROOFS, OLD_ROUTER_PROOFS } from '../support/rule-proofs';
import type { AskedController } from '../support/rule-proofs';

/*
 * Rules about older releases, seen in those releases.
 */

const ruleOf = (id: string) => RULES.find((rule) => rule.id === id)!;

/** What each release does with an example. */
async function effectsIn<Release extends string>(
  releases: { readonly [release in Release]?: string }, effectIn: (release: Release) => Promise<string>,
): Promise<{ [release: string]: string }> {
  return Object.fromEntries(await Promise.all((Object.keys(releases) as Release[]).map(async (release) => [release, await effectIn(release)])));
}

describe.each(Object.entries(OLD_ROUTER_PROOFS))('the routers show %s', (id, { trial = {}, seen, gone, mended }) => {
  const effect = (example: 'fails' | 'mended') => async (release: OlderRouter | OldRouter) => {
    const [answer] = await ask<RouteAnswer>(`router-${release}`, [routeQuestion(ruleOf(id)[example] as InferenceGraphManifest, trial)]);
    return routed(answer);
  };

  test('in the releases that it is about, and in no other', async () => {
    expect(await effectsIn(seen, effect('fails'))).toEqual(seen);
    expect(await effectsIn(gone, effect('fails'))).toEqual(gone);
  });

  test('and do well with the mended example', async () => {
    expect(new Set(Object.values(await effectsIn(seen, effect('mended'))))).toEqual(new Set([mended]));
  });
});

describe('last-share-never-drawn: the steps that no request reaches', () => {
  const names = Array.from({ length: 100 }, (_, i) => `s${i}`);
  const hundred = graph({ root: node('Splitter', ...names.map((name) => ({ name, serviceName: name, weight: 1 }))) });

  test('are those that the linter names', async () => {
    const questions = Array.from({ length: 2_000 }, () => routeQuestion(hundred, {}));
    const neverDrawn = async (release: OlderRouter | OldRouter) => {
      const answers = await ask<RouteAnswer>(`router-${release}`, questions);
      const called = new Set(answers.flatMap(({ calls }) => calls.map(({ url }) => url.replace('http://', ''))));
      return names.filter((name) => !called.has(name)).join();
    };
    const named = async (release: string) => lintGraph(hundred, { kserveVersion: release })
      .filter(({ rule }) => rule === 'last-share-never-drawn')
      .map(({ path }) => names[Number(path[4])])
      .join();
    for (const releases of [NEVER_DRAWN.seen, NEVER_DRAWN.gone]) {
      expect(await effectsIn(releases, neverDrawn)).toEqual(releases);
      expect(await effectsIn(releases, named)).toEqual(releases);
    }
  });
});

const PROGRAMS: { readonly [release in AskedController]: Program } = {
  '0.11.2': 'controller-0.11.2', '0.12.0': 'controller-0.12.0', '0.15.0': 'oracle-0.15.0', '0.15.2': 'oracle-0.15', '0.20.0': 'oracle',
};

describe.each(Object.entries(OLD_CONTROLLER_PROOFS))('the controllers show %s', (id, { seen, gone, mended }) => {
  const effect = (example: 'fails' | 'mended') => async (release: AskedController) => {
    const rule = ruleOf(id);
    const manifest = rule[example] as InferenceGraphManifest;
    const question = reconcileQuestion(manifest, servicesFor(rule, manifest, 'default'), 'Knative', 'default');
    const [answer] = await ask<ReconcileAnswer>(PROGRAMS[release], [{ ...question, mode: 'Serverless' }]);
    return made(answer);
  };

  test('in the releases that it is about, and in no other', async () => {
    expect(await effectsIn(seen, effect('fails'))).toEqual(seen);
    expect(await effectsIn(gone, effect('fails'))).toEqual(gone);
  });

  test('and do well with the mended example', async () => {
    expect(new Set(Object.values(await effectsIn(seen, effect('mended'))))).toEqual(new Set([mended]));
  });
});

test('field-too-new: strict validation of 0.15.2 refuses it', async () => {
  const { fails, mended } = ruleOf('field-too-new');
  const answers = await ask<AdmitAnswer>('oracle-0.15', [fails, mended].map((object) => ({ ask: 'admit', object })));
  expect(answers.map(({ unknown }) => unknown)).toEqual([['spec.routerTimeouts'], []]);
});
