import { deploymentModeOf } from '../../src/lint/metadata';
import { lintService, SERVICE_RULES } from '../../src/lint/service/lint';
import { Severity } from '../../src/lint/severity';
import type { InferenceServiceManifest } from '../../src/spec/inference-service';
import { resolveService } from '../../src/spec/resolve';
import { builtInRuntimes } from '../../src/spec/runtimes';
import { inferenceService } from '../../test/arbitraries/inference-service';
import { differential } from '../client/differential';
import { AdmitAnswer, ask, ReconcileAnswer, ReconcileQuestion } from '../client/oracle';

const authorities = new Map(SERVICE_RULES.map(({ id, authority }) => [id, authority]));

const admit = (services: readonly unknown[]): Promise<AdmitAnswer[]> => ask('oracle', services.map((object) => ({ ask: 'admit-isvc', object })));

const errors = (service: unknown) => lintService(service).filter(({ severity }) => severity === Severity.ERROR);

const refusal = ({ schema, unknown, webhook }: AdmitAnswer): string | undefined =>
  schema.length + unknown.length > 0 || webhook !== '' ? JSON.stringify({ schema, unknown, webhook }) : undefined;

test('KServe accepts every InferenceService of our API in which we find no error', async () => {
  let accepted = 0;
  const services = await differential(inferenceService(), 2_000, async (batch) => {
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
  await differential(inferenceService(), 2_000, async (batch) => {
    const answers = await admit(batch);
    return batch.map((service, i) => {
      const found = errors(service)
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
    const answers = await admit(batch);
    return batch.map((service, i) => errors(service).length > 0 ? undefined : drift(service, answers[i].defaulted));
  });
});

describe('the address that the controller gives a graph for a serviceName is the one that we compute', () => {
  const SPECS = combinations();

  test(`over ${SPECS.length} combinations of mode, transformer, runtime, protocol, storage and model name`, async () => {
    expect((await urlDifferences(SPECS)).filter((report) => report !== undefined)).toEqual([]);
  });

  test('over random services', async () => {
    await differential(inferenceService(), 1_500, async (services) => {
      const good = services.filter((service) => errors(service).length === 0);
      const reports = await urlDifferences(good);
      return services.map((service) => reports[good.indexOf(service)]);
    });
  });
});

/** Every combination of what the address depends on. */
function combinations(): InferenceServiceManifest[] {
  const runtimes = [undefined, ...builtInRuntimes('0.20').map(({ name }) => name)];
  const args = [undefined, ['--model_name=bar'], ['--model_name', 'bar'], ['--model_name=bar', 'baz'], ['--model_name=a=b'], ['--model_names=bar']];
  const models = [undefined, 'v1', 'v2', 'grpc-v1', 'grpc-v2'].flatMap((protocolVersion) => runtimes.flatMap((runtime) =>
    ['sklearn', 'huggingface', 'triton', 'vLLM'].flatMap((format) => [undefined, 'gs://models/iris'].map((storageUri) => (
      { model: { modelFormat: { name: format }, protocolVersion, runtime, storageUri } })))));
  const named = args.flatMap((given) => [undefined, [{ name: 'MLSERVER_MODEL_NAME', value: 'baz' }]].map((env) => (
    { model: { modelFormat: { name: 'sklearn' }, storageUri: 'gs://models/iris', args: given, env } })));
  const own = [undefined, 'v1', 'v2'].flatMap((protocol) => args.flatMap((given) => [false, true].map((many) => ({
    containers: [{
      name: 'kserve-container',
      image: 'own:1',
      args: given,
      env: [...protocol === undefined ? [] : [{ name: 'PROTOCOL', value: protocol }], ...many ? [{ name: 'MULTI_MODEL_SERVER', value: 'true' }] : []],
    }],
  }))));
  const transformers = [undefined, ...[undefined, 'v1', 'v2', 'grpc-v2'].flatMap((protocol) => args.map((given) => (
    { containers: [{ name: 'kserve-container', image: 'own:2', args: given, env: protocol === undefined ? [] : [{ name: 'PROTOCOL', value: protocol }] }] })))];
  const specs = [
    ...[...models, ...named, ...own].map((predictor) => ({ predictor })),
    ...[models[0], models[1], named[1], own[0], own[1]].flatMap((predictor) => transformers.map((transformer) => ({ predictor, transformer }))),
    ...['sklearn', 'onnx', 'triton', 'huggingface', 'pytorch'].flatMap((key) => [undefined, 'v1', 'v2'].map((protocolVersion) => (
      { predictor: { [key]: { storageUri: 'gs://models/iris', protocolVersion } } }))),
  ];
  return ['Standard', 'Knative'].flatMap((mode) => specs.map((spec) => ({
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'foo', namespace: 'ns', annotations: { 'serving.kserve.io/deploymentMode': mode } },
    spec: JSON.parse(JSON.stringify(spec)),
  })));
}

/** How the controller's URL differs from ours, for each service. It sees the service as the mutating webhook leaves it, with our address. */
async function urlDifferences(services: readonly InferenceServiceManifest[]): Promise<(string | undefined)[]> {
  const defaulted = await admit(services);
  const resolved = services.map((service) => resolveService(service, {
    release: '0.20', mode: deploymentModeOf(service.metadata.annotations),
  }));
  const answers = await ask<ReconcileAnswer>('oracle', services.map(({ metadata: { name } }, i): ReconcileQuestion => ({
    ask: 'reconcile',
    mode: 'Standard',
    graph: {
      apiVersion: 'serving.kserve.io/v1alpha1',
      kind: 'InferenceGraph',
      metadata: { name: 'pipeline', namespace: 'ns', annotations: { 'serving.kserve.io/deploymentMode': 'Standard' } },
      spec: { nodes: { root: { routerType: 'Sequence', steps: [{ serviceName: name }] } } },
    },
    services: [{ ...defaulted[i].defaulted as object, status: { address: { url: resolved[i].address } } }],
  })));
  return answers.map((answer, i) => {
    const { url, problem } = resolved[i];
    const theirs = urlOf(answer);
    const isEqual = theirs === url || (theirs === undefined && url === undefined && answer.reconcileError !== undefined);
    return isEqual ? undefined : `KServe calls ${theirs ?? answer.reconcileError}, we say ${url ?? problem} for ${JSON.stringify(services[i].spec)}`;
  });
}

function urlOf({ objects }: ReconcileAnswer): string | undefined {
  const deployment = (objects as any[]).find(({ kind }) => kind === 'Deployment');
  const args: string[] = deployment?.spec.template.spec.containers[0].args ?? [];
  return args[1] === undefined ? undefined : JSON.parse(args[1]).nodes.root.steps[0].serviceUrl;
}

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
