/*
 * What a KServe release knows and does. This is the one place that compares versions: everything else asks for a capability by its name, or
 * whether a field's first version (`since` in the schemas) is newer than the target.
 */

/** The minor releases that can be a target, oldest first, each with the newest patch that this package knows. */
const PATCHES = { '0.15': '0.15.2', '0.16': '0.16.0', '0.17': '0.17.0', '0.18': '0.18.1', '0.19': '0.19.0', '0.20': '0.20.0' } as const;

/** A minor release of KServe. */
export type Release = keyof typeof PATCHES;

/** Every release, oldest first. */
export const RELEASES = Object.keys(PATCHES) as readonly Release[];

/** What is targeted where nothing else is said. */
export const NEWEST_RELEASE: Release = '0.20';

/** What changed between the releases, by name, with the first version that has it (kserve's own source at those tags). */
const SINCE = {
  /** The modes are called Standard and Knative; before, RawDeployment and Serverless, and the new words are ignored (pkg/constants/constants.go). */
  newModeNames: '0.16.0',
  /** A graph calls a service with an explicit runtime by the runtime's first HTTP protocol (pkg/controller/v1beta1/inferenceservice/utils/utils.go). */
  protocolOfExplicitRuntime: '0.16.0',
  /** A service in Standard mode whose Services are headless has port 8080 in its address (…/reconcilers/ingress). */
  portOfHeadlessService: '0.17.0',
  /** The address of a service in Standard mode begins with http://, whatever `ingress.urlScheme` says (…/reconcilers/ingress). */
  httpAddress: '0.18.0',
  /** The router maps predictions to instances, and has timeouts that can be set (cmd/router/main.go). */
  mappingAndTimeouts: '0.16.0',
  /** A Splitter draws fairly, and no draw selects no step: before, about 1 in 101 requests had no answer (cmd/router/main.go). */
  fairSplitter: '0.19.0',
  /** The webhook gives models of format vLLM protocol v2 where none is set (pkg/apis/serving/v1beta1/inference_service_defaults.go). */
  vllmByV2: '0.20.0',
  /** A model with workers may be in an OCI image (pkg/apis/serving/v1beta1/inference_service_validation.go, validateMultiNodeVariables). */
  workersFromOci: '0.16.0',
  /** `oci+native://` (pkg/controller/v1beta1/inferenceservice/utils/utils.go). */
  nativeOci: '0.20.0',
} as const;

/** Something that not every release can do. */
export type Capability = keyof typeof SINCE;

/** Whether a release can do something. */
export function can(release: Release, capability: Capability): boolean {
  return !isBelow(PATCHES[release], SINCE[capability]);
}

/** The newest patch of a release: `0.20.0`. */
export function patchOf(release: Release): string {
  return PATCHES[release];
}

/** The release that a text names: `0.20`, `0.20.0`, `v0.20.0`. */
export function releaseOf(text: string): Release | undefined {
  const [, minor] = /^v?(\d+\.\d+)(?:\.\d+)?$/.exec(text) ?? [];
  return RELEASES.find((release) => release === minor);
}

/** Releases that are no targets of constructs, and that the linter knows graphs of, each with its newest patch. */
const OLD_PATCHES: { readonly [release: string]: string | undefined } = {
  '0.9': '0.9.0', '0.10': '0.10.2', '0.11': '0.11.2', '0.12': '0.12.1', '0.13': '0.13.1', '0.14': '0.14.1',
};

/** The oldest release that has graphs. */
export const OLDEST_RELEASE = '0.9';

/** A KServe version as users write it, with its patch: a release means its newest one. Undefined where it is none, or has no graphs. */
export function versionOf(text: string): string | undefined {
  const [, release = '', patch] = /^v?(\d+\.\d+)(\.\d+)?$/.exec(text) ?? [];
  const patches: { readonly [release: string]: string | undefined } = { ...OLD_PATCHES, ...PATCHES };
  const newest = Object.hasOwn(patches, release) ? patches[release] : undefined;
  return newest === undefined || patch === undefined ? newest : `${release}${patch}`;
}

/** The release of a version, or the oldest target where it is older than all of them. */
export function targetOf(version: string): Release {
  return releaseOf(version) ?? (isBelow(version, PATCHES[RELEASES[0]]) ? RELEASES[0] : NEWEST_RELEASE);
}

/** The image of the graph router that a release ships (config/configmap/inferenceservice.yaml of its manifests). */
export function routerImageOf(release: Release): string {
  return `kserve/router:v${PATCHES[release]}`;
}

/** A deployment mode as a release writes it in the annotation. */
export function modeNameOf(release: Release, mode: string): string {
  return can(release, 'newModeNames') ? mode : OLD_MODE_NAMES[mode] ?? mode;
}

const OLD_MODE_NAMES: { readonly [mode: string]: string } = { Standard: 'RawDeployment', Knative: 'Serverless' };

/** Whether a version, as `major.minor.patch`, is below another. Targets are releases; rules also speak of patches and of what was before. */
export function isBelow(version: string, bound: string): boolean {
  const [a, b] = [partsOf(version), partsOf(bound)];
  const at = b.findIndex((part, i) => part !== (a[i] ?? 0));
  return at !== -1 && (a[at] ?? 0) < b[at];
}

function partsOf(version: string): number[] {
  return version.replace(/^v/, '').split('.').map((part) => Number.parseInt(part, 10) || 0);
}
