import { Construct } from 'constructs';
import { fail } from '../../private/fail';
import { checkNode } from '../../private/node-id';
import { mark, ROUTER_NODE } from '../../private/symbols';
import type { InferenceStepSpec, InferenceTargetSpec, RouterNodeSpec, RouterType } from '../../spec/inference-graph';
import type { InferenceGraphBase } from '../inference-graph-base';
import type { Step } from '../step';
import { InferenceTarget } from '../target';
import type { IInferenceTarget } from '../target';

/**
 * A node of a graph: it takes a body, calls its steps, and answers. A node is itself something that the steps of other nodes can call.
 *
 * The node with id `root` is where every request starts.
 */
export abstract class RouterNode extends Construct implements IInferenceTarget {
  /**
   * Whether a value is a node.
   *
   * @param value what to look at
   */
  public static isRouterNode(value: object): boolean {
    return ROUTER_NODE in value;
  }

  /** The node's name in the graph: its construct id. */
  public readonly name: string;

  /** How steps of the same graph name this node. */
  public readonly stepTarget: InferenceTarget;

  private readonly graph: InferenceGraphBase;
  private readonly routerType: RouterType;
  private readonly entries: { readonly target: IInferenceTarget; readonly fields: InferenceStepSpec }[] = [];

  /**
   * @param scope the graph that the node belongs to
   * @param id the node's name
   * @param routerType KServe's word for what the node does: Sequence, Switch, Ensemble or Splitter
   * @throws when `scope` is no graph, or `id` cannot be a name or is another node's
   */
  protected constructor(scope: InferenceGraphBase, id: string, routerType: string) {
    checkNode(scope, id);
    super(scope, id);
    this.name = id;
    this.graph = scope;
    this.routerType = routerType as RouterType;
    this.stepTarget = new NodeTarget(this);
    mark(this, ROUTER_NODE);
    this.node.addValidation({ validate: () => [...scope._problemsOf(this), ...this.problemsOfTargets()] });
    scope._changed();
  }

  /** What the steps call, in order; a copy. */
  public get targets(): IInferenceTarget[] {
    return this.entries.map(({ target }) => target);
  }

  /**
   * Adds a step; every way to add one ends here.
   *
   * @internal
   */
  protected _add(step: Step, fields: InferenceStepSpec = {}): void {
    const { stepTarget } = step.target;
    const called = stepTarget._node;
    if (called !== undefined && called.graph !== this.graph) {
      fail(this, `node '${called.name}' belongs to another graph, got '${called.node.path}'`, 'call a node of this graph, or the other graph by its url');
    }
    this.entries.push({ target: step.target, fields: { name: step.name, ...stepTarget._toSpec(this.graph._serviceNamespace), ...fields } });
    this.graph._calls(step.target);
  }

  /**
   * The node as in a manifest.
   *
   * @internal
   */
  public _toSpec(): RouterNodeSpec {
    return { routerType: this.routerType, steps: this.entries.map(({ fields }) => fields) };
  }

  private problemsOfTargets(): string[] {
    return this.entries.flatMap(({ target, fields: { name, serviceName } }, i) => {
      const problem = serviceName === undefined ? undefined : target.stepTarget._problemFor(this.graph._serviceNamespace);
      const step = name === undefined ? `steps[${i}]` : `step '${name}'`;
      return problem === undefined ? [] : `${step} of node '${this.name}' calls ${problem.message}: ${problem.help}  (service-not-callable)`;
    });
  }
}

/** A node as a target. */
class NodeTarget extends InferenceTarget {
  constructor(private readonly node: RouterNode) {
    super();
  }

  /** @internal */
  public get _node(): RouterNode {
    return this.node;
  }

  /** @internal */
  public _toSpec(): InferenceTargetSpec {
    return { nodeName: this.node.name };
  }
}
