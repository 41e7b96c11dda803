import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ApiError, KubeObject } from './api';
import { Cluster } from './cluster';
import { becomeAvailable, ready } from './ready';
import { Models, RouterProgram } from './router-program';
import { EXAMPLES, outputOf } from '../../test/support/examples';

const PICTURES = join(__dirname, '..', '..', '..', 'shared', 'inputs');
const NAME = `test-${process.pid}`;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.up(NAME, { leashed: true });
});
afterAll(() => Cluster.down(NAME));

/** The objects that an example writes. */
function synthesized(example: string): KubeObject[] {
  return Object.values(outputOf(example)).flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as KubeObject));
}

/** Its own namespace: examples may use the same names. */
async function applied(example: string): Promise<KubeObject[]> {
  const objects = synthesized(example).map((object) => ({ ...object, metadata: { namespace: example, ...object.metadata } }));
  for (const name of new Set(objects.map(({ metadata }) => metadata.namespace))) {
    await cluster.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  for (const object of objects) await cluster.api.apply(object);
  return objects;
}

async function inferenceServicesReady(objects: readonly KubeObject[]): Promise<void> {
  for (const service of objects.filter(({ kind }) => kind === 'InferenceService')) {
    await becomeAvailable(cluster.api, `${service.metadata.name}-predictor`, service.metadata.namespace!);
    await ready(cluster.api, service);
  }
}

describe.each(EXAMPLES)('examples/%s', (example) => {
  test('KServe takes every object, with strict field validation, and deploys the router', async () => {
    const objects = await applied(example);
    const graphs = objects.filter(({ kind }) => kind === 'InferenceGraph');
    const standalone = objects.filter(({ kind }) => kind === 'Deployment'); // a router of our own
    expect([...graphs, ...standalone]).not.toEqual([]);

    const others = servicesOfOthers(objects);
    for (const service of others) await cluster.api.apply(service);
    await inferenceServicesReady([...objects, ...others]);

    for (const graph of graphs) {
      await becomeAvailable(cluster.api, graph.metadata.name, graph.metadata.namespace!);
      await ready(cluster.api, graph);
    }
  });
});

/** InferenceServices that the graphs name and the example does not make: it expects them to be there. */
function servicesOfOthers(objects: readonly KubeObject[]): KubeObject[] {
  const made = objects.filter(({ kind }) => kind === 'InferenceService').map(({ metadata }) => metadata.name);
  const stepsOf = ({ spec }: KubeObject): { serviceName?: string }[] => Object.values<any>(spec.nodes).flatMap(({ steps }) => steps);
  const missing = new Map<string, string | undefined>();
  for (const graph of objects.filter(({ kind }) => kind === 'InferenceGraph')) {
    for (const { serviceName } of stepsOf(graph)) {
      if (serviceName !== undefined && !made.includes(serviceName)) missing.set(serviceName, graph.metadata.namespace);
    }
  }
  return [...missing].map(([name, namespace]) => ({
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name, namespace },
    spec: { predictor: { model: { modelFormat: { name: 'sklearn' }, storageUri: 'gs://models/one' } } },
  }));
}

test('the dog-breed tutorial: a cat gets the first answer, a dog its breed', async () => {
  const namespace = 'tutorial';
  await cluster.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  const objects = synthesized('dog-breed').map((object) => ({ ...object, metadata: { ...object.metadata, namespace } }));
  for (const object of objects) await cluster.api.apply(object);
  await inferenceServicesReady(objects);
  const [first, second] = objects.filter(({ kind }) => kind === 'InferenceService').map(({ metadata }) => metadata.name);
  const graph = objects.find(({ kind }) => kind === 'InferenceGraph')!;
  const deployment = await becomeAvailable(cluster.api, graph.metadata.name, namespace);
  const [container] = deployment.spec.template.spec.containers as { args: string[] }[];

  const { cat, dog } = pictures();
  const host = (name: string) => `${name}-predictor.${namespace}.svc.cluster.local`;
  const models = await Models.serve({
    [host(first)]: (body) => ({ status: 200, body: JSON.stringify({ predictions: [body === dog ? 'dog' : 'cat'] }) }),
    [host(second)]: (body) => (body === dog
      ? { status: 200, body: JSON.stringify({ predictions: [{ Kuvasz: 0.98 }] }) }
      : { status: 400, body: JSON.stringify({ error: 'this is no dog' }) }),
  });
  let router: RouterProgram | undefined;
  try {
    const args = container.args.map((arg) => models.redirect(arg));
    expect(args).not.toEqual(container.args);
    router = await RouterProgram.start(args);

    expect(await router.send(cat)).toEqual({ status: 200, body: { predictions: ['cat'] } });
    expect(await router.send(dog)).toEqual({ status: 200, body: { predictions: [{ Kuvasz: 0.98 }] } });
  } finally {
    router?.end();
    models.close();
  }
});

/** The tutorial's own requests where they are at hand, else two of ours. */
function pictures(): { cat: string; dog: string } {
  if (!existsSync(PICTURES)) return { cat: '{"instances":[{"data":"cat"}]}', dog: '{"instances":[{"data":"dog"}]}' };
  return { cat: readFileSync(join(PICTURES, 'cat.json'), 'utf8'), dog: readFileSync(join(PICTURES, 'dog.json'), 'utf8') };
}

describe('what KServe refuses', () => {
  const graph = (name: string, spec: object): KubeObject =>
    ({ apiVersion: 'serving.kserve.io/v1alpha1', kind: 'InferenceGraph', metadata: { name, namespace: 'default' }, spec });
  const refusal = (object: KubeObject) => cluster.api.create(object).then(() => 'accepted', (error: ApiError) => error.message);

  test.each([
    ['the webhook speaks', graph('no-root', { nodes: { first: { routerType: 'Sequence' } } }),
      'admission webhook "inferencegraph.kserve-webhook-server.validator" denied the request: '
      + "root node not found, InferenceGraph needs a node with name 'root' as the root node of the graph"],
    ['the schema speaks first', graph('no-type', { nodes: { first: {} } }),
      'InferenceGraph.serving.kserve.io "no-type" is invalid: spec.nodes.first.routerType: Required value'],
    ['an unknown field', graph('typo', { nodes: { root: { routerType: 'Sequence', step: [] } } }),
      'InferenceGraph in version "v1alpha1" cannot be handled as a InferenceGraph: strict decoding error: unknown field "spec.nodes.root.step"'],
    ['what the schema lets pass and the webhook cannot read', graph('many', { maxReplicas: 3e9, nodes: { root: { routerType: 'Sequence' } } }),
      'admission webhook "inferencegraph.kserve-webhook-server.validator" denied the request: '
      + 'json: cannot unmarshal number 3000000000 into Go struct field InferenceGraphSpec.spec.maxReplicas of type int32'],
    ['null, nothing: it is as if the field were not there', graph('nothing', { timeout: null, nodes: { root: { routerType: 'Sequence' } } }), 'accepted'],
  ])('%s', async (_, object, words) => {
    expect(await refusal(object)).toBe(words);
  });
});
