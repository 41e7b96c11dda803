import type { CallEffect, CallResult, Clock, Outcome, ParallelEffect, Routing } from './effects';
import { RouterPanic } from './effects';

/** Runs the router against something that takes its time: branches run at the same time, and the first outcome that decides is taken. */
export async function runAsync(routing: Routing, call: (effect: CallEffect) => Promise<CallResult>): Promise<Outcome> {
  let turn = routing.next();
  while (!turn.done) {
    const effect = turn.value;
    const result = effect.kind === 'call' ? await call(effect) : await runParallel(effect, call);
    turn = routing.next(result as CallResult & Outcome);
  }
  return turn.value;
}

/** As in the router, the branches that are not waited for any more still run to their ends. */
async function runParallel({ branches, collector }: ParallelEffect, call: (effect: CallEffect) => Promise<CallResult>): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    branches.forEach(({ routing }, index) => {
      runAsync(routing, call).then((outcome) => {
        const decided = collector.arrive([{ index, outcome }]);
        if (decided) resolve(decided);
      }).catch((error) => reject(error instanceof RouterPanic ? new RouterPanic(error.reason, true) : error));
    });
  });
}

/** A clock that runs by itself. */
export class LiveClock implements Clock {
  private readonly started = performance.now();

  public get now(): number {
    return performance.now() - this.started;
  }

  public fork(): Clock {
    return this;
  }

  public set(): void {
    // it runs by itself
  }
}
