import type { LintContext } from './context';
import type { Diagnostic, Located, Path } from './diagnostic';
import type { Fix } from './fix';
import type { DeploymentModeName } from './metadata';
import type { GraphModel } from './model';
import type { Severity } from './severity';
import type { InferenceServiceManifest } from '../spec/inference-service';
import { isBelow } from '../spec/versions';

/** Who in a cluster refuses what an error rule finds; none where nobody does and requests fail instead. */
export enum Authority {
  /** The API server, by the CRD's schema. */
  SCHEMA = 'schema',
  /** `kubectl apply` and server-side apply with strict field validation; otherwise the field is dropped silently. */
  FIELDS = 'fields',
  /** KServe's validating webhook. */
  WEBHOOK = 'webhook',
}

/** Says that something is wrong: where, what (with the value found), what to do, and the edit that does it where it is certain. */
export type Report = (at: Located, problem: string, help: string, fix?: Fix) => void;

/**
 * One mistake that the linter knows. Everything about it comes from this value: the check, its documentation and its tests.
 */
export interface Rule {
  /** In kebab case; names the mistake. */
  readonly id: string;
  readonly severity: Severity;
  readonly authority?: Authority;
  /** The mistake in a few words. */
  readonly title: string;
  /** What KServe does with it. */
  readonly why: string;
  /** Where KServe does so: file and versions. */
  readonly source: string;
  /** The first KServe version that the rule is about. @default - the first that has graphs */
  readonly from?: string;
  /** The first KServe version that the rule is no longer about. @default - all that are known */
  readonly below?: string;
  /** The mode that the rule is about. @default - both, also where the mode is not known */
  readonly mode?: DeploymentModeName;
  /** Whether the rule is about what KServe's controller makes of a graph, and so not about a router that the app runs itself. @default false */
  readonly byController?: boolean;
  /** A document with this mistake and no other. */
  readonly fails: unknown;
  /** The same, mended: it has no finding at all. */
  readonly mended: unknown;
  /** What is known beside the two examples. */
  readonly context?: Omit<LintContext, 'services'>;
  /** The InferenceServices beside the two examples. */
  readonly services?: readonly InferenceServiceManifest[];
  readonly check: (graph: GraphModel, report: Report) => void;
}

/** Whether a rule is about this KServe, as `major.minor.patch`, and this mode. */
export function appliesTo({ from, below, mode }: Pick<Rule, 'from' | 'below' | 'mode'>, kserveVersion: string, deploymentMode?: DeploymentModeName): boolean {
  return (from === undefined || !isBelow(kserveVersion, from))
    && (below === undefined || isBelow(kserveVersion, below))
    && (mode === undefined || mode === deploymentMode);
}

/** What rules find in the model of a document. */
export function findingsOf<Model>(
  rules: readonly (Pick<Rule, 'id' | 'severity'> & { readonly check: (model: Model, report: Report) => void })[], model: Model,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  let rule: typeof rules[number];
  // one for all rules: of many good graphs, making one for each would take more than a tenth of the memory that is gone through
  const report: Report = ({ path }, message, help, fix) => found.push({ rule: rule.id, severity: rule.severity, path, message, help, fix });
  for (rule of rules) {
    rule.check(model, report);
  }
  return found;
}

/** A place that is given by its path alone. */
export function at(...path: Path): Located {
  return { path };
}
