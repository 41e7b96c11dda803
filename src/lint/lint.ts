import type { LintContext } from './context';
import type { Diagnostic } from './diagnostic';
import type { DeploymentModeName } from './metadata';
import { GraphModel } from './model';
import { appliesTo, findingsOf } from './rule';
import type { Rule } from './rule';
import { annotationRules } from './rules/annotation';
import { conditionRules } from './rules/condition';
import { dataFlowRules } from './rules/data-flow';
import { errorRules } from './rules/errors';
import { modeRules } from './rules/mode';
import { nameRules } from './rules/name';
import { scaleRules } from './rules/scale';
import { graphShape, shapeRules } from './rules/shape';
import { structureRules } from './rules/structure';
import { targetRules } from './rules/target';
import { timeoutRules } from './rules/timeouts';
import { versionRules } from './rules/version';

/** Every rule about InferenceGraphs, in the order in which findings are told. */
export const RULES: readonly Rule[] = [
  ...shapeRules, ...nameRules, ...structureRules, ...conditionRules, ...dataFlowRules, ...errorRules, ...targetRules, ...timeoutRules, ...modeRules,
  ...annotationRules, ...scaleRules, ...versionRules,
];

/** What is wrong with an InferenceGraph, by every rule. Takes any JSON value, and never throws. */
export function lintGraph(document: unknown, context: LintContext = {}): Diagnostic[] {
  const model = new GraphModel(graphShape.asRead(document), context);
  return findingsOf(rulesFor(model.kserveVersion, model.metadata.deploymentMode, context.standalone === true), model);
}

/** The rules for one kind of graph: most of an input are of the same. */
interface Selection {
  readonly kserveVersion: string;
  readonly mode: DeploymentModeName | undefined;
  readonly standalone: boolean;
  readonly rules: readonly Rule[];
}

let selected: readonly Selection[] = [];

function rulesFor(kserveVersion: string, mode: DeploymentModeName | undefined, standalone: boolean): readonly Rule[] {
  const known = selected.find((selection) => (
    selection.kserveVersion === kserveVersion && selection.mode === mode && selection.standalone === standalone
  ));
  if (known !== undefined) {
    return known.rules;
  }
  const rules = RULES.filter((rule) => appliesTo(rule, kserveVersion, mode) && !(rule.byController === true && standalone));
  selected = [{ kserveVersion, mode, standalone, rules }, ...selected.slice(0, 5)];
  return rules;
}
