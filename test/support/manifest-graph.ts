import { App, Chart } from 'cdk8s';
import { InferenceService, ModelFormat, ModelStorage, Predictor, StandaloneInferenceGraph } from '../../src';
import type { StandaloneInferenceGraphProps } from '../../src';
import type { InferenceGraphManifest, InferenceGraphSpec } from '../../src/spec/inference-graph';

/** Where a manifest without a namespace goes. */
export const NAMESPACE = 'models';

/** A graph with a spec as it stands in a manifest, also what the constructs cannot say. */
export class ManifestGraph extends StandaloneInferenceGraph {
  constructor(chart: Chart, private readonly written: InferenceGraphManifest, props: StandaloneInferenceGraphProps) {
    const { minReplicas, maxReplicas, scaleMetric, scaleTarget, resources } = written.spec;
    super(chart, 'graph', {
      metadata: written.metadata, minReplicas, maxReplicas, scaleMetric, scaleTarget, resources, ...props,
    } as StandaloneInferenceGraphProps);
  }

  public _toSpec(): InferenceGraphSpec {
    return this.written.spec;
  }
}

/** The graph without a controller, and the InferenceServices that it calls. */
export function standalone(manifest: InferenceGraphManifest, props: StandaloneInferenceGraphProps = {}) {
  const chart = new Chart(new App(), 'test', { namespace: manifest.metadata.namespace ?? NAMESPACE });
  const names = new Set(Object.values(manifest.spec.nodes).flatMap(({ steps = [] }) => steps.map(({ serviceName }) => serviceName ?? '')));
  names.delete('');
  const services = [...names].map((name) => new InferenceService(chart, `service-${name}`, {
    metadata: { name },
    predictor: Predictor.model({ format: ModelFormat.SKLEARN, storage: ModelStorage.gcs('bucket', name) }),
  }));
  return { graph: new ManifestGraph(chart, manifest, props), services };
}

/** What a graph without a controller is made of, in the order in which the oracle answers. */
export function objectsOf(graph: StandaloneInferenceGraph): unknown[] {
  const objects = [graph.service, graph.deployment, ...graph.autoscaler === undefined ? [] : [graph.autoscaler]];
  return objects.map((object) => JSON.parse(JSON.stringify(object.toJson())));
}
