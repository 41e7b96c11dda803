import type { InferenceGraphSpec, InferenceStepSpec } from '../spec/inference-graph';
import { ROOT_NODE } from '../spec/inference-graph';
import { isSuccess } from './router/ensemble';
import type { NodeRecord, StepRecord } from './router/trace';
import { describeCondition, stepLabel } from './words';

interface Point {
  readonly key: string;
  readonly words: string;
}

/** Which steps, branches and error paths of a graph the requests have reached so far. */
export class GraphCoverage {
  /** @internal */
  public static _of(spec: InferenceGraphSpec, reached: ReadonlySet<string>): GraphCoverage {
    return new GraphCoverage(points(spec), reached);
  }

  /** What some request has reached, in the order of the graph. */
  public readonly covered: string[];

  /** What no request has reached. */
  public readonly missing: string[];

  private constructor(all: readonly Point[], reached: ReadonlySet<string>) {
    this.covered = all.filter(({ key }) => reached.has(key)).map(({ words }) => words);
    this.missing = all.filter(({ key }) => !reached.has(key)).map(({ words }) => words);
  }

  /** The part that was reached, from 0 to 1. */
  public get ratio(): number {
    const all = this.covered.length + this.missing.length;
    return all === 0 ? 1 : this.covered.length / all;
  }

  /** A summary for eyes: how much was reached, and each thing that was not. */
  public toText(): string {
    const all = this.covered.length + this.missing.length;
    const head = `${this.covered.length} of ${all} paths reached`;
    return this.missing.length === 0 ? head : `${head}, not yet:\n${this.missing.map((words) => `- ${words}`).join('\n')}`;
  }

  /**
   * Fails a test while paths are left that no request has reached.
   * @throws with the summary
   */
  public assertComplete(): void {
    if (this.missing.length > 0) throw new Error(this.toText());
  }
}

/** Adds what a run has reached. */
export function addReached(record: NodeRecord, spec: InferenceGraphSpec, reached: Set<string>): void {
  const steps = stepsOf(spec, record.node);
  if (record.routerType === 'Switch' && !record.steps.some(({ conditionMet }) => conditionMet)) reached.add(keyOf(record.node, 'no-match'));
  record.steps.forEach((step, index) => {
    for (const kind of kindsReached(step, steps[index])) reached.add(keyOf(record.node, kind, index));
    if (step.child) addReached(step.child, spec, reached);
  });
}

function kindsReached(record: StepRecord, step: InferenceStepSpec): string[] {
  const kinds: string[] = [];
  if (record.conditionMet === false) kinds.push('unmet');
  const { outcome } = record;
  if (!outcome) return kinds;
  if (outcome.cause !== undefined) kinds.push('no-answer');
  else if (step.dependency === 'Hard' && !isSuccess(outcome.status)) kinds.push('hard');
  else kinds.push('ran');
  return kinds;
}

function points(spec: InferenceGraphSpec): Point[] {
  const found: Point[] = [];
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name) || !Object.prototype.hasOwnProperty.call(spec.nodes, name)) return;
    seen.add(name);
    const { routerType } = spec.nodes[name];
    const steps = stepsOf(spec, name);
    steps.forEach((step, index) => {
      const label = `${name} / ${stepLabel(step, index)}`;
      const point = (kind: string, words: string): void => { found.push({ key: keyOf(name, kind, index), words: `${label}: ${words}` }); };
      point('ran', 'gives an answer');
      if (!step.nodeName) point('no-answer', 'the model does not answer');
      if (routerType === 'Sequence' && step.condition && index > 0) point('unmet', `condition not met (${describeCondition(step.condition)})`);
      if (step.dependency === 'Hard' && (routerType === 'Sequence' || routerType === 'Ensemble')) point('hard', 'answers without success, being Hard');
    });
    if (routerType === 'Switch') found.push({ key: keyOf(name, 'no-match'), words: `${name}: no condition matches` });
    steps.forEach((step) => step.nodeName && visit(step.nodeName));
  };
  visit(ROOT_NODE);
  return found;
}

function stepsOf(spec: InferenceGraphSpec, node: string): readonly InferenceStepSpec[] {
  return Object.prototype.hasOwnProperty.call(spec.nodes, node) ? spec.nodes[node].steps ?? [] : [];
}

function keyOf(node: string, kind: string, index?: number): string {
  return JSON.stringify([node, kind, index ?? null]);
}
