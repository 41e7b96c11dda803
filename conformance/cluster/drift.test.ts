import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { eventually, KubeObject } from './api';
import { Cluster } from './cluster';
import { becomeAvailable } from './ready';
import { inferenceGraph } from '../../test/arbitraries/graph';
import { inferenceService } from '../../test/arbitraries/inference-service';
import { EXAMPLES, outputOf } from '../../test/support/examples';
import { seed } from '../client/differential';
import { drift, errors, NEWEST } from '../client/services';

/*
 * What GitOps tools see: the objects that we write, as the API server has them after webhooks, defaults and controllers.
 */

const NAME = `drift-${process.pid}`;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.up(NAME, { leashed: true });
});
afterAll(() => Cluster.down(NAME));

/** The first field of ours that is not in the cluster as we wrote it. */
const difference = (ours: KubeObject, theirs: KubeObject | undefined) => {
  const found = drift(ours, theirs);
  return found === undefined ? undefined : `${ours.kind} ${ours.metadata.name}${found}`;
};

test.each(EXAMPLES)('examples/%s: every field comes back as it was written, and is still so when the controllers have run', async (example) => {
  const objects = Object.values(outputOf(example)).flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as KubeObject))
    .map((object) => ({ ...object, metadata: { namespace: example, ...object.metadata } }));
  for (const name of new Set(objects.map(({ metadata }) => metadata.namespace))) {
    await cluster.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  const applied = new Map<KubeObject, KubeObject>();
  for (const object of objects) applied.set(object, await cluster.api.apply(object));
  expect(objects.flatMap((object) => difference(inItsPlace(object), applied.get(object)) ?? [])).toEqual([]);

  for (const service of objects.filter(({ kind }) => kind === 'InferenceService')) {
    await becomeAvailable(cluster.api, `${service.metadata.name}-predictor`, service.metadata.namespace!);
    await eventually(`the status of ${service.metadata.name}`, async () => (await cluster.api.get(service))?.status?.conditions as object | undefined);
  }
  // the stages of a canary are one object, and the last one counts
  const last = new Map(objects.map((object) => [`${object.kind} ${object.metadata.namespace} ${object.metadata.name}`, object]));
  for (const object of last.values()) {
    const later = await cluster.api.get(object);
    expect(difference(inItsPlace(object), later)).toBeUndefined();
    // applied once more nothing changes: a generation counts the changes of a spec
    const again = await cluster.api.apply(object);
    expect([object.kind, again.metadata.generation]).toEqual([object.kind, later!.metadata.generation]);
  }
});

/** A cluster-wide object is in no namespace. */
function inItsPlace(object: KubeObject): KubeObject {
  const { namespace, ...metadata } = object.metadata;
  return object.kind.startsWith('Cluster') || object.kind === 'Namespace' ? { ...object, metadata } : object;
}

test.each<[string, string, fc.Arbitrary<any>, (object: any) => boolean]>([
  ['InferenceServices', 'v1beta1/namespaces/default/inferenceservices', inferenceService(), (service) => errors(NEWEST, service).length === 0],
  ['InferenceGraphs', 'v1alpha1/namespaces/default/inferencegraphs', inferenceGraph(), () => true],
])('random %s come back from the API server as they were sent', async (_, path, arbitrary, isGood) => {
  const objects = fc.sample(arbitrary, { seed: seed(), numRuns: 600 }).filter(isGood)
    .map((object): KubeObject => ({ ...object, metadata: { ...object.metadata, namespace: 'default' } }));
  expect(objects.length).toBeGreaterThan(60);

  const differences: unknown[] = [];
  for (const object of objects) {
    const stored = await cluster.api.send('POST', `/apis/serving.kserve.io/${path}?dryRun=All&fieldValidation=Strict`, object);
    const found = difference(object, stored);
    if (found !== undefined) differences.push({ seed: seed(), found });
  }
  expect(differences).toEqual([]);
});
