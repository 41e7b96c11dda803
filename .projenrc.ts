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

  // other languages, by jsii; `.ci/languages` tries each
  publishToPypi: { distName: 'cdk8s-kserve', module: 'cdk8s_kserve' },
  publishToMaven: { javaPackage: 'com.example.cdk8s.kserve', mavenGroupId: 'com.example.cdk8s', mavenArtifactId: 'cdk8s-kserve' },
  publishToGo: { moduleName: 'github.com/example/cdk8s-kserve-go', packageName: 'cdk8skserve' },

  // the lowest versions that we are tested against
  cdk8sVersion: '2.70.0',
  constructsVersion: '10.3.0',
  // the parts of StandaloneInferenceGraph are its constructs, so a peer like cdk8s: two copies of it would not know each other's classes
  peerDeps: ['cdk8s-plus-28@^2.5.6'],

  // neither has a jsii assembly, so they are bundled and stay out of every exported signature
  deps: ['zod@^4', 'yaml@^2', 'commander@^14', 'picomatch@^4'],
  // commander: no dependencies, CommonJS; 15 is ESM and wants node >= 22. picomatch: globs (node 20 has none of its own), 90 kB, no dependencies
  bundledDeps: ['zod', 'yaml', 'commander', 'picomatch'],
  bin: { 'cdk8s-kserve': 'lib/cli/main.js' },

  devDeps: [
    '@types/node@^20',
    '@types/picomatch@^4',
    '@microsoft/jest-sarif', // for the schema of SARIF that it brings
    'ajv@^6', // that schema is of draft 4
    'fast-check', // property tests
  ],

  jestOptions: {
    // projen's default rewrites snapshots on every run, so a wrong manifest would pass
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: false,
    jestConfig: {
      testMatch: ['<rootDir>/examples/**/*.test.ts'], // beside projen's own: src and test
      setupFiles: ['<rootDir>/test/support/outdir.ts'],
      moduleNameMapper: { '^cdk8s-kserve$': '<rootDir>/src' }, // examples import us as users do
      reporters: [new javascript.JestReporter('<rootDir>/scripts/count-reporter.js')],
      collectCoverageFrom: ['<rootDir>/src/**/*.ts'],
      coverageThreshold: { lines: 95, branches: 90, functions: 95, statements: 95 },
    },
  },
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'examples', 'benchmarks', 'scripts', 'conformance'],
    commandOptions: { fix: false }, // a test that mends what it tests cannot fail
  },
});

// 1.13.0 had no complete set of platform packages and `npm ci` failed
project.package.addPackageResolutions('unrs-resolver@1.12.2');

// lock files name no host that the packages came from
const npmrc = new javascript.NpmConfig(project);
npmrc.addConfig('omit-lockfile-registry-resolved', 'true');

// by name, examples and demo reach what is built here, as if it were installed; what is not named here is private
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
  './.warnings.jsii.js': './.warnings.jsii.js',
});

// beside the code and not in it: Node reads a map only where somebody debugs, and inline they were three quarters of all that it loads
project.tsconfig!.file.addOverride('compilerOptions.inlineSourceMap', undefined);
project.tsconfig!.file.addOverride('compilerOptions.sourceMap', true);

// everything that is TypeScript, checked at once: jsii sees src alone, and ts-jest only strips types
const check = new javascript.TypescriptConfig(project, {
  fileName: 'tsconfig.check.json',
  extends: javascript.TypescriptConfigExtends.fromTypescriptConfigs([project.tsconfig!]),
  include: [
    ...['src', 'test', 'examples', 'benchmarks', 'scripts', 'projenrc', 'conformance/client', 'conformance/cluster', 'conformance/old', 'conformance/storage', 'conformance/test'].map((folder) => `${folder}/**/*.ts`),
    '.projenrc.ts',
  ],
  compilerOptions: { noEmit: true, rootDir: '.', paths: { 'cdk8s-kserve': ['./src'] } },
});

// one program for eslint too, instead of a tsconfig.json in each folder
const eslintrc = project.tryFindObjectFile('.eslintrc.json')!;
eslintrc.addOverride('parserOptions.project', `./${check.fileName}`);
eslintrc.addDeletionOverride('parserOptions.projectService');

