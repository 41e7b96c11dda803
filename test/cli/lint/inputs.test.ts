import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
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

const inputs = async (...paths: string[]) => (await inputsOf(paths)).map(({ path, problem }) => problem === undefined ? path : `${path}: ${problem}`);

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
])('%s', async (path, found) => {
  expect(await inputs(path)).toEqual(found);
});

test('a glob of another folder, and one from the root', async () => {
  process.chdir('deep');
  expect(await inputs('../*.yml')).toEqual(['../b.yml']);
  expect(await inputs(`${folder.path}/*.json`)).toEqual([join(folder.path, 'c.json')]);
});

test('a file that is named twice is one', async () => {
  expect(await inputs('a.yaml', '*.yaml', 'a.yaml')).toEqual(['a.yaml', '[x].yaml']);
});

test('links to files are followed, links to folders are not, and circles are told', async () => {
  symlinkSync('../a.yaml', 'deep/link.yaml');
  symlinkSync('..', 'deep/up');
  symlinkSync('round.yaml', 'deep/round.yaml');
  symlinkSync('nowhere', 'deep/broken.yaml');
  expect(await inputs('deep')).toEqual([
    'deep/broken.yaml: there is no such file', 'deep/e.yaml', 'deep/er/f.yaml', 'deep/link.yaml', 'deep/round.yaml: its links run in a circle',
  ]);
});
