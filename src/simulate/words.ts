
import { explainCondition } from '../gjson/explain';
import type { InferenceStepSpec } from '../spec/inference-graph';

/** How messages and traces name a step: by its name, or by its place. */
export function stepLabel(step: InferenceStepSpec, index: number): string {
  return step.name || `step ${index}`;
}

/** What a step calls, in words. */
export function targetOf(step: InferenceStepSpec): string {
  if (step.nodeName) return `node ${step.nodeName}`;
  if (step.serviceName) return `service ${step.serviceName}`;
  return step.serviceUrl || 'no target';
}

/** A condition in words. */
export function describeCondition(condition: string | undefined): string {
  return condition ? explainCondition(condition) : 'no condition';
}
