import { Chart } from 'cdk8s';
import { manifestOf } from './synth';
import { StandaloneInferenceGraph } from '../../src';
import type { StandaloneInferenceGraphProps } from '../../src';
import type { InferenceGraphManifest, InferenceGraphSpec } from '../../src/spec/inference-graph';

/** Where a manifest without a namespace goes. */
export const NAMESPACE = 'models';

/** A graph with a spec as it stands in a manifest, also what the constructs cannot say. */
export class ManifestGraph extends StandaloneInferenceGraph {
  constructor(chart: Chart, private readonly written: InferenceGraphManifest, props: StandaloneInferenceGraphProps = {}) {
    const { minReplicas, maxReplicas, scaleMetric, scaleTarget, resources, serviceAccountName, nodeName } = written.spec;
    super(chart, 'graph', {
      metadata: written.metadata, minReplicas, maxReplicas, scaleMetric, scaleTarget, resources, serviceAccountName, nodeName, ...props,
    } as StandaloneInferenceGraphProps);
  }

  public _toSpec(): InferenceGraphSpec {
    return this.written.spec;
  }
}

/** What a graph without a controller is made of, in the order in which the oracle answers. */
export function objectsOf(graph: StandaloneInferenceGraph): unknown[] {
  const objects = [graph.service, graph.deployment, ...graph.autoscaler === undefined ? [] : [graph.autoscaler]];
  return objects.map((object) => JSON.parse(JSON.stringify(manifestOf(object))));
}
