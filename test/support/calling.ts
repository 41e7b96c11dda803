import { ApiObject, App, Chart } from 'cdk8s';
import { NAMESPACE } from './manifest-graph';
import { Hardening, InferenceTarget, SequenceNode, StandaloneInferenceGraph } from '../../src';

/** A runtime that an InferenceService can name as `own`. */
export const RUNTIME = {
  apiVersion: 'serving.kserve.io/v1alpha1',
  kind: 'ServingRuntime',
  metadata: { name: 'own', namespace: NAMESPACE },
  spec: { protocolVersions: ['grpc-v2', 'v2'], containers: [{ name: 'kserve-container', image: 'x' }] },
};

/** A graph that calls an InferenceService, both in an app, and the URL that it calls. */
export function calling(service: any): { graph: StandaloneInferenceGraph; url?: string } {
  const chart = new Chart(new App(), 'test', { namespace: NAMESPACE });
  new ApiObject(chart, 'service', service);
  new ApiObject(chart, 'runtime', RUNTIME);
  const graph = new StandaloneInferenceGraph(chart, 'graph', { hardening: Hardening.NONE });
  new SequenceNode(graph, 'root').addStep(InferenceTarget.serviceName(service.metadata.name));
  const { nodes } = JSON.parse(graph.deployment.toJson().spec.template.spec.containers[0].args[1]);
  return { graph, url: nodes.root.steps[0].serviceUrl };
}
