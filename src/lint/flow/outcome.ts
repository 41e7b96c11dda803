import { Bodies } from './body';
import type { Body } from './body';

/** What can come of calling a node or service: an answer with each kind of status, or no answer but an error. */
export interface Outcome {
  /** Bodies that come with a status from 200 to 299. */
  readonly good: Bodies;
  /** Bodies that come with another status. */
  readonly bad: Bodies;
  /** Whether status 0 is possible: that of a Sequence without steps. */
  readonly zero: boolean;
  /** Whether an error is possible, which ends the request. */
  readonly error: boolean;
}

/** What comes of a call that never returns. */
export const NEVER: Outcome = { good: Bodies.NONE, bad: Bodies.NONE, zero: false, error: false };

export const ERROR: Outcome = { ...NEVER, error: true };

/** What comes of one of several calls. They are joined once, at the end: a long Sequence has many. */
export class Outcomes {
  private readonly good: Body[] = [];
  private readonly bad: Body[] = [];
  private zero = false;
  private error = false;

  constructor(...outcomes: readonly Outcome[]) {
    outcomes.forEach((outcome) => this.add(outcome));
  }

  public add({ good, bad, zero, error }: Outcome): void {
    this.good.push(...good.all);
    this.bad.push(...bad.all);
    this.zero ||= zero;
    this.error ||= error;
  }

  public get all(): Outcome {
    return { good: Bodies.from(this.good), bad: Bodies.from(this.bad), zero: this.zero, error: this.error };
  }
}

export function covers(a: Outcome, b: Outcome): boolean {
  return a.good.covers(b.good) && a.bad.covers(b.bad) && (a.zero || !b.zero) && (a.error || !b.error);
}

/** Whether there is any answer that the caller can go on with. */
export function answers({ good, bad, zero }: Outcome): boolean {
  return !good.isEmpty || !bad.isEmpty || zero;
}
