import type { Path } from './diagnostic';
import { DEPLOYMENT_MODES } from '../spec/deployment-mode';
import type { DeploymentModeName } from '../spec/deployment-mode';
import { DEPLOYMENT_MODE_ANNOTATION, ROOT_NODE, ROUTER_TYPES, TARGET_KEYS } from '../spec/inference-graph';
import type { RouterType } from '../spec/inference-graph';

export type { DeploymentModeName } from '../spec/deployment-mode';

/** A part of a document that a finding can point at. */
export interface Located {
  readonly path: Path;
}

/**
 * An InferenceGraph as the rules see it: nodes, steps and edges, built once from any document.
 *
 * What is not of the right type is left out here and reported by the shape rules, so that every other rule can trust what it finds.
 */
export class GraphModel implements Located {
  public readonly path: Path = [];
  public readonly metadata: MetadataModel;
  public readonly spec: SpecModel;
  /** In the order of the document. */
  public readonly nodes: readonly NodeModel[];
  /** Every step of every node. */
  public readonly steps: readonly StepModel[];
  private readonly byName: ReadonlyMap<string, NodeModel>;

  constructor(public readonly document: unknown) {
    const top = fieldsOf(document);
    this.metadata = new MetadataModel(fieldsOf(top.metadata));
    this.spec = new SpecModel(fieldsOf(top.spec));
    this.nodes = Object.entries(fieldsOf(this.spec.fields.nodes)).map(([name, node]) => new NodeModel(name, node));
    this.steps = this.nodes.flatMap(({ steps }) => steps);
    this.byName = new Map(this.nodes.map((node) => [node.name, node]));
  }

  public get root(): NodeModel | undefined {
    return this.byName.get(ROOT_NODE);
  }

  public node(name: string): NodeModel | undefined {
    return this.byName.get(name);
  }

  /** The nodes that a node's steps call, without those that do not exist. */
  public callees(node: NodeModel): NodeModel[] {
    return node.steps.flatMap((step) => this.node(step.nodeName ?? '') ?? []);
  }

  public toString(): string {
    return `graph '${this.metadata.name}'`;
  }
}

/** `metadata` of a graph. */
export class MetadataModel implements Located {
  public readonly path: Path = ['metadata'];
  public readonly name: string;
  public readonly namespace?: string;
  /** Undefined where the cluster's default decides. */
  public readonly deploymentMode?: DeploymentModeName;

  constructor(fields: Fields) {
    this.name = nonEmpty(fields.name) ?? generated(textOf(fields.generateName));
    this.namespace = textOf(fields.namespace);
    this.deploymentMode = deploymentModeOf(fields.annotations);
  }
}

/** `spec` of a graph. */
export class SpecModel implements Located {
  public readonly path: Path = ['spec'];
  public readonly minReplicas?: number;
  public readonly maxReplicas?: number;

  constructor(public readonly fields: Fields) {
    this.minReplicas = wholeOf(fields.minReplicas);
    this.maxReplicas = wholeOf(fields.maxReplicas);
  }
}

/** One node. */
export class NodeModel implements Located {
  public readonly path: Path;
  /** Undefined where the document has none that KServe knows. */
  public readonly routerType?: RouterType;
  public readonly steps: readonly StepModel[];
  /** Whether the document gives the node no steps, rather than something that is no list of steps. */
  public readonly isEmpty: boolean;

  constructor(public readonly name: string, node: unknown) {
    const { routerType, steps = [] } = fieldsOf(node);
    this.path = ['spec', 'nodes', name];
    this.routerType = ROUTER_TYPES.find((type) => type === routerType);
    this.steps = (Array.isArray(steps) ? steps : []).flatMap((step, index) => isMap(step) ? new StepModel(this, index, step) : []);
    this.isEmpty = isMap(node) && Array.isArray(steps) && steps.length === 0;
  }

  public toString(): string {
    return `node '${this.name}'`;
  }
}

/** One step. The empty text counts as not set, as in Go. */
export class StepModel implements Located {
  public readonly name?: string;
  public readonly nodeName?: string;
  public readonly serviceName?: string;
  public readonly serviceUrl?: string;

  constructor(public readonly node: NodeModel, public readonly index: number, public readonly fields: Fields) {
    this.name = nonEmpty(fields.name);
    this.nodeName = nonEmpty(fields.nodeName);
    this.serviceName = nonEmpty(fields.serviceName);
    this.serviceUrl = nonEmpty(fields.serviceUrl);
  }

  public get path(): Path {
    return [...this.node.path, 'steps', this.index];
  }

  /** One of the step's fields, to point at. */
  public at(field: string): Located {
    return { path: [...this.path, field] };
  }

  /** Undefined where there is none, or none that is a whole number. */
  public get weight(): number | undefined {
    return wholeOf(this.fields.weight);
  }

  /** The target keys that are set, to whatever value; KServe wants exactly one. */
  public get targets(): string[] {
    return TARGET_KEYS.filter((key) => !['', undefined, null].includes(this.fields[key] as string | undefined));
  }

  public toString(): string {
    return `${this.name === undefined ? `steps[${this.index}]` : `step '${this.name}'`} of ${this.node}`;
  }
}

/** A name as the API server generates one, before KServe's webhook is asked. */
function generated(prefix = ''): string {
  return prefix === '' ? '' : `${prefix}xxxxx`;
}

/** The mode that an object's annotations choose; undefined where the cluster's default decides. */
export function deploymentModeOf(annotations: unknown): DeploymentModeName | undefined {
  return DEPLOYMENT_MODES.get(fieldsOf(annotations)[DEPLOYMENT_MODE_ANNOTATION]);
}

type Fields = Readonly<Record<string, unknown>>;

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldsOf(value: unknown): Fields {
  return isMap(value) ? value : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function nonEmpty(value: unknown): string | undefined {
  return textOf(value) || undefined;
}

function wholeOf(value: unknown): number | undefined {
  return Number.isInteger(value) ? value as number : undefined;
}
