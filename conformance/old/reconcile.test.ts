import { KServeVersion } from '../../src';
import type { InferenceServiceManifest } from '../../src/spec/inference-service';
import { inferenceService } from '../../test/arbitraries/inference-service';
import { differential } from '../client/differential';
import { ask, ReconcileAnswer, ReconcileQuestion } from '../client/oracle';
import { reconcileQuestions } from '../client/reconcile-cases';
import { addressDifferences, admit, combinations, errors, OLDEST, urlDifferences, urlOf, urlQuestion } from '../client/services';
import { askedAgain, recorded, write } from '../client/vectors';

/*
 * The controller of KServe 0.15.2: the address that a graph gets for a serviceName, and what it makes of a graph.
 */

describe('the address that the controller gives a graph for a serviceName is the one that we compute', () => {
  const SPECS = combinations(OLDEST.release);

  test(`over ${SPECS.length} combinations of mode, transformer, runtime, protocol, storage and model name`, async () => {
    expect((await urlDifferences(OLDEST, SPECS)).filter((report) => report !== undefined)).toEqual([]);
  });

  test('over random services', async () => {
    await differential(inferenceService(KServeVersion.V0_15), 1_500, async (services) => {
      const good = services.filter((service) => errors(OLDEST, service).length === 0);
      const reports = await urlDifferences(OLDEST, good);
      return services.map((service) => reports[good.indexOf(service)]);
    });
  });
});

test('the address that the controller writes in Serverless mode is the one that we compute, with a host of Istio and without', async () => {
  expect(await addressDifferences(OLDEST, combinations(OLDEST.release))).toEqual([]);
});

/** The modes as this release calls them. */
const OLD_MODES = { Standard: 'RawDeployment', Knative: 'Serverless' } as const;

function questions(): ReconcileQuestion[] {
  return reconcileQuestions().map((question) => ({ ...question, mode: OLD_MODES[question.mode as keyof typeof OLD_MODES] }));
}

test('the recorded objects and addresses are those of the real controller', async () => {
  const objects = await askedAgain('oracle-0.15', 'old/reconcile', questions);
  expect(objects.now).toEqual(objects.then);

  if (process.env.RECORD) {
    // each tenth, since a repository keeps them
    const some = combinations(OLDEST.release).filter((_, i) => i % 10 === 0);
    write('old/addresses', (await addressesOf(some)).map((answer, i) => ({ question: some[i], answer })));
  }
  const vectors = recorded<InferenceServiceManifest, Address>('old/addresses');
  expect(await addressesOf(vectors.map(({ question }) => question))).toEqual(vectors.map(({ answer }) => answer));
});

/** What the controller calls for a service that has the address that we compute, or why it does not. */
interface Address {
  readonly url?: string;
  readonly error?: string;
}

async function addressesOf(services: readonly InferenceServiceManifest[]): Promise<Address[]> {
  const defaulted = await admit(OLDEST, services);
  const asked = services.map((service, i) => urlQuestion(OLDEST, service, defaulted[i].defaulted as object));
  const answers = await ask<ReconcileAnswer>(OLDEST.program, asked);
  return answers.map((answer) => ({ url: urlOf(answer), error: answer.reconcileError }));
}
