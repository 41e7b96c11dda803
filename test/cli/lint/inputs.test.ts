import { chmodSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { inputsOf } from '../../../src/cli/lint/inputs';
import { CliFolder } from '../../support/cli';

let folder: CliFolder;
let before: string;
beforeEach(() => {
  folder = new CliFolder().write({
    'a.yaml': '', 'b.yml': '', 'c.json': '', 'd.txt': '', '[x].yaml': '', 'deep/e.yaml': '', 'deep/er/f.yaml': '', '.hidden/g.yaml': '', 'node_modules/h.yaml': '',
  });
  before = process.cwd();
  process.chdir(folder.path);
});
afterEach(() => {
  process.chdir(before);
  folder.remove();
});

/** Whom no permission stops. */
const isRoot = process.getuid?.() === 0;

const inputs = (...paths: string[]) => [...inputsOf(paths)].map(({ path, problem }) => problem === undefined ? path : `${path}: ${problem}`);

test.each<[string, string[]]>([
  ['.', ['.hidden/g.yaml', '[x].yaml', 'a.yaml', 'b.yml', 'c.json', 'deep/e.yaml', 'deep/er/f.yaml']],
  ['deep', ['deep/e.yaml', 'deep/er/f.yaml']],
  ['d.txt', ['d.txt']],
  ['-', ['-']],
  ['*.yaml', ['[x].yaml', 'a.yaml']],
  ['**/*.yaml', ['[x].yaml', 'a.yaml', 'deep/e.yaml', 'deep/er/f.yaml']],
  ['./deep/**', ['deep/e.yaml', 'deep/er/f.yaml']],
  ['*.{yml,json}', ['b.yml', 'c.json']],
  ['?.txt', ['d.txt']],
  ['deep/*/[a-f].yaml', ['deep/er/f.yaml']],
  ['.hidden/*', ['.hidden/g.yaml']],
  ['[x].yaml', ['[x].yaml']],
  ['*.toml', ['*.toml: no file matches it']],
  ['nowhere/*.yaml', ['nowhere/*.yaml: no file matches it']],
  ['nowhere', ['nowhere: there is no such file']],
])('%s', (path, found) => {
  expect(inputs(path)).toEqual(found);
});

test('a glob of another folder, and one from the root', () => {
  process.chdir('deep');
  expect(inputs('../*.yml')).toEqual(['../b.yml']);
  expect(inputs(`${folder.path}/*.json`)).toEqual([join(folder.path, 'c.json')]);
});

test.each<[string[], string[]]>([
  [['a.yaml', '*.yaml', 'a.yaml'], ['a.yaml', '[x].yaml']],
  [['b.yml', './b.yml', '../{folder}/b.yml'], ['b.yml']],
  [['deep/er', 'deep', 'deep/e.yaml'], ['deep/er/f.yaml', 'deep/e.yaml']],
  [['**/e.yaml', 'deep', '{path}/deep/*/*.yaml'], ['deep/e.yaml', 'deep/er/f.yaml']],
  [['.', 'd.txt', 'node_modules', 'node_modules/h.yaml'], [
    '.hidden/g.yaml', '[x].yaml', 'a.yaml', 'b.yml', 'c.json', 'deep/e.yaml', 'deep/er/f.yaml', 'd.txt', 'node_modules/h.yaml',
  ]],
  [['nowhere', '-', 'nowhere', '-'], ['nowhere: there is no such file', '-']],
])('%j: each file once, where it comes first', (paths, found) => {
  expect(inputs(...paths.map((path) => path.replace('{path}', folder.path).replace('{folder}', basename(folder.path))))).toEqual(found);
});

test('a folder that cannot be read is told once', () => {
  chmodSync('deep/er', 0);
  try {
    expect(inputs('deep', 'deep', '*/er/*.yaml')).toEqual(isRoot ? ['deep/e.yaml', 'deep/er/f.yaml'] : ['deep/e.yaml', 'deep/er: no permission to read it']);
  } finally {
    chmodSync('deep/er', 0o700);
  }
});

test.each([
  [2, ['deep/a.yaml', 'deep/e.yaml', 'deep/er/f.yaml', 'new']],
  [3, ['deep/e.yaml', 'deep/er/f.yaml', 'new']],
])('of more than %i no list is kept: a second walk sees what has come since', (most, second) => {
  const files = inputsOf(['deep', 'new'], undefined, most);
  const paths = () => [...files].map(({ path }) => path);
  expect(paths()).toEqual(['deep/e.yaml', 'deep/er/f.yaml', 'new']);
  folder.write({ 'deep/a.yaml': '' });
  expect(paths()).toEqual(second);
});

test('links to files are followed, links to folders are not, and circles are told', () => {
  symlinkSync('../a.yaml', 'deep/link.yaml');
  symlinkSync('..', 'deep/up');
  symlinkSync('round.yaml', 'deep/round.yaml');
  symlinkSync('nowhere', 'deep/broken.yaml');
  expect(inputs('deep')).toEqual([
    'deep/broken.yaml: there is no such file', 'deep/e.yaml', 'deep/er/f.yaml', 'deep/link.yaml', 'deep/round.yaml: its links run in a circle',
  ]);
});
