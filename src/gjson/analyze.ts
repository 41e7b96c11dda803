import { byteText } from './bytes';
import { Path } from './parse';
import { Part, partsOf } from './parts';
import { findTraps, Trap } from './traps';
import { Verdict, verdictOf } from './verdict';

/** What can be said of a condition without a document. */
export interface PathAnalysis {
  /** For which valid JSON documents the path exists. `always` and `never` are proofs. */
  readonly verdict: Verdict;
  /** Where the path is read otherwise than its writer is likely to have meant, the most likely first. */
  readonly traps: readonly Trap[];
}

/** The verdict on a GJSON path, any text whatever, and the traps that it steps into. */
export function analyze(path: string): PathAnalysis {
  const parsed = new Path(byteText(path));
  const verdict = verdictOf(parsed);
  return { verdict, traps: findTraps(path, parts(parsed), verdict) };
}

function parts(path: Path): Part[] {
  return path.text === '' ? [] : partsOf(path);
}

export type { Trap, TrapId } from './traps';
export type { Verdict } from './verdict';
