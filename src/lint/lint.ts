import type { LintContext } from './context';
import type { Diagnostic } from './diagnostic';
import type { MetadataModel } from './metadata';
import { GraphModel } from './model';
import type { Rule } from './rule';
import { conditionRules } from './rules/condition';
import { dataFlowRules } from './rules/data-flow';
import { errorRules } from './rules/errors';
import { modeRules } from './rules/mode';
import { nameRules } from './rules/name';
import { scaleRules } from './rules/scale';
import { serviceRules } from './rules/service';
import { shapeRules } from './rules/shape';
import { structureRules } from './rules/structure';
import { targetRules } from './rules/target';
import { timeoutRules } from './rules/timeouts';
import { versionRules } from './rules/version';
import { ServiceModel } from './service-model';
import { isBelow, NEWEST_RELEASE, patchOf } from '../spec/versions';

/** Every rule about InferenceGraphs, in the order in which findings are told. */
export const RULES: readonly Rule[] = [
  ...shapeRules, ...nameRules, ...structureRules, ...conditionRules, ...dataFlowRules, ...errorRules, ...targetRules, ...timeoutRules, ...modeRules,
  ...scaleRules, ...versionRules,
];

/** Every rule about InferenceServices. */
export const SERVICE_RULES: readonly Rule<ServiceModel>[] = serviceRules;

/** What is wrong with an InferenceGraph, by every rule. Takes any JSON value, and never throws. */
export function lintGraph(document: unknown, context: LintContext = {}): Diagnostic[] {
  return findings(RULES, new GraphModel(document, context), context);
}

/** What is wrong with an InferenceService, by every rule. Takes any JSON value, and never throws. */
export function lintInferenceService(document: unknown, context: LintContext = {}): Diagnostic[] {
  return findings(SERVICE_RULES, new ServiceModel(document, '', context.deploymentMode), context);
}

function findings<Model extends { readonly metadata: MetadataModel }>(rules: readonly Rule<Model>[], model: Model, context: LintContext): Diagnostic[] {
  const { kserveVersion = patchOf(NEWEST_RELEASE) } = context;
  return rules
    .filter(({ from, below, mode }) => (
      (from === undefined || !isBelow(kserveVersion, from))
      && (below === undefined || isBelow(kserveVersion, below))
      && (mode === undefined || mode === model.metadata.deploymentMode)
    ))
    .flatMap((rule) => {
      const found: Diagnostic[] = [];
      rule.check(model, (at, message, help) => found.push({ rule: rule.id, severity: rule.severity, path: at.path, message, help }));
      return found;
    });
}
