import { lintService, SERVICE_RULES } from '../../src/lint/service/lint';
import { Severity } from '../../src/lint/severity';
import type { InferenceServiceManifest } from '../../src/spec/inference-service';
import { inferenceService } from '../../test/arbitraries/inference-service';
import { differential } from '../client/differential';
import { AdmitAnswer, ask } from '../client/oracle';

const authorities = new Map(SERVICE_RULES.map(({ id, authority }) => [id, authority]));

// in Standard mode the webhook looks at these only where the autoscaler's class is written; otherwise the HPA is not what was meant
const ONLY_WITH_CLASS = ['scale-metric-mode', 'scale-target', 'autoscaling-metrics'];
const isLookedAt = ({ metadata: { annotations = {} } }: InferenceServiceManifest): boolean =>
  annotations['serving.kserve.io/deploymentMode'] !== 'Standard' || annotations['serving.kserve.io/autoscalerClass'] !== undefined;

const admit = (services: readonly unknown[]): Promise<AdmitAnswer[]> => ask('oracle', services.map((object) => ({ ask: 'admit-isvc', object })));

const errors = (service: unknown) => lintService(service).filter(({ severity }) => severity === Severity.ERROR);

const refusal = ({ schema, unknown, webhook }: AdmitAnswer): string | undefined =>
  schema.length + unknown.length > 0 || webhook !== '' ? JSON.stringify({ schema, unknown, webhook }) : undefined;

test('KServe accepts every InferenceService of our API in which we find no error', async () => {
  let accepted = 0;
  const services = await differential(inferenceService(), 4_000, async (batch) => {
    const answers = await admit(batch);
    return batch.map((service, i) => {
      if (errors(service).length > 0) {
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
  await differential(inferenceService(), 4_000, async (batch) => {
    const answers = await admit(batch);
    return batch.map((service, i) => {
      const found = errors(service)
        .filter(({ rule }) => authorities.get(rule) !== undefined && (!ONLY_WITH_CLASS.includes(rule) || isLookedAt(service)));
      if (found.length === 0) {
        return undefined;
      }
      refused++;
      return refusal(answers[i]) === undefined ? `KServe accepts it; we say ${JSON.stringify(found)}` : undefined;
    });
  });
  expect(refused).toBeGreaterThan(400);
  console.log(`${refused} refused by us and by KServe`);
});

test('what we write comes back from the webhook unchanged, so that GitOps sees no drift', async () => {
  await differential(inferenceService(), 2_000, async (batch) => {
    const answers = await admit(batch);
    return batch.map((service, i) => errors(service).length > 0 ? undefined : drift(service, answers[i].defaulted));
  });
});

/** The first place where something that we wrote is not the same any more. */
function drift(ours: unknown, theirs: unknown, path = ''): string | undefined {
  if (typeof ours !== 'object' || ours === null) {
    return ours === theirs ? undefined : `${path}: we write ${JSON.stringify(ours)}, and it becomes ${JSON.stringify(theirs)}`;
  }
  if (Array.isArray(ours) && (!Array.isArray(theirs) || theirs.length !== ours.length)) {
    return `${path}: we write ${JSON.stringify(ours)}, and it becomes ${JSON.stringify(theirs)}`;
  }
  for (const [key, value] of Object.entries(ours)) {
    const found = drift(value, (theirs as { [key: string]: unknown } | undefined)?.[key], `${path}.${key}`);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
