import { Gjson } from '../gjson/gjson';
import { isValidJson } from '../gjson/valid';

/** The one place where the simulator touches GJSON. */

/** Whether a condition can be tested on this body at all (gjson.ValidBytes). */
export function isConditionable(json: Uint8Array): boolean {
  return isValidJson(json);
}

/** Whether a condition is met: the path leads to something, be it null or false. */
export function evaluateCondition(json: Uint8Array, path: string): boolean {
  return Gjson._evaluate(json, path).exists;
}
