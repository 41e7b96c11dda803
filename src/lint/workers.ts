import type { ContainerModel } from './container';
import type { Path } from './diagnostic';
import { nonEmpty } from './json';
import type { Fields } from './json';
import { at } from './rule';
import type { Report } from './rule';
import { quote } from './words';

/** The pods that serve a model together with the first one. */
export interface Workers {
  readonly path: Path;
  /** `workerSpec`. */
  readonly spec: Fields;
  /** What the messages are about. */
  readonly words: string;
  /** The containers that KServe runs the model in, in the first pod. */
  readonly first: readonly ContainerModel[];
  /** Those in the further pods. */
  readonly further: readonly ContainerModel[];
  /** The annotations in which devices can be named, and where they stand. */
  readonly annotations: Fields;
  readonly annotationsAt: Path;
}

/** What KServe's webhooks say of workers, of a service or of a runtime. */
export function reportWorkers({ path, spec, words, first, further, annotations, annotationsAt }: Workers, report: Report): void {
  for (const field of ['pipelineParallelSize', 'tensorParallelSize']) {
    const size = spec[field];
    if (typeof size === 'number' && size < 1) {
      report(at(...path, field), `${field} of the workers must be at least 1, got ${size}`, 'give the number of pods, or of GPUs in each');
    }
  }
  for (const container of first) {
    for (const { name, index } of container.env.filter((variable) => /^(PIPELINE|TENSOR)_PARALLEL_SIZE$/.test(variable.name))) {
      report(container.at('env', index), `${words} must not set '${name}'`, 'say it with pipelineParallelSize and tensorParallelSize');
    }
  }
  const containers = [...first, ...further];
  const known = containers.length === 0 ? [] : devicesNamed(annotations);
  if (known === undefined) {
    report(
      at(...annotationsAt, DEVICES_ANNOTATION),
      `the annotation '${DEVICES_ANNOTATION}' must be a JSON list of texts, got ${quote(annotations[DEVICES_ANNOTATION])}`,
      'write it as \'["vendor.com/gpu"]\'',
    );
    return;
  }
  for (const container of containers) {
    const used = Object.keys({ ...container.limits, ...container.requests });
    for (const name of used.filter((resource) => !RESOURCES.has(resource) && !known.includes(resource))) {
      report(
        container.at('resources'), `${words} uses a device that KServe does not know, got '${name}'`,
        `name it in the annotation '${DEVICES_ANNOTATION}', a JSON list`,
      );
    }
  }
}

const DEVICES_ANNOTATION = 'serving.kserve.io/gpu-resource-types';

/**
 * Cpu, memory and storage, and the devices of DefaultGPUResourceTypeList (pkg/constants/constants.go, v0.15.2 to v0.20.0); a cluster's configuration
 * can add others.
 */
const RESOURCES: ReadonlySet<string> = new Set([
  'cpu', 'memory', 'storage', 'ephemeral-storage', 'nvidia.com/gpu', 'amd.com/gpu', 'intel.com/gpu', 'habana.ai/gaudi',
]);

/** The devices in the annotation; undefined where KServe cannot read it (IsValidCustomGPUArray in pkg/utils/utils.go, v0.20.0). */
function devicesNamed(annotations: Fields): readonly string[] | undefined {
  const text = nonEmpty(annotations[DEVICES_ANNOTATION]);
  if (text === undefined) {
    return [];
  }
  try {
    const devices: unknown = JSON.parse(text);
    return Array.isArray(devices) && devices.length > 0 && devices.every(nonEmpty) ? devices as string[] : undefined;
  } catch {
    return undefined;
  }
}
