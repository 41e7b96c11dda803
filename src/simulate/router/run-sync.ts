import type { Arrival, CallEffect, CallResult, Clock, Outcome, ParallelEffect, Routing } from './effects';
import { RouterPanic } from './effects';

/** A call's result and how long it took, in milliseconds. */
export interface TimedResult extends CallResult {
  readonly took: number;
}

/** Runs the router to its end against something that answers at once; time is counted, not waited for. */
export function runSync(routing: Routing, call: (effect: CallEffect) => TimedResult): Outcome {
  let turn = routing.next();
  while (!turn.done) turn = routing.next(perform(turn.value, call));
  return turn.value;
}

function perform(effect: CallEffect | ParallelEffect, call: (effect: CallEffect) => TimedResult): CallResult & Outcome {
  if (effect.kind === 'parallel') return runParallel(effect, call);
  const result = call(effect);
  effect.clock.set(effect.clock.now + result.took);
  return result;
}

function runParallel({ branches, collector, clock }: ParallelEffect, call: (effect: CallEffect) => TimedResult): Outcome {
  const arrivals: (Arrival & { clock: Clock })[] = branches.map((branch, index) => {
    try {
      return { index, clock: branch.clock, outcome: runSync(branch.routing, call) };
    } catch (error) {
      throw error instanceof RouterPanic ? new RouterPanic(error.reason, true) : error; // nobody recovers in that goroutine
    }
  });
  arrivals.sort((a, b) => a.clock.now - b.clock.now || a.index - b.index);
  for (let i = 0; i < arrivals.length;) {
    const { now } = arrivals[i].clock;
    const group: Arrival[] = [];
    for (; i < arrivals.length && arrivals[i].clock.now === now; i++) group.push(arrivals[i]);
    clock.set(now);
    const outcome = collector.arrive(group);
    if (outcome) return outcome;
  }
  throw new Error('an Ensemble ended without an outcome'); // cannot be: the last arrival decides
}
