import { ServiceModel } from './model';
import type { ServiceContext } from './model';
import type { ServiceRule } from './rule';
import { INFERENCE_SERVICE_SHAPE } from '../../spec/inference-service-shape';
import { withoutNulls } from '../../spec/shape';
import { patchOf } from '../../spec/versions';
import type { Diagnostic } from '../diagnostic';
import { appliesTo } from '../rule';
import { serviceCanaryRules } from './rules/canary';
import { serviceContainerRules } from './rules/container';
import { serviceKedaRules } from './rules/keda';
import { serviceLoggerRules } from './rules/logger';
import { serviceModelRules } from './rules/model';
import { serviceNameRules } from './rules/name';
import { serviceResourceRules } from './rules/resources';
import { serviceRuntimeRules } from './rules/runtime';
import { serviceScaleRules } from './rules/scale';
import { serviceShapeRules } from './rules/shape';
import { serviceStorageRules } from './rules/storage';

/** Every rule for InferenceServices, in the order in which findings are told. */
export const SERVICE_RULES: readonly ServiceRule[] = [
  ...serviceShapeRules, ...serviceNameRules, ...serviceModelRules, ...serviceRuntimeRules, ...serviceStorageRules,
  ...serviceContainerRules, ...serviceResourceRules, ...serviceScaleRules, ...serviceKedaRules, ...serviceCanaryRules, ...serviceLoggerRules,
];

/** What is wrong with an InferenceService, by every rule. Takes any JSON value, and never throws. */
export function lintService(document: unknown, context?: ServiceContext): Diagnostic[] {
  const model = new ServiceModel(withoutNulls(INFERENCE_SERVICE_SHAPE, document), context);
  const version = patchOf(model.release);
  return SERVICE_RULES.filter((rule) => appliesTo(rule, version, model.metadata.deploymentMode)).flatMap((rule) => {
    const found: Diagnostic[] = [];
    rule.check(model, (at, message, help, fix) => found.push({ rule: rule.id, severity: rule.severity, path: at.path, message, help, fix }));
    return found;
  });
}
