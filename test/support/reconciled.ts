import { ApiObject, App, Chart } from 'cdk8s';
import { ManifestGraph, NAMESPACE } from './manifest-graph';
import type { ReconcileAnswer, ReconcileQuestion } from '../../conformance/client/oracle';
import { Hardening, KServeVersion, RouterImage } from '../../src';
import type { StandaloneInferenceGraph, StandaloneInferenceGraphProps } from '../../src';
import { DEPLOYMENT_MODE_ANNOTATION } from '../../src/spec/inference-graph';
import { modeNameOf } from '../../src/spec/versions';

/** The graph of a question without its controller, in an app with the question's InferenceServices. */
export function withoutController({ graph, services = [], config = {} }: ReconcileQuestion, version = KServeVersion.V0_20): StandaloneInferenceGraph {
  const manifest = graph as any;
  const chart = new Chart(new App(), 'test', { namespace: manifest.metadata.namespace ?? NAMESPACE });
  version.applyTo(chart);
  (services as any[]).forEach(({ status, ...service }, i) => {
    const annotations = { [DEPLOYMENT_MODE_ANNOTATION]: modeNameOf(version._release, 'Standard'), ...service.metadata.annotations }; // the cluster's default
    new ApiObject(chart, `service-${i}`, { ...service, metadata: { ...service.metadata, ...service.kind === 'InferenceService' && { annotations } } });
  });
  return new ManifestGraph(chart, manifest, { hardening: Hardening.NONE, ...settings(config.router) });
}

/** A cluster's settings for all routers, as those of one graph. */
function settings(router: any): StandaloneInferenceGraphProps {
  const { image, imagePullPolicy, imagePullSecrets, headers } = router?.image === undefined ? {} as any : router;
  return { image: image && RouterImage.of(image), imagePullPolicy, imagePullSecrets, propagateHeaderPatterns: headers?.propagate };
}

/** What the controller made, without what only a controller can write, and with the image pinned that KServe ships as latest. */
export function madeByController({ objects }: ReconcileAnswer, version = KServeVersion.V0_20): unknown[] {
  return objects.map((object) => {
    const { metadata: { ownerReferences, ...metadata }, ...rest } = JSON.parse(JSON.stringify(object).replaceAll('kserve/router:latest', version.routerImage), written);
    expect(ownerReferences).toHaveLength(1);
    return { ...rest, metadata };
  });
}

/** The Go types of KServe 0.15 write a time that there is not. */
function written(key: string, value: unknown): unknown {
  return key === 'creationTimestamp' && value === null ? undefined : value;
}

/** What is refused here and not by KServe, by rule. */
export function refusalsOf(graph: StandaloneInferenceGraph): string[] {
  // random graphs are warned of, thousands of times
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const problems = graph.node.validate();
  stderr.mockRestore();
  return problems.flatMap((problem) => / {2}\(((?:standalone|propagate)-[a-z-]+)\)$/.exec(problem)?.[1] ?? []);
}
