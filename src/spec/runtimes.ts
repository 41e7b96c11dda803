import { isBelow, patchOf } from './versions';
import type { Release } from './versions';

export const SERVING_RUNTIME_API_VERSION = 'serving.kserve.io/v1alpha1';
export const SERVING_RUNTIME_KIND = 'ServingRuntime';
export const CLUSTER_SERVING_RUNTIME_KIND = 'ClusterServingRuntime';

/** The protocols that a model can ask for (pkg/constants/constants.go, v0.20.0). */
export const PROTOCOLS: readonly string[] = ['v1', 'v2', 'grpc-v1', 'grpc-v2'];

/** A ServingRuntime or ClusterServingRuntime as a whole object. */
export interface ServingRuntimeManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: ServingRuntimeSpec;
}

/** As far as this package reads it. */
export interface ServingRuntimeSpec {
  readonly supportedModelFormats?: readonly RuntimeFormat[];
  readonly protocolVersions?: readonly string[];
  readonly containers: readonly object[];
  readonly workerSpec?: { readonly containers: readonly object[]; readonly pipelineParallelSize?: number; readonly tensorParallelSize?: number };
  readonly disabled?: boolean;
  readonly schedulerName?: string;
}

/** What a ServingRuntime says of the models that it serves. */
export interface RuntimeSpec {
  readonly name: string;
  readonly formats: readonly RuntimeFormat[];
  /** In the order of the manifest; none means any. */
  readonly protocolVersions: readonly string[];
  readonly multiNode?: boolean;
  /** Those of its container, where a model says nothing else. */
  readonly resources?: RuntimeResources;
}

/** Requests and limits, as in a container. */
export interface RuntimeResources {
  readonly requests?: { readonly [name: string]: string | number };
  readonly limits?: { readonly [name: string]: string | number };
}

/** One entry of `supportedModelFormats`. */
export interface RuntimeFormat {
  readonly name: string;
  readonly version?: string;
  /** Whether KServe may choose the runtime for this format by itself. */
  readonly autoSelect?: boolean;
  readonly priority?: number;
}

/** A runtime that KServe ships, with the versions that do so. */
interface BuiltIn extends RuntimeSpec {
  readonly since?: string;
  /** The first version that no longer has it so. */
  readonly until?: string;
}

/**
 * The ClusterServingRuntimes that KServe ships: name, formats (`name:version`, several with a blank), protocols.
 *
 * From config/runtimes and its kustomization.yaml at v0.15.2, v0.16.0, v0.17.0, v0.19.0 and v0.20.0; v0.18 is taken to be as v0.17.0 and v0.19.0, which
 * are equal. Where KServe ships a file but does not install it (kserve-openvino), it is not here.
 */
const BUILT_IN: readonly BuiltIn[] = [
  { name: 'kserve-tensorflow-serving', formats: auto('tensorflow:1 tensorflow:2', 2), protocolVersions: ['v1', 'grpc-v1'] },
  { name: 'kserve-sklearnserver', formats: auto('sklearn:1', 1), protocolVersions: ['v1', 'v2'] },
  {
    name: 'kserve-predictiveserver',
    formats: byName('sklearn:1 xgboost:2 lightgbm:4', 3),
    protocolVersions: ['v1', 'v2'],
    since: '0.17.0',
  },
  {
    name: 'kserve-mlserver',
    formats: [...auto('sklearn:0 sklearn:1 xgboost:1 xgboost:2 lightgbm:3 lightgbm:4', 2), ...auto('mlflow:1 mlflow:2', 1)],
    protocolVersions: ['v2'],
  },
  { name: 'kserve-xgbserver', formats: auto('xgboost:1', 1), protocolVersions: ['v1', 'v2'], until: '0.17.0' },
  { name: 'kserve-xgbserver', formats: auto('xgboost:2', 1), protocolVersions: ['v1', 'v2'], since: '0.17.0' },
  {
    name: 'kserve-tritonserver',
    formats: [...auto('tensorrt:8 tensorflow:1 tensorflow:2 onnx:1', 1), ...byName('pytorch:1'), ...auto('triton:2', 1)],
    protocolVersions: ['v2', 'grpc-v2'],
  },
  { name: 'kserve-pmmlserver', formats: auto('pmml:3 pmml:4', 1), protocolVersions: ['v1', 'v2'] },
  { name: 'kserve-paddleserver', formats: auto('paddle:2', 1), protocolVersions: ['v1', 'v2'] },
  { name: 'kserve-lgbserver', formats: auto('lightgbm:3', 1), protocolVersions: ['v1', 'v2'], until: '0.17.0' },
  { name: 'kserve-lgbserver', formats: auto('lightgbm:4', 1), protocolVersions: ['v1', 'v2'], since: '0.17.0' },
  { name: 'kserve-torchserve', formats: auto('pytorch:1', 2), protocolVersions: ['v1', 'v2', 'grpc-v2'] },
  { name: 'kserve-huggingfaceserver', formats: auto('huggingface:1', 1), protocolVersions: ['v2', 'v1'] },
  { name: 'kserve-huggingfaceserver-multinode', formats: auto('huggingface:1', 2), protocolVersions: ['v2', 'v1'], multiNode: true },
  { name: 'kserve-autogluonserver', formats: auto('autogluon:1', 1), protocolVersions: ['v1', 'v2'], since: '0.20.0' },
  { name: 'kserve-vllmserver', formats: auto('vLLM:1', 1), protocolVersions: [], since: '0.20.0' },
];

