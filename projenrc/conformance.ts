import { cdk8s, JsonFile } from 'projen';

/** The real KServe beside our code: see conformance/README.md. */
export function addConformance(project: cdk8s.ConstructLibraryCdk8s): void {
  project.gitignore.exclude('/conformance/bin/', '/conformance/build/');
  project.npmignore?.exclude('/conformance/');

  new JsonFile(project, 'conformance/jest.config.json', {
    obj: {
      rootDir: '..',
      testMatch: ['<rootDir>/conformance/test/**/*.test.ts'],
      moduleNameMapper: { '^cdk8s-kserve$': '<rootDir>/src' },
      transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json' }] },
      testTimeout: 300_000, // milliseconds: tens of thousands of questions a test
    },
    marker: false, // jest knows no comment here
  });

  const jest = 'jest --config conformance/jest.config.json --ci';
  const build = project.addTask('conformance:build', {
    description: 'Build the programs that answer for KServe (needs Go)',
    exec: 'conformance/scripts/build.sh',
  });
  const conformance = project.addTask('conformance', {
    description: 'Compare this package, and the recorded answers, with the real KServe (needs Go)',
  });
  conformance.spawn(build);
  conformance.exec('conformance/scripts/check.sh');
  conformance.exec(`${jest}`, { receiveArgs: true });
}
