import { KSERVE_CONTAINER } from '../../spec/inference-service';
import { CLUSTER_SERVING_RUNTIME_KIND, SERVING_RUNTIME_API_VERSION, SERVING_RUNTIME_KIND } from '../../spec/runtimes';
import type { ServingRuntimeManifest, ServingRuntimeSpec } from '../../spec/runtimes';

/** A runtime of one format for a rule's example, without a namespace of its own. */
export function runtime(spec: Partial<ServingRuntimeSpec> = {}): ServingRuntimeManifest {
  return {
    apiVersion: SERVING_RUNTIME_API_VERSION,
    kind: SERVING_RUNTIME_KIND,
    metadata: { name: 'our-server' },
    spec: {
      supportedModelFormats: [{ name: 'our-format', version: '1', autoSelect: true }],
      protocolVersions: ['v2'],
      containers: [container()],
      ...spec,
    },
  };
}

/** The same runtime for the whole cluster. */
export function ofCluster(manifest: ServingRuntimeManifest): ServingRuntimeManifest {
  return { ...manifest, kind: CLUSTER_SERVING_RUNTIME_KIND };
}

/** The same runtime under another name. */
export function named(name: string, manifest: ServingRuntimeManifest): ServingRuntimeManifest {
  return { ...manifest, metadata: { ...manifest.metadata, name } };
}

/** The container of a runtime, or another. */
export function container(rest: object = {}, name = KSERVE_CONTAINER): object {
  return { name, image: 'example.com/our-server:1', ...rest };
}
