import { ServiceModel } from './model';
import type { ServiceContext } from './model';
import type { ServiceRule } from './rule';
import { INFERENCE_SERVICE_SHAPE } from '../../spec/inference-service-shape';
import { withoutNulls } from '../../spec/shape';
import type { Diagnostic } from '../diagnostic';
import { serviceContainerRules } from './rules/container';
import { serviceNameRules } from './rules/name';
import { serviceRuntimeRules } from './rules/runtime';
import { serviceScaleRules } from './rules/scale';
import { serviceShape, serviceShapeRules } from './rules/shape';
import { serviceStorageRules } from './rules/storage';

/** Every rule for InferenceServices, in the order in which findings are told. */
export const SERVICE_RULES: readonly ServiceRule[] = [
  ...serviceShapeRules, ...serviceNameRules, ...serviceRuntimeRules, ...serviceStorageRules, ...serviceContainerRules, ...serviceScaleRules,
];

/** What is wrong with an InferenceService, by every rule. Takes any JSON value, and never throws. */
export function lintService(document: unknown, context?: ServiceContext): Diagnostic[] {
  // only a document that is refused as it stands can hold a null
  const model = new ServiceModel(serviceShape.admits(document) ? document : withoutNulls(INFERENCE_SERVICE_SHAPE, document), context);
  const found: Diagnostic[] = [];
  for (const rule of SERVICE_RULES) {
    rule.check(model, (at, message, help, fix) => found.push({ rule: rule.id, severity: rule.severity, path: at.path, message, help, fix }));
  }
  return found;
}
