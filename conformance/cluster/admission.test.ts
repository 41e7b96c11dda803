import * as fc from 'fast-check';
import { ApiError } from './api';
import { Cluster } from './cluster';
import { inferenceGraph } from '../../test/arbitraries/graph';
import { mutated } from '../../test/arbitraries/mutation';
import { seed } from '../client/differential';
import { AdmitAnswer, ask } from '../client/oracle';

const NAME = `admission-${process.pid}`;
const PATH = '/apis/serving.kserve.io/v1alpha1/namespaces/default/inferencegraphs?dryRun=All&fieldValidation=Strict';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.up(NAME, { leashed: true });
});
afterAll(() => Cluster.down(NAME));

/** The oracle is linked together from the API server's parts; here the API server itself is asked. */
test('the oracle says of 500 graphs what the control plane says', async () => {
  const documents = fc.sample(fc.oneof(inferenceGraph(), mutated(inferenceGraph())), { seed: seed(), numRuns: 500 }).map(inDefault);
  const oracle = await ask<AdmitAnswer>('oracle', documents.map((object) => ({ ask: 'admit', object })));

  const differences: unknown[] = [];
  for (const [i, document] of documents.entries()) {
    const words = await cluster.api.send('POST', PATH, document).then(() => '', ({ message }: ApiError) => message);
    if (!agree(oracle[i], words)) differences.push(JSON.stringify({ seed: seed(), words, oracle: oracle[i], document }));
  }

  expect(differences).toEqual([]);
});

/** A request goes to a namespace that exists. */
function inDefault(document: unknown): unknown {
  const { metadata, ...rest } = document as { metadata?: unknown };
  const isMap = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata);
  return { ...rest, ...metadata !== undefined && { metadata: isMap ? { ...metadata, namespace: 'default' } : metadata } };
}

/** Whether the API server's refusal, empty where it accepts, is the one that the oracle foresees. */
function agree({ schema, unknown, webhook, undecodable }: AdmitAnswer, words: string): boolean {
  if (schema.length === 1 && webhook === null && undecodable === undefined) return words !== ''; // no InferenceGraph at all
  if (unknown.length > 0) return unknown.every((path) => words.includes(path));
  if (schema.length > 0) return words.includes('is invalid') && schema.filter(isOld).every((problem) => words.includes(problem));
  const prefix = 'admission webhook "inferencegraph.kserve-webhook-server.validator" denied the request: ';
  if (undecodable !== undefined) return words === prefix + undecodable;
  return webhook === '' ? words === '' : words.startsWith(prefix);
}

/** A number too large is told once more by the k8s.io/kube-openapi that KServe selects; the API server's is older. */
const isOld = (problem: string): boolean => !problem.includes('Checked value must be of type');
