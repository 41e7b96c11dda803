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
      reporters: ['default', '<rootDir>/scripts/count-reporter.js'],
      testTimeout: 1_200_000, // milliseconds: tens of thousands of questions a test, on a machine that may be busy
    },
    marker: false, // jest knows no comment here
  });

  project.testTask.say('compared with recorded answers of KServe; not run: the real one, npx projen conformance (needs Go) and test:cluster (Go, etcd)');

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
  conformance.exec(jest, { receiveArgs: true });

  const record = project.addTask('conformance:record', {
    description: 'Write the recorded answers of the real KServe anew (needs Go)',
    env: { RECORD: '1' },
  });
  record.spawn(build);
  record.exec(`${jest} --testPathPatterns vectors`);

  const old = project.addTask('conformance:old', {
    description: 'Compare this package, and the recorded answers, with older releases of the real KServe (needs Go); RECORD=1 writes the answers anew',
    exec: 'conformance/scripts/build-old.sh',
  });
  old.spawn(build); // some cases ask the newest release as well
  old.exec(`${jest} --testMatch '<rootDir>/conformance/old/**/*.test.ts'`, { receiveArgs: true });

  project.addTask('conformance:storage', {
    description: "Compare this package, and the recorded answers, with KServe's storage initializer (needs Python with conformance/storage/requirements.txt; PYTHON names it)",
    exec: `${jest} --testMatch '<rootDir>/conformance/storage/*.test.ts'`,
    receiveArgs: true,
  });

  const buildCluster = project.addTask('cluster:build', {
    description: 'Build the control plane without nodes: kube-apiserver, KServe\'s manager and router (needs Go)',
    exec: 'conformance/scripts/build-cluster.sh',
  });
  project.addTask('cluster:up', {
    description: 'Start KServe\'s control plane on 127.0.0.1; takes a name, so that several run side by side (needs etcd)',
    exec: 'ts-node -T --project tsconfig.check.json conformance/cluster/up.ts',
    receiveArgs: true,
  });
  project.addTask('cluster:down', {
    description: 'End the control plane of that name',
    exec: 'ts-node -T --project tsconfig.check.json conformance/cluster/down.ts',
    receiveArgs: true,
  });
  const testCluster = project.addTask('test:cluster', {
    description: 'Apply every example to a control plane of its own and run the router that KServe deploys (needs Go and etcd)',
  });
  testCluster.spawn(buildCluster);
  testCluster.exec(`${jest} --testMatch '<rootDir>/conformance/cluster/**/*.test.ts'`, { receiveArgs: true });
}
