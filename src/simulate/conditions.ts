/** The one place where the simulator touches GJSON. */

export function isConditionable(_json: Uint8Array): boolean {
  throw new Error('no GJSON yet');
}

export function evaluateCondition(_json: Uint8Array, _path: string): boolean {
  throw new Error('no GJSON yet');
}

export function explainCondition(path: string): string {
  return path;
}
