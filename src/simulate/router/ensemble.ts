import type { Arrival, Collector, Decisions, Outcome } from './effects';
import type { NodeRecord } from './trace';
import type { InferenceStepSpec } from '../../spec/inference-graph';
import { marshalObject, rewriteObject } from '../go/json';

export function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}

/**
 * Merges an Ensemble's answers as they arrive. The router reads them in the order of the steps, and takes any error that comes
 * while it waits for the next one; an answer and an error that are there at the same moment race.
 */
export class EnsembleCollector implements Collector {
  private readonly answers: (Outcome | undefined)[];
  private next = 0;

  public constructor(
    private readonly steps: readonly InferenceStepSpec[],
    private readonly decisions: Decisions,
    private readonly record: NodeRecord,
  ) {
    this.answers = steps.map(() => undefined);
  }

  public arrive(group: readonly Arrival[]): Outcome | undefined {
    const errors: Outcome[] = [];
    for (const { index, outcome } of group) {
      const answer = this.read(index, outcome);
      if (answer.cause === undefined) this.answers[index] = answer;
      else errors.push({ ...answer, status: 500 });
    }
    const failed = this.advance();
    if (errors.length > 0) {
      const possible = failed ? [failed, ...errors] : errors;
      if (possible.length > 1) this.record.note = 'several steps failed at the same moment: the real router may answer with any of them';
      return possible[possible.length > 1 ? this.decisions.race(this.record.node, possible.length) : 0];
    }
    if (failed) return failed;
    return this.next === this.steps.length ? this.merged() : undefined;
  }

  /** Each answer must be a JSON object or null, or the whole Ensemble fails; the record keeps the error with its step. */
  private read(index: number, outcome: Outcome): Outcome {
    if (outcome.cause !== undefined) return outcome;
    const { bytes, error } = rewriteObject(outcome.body);
    if (bytes) return { status: outcome.status, body: bytes };
    this.record.steps[index].fate = 'failed';
    this.record.steps[index].reason = `its answer is no JSON object: ${error}`;
    return { status: 500, body: new Uint8Array(0), cause: error };
  }

  /** Goes on to the first step without an answer; the first Hard step without success on the way decides everything. */
  private advance(): Outcome | undefined {
    for (; this.next < this.steps.length; this.next++) {
      const answer = this.answers[this.next];
      if (!answer) return undefined;
      if (!isSuccess(answer.status) && this.steps[this.next].dependency === 'Hard') return answer;
    }
    return undefined;
  }

  private merged(): Outcome {
    const entries = this.steps.map(({ name }, index) => ({ key: name || String(index), value: this.answers[index]!.body }));
    return { status: 200, body: marshalObject(entries) };
  }
}