/** The resources of KServe's runtimes, the same at all these versions; the one for several nodes has more. */
const RESOURCES: RuntimeResources = { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '1', memory: '2Gi' } };
const RESOURCES_OF_NODES: RuntimeResources = { requests: { cpu: '2', memory: '6Gi' }, limits: { cpu: '4', memory: '12Gi' } };

/** The runtimes that a release ships. */
export function builtInRuntimes(release: Release): readonly RuntimeSpec[] {
  const version = patchOf(release);
  const runtimes = byRelease.get(release)
    ?? BUILT_IN.filter(({ since, until }) => (since === undefined || !isBelow(version, since)) && (until === undefined || isBelow(version, until)))
      .map((runtime) => ({ ...runtime, resources: runtime.multiNode === true ? RESOURCES_OF_NODES : RESOURCES }));
  byRelease.set(release, runtimes);
  return runtimes;
}

/** The runtimes of a cluster: its own, and those that a release ships and that it does not make otherwise. */
export function runtimesOfCluster(release: Release, own: readonly RuntimeSpec[] = []): readonly RuntimeSpec[] {
  const builtIn = builtInRuntimes(release);
  if (own.length === 0) {
    return builtIn;
  }
  const known = ofClusters.get(own) ?? new Map<Release, readonly RuntimeSpec[]>();
  const runtimes = known.get(release) ?? [...own, ...builtIn.filter(({ name }) => runtimeNamed(name, own) === undefined)];
  ofClusters.set(own, known.set(release, runtimes));
  return runtimes;
}

/** Asked for with each InferenceService. */
const byRelease = new Map<Release, readonly RuntimeSpec[]>();
const ofClusters = new WeakMap<readonly RuntimeSpec[], Map<Release, readonly RuntimeSpec[]>>();

/** The first runtime of a name. */
export function runtimeNamed(name: string, ...scopes: readonly (readonly RuntimeSpec[])[]): RuntimeSpec | undefined {
  for (const runtimes of scopes.filter(({ length }) => length > 0)) {
    const names = namesOf.get(runtimes) ?? new Map([...runtimes].reverse().map((runtime) => [runtime.name, runtime]));
    namesOf.set(runtimes, names);
    const found = names.get(name);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

const namesOf = new WeakMap<readonly RuntimeSpec[], Map<string, RuntimeSpec>>();

/** Whether a runtime lists a format; without a version any version will do. */
export function supportsFormat({ formats }: RuntimeSpec, format: ModelFormat): boolean {
  return formats.some((listed) => isOf(listed, format));
}

interface ModelFormat {
  readonly name: string;
  readonly version?: string;
}

function isOf(listed: ModelFormat, { name, version }: ModelFormat): boolean {
  return listed.name === name && (version === undefined || listed.version === version);
}

/** Whether a runtime speaks a protocol; one that lists none speaks any. */
export function supportsProtocol({ protocolVersions }: RuntimeSpec, protocol: string): boolean {
  return protocolVersions.length === 0 || protocolVersions.includes(protocol);
}

/**
 * The runtime that KServe chooses where a model names none: of those that list the format for automatic selection and speak the protocol, the one
 * of highest priority (pkg/apis/serving/v1beta1/predictor_model.go, v0.20.0). Runtimes of the namespace come before those of the cluster.
 */
export function selectRuntime(
  format: ModelFormat,
  protocol: string,
  multiNode: boolean,
  ...scopes: readonly (readonly RuntimeSpec[])[]
): RuntimeSpec | undefined {
  for (const runtimes of scopes) {
    const best = bestOf(runtimes, format, protocol, multiNode);
    if (best !== undefined) {
      return best;
    }
  }
  return undefined;
}

/** Many services ask the same of the same runtimes. */
const chosen = new WeakMap<readonly RuntimeSpec[], Map<string, RuntimeSpec | undefined>>();

function bestOf(runtimes: readonly RuntimeSpec[], format: ModelFormat, protocol: string, multiNode: boolean): RuntimeSpec | undefined {
  if (runtimes.length === 0) {
    return undefined;
  }
  const answers = chosen.get(runtimes) ?? new Map<string, RuntimeSpec | undefined>();
  chosen.set(runtimes, answers);
  const question = JSON.stringify([format.name, format.version, protocol, multiNode]);
  if (!answers.has(question)) {
    const [best] = runtimes
      .filter(({ formats }) => formats.some((listed) => listed.autoSelect && isOf(listed, format)))
      .filter((runtime) => supportsProtocol(runtime, protocol) && (runtime.multiNode ?? false) === multiNode)
      .sort((a, b) => priorityOf(b, format.name) - priorityOf(a, format.name));
    answers.set(question, best);
  }
  return answers.get(question);
}

function priorityOf({ formats }: RuntimeSpec, format: string): number {
  // without a priority it comes last, and two without keep their order
  return formats.find(({ name }) => name === format)?.priority ?? Number.MIN_SAFE_INTEGER;
}

function auto(formats: string, priority: number): RuntimeFormat[] {
  return byName(formats, priority).map((format) => ({ ...format, autoSelect: true }));
}

function byName(formats: string, priority?: number): RuntimeFormat[] {
  return formats.split(' ').map((format) => {
    const [name, version] = format.split(':');
    return { name, version, ...priority !== undefined && { priority } };
  });
}
