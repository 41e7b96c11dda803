import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

test('of many files only a little is kept: 5,000 of 40 kB each, which is 200 MB, in a heap of 60', () => {
  const out = execFileSync(process.execPath, ['--max-old-space-size=60', '-r', 'ts-node/register/transpile-only', 'test/support/lint-many.ts', '5000'], {
    cwd: ROOT, encoding: 'utf8', env: { ...process.env, TS_NODE_PROJECT: 'tsconfig.check.json' },
  });
  expect(JSON.parse(out)).toEqual({ files: 5000, objects: 6000, unreadable: [], rules: { 'condition-on-first-step': 2500 } });
}, 120_000);
