import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** What a program says, in a heap of so many MB. */
function run(heap: number, ...args: readonly string[]): unknown {
  return JSON.parse(execFileSync(process.execPath, ['--expose-gc', `--max-old-space-size=${heap}`, '-r', 'ts-node/register/transpile-only', ...args], {
    cwd: join(__dirname, '../../..'), encoding: 'utf8', env: { ...process.env, TS_NODE_PROJECT: 'tsconfig.check.json' },
  }));
}

test('of many files only a little is kept: 5,000 of 40 kB each, which is 200 MB, in a heap of 60', () => {
  expect(run(60, 'test/support/lint-many.ts', '5000')).toEqual({ files: 5000, objects: 6000, unreadable: [], rules: { 'condition-on-first-step': 2500 } });
}, 120_000);

test('of a file with a good graph nothing is kept', () => {
  const { files, findings, bytes } = run(200, 'test/support/lint-live.ts', '60000') as { files: number; findings: unknown[]; bytes: number };
  expect([files, findings]).toEqual([60_000, []]);
  expect(bytes).toBeLessThan(10); // a path alone takes more
}, 120_000);

test('a file of millions of documents is read in a heap of 200 MB', () => {
  expect(run(200, '-e', `const { readDocuments } = require('./src/cli/lint/documents');
    const { objects, problems } = readDocuments(Buffer.from('a: b\\n---\\n'.repeat(5e6)), ({ kind }) => kind === 'InferenceGraph');
    process.stdout.write(JSON.stringify({ objects, problems }));`)).toEqual({ objects: [], problems: [] });
}, 120_000);
