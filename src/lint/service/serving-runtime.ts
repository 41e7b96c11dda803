import type { ServiceModel } from './model';
import type { InferenceServiceManifest } from '../../spec/inference-service';
import { INFERENCE_SERVICE_SHAPE } from '../../spec/inference-service-shape';
import { resolveService } from '../../spec/resolve';
import { runtimeNamed } from '../../spec/runtimes';
import type { RuntimeSpec } from '../../spec/runtimes';
import { accepts } from '../../spec/shape';

/** The runtime that a service names, or that KServe would choose of those that are known. */
export function runtimeServing(service: ServiceModel): RuntimeSpec | undefined {
  const { predictor, metadata, document, release, runtimes, clusterRuntimes } = service;
  if (predictor.modelKeys.length === 0 || metadata.name === '' || !accepts(INFERENCE_SERVICE_SHAPE, document)) {
    return undefined;
  }
  const { runtime } = resolveService(document as InferenceServiceManifest, { release, runtimes, clusterRuntimes });
  return runtime === undefined ? undefined : runtimeNamed(runtime, runtimes, clusterRuntimes);
}
