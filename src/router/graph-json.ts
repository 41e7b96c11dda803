import { always, FLAG, listOf, mapOf, NUMBER, POINTER, struct, TEXT, textBy } from '../spec/go-json';
import type { InferenceGraphSpec } from '../spec/inference-graph';
import { canonicalQuantity } from '../spec/quantity';

/** What the router is given as `--graph-json`: Go's json.Marshal of the spec (inference_graph.go, v0.16.0 to v0.20.0). */
export function graphJson(spec: InferenceGraphSpec): string {
  return SPEC.encode(spec);
}

/** Linux lets one argument of a program have 128 KiB, its closing zero byte included (MAX_ARG_STRLEN). */
const MOST_BYTES = 128 * 1024 - 1;

/** Why the argument cannot be given to a program, if it cannot. */
export function graphJsonProblem(argument: string): string | undefined {
  const bytes = Buffer.byteLength(argument);
  return bytes <= MOST_BYTES ? undefined : `the graph as JSON must be below 128 KiB, got ${bytes} bytes: Linux starts no program with a longer `
    + 'argument. Shorten conditions and names, or split the graph and let one call the other by its url  (graph-json-size)';
}

/**
 * An argument that Kubernetes hands on as it is: there `$(NAME)` is expanded, `$$` becomes `$`, and after a `$` the first byte of a character is
 * taken for a character (third_party/forked/golang/expansion/expand.go, v1.34.3), so such dollars are doubled.
 * KServe's controller does not, and its router then gets another graph than was written.
 */
export function literalArgument(argument: string): string {
  return argument.replace(/\$+(?=[(\u0080-\uffff])|\$\$+/g, (dollars) => dollars + dollars);
}

const quantities = mapOf(textBy(canonicalQuantity));

const resources = struct({
  limits: quantities,
  requests: quantities,
  claims: listOf(struct({ name: always(TEXT), request: TEXT })),
});

const requirements = listOf(struct({ key: always(TEXT), operator: always(TEXT), values: listOf(TEXT) }));
const labelSelector = struct({ matchLabels: mapOf(TEXT), matchExpressions: requirements });
const nodeSelectorTerm = struct({ matchExpressions: requirements, matchFields: requirements });
const podAffinityTerm = struct({
  labelSelector,
  namespaces: listOf(TEXT),
  topologyKey: always(TEXT),
  namespaceSelector: labelSelector,
  matchLabelKeys: listOf(TEXT),
  mismatchLabelKeys: listOf(TEXT),
});
const podAffinity = struct({
  requiredDuringSchedulingIgnoredDuringExecution: listOf(podAffinityTerm),
  preferredDuringSchedulingIgnoredDuringExecution: listOf(struct({ weight: always(NUMBER), podAffinityTerm: always(podAffinityTerm) })),
});
const affinity = struct({
  nodeAffinity: struct({
    requiredDuringSchedulingIgnoredDuringExecution: struct({ nodeSelectorTerms: always(listOf(nodeSelectorTerm)) }),
    preferredDuringSchedulingIgnoredDuringExecution: listOf(struct({ weight: always(NUMBER), preference: always(nodeSelectorTerm) })),
  }),
  podAffinity,
  podAntiAffinity: podAffinity,
});

const step = struct({
  name: TEXT,
  nodeName: TEXT,
  serviceName: TEXT,
  serviceUrl: TEXT,
  data: TEXT,
  mapPredictionsToInstances: FLAG,
  weight: POINTER,
  condition: TEXT,
  dependency: TEXT,
});

const SPEC = struct({
  nodes: always(mapOf(struct({ routerType: always(TEXT), steps: listOf(step) }))),
  resources: always(resources),
  affinity,
  timeout: POINTER,
  routerTimeouts: struct({ serverRead: POINTER, serverWrite: POINTER, serverIdle: POINTER, serviceClient: POINTER }),
  minReplicas: POINTER,
  maxReplicas: NUMBER,
  scaleTarget: POINTER,
  scaleMetric: POINTER,
  tolerations: listOf(struct({ key: TEXT, operator: TEXT, value: TEXT, effect: TEXT, tolerationSeconds: POINTER })),
  nodeSelector: mapOf(TEXT),
  nodeName: TEXT,
  serviceAccountName: TEXT,
});
