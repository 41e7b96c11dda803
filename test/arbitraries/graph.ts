import * as fc from 'fast-check';
import { affinity, dnsLabel, labelMap, resources, some, tolerations } from './kubernetes';
import type { InferenceGraphManifest, InferenceGraphSpec, InferenceStepSpec, RouterNodeSpec, RouterType } from '../../src/spec/inference-graph';

/*
 * InferenceGraphs that KServe accepts and whose references hold: nodeName names a node, and nothing runs in circles.
 */

/** What a test may narrow. */
export interface GraphOptions {
  /** @default - all four */
  readonly routerTypes?: readonly RouterType[];
  /** Kinds of targets beside nodes. @default - both */
  readonly services?: readonly ('serviceName' | 'serviceUrl')[];
  /** The URLs that steps call. @default - http://a to http://d */
  readonly urls?: readonly string[];
  /** @default - conditions that match some answers of JSON and not others */
  readonly conditions?: readonly string[];
  /** The most nodes. @default 4 */
  readonly maxNodes?: number;
  /** The most steps of a node. @default 3 */
  readonly maxSteps?: number;
}

/** Conditions of every sort: fields, queries, modifiers, what always and what never matches. */
export const CONDITIONS = [
  'predictions', 'predictions.0', '[@this].#(predictions.0=="dog")', 'predictions.#(@this>0.5)', '@this', 'a.b\\.c', '#', 'instances.#.data',
  '[@this].#(source=="client1")', 'predictions.0=="dog"', '..0', '@reverse', '{a,b}', '!"x"', 'flag', 'missing', '',
];

/** `condition` of a step. */
export const condition = (options: GraphOptions = {}): fc.Arbitrary<string> => fc.constantFrom(...options.conditions ?? CONDITIONS);

/** What a step that names no node calls. */
export function service(options: GraphOptions = {}): fc.Arbitrary<InferenceStepSpec> {
  const { services = ['serviceName', 'serviceUrl'], urls = ['http://a', 'http://b', 'http://c', 'http://d'] } = options;
  const kinds = {
    serviceName: () => dnsLabel().map((serviceName) => ({ serviceName })),
    serviceUrl: () => fc.constantFrom(...urls).map((serviceUrl) => ({ serviceUrl })),
  };
  return fc.oneof(...services.map((kind) => kinds[kind]()));
}

/** A step before its nodes have names: `to` counts the nodes that come after its own. */
interface LooseStep {
  readonly fields: Partial<InferenceStepSpec>;
  readonly target: InferenceStepSpec | { readonly to: number };
}

/** A node before its steps lead anywhere. */
interface LooseNode {
  readonly routerType: RouterType;
  readonly steps: readonly LooseStep[];
  readonly cuts: readonly number[];
}

function looseStep(options: GraphOptions): fc.Arbitrary<LooseStep> {
  const fields = some<InferenceStepSpec>({
    name: dnsLabel(),
    data: fc.constantFrom('$request', '$response', '$response.predictions', ''),
    mapPredictionsToInstances: fc.boolean(),
    weight: fc.integer({ min: 0, max: 100 }),
    condition: condition(options),
    dependency: fc.constantFrom('Soft', 'Hard'),
  });
  const target = fc.oneof({ weight: 2, arbitrary: service(options) }, { weight: 1, arbitrary: fc.record({ to: fc.nat(9) }) });
  return fc.record({ fields, target });
}

function looseNode(options: GraphOptions): fc.Arbitrary<LooseNode> {
  const { routerTypes = ['Sequence', 'Splitter', 'Ensemble', 'Switch'], maxSteps = 3 } = options;
  return fc.record({
    routerType: fc.constantFrom(...routerTypes),
    steps: fc.array(looseStep(options), { maxLength: maxSteps }),
    cuts: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: maxSteps, maxLength: maxSteps }),
  });
}

/** The node, its steps leading to `later` nodes only, with weights that sum to 100 where KServe wants that. */
function fastened({ routerType, steps, cuts }: LooseNode, later: readonly string[]): RouterNodeSpec {
  const isSplitter = routerType === 'Splitter';
  const wanted = isSplitter && steps.length === 0 ? [{ fields: {}, target: { serviceUrl: 'http://a' } }] : steps;
  const shares = isSplitter ? weights(wanted.length, cuts) : undefined;
  const taken = new Set<string>();
  const fast = wanted.map(({ fields: { name, ...fields }, target }, i) => {
    const to = !('to' in target) ? target : later.length > 0 ? { nodeName: later[target.to % later.length] } : { serviceUrl: 'http://a' };
    const named = name === undefined || taken.has(name) ? {} : { name }; // names are unique in a node
    if (name !== undefined) taken.add(name);
    return { ...named, ...fields, ...to, ...shares && { weight: shares[i] } };
  });
  return fast.length === 0 ? { routerType } : { routerType, steps: fast };
}

function weights(count: number, cuts: readonly number[]): number[] {
  const marks = [0, ...cuts.slice(0, count - 1).sort((a, b) => a - b), 100];
  return marks.slice(1).map((mark, i) => mark - marks[i]);
}

/** `spec.nodes`: root and more; each leads only to those after it. */
export function graphNodes(options: GraphOptions = {}): fc.Arbitrary<Record<string, RouterNodeSpec>> {
  const { maxNodes = 4 } = options;
  const names = fc.uniqueArray(dnsLabel().filter((name) => name !== 'root'), { minLength: maxNodes - 1, maxLength: maxNodes - 1 });
  const nodes = fc.array(looseNode(options), { minLength: 1, maxLength: maxNodes });
  return fc.tuple(names, nodes).map(([others, loose]) => {
    const all = ['root', ...others].slice(0, loose.length);
    return Object.fromEntries(loose.map((node, i) => [all[i], fastened(node, all.slice(i + 1))]));
  });
}

const seconds = (): fc.Arbitrary<number> => fc.integer({ min: 1, max: 3600 });
const replicas = (): fc.Arbitrary<number> => fc.integer({ min: 0, max: 10 });

/** A whole spec: the nodes and everything that Kubernetes takes. */
export function graphSpec(options: GraphOptions = {}): fc.Arbitrary<InferenceGraphSpec> {
  const rest = some<Omit<InferenceGraphSpec, 'nodes'>>({
    resources: resources(),
    affinity: affinity(),
    timeout: seconds(),
    routerTimeouts: some({ serverRead: seconds(), serverWrite: seconds(), serverIdle: seconds(), serviceClient: seconds() }),
    minReplicas: replicas(),
    maxReplicas: replicas(),
    scaleTarget: replicas(),
    scaleMetric: fc.constantFrom('cpu', 'memory', 'concurrency', 'rps'),
    tolerations: tolerations() as fc.Arbitrary<NonNullable<InferenceGraphSpec['tolerations']>>,
    nodeSelector: labelMap(),
    nodeName: dnsLabel(),
    serviceAccountName: dnsLabel(),
  });
  return fc.tuple(graphNodes(options), rest).map(([nodes, fields]) => ({ nodes, ...fields }));
}

/** A whole manifest that KServe accepts. */
export function inferenceGraph(options: GraphOptions = {}): fc.Arbitrary<InferenceGraphManifest> {
  const metadata = some({ name: dnsLabel(), namespace: dnsLabel(), labels: labelMap(), annotations: labelMap() }, 'name');
  return fc.tuple(metadata, graphSpec(options)).map(([meta, spec]) => ({
    apiVersion: 'serving.kserve.io/v1alpha1',
    kind: 'InferenceGraph',
    metadata: meta as InferenceGraphManifest['metadata'],
    spec,
  }));
}
