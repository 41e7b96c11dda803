import type { LintContext } from './context';
import type { Diagnostic } from './diagnostic';
import { GraphModel } from './model';
import { appliesTo } from './rule';
import type { Rule } from './rule';
import { conditionRules } from './rules/condition';
import { dataFlowRules } from './rules/data-flow';
import { errorRules } from './rules/errors';
import { modeRules } from './rules/mode';
import { nameRules } from './rules/name';
import { scaleRules } from './rules/scale';
import { shapeRules } from './rules/shape';
import { structureRules } from './rules/structure';
import { targetRules } from './rules/target';
import { INFERENCE_GRAPH_SHAPE } from '../spec/inference-graph-shape';
import { accepts, withoutNulls } from '../spec/shape';
import { timeoutRules } from './rules/timeouts';
import { versionRules } from './rules/version';

/** Every rule about InferenceGraphs, in the order in which findings are told. */
export const RULES: readonly Rule[] = [
  ...shapeRules, ...nameRules, ...structureRules, ...conditionRules, ...dataFlowRules, ...errorRules, ...targetRules, ...timeoutRules, ...modeRules,
  ...scaleRules, ...versionRules,
];

/** What is wrong with an InferenceGraph, by every rule. Takes any JSON value, and never throws. */
export function lintGraph(document: unknown, context: LintContext = {}): Diagnostic[] {
  // only a document that is refused as it stands can hold a null
  const model = new GraphModel(accepts(INFERENCE_GRAPH_SHAPE, document) ? document : withoutNulls(INFERENCE_GRAPH_SHAPE, document), context);
  const { kserveVersion } = model;
  return RULES
    .filter((rule) => appliesTo(rule, kserveVersion, model.metadata.deploymentMode) && !(rule.byController === true && context.standalone === true))
    .flatMap((rule) => {
      const found: Diagnostic[] = [];
      rule.check(model, (at, message, help) => found.push({ rule: rule.id, severity: rule.severity, path: at.path, message, help }));
      return found;
    });
}
