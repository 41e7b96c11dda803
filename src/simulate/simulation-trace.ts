import type { InferenceGraphSpec, InferenceStepSpec } from '../spec/inference-graph';
import { text } from '../spec/utf8';
import type { NodeRecord, StepRecord } from './router/trace';
import { describeCondition, stepLabel, targetOf } from './words';

/** What became of a step. */
export enum StepFate {
  /** It was called and gave an answer, whatever its status. */
  RAN = 'RAN',
  /** It gave no answer that the router can use: no connection, an error further down, no JSON object for an Ensemble. */
  FAILED = 'FAILED',
  /** The router decided against it: a condition, a draw, another branch. */
  SKIPPED = 'SKIPPED',
  /** The router was done before it came to it. */
  NOT_REACHED = 'NOT_REACHED',
}

/** One step of a run. */
export interface StepTrace {
  /** The node that the step belongs to. */
  readonly node: string;
  /** The step's index in the node. */
  readonly index: number;
  /** The step's name, or `step <index>`. */
  readonly name: string;
  /** What it calls: `service x`, `node y`, or a URL. */
  readonly target: string;
  /** What became of it. */
  readonly fate: StepFate;
  /** Why, in words. */
  readonly reason: string;
  /**
   * Where the call went; for steps that call a service.
   *
   * @default - there is none
   */
  readonly url?: string;
  /**
   * The body that went in.
   *
   * @default - there is none
   */
  readonly input?: string;
  /**
   * The body that came out.
   *
   * @default - there is none
   */
  readonly output?: string;
  /**
   * The status that came out.
   *
   * @default - there is none
   */
  readonly status?: number;
  /**
   * The error, where there is no answer.
   *
   * @default - there is none
   */
  readonly error?: string;
  /** When it began, in milliseconds of simulated time. */
  readonly startMillis: number;
  /** When it ended, in milliseconds of simulated time. */
  readonly endMillis: number;
  /**
   * The node that it called.
   *
   * @default - there is none
   */
  readonly called?: NodeTrace;
}

/** One run of a node. */
export interface NodeTrace {
  /** The node's name. */
  readonly node: string;
  /** Its `routerType`. */
  readonly routerType: string;
  /** The body that went in. */
  readonly input: string;
  /**
   * The body that came out.
   *
   * @default - there is none
   */
  readonly output?: string;
  /**
   * The status that came out.
   *
   * @default - there is none
   */
  readonly status?: number;
  /**
   * The error that came out.
   *
   * @default - there is none
   */
  readonly error?: string;
  /**
   * A draw, a race.
   *
   * @default - there is none
   */
  readonly note?: string;
  /** All its steps, run or not. */
  readonly steps: StepTrace[];
}

const FATES = { 'ran': StepFate.RAN, 'failed': StepFate.FAILED, 'skipped': StepFate.SKIPPED, 'not-reached': StepFate.NOT_REACHED };

export function nodeTrace(record: NodeRecord, spec: InferenceGraphSpec): NodeTrace {
  const steps = Object.prototype.hasOwnProperty.call(spec.nodes, record.node) ? spec.nodes[record.node].steps ?? [] : [];
  return {
    node: record.node,
    routerType: record.routerType,
    input: text(record.input),
    output: record.outcome && text(record.outcome.body),
    status: record.outcome?.status,
    error: record.outcome?.cause,
    note: record.note,
    steps: record.steps.map((step, index) => stepTrace(step, steps[index], spec)),
  };
}

function conditionWords({ conditionMet }: StepRecord, { condition }: InferenceStepSpec): string {
  if (conditionMet === undefined) return '';
  return `condition ${conditionMet ? 'met' : 'not met'} (${describeCondition(condition)})`;
}

function stepTrace(record: StepRecord, step: InferenceStepSpec, spec: InferenceGraphSpec): StepTrace {
  return {
    node: record.node,
    index: record.index,
    name: stepLabel(step, record.index),
    target: targetOf(step),
    fate: FATES[record.fate],
    reason: [conditionWords(record, step), record.reason].filter(Boolean).join('; '),
    url: record.url,
    input: record.input && text(record.input),
    output: record.outcome && text(record.outcome.body),
    status: record.outcome?.cause === undefined ? record.outcome?.status : undefined,
    error: record.outcome?.cause,
    startMillis: record.started,
    endMillis: record.ended,
    called: record.child && nodeTrace(record.child, spec),
  };
}
