import type { Diagnostic } from './diagnostic';
import { GraphModel } from './model';
import type { Rule } from './rule';
import { nameRules } from './rules/name';
import { scaleRules } from './rules/scale';
import { shapeRules } from './rules/shape';
import { structureRules } from './rules/structure';
import { targetRules } from './rules/target';
import { INFERENCE_GRAPH_SHAPE } from '../spec/inference-graph-shape';
import { accepts, withoutNulls } from '../spec/shape';

/** Every rule, in the order in which findings are told. */
export const RULES: readonly Rule[] = [...shapeRules, ...nameRules, ...structureRules, ...targetRules, ...scaleRules];

/** What is wrong with an InferenceGraph, by every rule. Takes any JSON value, and never throws. */
export function lintGraph(document: unknown): Diagnostic[] {
  // only a document that is refused as it stands can hold a null
  const model = new GraphModel(accepts(INFERENCE_GRAPH_SHAPE, document) ? document : withoutNulls(INFERENCE_GRAPH_SHAPE, document));
  return RULES.flatMap((rule) => {
    const found: Diagnostic[] = [];
    rule.check(model, (at, message, help) => found.push({ rule: rule.id, severity: rule.severity, path: at.path, message, help }));
    return found;
  });
}
