import * as fc from 'fast-check';
import { deploymentModeOf } from '../../src/lint/metadata';
import { SERVICE_RULES } from '../../src/lint/service/lint';
import { inferenceService } from '../../test/arbitraries/inference-service';
import { serviceManifests } from '../../test/arbitraries/service-manifest';
import { differential, seed } from '../client/differential';
import { addressDifferences, admit, combinations, drift, errors, NEWEST, refusal, urlDifferences } from '../client/services';

const authorities = new Map(SERVICE_RULES.map(({ id, authority }) => [id, authority]));


test('KServe accepts every InferenceService of our API in which we find no error', async () => {
  let accepted = 0;
  const services = await differential(inferenceService(), 2_000, async (batch) => {
    const answers = await admit(NEWEST, batch);
    return batch.map((service, i) => {
      if (errors(NEWEST, service).length > 0) {
        return undefined;
      }
      accepted++;
      return refusal(answers[i]);
    });
  });
  // the comparison is worth something only where we accept many
  expect(accepted).toBeGreaterThan(services.length / 5);
  console.log(`${accepted} of ${services.length} without a finding of ours, all accepted`);
});

test('KServe refuses what we say it refuses', async () => {
  let refused = 0;
  await differential(inferenceService(), 2_000, async (batch) => {
    const answers = await admit(NEWEST, batch);
    return batch.map((service, i) => {
      const found = errors(NEWEST, service)
        .filter(({ rule }) => authorities.get(rule) !== undefined);
      if (found.length === 0) {
        return undefined;
      }
      refused++;
      return refusal(answers[i]) === undefined ? `KServe accepts it; we say ${JSON.stringify(found)}` : undefined;
    });
  });
  expect(refused).toBeGreaterThan(200);
  console.log(`${refused} refused by us and by KServe`);
});

test('what we write comes back from the webhook unchanged, so that GitOps sees no drift', async () => {
  await differential(inferenceService(), 1_500, async (batch) => {
    const answers = await admit(NEWEST, batch);
    return batch.map((service, i) => errors(NEWEST, service).length > 0 ? undefined : drift(service, answers[i].defaulted));
  });
});

describe('the address that the controller gives a graph for a serviceName is the one that we compute', () => {
  const SPECS = combinations(NEWEST.release);

  test(`over ${SPECS.length} combinations of mode, transformer, runtime, protocol, storage and model name`, async () => {
    expect((await urlDifferences(NEWEST, SPECS)).filter((report) => report !== undefined)).toEqual([]);
  });

  test('over random services', async () => {
    await differential(inferenceService(), 1_500, async (services) => {
      const good = services.filter((service) => errors(NEWEST, service).length === 0);
      const reports = await urlDifferences(NEWEST, good);
      return services.map((service) => reports[good.indexOf(service)]);
    });
  });
});

test('the address that the controller writes in Knative mode is the one that we compute, with a host of Istio and without', async () => {
  const inKnative = fc.sample(serviceManifests(), { seed: seed(), numRuns: 1_000 })
    .filter(({ metadata }) => deploymentModeOf(metadata.annotations) === 'Knative');
  expect(inKnative.length).toBeGreaterThan(300);

  expect(await addressDifferences(NEWEST, [...inKnative, ...combinations(NEWEST.release)])).toEqual([]);
});
