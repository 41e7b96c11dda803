import type { RuntimeSpec } from '../../src/spec/runtimes';
import type { Release } from '../../src/spec/versions';

/** The runtimes that a release installs, as its manifests have them. */
export interface InstalledRuntimes {
  readonly release: Release;
  readonly runtimes: readonly object[];
}

/** Runtimes as they are compared: in whatever order, and with what is left out said. */
export function inOrder(runtimes: readonly RuntimeSpec[]): object[] {
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
