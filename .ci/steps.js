'use strict';
/*
 * The steps of CI, one after the other. A step passes if its command exits with 0; the tests that ran inside of it are counted from the reports
 * that jest and go test write.
 */
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const root = path.join(__dirname, '..');
const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'ci-reports-'));

/** The README's own command for tests, so that what users are told to run is what CI runs. */
function readmeTestCommand() {
  const command = /^(npm ci && npm test)\b/m.exec(fs.readFileSync(path.join(root, 'README.md'), 'utf8'));
  if (command === null) {
    throw new Error('README.md does not say how to run the tests');
  }
  return command[1];
}

function readmeDemoCommand() {
  return /^(npm ci && npm run demo)\b/m.exec(fs.readFileSync(path.join(root, 'README.md'), 'utf8'))[1];
}

const steps = [
  { name: 'tests (README)', run: readmeTestCommand() },
  { name: 'demo (README)', run: readmeDemoCommand() },
  { name: 'generated files are up to date', run: 'npx projen && npx projen docgen && git diff --exit-code' },
  { name: 'node 22', run: 'bash .ci/on-node.sh 22' },
  { name: 'node 24', run: 'bash .ci/on-node.sh 24' },
  { name: 'packed tarball, as a new user', run: 'bash .ci/packed.sh' },
  { name: 'the real KServe: build', run: 'npx projen conformance:build' },
  { name: 'the real KServe: compare', run: 'npx projen conformance' },
  { name: "KServe's storage initializer: compare", run: 'bash .ci/storage.sh' },
  { name: 'two real models behind the local router', run: 'bash .ci/real-model.sh' },
  { name: 'control plane: build', run: 'bash .ci/etcd.sh && npx projen cluster:build' },
  { name: 'control plane: apply and run every example', run: 'npx projen test:cluster' },
  { name: 'Python', run: 'bash .ci/languages.sh python' },
  { name: 'Go', run: 'bash .ci/languages.sh go' },
  { name: 'Java', run: 'bash .ci/languages.sh java' },
];

const totals = { passed: 0, failed: 0 };
for (const [i, { name, run }] of steps.entries()) {
  const report = path.join(reports, `${i}.json`);
  const start = Date.now();
  console.log(`\n=== ${name}: ${run}`);
  const { status } = spawnSync('bash', ['-c', run], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CI: 'true', CDK8S_KSERVE_REPORT: report },
  });
  const seconds = Math.round((Date.now() - start) / 1000);
  const counted = countsOf(report);
  totals.passed += counted.passed + (status === 0 ? 1 : 0);
  totals.failed += counted.failed + (status === 0 ? 0 : 1);
  console.log(`=== ${name}: ${status === 0 ? 'passed' : `FAILED (exit ${status})`} in ${seconds} s, ${counted.passed} tests passed, ${counted.failed} failed`);
}
fs.rmSync(reports, { recursive: true });
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 ? 0 : 1;

/** The tests of one step: a line of JSON for each runner that reported. */
function countsOf(report) {
  const lines = fs.existsSync(report) ? fs.readFileSync(report, 'utf8').split('\n').filter(Boolean) : [];
  return lines.map((line) => JSON.parse(line)).reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }), { passed: 0, failed: 0 });
}
