import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { builtInRuntimes } from '../../src/spec/runtimes';
import type { RuntimeSpec } from '../../src/spec/runtimes';
import type { Release } from '../../src/spec/versions';
import { inOrder } from '../client/runtimes';
import type { InstalledRuntimes } from '../client/runtimes';
import { recorded, write } from '../client/vectors';

const BUILD = join(__dirname, '..', 'build');

/** The releases whose manifests are at hand; the module proxy has none of 0.18. */
const FOLDERS: readonly [Release, string][] = [
  ['0.15', 'kserve-0.15.2'], ['0.16', 'kserve-0.16.0'], ['0.17', 'kserve-0.17.0'], ['0.19', 'kserve-0.19.0'], ['0.20', 'kserve'],
];

test.each(FOLDERS)('the runtimes of %s are those that its kustomization installs', (release, folder) => {
  expect(inOrder(builtInRuntimes(release))).toEqual(installedIn(folder));
});

test('the recorded runtimes are those that the kustomizations install', () => {
  const installed = FOLDERS.map(([release, folder]): InstalledRuntimes => ({ release, runtimes: installedIn(folder) }));
  if (process.env.RECORD) write('old/runtimes', installed);
  expect(JSON.parse(JSON.stringify(installed))).toEqual(recorded('old/runtimes'));
});

function installedIn(folder: string): object[] {
  const runtimes = join(BUILD, folder, 'config', 'runtimes');
  if (!existsSync(runtimes)) throw new Error(`KServe's manifests are missing, got no folder ${runtimes}: run npx projen conformance:old`);
  const { resources } = parse(readFileSync(join(runtimes, 'kustomization.yaml'), 'utf8')) as { resources: string[] };
  return inOrder(resources.flatMap((file) => parseAllDocuments(readFileSync(join(runtimes, file), 'utf8')).map((document) => specOf(document.toJS()))));
}

function specOf({ metadata: { name }, spec }: any): RuntimeSpec {
  return {
    name,
    protocolVersions: spec.protocolVersions ?? [],
    multiNode: spec.workerSpec !== undefined,
    formats: spec.supportedModelFormats.map((format: any) => ({
      name: format.name, version: format.version, autoSelect: format.autoSelect, priority: format.priority,
    })),
  };
}
