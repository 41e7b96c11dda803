import { inOrder } from '../../conformance/client/runtimes';
import type { InstalledRuntimes } from '../../conformance/client/runtimes';
import { recorded } from '../../conformance/client/vectors';
import { builtInRuntimes } from '../../src/spec/runtimes';

const installed = recorded<InstalledRuntimes>('old/runtimes');

test('five releases are recorded', () => {
  expect(installed.map(({ release }) => release)).toEqual(['0.15', '0.16', '0.17', '0.19', '0.20']);
});

test.each(installed)('the runtimes of $release are those that its manifests install', ({ release, runtimes }) => {
  expect(JSON.parse(JSON.stringify(inOrder(builtInRuntimes(release))))).toEqual(runtimes);
});
