import { cdk8s, javascript } from 'projen';
import { addConformance } from './projenrc/conformance';

const project = new cdk8s.ConstructLibraryCdk8s({
  // identity
  name: 'cdk8s-kserve',
  description: 'KServe InferenceGraphs as typed, validated code for cdk8s',
  author: 'The cdk8s-kserve authors',
  authorAddress: 'authors@example.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/example/cdk8s-kserve.git',
  keywords: ['cdk', 'cdk8s', 'constructs', 'kserve', 'kubernetes', 'inferencegraph', 'inferenceservice'],
  license: 'Apache-2.0',
  stability: 'experimental',

  // toolchain
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  defaultReleaseBranch: 'main',
  minNodeVersion: '20.16.0', // the lowest that jsii 6 runs on
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0', // the minor that jsii compiles with, so that tsc, ts-jest and eslint see what jsii sees
  release: false, // its tools want node >= 22 (EBADENGINE on 20); turn on when the package is published
  github: false, // CI is .ci/run, the same on every host

  // the lowest versions that we are tested against
  cdk8sVersion: '2.70.0',
  constructsVersion: '10.3.0',

  // zod has no jsii assembly, so it is bundled and stays out of every exported signature
  deps: ['zod@^4'],
  bundledDeps: ['zod'],

  devDeps: [
    '@types/node@^20',
    'fast-check', // property tests
    'yaml', // reads manifests in tests and examples
  ],

  jestOptions: {
    // projen's default rewrites snapshots on every run, so a wrong manifest would pass
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      moduleNameMapper: { '^cdk8s-kserve$': '<rootDir>/src' }, // examples import us as users do
      coverageThreshold: { lines: 95, branches: 90, functions: 95, statements: 95 },
      testMatch: ['<rootDir>/test/**/*.test.ts'],
    },
  },
  eslintOptions: { dirs: ['src', 'examples'], devdirs: ['test', 'examples', 'benchmarks', 'conformance'] },
});

// 1.13.0 had no complete set of platform packages and `npm ci` failed
project.package.addPackageResolutions('unrs-resolver@1.12.2');

addConformance(project);

project.synth();
