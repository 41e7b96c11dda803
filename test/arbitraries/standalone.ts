import * as fc from 'fast-check';
import { graphNodes, inferenceGraph } from './graph';
import { dnsLabel, labelMap, some } from './kubernetes';
import { ImagePullPolicy } from '../../src';
import type { StandaloneInferenceGraphProps } from '../../src';
import { propagatedPatterns } from '../../src/router/header-patterns';
import type { InferenceGraphManifest, InferenceGraphSpec } from '../../src/spec/inference-graph';

/** A graph as in a manifest, the cluster's settings for routers, and the same settings as a construct takes them. */
export interface StandaloneCase {
  readonly manifest: InferenceGraphManifest;
  readonly router: object;
  readonly props: StandaloneInferenceGraphProps;
}

/** Texts that Go's JSON writes in its own way. Without dollars: what Kubernetes makes of those is told by tests of their own. */
const text = (): fc.Arbitrary<string> => fc.oneof(
  fc.constantFrom('[@this].#(predictions.0=="dog")', 'instances.#(a<"b&c>").x', '\u2028<é>\u2029', '"\\\b\f\n\r\t\u0001\u007f', '😀', '\ue000'),
  fc.string({ unit: 'binary', maxLength: 12 }).map((value) => value.replace(/\$/g, '')),
);

/** Quantities, canonical or not. */
export const anyQuantity = (): fc.Arbitrary<string> => fc.oneof(
  fc.constantFrom('0.5', '1.500', '1000m', '1e3', '12E', '1024Mi', '1.5Gi', '0.5Ki', '2000', '128974848', '0.0001', '1.0000000001', '007', '1e-3', '16Ei', '5.', '010Ki', '016Ki', '+10Ki'),
  fc.tuple(
    fc.oneof(fc.nat({ max: 2000 }), fc.nat()),
    fc.option(fc.nat({ max: 10_000 }), { nil: undefined }),
    fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'e3', 'E2', 'e-2', 'e7'),
  ).map(([whole, fraction, unit]) => `${whole}${fraction === undefined ? '' : `.${fraction}`}${unit}`),
);
const quantities = () => fc.dictionary(fc.constantFrom('cpu', 'memory', 'nvidia.com/gpu'), anyQuantity(), { minKeys: 1, noNullPrototype: true });

/** The metrics of which the controller makes an autoscaler that follows them; the others are refused. */
const metric = () => fc.constantFrom<Partial<InferenceGraphSpec>>(
  { scaleMetric: undefined }, { scaleMetric: 'cpu' }, { scaleMetric: 'memory', scaleTarget: 70 },
);
const autoscalerClass = () => fc.constantFrom({}, {}, ...['hpa', 'none', 'external'].map((value) => ({ 'serving.kserve.io/autoscalerClass': value })));

/** The same nodes, with any text where any is allowed. */
const nodes = () => fc.tuple(graphNodes(), fc.array(text(), { minLength: 1, maxLength: 4 })).map(([made, texts]) => Object.fromEntries(
  Object.entries(made).map(([name, node], n) => [
    name,
    { ...node, steps: node.steps?.map((step, i) => ({ ...step, name: `${texts[(n + i) % texts.length]}${i}`, condition: texts[(n + 2 * i) % texts.length] })) },
  ]),
));

/** Graphs that KServe accepts, and settings of a cluster for them. */
export function standaloneCases(): fc.Arbitrary<StandaloneCase> {
  return fc.record({
    graph: inferenceGraph(),
    nodes: nodes(),
    resources: fc.option(some({ limits: quantities(), requests: quantities() }), { nil: undefined }),
    scale: metric(),
    annotations: fc.tuple(labelMap(), autoscalerClass()).map((parts) => Object.assign({}, ...parts) as { [key: string]: string }),
    imagePullPolicy: fc.constantFrom(...Object.values(ImagePullPolicy)),
    imagePullSecrets: fc.array(dnsLabel(), { maxLength: 2 }),
    names: fc.uniqueArray(fc.constantFrom('traceparent', 'x-request-id', 'x.y', 'a*b'), { maxLength: 3 }),
  }).map(({ graph, scale, annotations, imagePullPolicy, imagePullSecrets, names, ...own }) => ({
    manifest: { ...graph, metadata: { ...graph.metadata, annotations }, spec: { ...graph.spec, ...own, ...scale } },
    router: { imagePullPolicy, imagePullSecrets, ...names.length > 0 && { headers: { propagate: propagatedPatterns({ names }) } } },
    props: { imagePullPolicy, imagePullSecrets, propagateHeaders: names },
  }));
}
