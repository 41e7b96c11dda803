import { RuntimeModel } from './model';
import type { RuntimeContext } from './model';
import type { RuntimeRule } from './rule';
import type { Diagnostic } from '../diagnostic';
import { appliesTo, findingsOf } from '../rule';
import { runtimeContainerRules } from './rules/container';
import { runtimeFormatRules } from './rules/format';
import { runtimeNameRules } from './rules/name';
import { runtimeShape, runtimeShapeRules } from './rules/shape';

/** Every rule for ServingRuntimes and ClusterServingRuntimes, in the order in which findings are told. */
export const RUNTIME_RULES: readonly RuntimeRule[] = [...runtimeShapeRules, ...runtimeNameRules, ...runtimeFormatRules, ...runtimeContainerRules];

/** What is wrong with a ServingRuntime or ClusterServingRuntime, by every rule. Takes any JSON value, and never throws. */
export function lintRuntime(document: unknown, context?: RuntimeContext): Diagnostic[] {
  const model = new RuntimeModel(runtimeShape.asRead(document), context);
  return findingsOf(RUNTIME_RULES.filter((rule) => appliesTo(rule, model.kserveVersion)), model);
}
