/*
 * What users install: the files of the packed tarball, and nothing else.
 */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

const root = path.join(__dirname, '..');
const [{ files, bundled, size }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
  cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'],
}));
const paths: string[] = files.map((file: { path: string }) => file.path);

test('outside of lib and the bundled packages there are only these', () => {
  expect(paths.filter((file) => !/^(lib|node_modules)\//.test(file)).sort()).toEqual([
    '.jsii', 'API.md', 'CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json',
  ]);
});

test('lib has the compiled JavaScript, its types and its source maps', () => {
  expect(paths).toContain('lib/index.js');
  expect(paths.filter((file) => /^lib\//.test(file) && !/\.(js|js\.map|d\.ts)$/.test(file))).toEqual([]);
});

test('only these packages are bundled', () => {
  expect(bundled).toEqual(['commander', 'picomatch', 'yaml', 'zod']);
});

test('the tarball has about the size that the README says, in MB', () => {
  const said = Number(/The packed package has ([\d.]+) MB/.exec(fs.readFileSync(path.join(root, 'README.md'), 'utf8'))![1]);
  expect(Math.abs(size / 1e6 - said)).toBeLessThan(0.2);
});

test('cdk8s-plus is loaded for a graph without a controller, and for nothing else', () => {
  const program = `
    const { App, Chart } = require('cdk8s');
    const lib = require(${JSON.stringify(root)});
    const isLoaded = () => Object.keys(require.cache).some((file) => file.includes('cdk8s-plus-28'));
    const build = (Graph) => {
      new lib.SequenceNode(new Graph(new Chart(new App(), 'test'), 'pipeline'), 'root').addStep(lib.InferenceTarget.url('http://a/b'));
      return isLoaded();
    };
    console.log(JSON.stringify([isLoaded(), build(lib.InferenceGraph), build(lib.StandaloneInferenceGraph)]));`;
  expect(execFileSync(process.execPath, ['-e', program], { cwd: root, encoding: 'utf8' })).toBe('[false,false,true]\n');
});
