import { isValidJson } from './go/json-syntax';

/** The one place where the simulator touches GJSON. */

export function isConditionable(json: Uint8Array): boolean {
  return isValidJson(json);
}

export function evaluateCondition(_json: Uint8Array, _path: string): boolean {
  return false;
}

export function explainCondition(path: string): string {
  return path;
}
