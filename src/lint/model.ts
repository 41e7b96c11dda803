import type { LintContext, LlmService } from './context';
import type { Located, Path } from './diagnostic';
import { Flow } from './flow/flow';
import { fieldsOf, isMap, nonEmpty, wholeOf } from './json';
import type { Fields } from './json';
import { mayShareNamespace, servicesNamed } from './known-service';
import type { KnownService } from './known-service';
import { MetadataModel } from './metadata';
import { ROOT_NODE, ROUTER_TYPES, TARGET_KEYS } from '../spec/inference-graph';
import type { RouterType } from '../spec/inference-graph';
import { NEWEST_RELEASE, patchOf } from '../spec/versions';

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
  /** The steps that have a condition. */
  public readonly conditional: readonly StepModel[];
  /** Whether some step calls the root: otherwise it gets clients' requests and nothing else. */
  public readonly rootIsCalled: boolean;
  private readonly byName: ReadonlyMap<string, NodeModel>;
  private cachedFlow?: Flow;

  constructor(public readonly document: unknown, public readonly context: LintContext = {}) {
    const top = fieldsOf(document);
    this.metadata = new MetadataModel(fieldsOf(top.metadata), context.deploymentMode);
    this.spec = new SpecModel(fieldsOf(top.spec));
    this.nodes = Object.entries(fieldsOf(this.spec.fields.nodes)).map(([name, node]) => new NodeModel(name, node));
    this.steps = this.nodes.flatMap(({ steps }) => steps);
    this.conditional = this.steps.filter(({ condition }) => condition !== undefined);
    this.rootIsCalled = this.steps.some(({ nodeName }) => nodeName === ROOT_NODE);
    this.byName = new Map(this.nodes.map((node) => [node.name, node]));
  }

  /** The KServe that the graph is meant for. */
  public get kserveVersion(): string {
    return this.context.kserveVersion ?? patchOf(NEWEST_RELEASE);
  }

  /** The InferenceServices that are known beside the graph. */
  public get services(): readonly KnownService[] {
    return this.context.services ?? NO_SERVICES;
  }

  /** The LLMInferenceServices that are known beside the graph. */
  public get llmServices(): readonly LlmService[] {
    return this.context.llmServices ?? [];
  }

  /** The known InferenceService that a step calls: the controller looks in the graph's own namespace. */
  public serviceOf(step: StepModel): KnownService | undefined {
    const named = step.serviceName === undefined ? [] : servicesNamed(this.services, step.serviceName);
    const own = this.metadata.namespace;
    return named.find(({ namespace }) => namespace === own)
      ?? named.find(({ namespace }) => mayShareNamespace(namespace, own));
  }

  /** What each step receives, and what can come of it; computed when first asked for. */
  public get flow(): Flow {
    return this.cachedFlow ??= new Flow(this);
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

const NO_SERVICES: readonly KnownService[] = [];

/** `spec` of a graph. */
export class SpecModel implements Located {
  public readonly path: Path = ['spec'];
  public readonly minReplicas?: number;
  public readonly maxReplicas?: number;
  /** In seconds. */
  public readonly timeout?: number;
  /** In seconds each. */
  public readonly routerTimeouts: RouterTimeoutsModel;

  constructor(public readonly fields: Fields) {
    const timeouts = fieldsOf(fields.routerTimeouts);
    this.timeout = wholeOf(fields.timeout);
    this.routerTimeouts = { serverWrite: wholeOf(timeouts.serverWrite), serviceClient: wholeOf(timeouts.serviceClient) };
    this.minReplicas = wholeOf(fields.minReplicas);
    this.maxReplicas = wholeOf(fields.maxReplicas);
  }
}

/** The timeouts that bound an answer. */
export interface RouterTimeoutsModel {
  readonly serverWrite?: number;
  readonly serviceClient?: number;
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

  /** Undefined where there is none, or none that is a whole number. */
  public readonly weight?: number;
  /** The GJSON path; undefined where there is none. */
  public readonly condition?: string;
  public readonly isHard: boolean;
  /** Whether it is given the answer of the step before. */
  public readonly takesResponse: boolean;
  public readonly mapsPredictions: boolean;
  /** The target keys that are set, to whatever value; KServe wants exactly one. */
  public readonly targets: readonly string[];

  constructor(public readonly node: NodeModel, public readonly index: number, public readonly fields: Fields) {
    this.name = nonEmpty(fields.name);
    this.nodeName = nonEmpty(fields.nodeName);
    this.serviceName = nonEmpty(fields.serviceName);
    this.serviceUrl = nonEmpty(fields.serviceUrl);
    this.weight = wholeOf(fields.weight);
    this.condition = nonEmpty(fields.condition);
    this.isHard = fields.dependency === 'Hard';
    this.takesResponse = node.routerType === 'Sequence' && index > 0 && fields.data === '$response';
    this.mapsPredictions = node.routerType === 'Sequence' && fields.mapPredictionsToInstances === true;
    this.targets = TARGET_KEYS.filter((key) => fields[key] !== undefined && fields[key] !== null && fields[key] !== '');
  }

  public get path(): Path {
    return [...this.node.path, 'steps', this.index];
  }

  /** One of the step's fields, to point at. */
  public at(field: string): Located {
    return { path: [...this.path, field] };
  }

  /** The key of its answer in that of an Ensemble. */
  public get key(): string {
    return this.name ?? String(this.index);
  }

  public toString(): string {
    return `${this.name === undefined ? `steps[${this.index}]` : `step '${this.name}'`} of ${this.node}`;
  }
}
