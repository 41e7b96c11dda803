import { ServiceModel } from './model';
import type { ServiceContext } from './model';
import type { ServiceRule } from './rule';
import type { Diagnostic } from '../diagnostic';
import { appliesTo, findingsOf } from '../rule';
import { serviceCanaryRules } from './rules/canary';
import { serviceContainerRules } from './rules/container';
import { serviceKedaRules } from './rules/keda';
import { serviceLoggerRules } from './rules/logger';
import { serviceModelRules } from './rules/model';
import { serviceNameRules } from './rules/name';
import { servicePredictorRules } from './rules/predictor';
import { serviceResourceRules } from './rules/resources';
import { serviceRuntimeRules } from './rules/runtime';
import { serviceScaleRules } from './rules/scale';
import { serviceShape, serviceShapeRules } from './rules/shape';
import { serviceStorageRules } from './rules/storage';
import { serviceTrafficRules } from './rules/traffic';

/** Every rule for InferenceServices, in the order in which findings are told. */
export const SERVICE_RULES: readonly ServiceRule[] = [
  ...serviceShapeRules, ...serviceNameRules, ...serviceModelRules, ...serviceRuntimeRules, ...serviceStorageRules, ...serviceContainerRules,
  ...serviceResourceRules, ...serviceScaleRules, ...serviceKedaRules, ...servicePredictorRules, ...serviceTrafficRules, ...serviceCanaryRules,
  ...serviceLoggerRules,
];

/** What is wrong with an InferenceService, by every rule. Takes any JSON value, and never throws. */
export function lintService(document: unknown, context?: ServiceContext): Diagnostic[] {
  const model = new ServiceModel(serviceShape.asRead(document), context);
  return findingsOf(SERVICE_RULES.filter((rule) => appliesTo(rule, model.kserveVersion, model.metadata.deploymentMode)), model);
}
