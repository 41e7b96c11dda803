import type { Clock, Outcome } from './effects';

export type StepFate = 'ran' | 'failed' | 'skipped' | 'not-reached';

/** One node's run, filled in while it runs; bodies stay bytes until someone looks. */
export interface NodeRecord {
  readonly node: string;
  readonly routerType: string;
  readonly input: Uint8Array;
  readonly steps: StepRecord[];
  outcome?: Outcome;
  /** What is worth a word beyond the steps: a draw, a race. */
  note?: string;
  readonly started: number;
  ended: number;
}

/** One step of a node's run. */
export interface StepRecord {
  readonly node: string;
  readonly index: number;
  fate: StepFate;
  reason: string;
  /** Whether the step's condition was met; absent where none was tested. The trace says it in words, beside the reason. */
  conditionMet?: boolean;
  input?: Uint8Array;
  outcome?: Outcome;
  child?: NodeRecord;
  url?: string;
  started: number;
  ended: number;
}

export function startNode(node: string, routerType: string, input: Uint8Array, steps: number, clock: Clock): NodeRecord {
  return {
    node,
    routerType,
    input,
    started: clock.now,
    ended: clock.now,
    steps: Array.from({ length: steps }, (_, index) => ({ node, index, fate: 'not-reached' as const, reason: '', started: clock.now, ended: clock.now })),
  };
}
