import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { builtInRuntimes } from '../../src/spec/runtimes';
import type { RuntimeSpec } from '../../src/spec/runtimes';
import type { Release } from '../../src/spec/versions';

const BUILD = join(__dirname, '..', 'build');

/** The releases whose manifests are at hand; the module proxy has none of 0.18. */
test.each<[Release, string]>([['0.15', 'kserve-0.15.2'], ['0.16', 'kserve-0.16.0'], ['0.17', 'kserve-0.17.0'], ['0.19', 'kserve-0.19.0'], ['0.20', 'kserve']])(
  'the runtimes of %s are those that its kustomization installs', (release, folder) => {
    const runtimes = join(BUILD, folder, 'config', 'runtimes');
    if (!existsSync(runtimes)) throw new Error(`KServe's manifests are missing, got no folder ${runtimes}: run npx projen conformance:old`);
    const { resources } = parse(readFileSync(join(runtimes, 'kustomization.yaml'), 'utf8')) as { resources: string[] };
    const installed = resources.flatMap((file) => parseAllDocuments(readFileSync(join(runtimes, file), 'utf8')).map((document) => specOf(document.toJS())));

    expect(inOrder(builtInRuntimes(release))).toEqual(inOrder(installed));
  },
);

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

function inOrder(runtimes: readonly RuntimeSpec[]): object[] {
  const byText = (a: object, b: object) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
  return runtimes
    .map(({ name, protocolVersions, multiNode = false, formats }) => ({
      name,
      protocolVersions,
      multiNode,
      formats: formats.map(({ name: format, version, autoSelect = false, priority }) => ({ name: format, version, autoSelect, priority }))
        .sort(byText),
    }))
    .sort((a, b) => a.name < b.name ? -1 : 1);
}
