import { yaml, yamlProblem } from './yaml';
import { goYaml } from '../spec/go-yaml-options';
import { INFERENCE_GRAPH_KIND, ROOT_NODE } from '../spec/inference-graph';
import type { InferenceGraphSpec } from '../spec/inference-graph';

/** A graph that the simulator can run. */
export interface ReadGraph {
  readonly name: string;
  readonly namespace: string;
  readonly spec: InferenceGraphSpec;
}

const DEFAULT_NAMESPACE = 'default';

/**
 * The InferenceGraph in a YAML stream (or JSON, which is YAML), as kubectl reads it.
 * @param wanted its name; needed where the stream holds more than one
 */
export function graphFromYaml(text: string, wanted?: string): ReadGraph {
  const documents = yaml().parseAllDocuments(text, goYaml(yaml()));
  const list = Array.isArray(documents) ? documents : [];
  const problem = yamlProblem(list.flatMap(({ errors }) => errors));
  if (problem !== undefined) throw new Error(`the graph is no valid YAML: ${problem}`);
  const values: unknown[] = list.map((document) => document.toJS({ maxAliasCount: 100 }));
  const graphs = values.filter(isObject).filter(({ kind }) => kind === INFERENCE_GRAPH_KIND);
  const names = graphs.map((graph) => String(isObject(graph.metadata) ? graph.metadata.name : ''));
  if (graphs.length === 0) throw new Error(`the text holds no ${INFERENCE_GRAPH_KIND}, got ${list.length} other document(s): give a manifest with kind: ${INFERENCE_GRAPH_KIND}`);
  const index = wanted === undefined ? 0 : names.indexOf(wanted);
  if (index < 0) throw new Error(`no InferenceGraph is called '${wanted}', got ${names.join(', ')}: give one of those names`);
  if (wanted === undefined && graphs.length > 1) throw new Error(`the text holds ${graphs.length} InferenceGraphs, got ${names.join(', ')}: say which with graphName, or --graph on the command line`);
  const graph = graphs[index];
  const namespace = isObject(graph.metadata) && typeof graph.metadata.namespace === 'string' ? graph.metadata.namespace : DEFAULT_NAMESPACE;
  return { name: names[index], namespace, spec: checkedSpec(graph.spec) };
}

/** A graph's spec from JSON text. */
export function graphFromJson(name: string, json: string): ReadGraph {
  let spec: unknown;
  try {
    spec = JSON.parse(json);
  } catch (error) {
    throw new Error(`the spec of graph '${name}' is no valid JSON: ${(error as Error).message}`);
  }
  return { name, namespace: DEFAULT_NAMESPACE, spec: checkedSpec(spec) };
}

const STRINGS = ['name', 'nodeName', 'serviceName', 'serviceUrl', 'data', 'condition', 'dependency'];
const TIMEOUTS = ['serverRead', 'serverWrite', 'serverIdle', 'serviceClient'];

/**
 * The spec, once its types are those that the router can read: with others it would not start. Whether KServe would admit the
 * graph is the linter's business.
 */
function checkedSpec(spec: unknown): InferenceGraphSpec {
  const problems: string[] = [];
  if (!isObject(spec) || !isObject(spec.nodes)) {
    throw new Error(`the graph cannot run: spec.nodes must be a map of nodes, got ${describe(isObject(spec) ? spec.nodes : spec)}`);
  }
  for (const [name, node] of Object.entries(spec.nodes)) checkNode(name, node, problems);
  if (spec.routerTimeouts !== undefined && spec.routerTimeouts !== null) {
    const timeouts = spec.routerTimeouts;
    if (!isObject(timeouts)) problems.push(`spec.routerTimeouts must be a map, got ${describe(timeouts)}`);
    else TIMEOUTS.filter((key) => !isAbsent(timeouts[key]) && !Number.isInteger(timeouts[key])).forEach((key) => problems.push(`spec.routerTimeouts.${key} must be whole seconds, got ${describe(timeouts[key])}`));
  }
  if (problems.length > 0) throw new Error(`the graph cannot run:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
  const checked = spec as unknown as InferenceGraphSpec;
  refuseCirclesAndDepth(checked);
  return checked;
}

function checkNode(name: string, node: unknown, problems: string[]): void {
  if (!isObject(node)) {
    problems.push(`node '${name}' must be a map, got ${describe(node)}`);
    return;
  }
  if (!isAbsent(node.routerType) && typeof node.routerType !== 'string') problems.push(`node '${name}': routerType must be a text, got ${describe(node.routerType)}`);
  if (isAbsent(node.steps)) return;
  if (!Array.isArray(node.steps)) {
    problems.push(`node '${name}': steps must be a list, got ${describe(node.steps)}`);
    return;
  }
  node.steps.forEach((step: unknown, index) => {
    const where = `node '${name}', step ${index}`;
    if (!isObject(step)) {
      problems.push(`${where} must be a map, got ${describe(step)}`);
      return;
    }
    STRINGS.filter((key) => !isAbsent(step[key]) && typeof step[key] !== 'string').forEach((key) => problems.push(`${where}: ${key} must be a text, got ${describe(step[key])}`));
    if (!isAbsent(step.weight) && !Number.isInteger(step.weight)) problems.push(`${where}: weight must be a whole number, got ${describe(step.weight)}`);
    if (!isAbsent(step.mapPredictionsToInstances) && typeof step.mapPredictionsToInstances !== 'boolean') {
      problems.push(`${where}: mapPredictionsToInstances must be true or false, got ${describe(step.mapPredictionsToInstances)}`);
    }
  });
}

/** Nodes nested deeper are refused: each takes some of the stack. */
const DEEPEST = 500;

/** The router would go round in a circle until it is killed. */
function refuseCirclesAndDepth({ nodes }: InferenceGraphSpec): void {
  const depths = new Map<string, number>();
  const path: string[] = [];
  const depthOf = (name: string): number => {
    if (path.includes(name)) {
      throw new Error(`the graph cannot run: its nodes call each other in a circle, got ${[...path.slice(path.indexOf(name)), name].join(' → ')}: let one of these steps call a service instead`);
    }
    const known = depths.get(name);
    if (known !== undefined || !Object.prototype.hasOwnProperty.call(nodes, name)) return known ?? 0;
    path.push(name);
    if (path.length > DEEPEST) throw tooDeep(path);
    const depth = (nodes[name].steps ?? []).reduce((deepest, { nodeName }) => Math.max(deepest, nodeName ? depthOf(nodeName) : 0), 0) + 1;
    if (path.length + depth - 1 > DEEPEST) throw tooDeep(path);
    path.pop();
    depths.set(name, depth);
    return depth;
  };
  depthOf(ROOT_NODE);
}

function tooDeep([first, second, third]: readonly string[]): Error {
  return new Error(`the graph cannot run: more than ${DEEPEST} of its nodes are nested in each other, got ${first} → ${second} → ${third} → …: let steps of one node call the services`);
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function describe(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
