import type { LintConfig } from './config';
import type { LintResult } from './lint-files';

/** The findings as the configuration weighs them. */
export function withSettings(result: LintResult, { rules }: LintConfig): LintResult {
  return rules.size === 0 ? result : {
    ...result,
    findings: result.findings.flatMap((finding) => {
      const setting = rules.get(finding.rule);
      return setting === undefined ? finding : setting.severity === undefined ? [] : { ...finding, severity: setting.severity };
    }),
  };
}