// layers: each folder may import only from those before it
const layers = ['spec', 'gjson', 'lint', 'draw', 'private', 'graph', 'serving', 'router'];
project.eslint?.addRules({
  'import/no-cycle': 'error',
  'import/no-restricted-paths': ['error', {
    zones: [
      ...layers.slice(0, -1).map((layer, i) => ({
        target: `./src/${layer}`,
        from: layers.slice(i + 1).map((later) => `./src/${later}`),
        message: `imports point one way: ${layers.join(' ◄ ')}`,
      })),
      {
        target: './src/simulate',
        from: ['lint', 'draw', 'private', 'graph', 'serving', 'router', 'cli'].map((layer) => `./src/${layer}`),
        message: 'simulate needs spec and gjson only',
      },
      { target: [...layers, 'simulate'].map((layer) => `./src/${layer}`), from: './src/cli', message: 'the command line is the outermost layer' },
    ],
  }],
});
// these run in a web page as they are
project.eslint?.addOverride({
  files: ['spec', 'gjson', 'lint', 'draw', 'simulate'].map((layer) => `src/${layer}/**/*.ts`),
  rules: {
    'no-restricted-globals': ['error', 'process', 'Buffer', '__dirname', '__filename', 'setImmediate'],
    'no-restricted-imports': ['error', {
      patterns: ['node:*', 'fs', 'path', 'os', 'http', 'https', 'child_process', 'cdk8s', 'constructs', 'cdk8s-plus-*'],
    }],
  },
});
// UTF-8 is made of bits, and so are sets of characters
project.eslint?.addOverride({ files: ['src/gjson/**/*.ts', 'src/spec/regexp/*.ts', 'test/arbitraries/gjson.ts'], rules: { 'no-bitwise': 'off' } });
// tsc checks these, and by another path than eslint's resolver
project.eslint?.addOverride({ files: ['examples/**/*.ts', 'benchmarks/**/*.ts', 'scripts/**/*.ts'], rules: { 'import/no-unresolved': 'off' } });

project.compileTask.exec('ts-node -T --project tsconfig.check.json scripts/lazy-index.ts');

// `test` is complete on its own: compile, snippets, types, tests, style
const snippets = project.addTask('test:snippets', {
  description: 'Compile every TypeScript snippet of README and @example',
  exec: 'jsii-rosetta extract --compile --fail',
});
const types = project.addTask('test:types', { description: 'Check the types of all TypeScript', exec: `tsc -p ${check.fileName}` });
project.testTask.prependSpawn(types);
project.testTask.prependSpawn(snippets);
project.testTask.prependSpawn(project.compileTask);
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20'); // 20 is the oldest that we support, and tested

project.addTask('benchmark:serve', {
  description: 'The local router beside the real one (needs conformance:build)',
  steps: [{ spawn: 'compile' }, { exec: 'ts-node -T --project tsconfig.check.json benchmarks/serve.ts', receiveArgs: true }],
});
project.addTask('benchmark:soak', {
  description: 'The memory of the local router over many requests',
  env: { TS_NODE_PROJECT: 'tsconfig.check.json' },
  steps: [{ spawn: 'compile' }, { exec: 'node --expose-gc -r ts-node/register/transpile-only benchmarks/soak.ts', receiveArgs: true }],
});
project.addTask('example:real-model', {
  description: 'Serve a graph before two real classifiers and ask it about three flowers (needs Python with scikit-learn)',
  steps: [{ exec: 'jsii --silence-warnings=reserved-word' }, { exec: 'ts-node -T --project tsconfig.check.json examples/real-model/run.ts' }],
});
project.addTask('benchmark:synth', {
  description: 'Time import and synth against bare cdk8s',
  steps: [{ spawn: 'compile' }, { exec: 'ts-node -T --project tsconfig.check.json benchmarks/synth.ts' }],
});
project.addTask('benchmark:lint', {
  description: 'The linter on 10,000 files beside kubeconform, and its memory (needs Go)',
  steps: [{ spawn: 'compile' }, { exec: 'ts-node -T --project tsconfig.check.json benchmarks/lint.ts', receiveArgs: true }],
});
project.addTask('benchmark:gjson', {
  description: "Measure GJSON paths beside JSON.parse and beside Go's gjson (needs Go)",
  steps: [{ spawn: 'compile' }, { exec: 'ts-node -T --project tsconfig.check.json benchmarks/gjson.ts' }],
});

project.addTask('fuzz:lint', {
  description: 'Lint damaged inputs: seed, first and how many (a million)',
  env: { TS_NODE_PROJECT: 'tsconfig.check.json' },
  steps: [{ exec: 'node -r ts-node/register/transpile-only scripts/fuzz-lint.ts', receiveArgs: true }],
});
project.addTask('docs:rules', { description: 'Write docs/rules.md from the rules', exec: 'ts-node -T --project tsconfig.check.json scripts/rules.ts' });
project.addTask('demo', {
  description: "KServe's dog-breed pipeline: synthesize it, check it, draw it, send it two pictures",
  steps: [{ spawn: 'compile' }, { exec: 'ts-node -T --project tsconfig.check.json scripts/demo.ts' }],
});

project.gitignore.exclude('.jsii.tabl.json', '/out/');
for (const path of [
  '/examples/', '/rosetta/', '/docs/', '/benchmarks/', '/scripts/', '/.ci/', '/out/', '.jsii.tabl.json', '/tsconfig.check.json', '/.npmrc',
  '/ARCHITECTURE.md', '/CONTRIBUTING.md',
]) {
  project.npmignore?.exclude(path);
}

addConformance(project);

project.synth();
