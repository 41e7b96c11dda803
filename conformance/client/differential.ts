import * as fc from 'fast-check';

/** Set FC_SEED to run a reported case again. @default - another seed every day, so that time is on our side */
export const seed = (): number => Number(process.env.FC_SEED ?? Math.floor(Date.now() / 86_400_000));

/**
 * Compares random values with the oracle in one batch (a process for each would take a hundred times as long), then shrinks the
 * first that differs.
 *
 * @param compare says for each value how it differs, or undefined.
 * @throws with the seed, the smallest value that differs, and how.
 */
export async function differential<T>(
  arbitrary: fc.Arbitrary<T>,
  runs: number,
  compare: (values: T[]) => Promise<(string | undefined)[]>,
): Promise<T[]> {
  const parameters = { seed: seed(), numRuns: runs };
  const values = fc.sample(arbitrary, parameters);
  const reports = await compare(values);
  const first = reports.findIndex((report) => report !== undefined);
  if (first >= 0) {
    const found = reports.filter((report) => report !== undefined).length;
    const one = fc.asyncProperty(arbitrary, async (value) => {
      const [report] = await compare([value]);
      if (report !== undefined) throw new Error(report);
    });
    const shrunk = await fc.check(one, { ...parameters, path: `${first}`, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true });
    const [value] = shrunk.counterexample ?? [values[first]];
    const [report] = await compare([value]);
    throw new Error(`${found} of ${runs} differ (FC_SEED=${parameters.seed}); the smallest found: ${JSON.stringify(value)}\n${report ?? reports[first]}`);
  }
  return values;
}
