import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { sklearn } from '../../src/lint/service/examples';
import { lintService, SERVICE_RULES } from '../../src/lint/service/lint';
import { storageUri } from '../../test/arbitraries/storage-uri';
import type { StorageAnswer } from '../client/storage';
import { recorded, write } from '../client/vectors';
import type { Vector } from '../client/vectors';

/*
 * Storage URIs before KServe's own storage initializer, the one that runs in pods (from PyPI): what it refuses is what we call an error.
 */

const SEED = 20_261_124;
const RUNS = Number(process.env.CONFORMANCE_RUNS ?? 400);

/** @throws when Python, or the package kserve-storage, is missing */
function fetched(uris: readonly string[]): StorageAnswer[] {
  const { status, stdout, stderr, error } = spawnSync(process.env.PYTHON ?? 'python3', [join(__dirname, 'fetch.py')], {
    input: uris.map((uri) => `${JSON.stringify(uri)}\n`).join(''), encoding: 'utf8', maxBuffer: 2 ** 26,
  });
  if (error !== undefined || status !== 0) {
    throw new Error(`the storage initializer does not run: pip install -r conformance/storage/requirements.txt, and set PYTHON\n${error?.message ?? stderr}`);
  }
  return stdout.trim().split('\n').map((line) => JSON.parse(line));
}

/** Short, or too long for a bucket. */
const isShort = ({ length }: string) => length < 120 || length > 250;

const rulesOf = (uri: string) => lintService(sklearn({}, { storageUri: uri })).map(({ rule }) => rule);

test('what it refuses before it asks a store is what storage-place finds', () => {
  const seed = Number(process.env.CONFORMANCE_SEED ?? Date.now() % 2 ** 31);
  const uris = fc.sample(storageUri(), { numRuns: RUNS, seed });
  const answers = fetched(uris);
  const differing = uris.flatMap((uri, i) => rulesOf(uri).includes('storage-place') === (answers[i].refused !== undefined) ? [] : [{ uri, ...answers[i] }]);
  expect({ seed, differing }).toEqual({ seed, differing: [] });
  process.stdout.write(`of ${RUNS} storage URIs (seed ${seed}) ${answers.filter(({ refused }) => refused !== undefined).length} are refused, the same ones\n`);
});

test.each(['storage-place', 'bucket-name'])('the examples of %s', (id) => {
  const { fails, mended } = SERVICE_RULES.find((rule) => rule.id === id)!;
  const uris = [fails, mended].map((document) => (document as any).spec.predictor.model.storageUri as string);
  expect(fetched(uris)).toEqual(id === 'bucket-name'
    ? [{ asked: 'HEAD 127.0.0.1/My_Models' }, { asked: 'HEAD 127.0.0.1/my-models' }]
    : [{ refused: expect.stringContaining('Invalid bucket name ""') }, { asked: 'HEAD 127.0.0.1/models' }]);
});

test('the recorded answers are those of the real storage initializer', () => {
  if (process.env.RECORD) {
    const uris = [...new Set(fc.sample(storageUri(), { numRuns: 300, seed: SEED }))].filter(isShort).slice(0, 120);
    const answers = fetched(uris);
    write('storage', uris.map((question, i) => ({ question, answer: answers[i] })));
  }
  const vectors: Vector<string, StorageAnswer>[] = recorded('storage');
  expect(fetched(vectors.map(({ question }) => question))).toEqual(vectors.map(({ answer }) => answer));
});
