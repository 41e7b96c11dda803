import type { Construct } from 'constructs';
import { ServingRuntimeBase } from './serving-runtime-base';
import type { ServingRuntimeProps } from './serving-runtime-base';
import { CLUSTER_SERVING_RUNTIME_KIND, SERVING_RUNTIME_KIND } from '../spec/runtimes';

/**
 * A model server for the models of its namespace. KServe looks at it before those of the cluster.
 *
 * @example
 * const runtime = new ServingRuntime(chart, 'our-server', {
 *   image: 'example.com/our-server:1',
 *   args: ['--model_name={{.Name}}', '--model_dir=/mnt/models'],
 *   formats: [{ format: ModelFormat.of('our-format', '1'), autoSelect: true }],
 *   protocolVersions: [ProtocolVersion.V2],
 * });
 */
export class ServingRuntime extends ServingRuntimeBase {
  /**
   * @param scope where the runtime is defined, in or under a chart
   * @param id the construct id, which is the runtime's name unless `metadata.name` is set
   * @param props what it serves, and how
   */
  constructor(scope: Construct, id: string, props: ServingRuntimeProps) {
    super(scope, id, props, SERVING_RUNTIME_KIND);
  }
}

/**
 * A model server for the models of all namespaces.
 */
export class ClusterServingRuntime extends ServingRuntimeBase {
  /**
   * @param scope where the runtime is defined, in or under a chart
   * @param id the construct id, which is the runtime's name unless `metadata.name` is set
   * @param props what it serves, and how
   */
  constructor(scope: Construct, id: string, props: ServingRuntimeProps) {
    super(scope, id, props, CLUSTER_SERVING_RUNTIME_KIND);
  }
}
