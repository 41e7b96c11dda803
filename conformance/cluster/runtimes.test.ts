import { ApiError } from './api';
import type { KubeObject } from './api';
import { Cluster } from './cluster';
import { outcomeOf } from './outcome';
import { runtime as runtimeOf, named } from '../../src/lint/runtime/examples';
import { RUNTIME_RULES } from '../../src/lint/runtime/lint';
import { sklearn } from '../../src/lint/service/examples';
import type { ModelSpec } from '../../src/spec/inference-service';

/*
 * Rules about runtimes that no webhook tells, or that are about what KServe ships: what a control plane makes of their examples.
 */

const NAME = `runtimes-${process.pid}`;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.up(NAME, { leashed: true });
});
afterAll(() => Cluster.down(NAME));

const ruleOf = (id: string) => RUNTIME_RULES.find((rule) => rule.id === id)!;
const service = (model: Partial<ModelSpec>) => sklearn({}, { modelFormat: { name: 'our-format' }, protocolVersion: 'v2', ...model });

/** What becomes of a service beside runtimes in a namespace of their own. */
async function served(namespace: string, runtimes: readonly unknown[], model: Partial<ModelSpec>): Promise<string> {
  await cluster.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  for (const one of runtimes as KubeObject[]) {
    await cluster.api.apply({ ...one, metadata: { ...one.metadata, namespace } });
  }
  return outcomeOf(cluster, service(model), namespace);
}

describe.each([
  ['runtime-formats', { runtime: 'our-server' }, 'Specified runtime does not support specified framework/version'],
  ['runtime-container', { runtime: 'our-server' }, 'failed to find kserve-container in ServingRuntime containers'],
  ['runtime-protocol-name', {}, 'No runtime found to support specified framework/version'],
  ['runtime-priority-unused', {}, 'No runtime found to support specified framework/version'],
] as [string, Partial<ModelSpec>, string][])('%s', (id, model, says) => {
  test('no service can have the runtime', async () => {
    expect(await served(`f-${id}`, [ruleOf(id).fails], model)).toContain(says);
  });

  test('the mended one serves', async () => {
    expect(await served(`m-${id}`, [ruleOf(id).mended], model)).toBe('made');
  });
});

test.each([
  ['is ignored', 'fails', 'example.com/their-server:1'],
  ['of the first entry counts', 'mended', 'example.com/our-server:1'],
] as const)('runtime-priority-ignored: a priority %s', async (_, key, image) => {
  const id = 'runtime-priority-ignored';
  const format = { name: 'our-format', version: '2', autoSelect: true, priority: 1 };
  const other = named('their-server', runtimeOf({ supportedModelFormats: [format], containers: [{ name: 'kserve-container', image: 'example.com/their-server:1' }] }));
  const namespace = `${key}-priority`;
  expect(await served(namespace, [ruleOf(id)[key], other], { modelFormat: { name: 'our-format', version: '2' } })).toBe('made');
  const { spec } = (await cluster.api.get({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'iris-predictor', namespace } }))!;
  expect(spec.template.spec.containers[0].image).toBe(image);
});

test('runtime-priority-built-in: the webhook knows the runtimes that KServe ships', async () => {
  const { fails, mended } = ruleOf('runtime-priority-built-in');
  await expect(cluster.api.create(fails as KubeObject)).rejects.toThrow(ApiError);
  await expect(cluster.api.create(fails as KubeObject)).rejects.toThrow(/same priority assigned for the model format sklearn/);
  await expect(cluster.api.create(mended as KubeObject)).resolves.toMatchObject({ kind: 'ClusterServingRuntime' });
});
