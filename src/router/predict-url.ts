import type { InferenceServiceManifest, PredictorSpec } from '../spec/inference-service';
import { resolveService } from '../spec/resolve';
import type { ResolutionContext } from '../spec/resolve';

/** A URL, or why there is none. */
export interface Resolved {
  readonly url?: string;
  readonly problem?: string;
}

/** What to say instead of the service, where its URL cannot be told. */
const SAY_URL = 'give its URL in serviceUrls';

/**
 * The URL by which a graph calls an InferenceService, as the controller tells it from the service's status. A service without a namespace is in
 * the graph's own, where its short name leads to it.
 */
export function predictUrl(service: InferenceServiceManifest, context: ResolutionContext): Resolved {
  const { name, namespace } = service.metadata;
  const { mode } = context;
  if (mode === undefined) {
    return { problem: `its deployment mode is the cluster's default: say it by the annotation 'serving.kserve.io/deploymentMode', or ${SAY_URL}` };
  }
  if (mode === 'Knative' && namespace === undefined) {
    return { problem: `Knative knows it by its namespace, and it has none: set the namespace of its chart, or ${SAY_URL}` };
  }
  const { address, path, protocol, runtime, problem, transformer } = resolveService(service, context);
  if (path === undefined) {
    return {
      problem: problem === undefined
        ? `the protocols of its runtime '${runtime}' are not known: define the runtime in this app, or ${SAY_URL}`
        : `${problem}: name another runtime, or ${SAY_URL}`,
    };
  }
  if (path === '' && protocol !== undefined) {
    return { problem: `it is called by '${protocol}', and a router speaks v1 and v2 only: set another protocolVersion, or another runtime` };
  }
  const host = address ?? `http://${name}-${componentOf(service.spec.predictor, transformer)}`;
  // before 0.17 KServe leaves the port out, and its graphs do not reach the service
  const port = mode === 'Standard' && context.headless && !host.endsWith(HEADLESS_PORT) ? HEADLESS_PORT : '';
  return { url: host + port + path };
}

/** A Service without an address leads to its pods, whose port this is. */
const HEADLESS_PORT = ':8080';

/** What requests to a service in Standard mode go to. */
function componentOf(predictor: PredictorSpec & { readonly name?: string }, transformer: boolean): string {
  return transformer ? 'transformer' : predictor.name === undefined ? 'predictor' : `${predictor.name}-predictor`;
}
