import type { IConstruct } from 'constructs';
import { formatDiagnostic } from '../lint/diagnostic';
import type { Diagnostic } from '../lint/diagnostic';
import { Severity } from '../lint/severity';

/** What a scope says about findings in and under it. */
export interface FindingRules {
  /** Rules that are acknowledged, with the reason. */
  readonly acknowledged: Map<string, string>;
  /** Of them, those that found something. */
  readonly used: Set<string>;
  /** Whether warnings stop synth. */
  strict: boolean;
}

const RULES = Symbol.for('cdk8s-kserve.FindingRules');

/** What a scope says; made when first asked for. */
export function findingRulesOf(scope: IConstruct): FindingRules {
  const known = ownRules(scope);
  if (known !== undefined) {
    return known;
  }
  const made: FindingRules = { acknowledged: new Map(), used: new Set(), strict: false };
  Object.defineProperty(scope, RULES, { value: made });
  return made;
}

function ownRules(scope: IConstruct): FindingRules | undefined {
  return (scope as { [RULES]?: FindingRules })[RULES];
}

/** The findings about a construct that stop synth, as text. Warnings that do not are printed, once an app. */
export function problemsAmong(found: readonly Diagnostic[], construct: IConstruct): string[] {
  const scopes = construct.node.scopes.flatMap((scope) => ownRules(scope) ?? []);
  const isStrict = scopes.some(({ strict }) => strict);
  return found.filter((diagnostic) => !isAcknowledged(diagnostic, scopes)).flatMap((diagnostic) => {
    if (diagnostic.severity === Severity.ERROR || (isStrict && diagnostic.severity === Severity.WARNING)) {
      return [formatDiagnostic(diagnostic)];
    }
    if (diagnostic.severity === Severity.WARNING) {
      warn(construct, formatDiagnostic(diagnostic));
    }
    return [];
  });
}

function isAcknowledged({ rule }: Diagnostic, scopes: readonly FindingRules[]): boolean {
  const by = scopes.filter(({ acknowledged }) => acknowledged.has(rule));
  by.forEach(({ used }) => used.add(rule));
  return by.length > 0;
}

const printed = new WeakMap<IConstruct, Set<string>>();

/** Prints a warning, once an app. */
export function warn(construct: IConstruct, text: string): void {
  const line = `warning: [${construct.node.path}] ${text}`;
  const lines = printed.get(construct.node.root) ?? new Set();
  printed.set(construct.node.root, lines);
  if (!lines.has(line)) {
    lines.add(line);
    process.stderr.write(`${line}\n`);
  }
}
