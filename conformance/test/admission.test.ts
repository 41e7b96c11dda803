import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { inferenceGraph } from '../../test/arbitraries/graph';
import { mutated } from '../../test/arbitraries/mutation';
import { describeShared, sharedFile } from '../../test/support/shared';
import { difference } from '../client/admission';
import { differential } from '../client/differential';
import { AdmitAnswer, ask } from '../client/oracle';

const admit = (documents: readonly unknown[]): Promise<AdmitAnswer[]> =>
  ask('oracle', documents.map((object) => ({ ask: 'admit', object })));

const differences = async (documents: unknown[]): Promise<(string | undefined)[]> =>
  (await admit(documents)).map((answer, i) => difference(documents[i], answer));

test('KServe accepts every graph that the generator calls valid, and so do we', async () => {
  await differential(inferenceGraph(), 2_000, async (graphs) => (await admit(graphs)).map((answer, i) => {
    const { schema, unknown, webhook } = answer;
    return schema.length + unknown.length === 0 && webhook === '' ? difference(graphs[i], answer) : JSON.stringify(answer);
  }));
});

// a create request drops `status` before it is judged; we judge what stands in the manifest
const withoutStatus = mutated(inferenceGraph()).map((document) => {
  const { status, ...rest } = document as Record<string, unknown>;
  return rest;
});

test('of 20,000 damaged graphs our verdict equals KServe\'s, category by category', async () => {
  const documents = await differential(withoutStatus, 20_000, differences);

  // the comparison is worth something only where each authority both accepts and refuses
  const answers = await admit(documents.slice(0, 2_000));
  const shares = [
    answers.filter(({ schema }) => schema.length > 0), answers.filter(({ unknown }) => unknown.length > 0), answers.filter(({ webhook }) => webhook),
  ].map((refused) => refused.length / answers.length);
  expect(shares.map((share) => share > 0.03 && share < 0.97)).toEqual([true, true, true]);
});

describeShared('the corpus', () => test('of graphs that other people wrote our verdict equals KServe\'s', async () => {
  const folder = sharedFile('corpus', 'graphs')!;
  const documents = readdirSync(folder).sort().flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')))
    .filter(({ errors }) => errors.length === 0)
    .map((document) => document.toJS() as { kind?: string } | null)
    .filter((document) => document?.kind === 'InferenceGraph');
  expect(documents.length).toBeGreaterThan(50);

  expect((await differences(documents)).filter((report) => report !== undefined)).toEqual([]);
}));
