import { ApiError, eventually, KubeObject } from './api';
import { Cluster } from './cluster';
import { outcomeOf } from './outcome';
import { Models, RouterProgram } from './router-program';
import { annotated, graph, inMode, node } from '../../src/lint/examples';
import { sklearn } from '../../src/lint/service/examples';
import { lintService, SERVICE_RULES } from '../../src/lint/service/lint';
import { CLUSTER_PROOFS } from '../support/rule-proofs';

/*
 * Rules that no webhook tells: what the control plane, and the router as a program, make of their examples.
 */

const NAME = `rules-${process.pid}`;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.up(NAME, { leashed: true });
});
afterAll(() => Cluster.down(NAME));

const ruleOf = (id: string) => SERVICE_RULES.find((rule) => rule.id === id)!;

describe.each(Object.entries(CLUSTER_PROOFS).map(([id, proof], i) => [id, proof, i] as const))('%s', (id, { says, instead }, i) => {
  test('is complained of, on every reconcile', async () => {
    expect(await outcomeOf(cluster, instead ?? ruleOf(id).fails, `f${i}`)).toContain(says);
  });

  test('is mended', async () => {
    expect(await outcomeOf(cluster, ruleOf(id).mended, `m${i}`)).toBe('made');
  });
});

/** What is made of the mistaken example of a rule. */
async function madeOf(id: string): Promise<{ deployments: KubeObject[]; services: string[]; autoscaler: KubeObject }> {
  expect(await outcomeOf(cluster, ruleOf(id).fails, id)).toBe('made');
  const autoscaler = await eventually('its autoscaler', () => cluster.api.get({ ...HPA, metadata: { name: 'iris-predictor', namespace: id } }));
  const itemsOf = async (path: string) => (await cluster.api.send('GET', path) as { items: KubeObject[] }).items;
  const services = await itemsOf(`/api/v1/namespaces/${id}/services`);
  return { deployments: await itemsOf(`/apis/apps/v1/namespaces/${id}/deployments`), services: services.map(({ metadata }) => metadata.name), autoscaler };
}

test('duplicate-object: of two graphs of one name the last is there', async () => {
  const versions = ['v1', 'v2'].map((version) => annotated({ version }, inMode('Standard', graph({ root: node('Sequence', { serviceUrl: 'http://a/' }) }))));
  for (const version of versions) {
    await cluster.api.apply(version as unknown as KubeObject);
  }
  const { items } = await cluster.api.send('GET', '/apis/serving.kserve.io/v1alpha1/namespaces/default/inferencegraphs') as { items: KubeObject[] };
  expect(items.map(({ metadata }) => [metadata.name, metadata.annotations?.version])).toEqual([['pipeline', 'v2']]);
});

const HPA = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' };

test('service-metric-ignored: an HPA follows the cpu', async () => {
  const { autoscaler } = await madeOf('service-metric-ignored');
  expect(autoscaler.spec.metrics).toEqual([{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }]);
});

test('canary-in-standard-mode: one Deployment, one Service; old-predictor-host: which has no -default in its name', async () => {
  const { deployments, services } = await madeOf('canary-in-standard-mode');
  expect([deployments.map(({ metadata }) => metadata.name), services]).toEqual([['iris-predictor'], ['iris-predictor']]);
});

test('storage-mounted-twice: the second claim is not mounted', async () => {
  const { deployments: [{ spec }] } = await madeOf('storage-mounted-twice');
  expect(spec.template.spec.volumes).toEqual([expect.objectContaining({ persistentVolumeClaim: { claimName: 'a' } })]);
});

/** A pod of the only Deployment in a namespace, as KServe's webhook makes it. */
async function podIn(namespace: string): Promise<KubeObject> {
  const { items: [{ spec: { template } }] } = await cluster.api.send('GET', `/apis/apps/v1/namespaces/${namespace}/deployments`) as { items: KubeObject[] };
  return cluster.api.create({ apiVersion: 'v1', kind: 'Pod', ...template, metadata: { ...template.metadata, name: 'pod', namespace } });
}

describe('confidential-storage: the storage initializer alone decrypts', () => {
  test.each([
    ['of a store', 's3://models/iris', ['storage-initializer decrypts']],
    ['of a volume, which is mounted', 'pvc://models/iris', []],
    ['of an image, which is a container', 'oci://models/iris:1', ['modelcar-init']],
    ['of an image, which is a volume', 'oci+native://models/iris:1', []],
  ])('the files %s', async (_, storageUri, expected) => {
    const namespace = `confidential-${storageUri.replace(/\W.*/, '')}-${storageUri.length}`;
    expect(await outcomeOf(cluster, sklearn({}, { storageUri, confidential: { enabled: true } }), namespace)).toBe('made');
    const { spec } = await podIn(namespace);
    const told = (spec.initContainers ?? []).map(({ name, env = [] }: { name: string; env?: { name: string; value: string }[] }) => (
      [name, ...env.some((variable) => variable.name === 'CONFIDENTIAL_ENABLED' && variable.value === 'true') ? ['decrypts'] : []].join(' ')));
    expect(told).toEqual(expected);
  });
});

describe('storage-place: a claim that cannot be', () => {
  test('without a name the model server gets an empty folder', async () => {
    expect(await outcomeOf(cluster, sklearn({}, { storageUri: 'pvc:///iris' }), 'no-claim')).toBe('made');
    const { spec } = await podIn('no-claim');
    expect(spec.volumes.filter(({ name }: { name: string }) => name === 'kserve-pvc-source')).toEqual([{ name: 'kserve-pvc-source', emptyDir: {} }]);
  });

  test.each([
    'models', 'Models', 'my_models', 'models.v1', 'models..v1', 'models-', '-models', '9', 'm'.repeat(253), 'm'.repeat(254),
  ])('%s', async (name) => {
    const claim = { accessModes: ['ReadOnlyMany'], resources: { requests: { storage: '1Gi' } } };
    const taken = await cluster.api.create({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace: 'default' }, spec: claim })
      .then(() => true, (error) => error instanceof ApiError ? false : Promise.reject(error));
    const found = lintService(sklearn({}, { storageUri: `pvc://${name}/iris` })).map(({ rule }) => rule);
    expect(found.includes('storage-place')).toBe(!taken);
  });
});

describe('the router program cuts an answer off', () => {
  const SLOW = 600; // milliseconds of each step

  async function sent(routerTimeouts: object, steps: number): Promise<string> {
    const models = await Models.serve({
      slow: async () => {
        await new Promise((resolve) => setTimeout(resolve, SLOW));
        return { status: 200, body: '{}' };
      },
    });
    const step = { serviceUrl: 'http://slow/' };
    const { spec } = graph({ root: node('Sequence', ...Array.from({ length: steps }, () => step)) }, { routerTimeouts });
    const router = await RouterProgram.start(['--graph-json', models.redirect(JSON.stringify(spec))]);
    try {
      return await router.send('{}').then(({ status }) => `${status}`, () => 'connection closed');
    } finally {
      router.end();
      models.close();
    }
  }

  test('client-timeout-above-write, path-above-write-timeout: at serverWrite, whatever each step may take', async () => {
    expect(await sent({ serviceClient: 2, serverWrite: 1 }, 3)).toBe('connection closed');
    expect(await sent({ serviceClient: 2, serverWrite: 5 }, 3)).toBe('200');
  });
});
