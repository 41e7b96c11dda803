import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ValidationContext, Violation } from './cdk8s-cli';
import { Severity } from '../../lint/severity';
import { CONFIG_FILE, configFrom, NO_CONFIG, readConfig } from '../lint/config';
import type { LintConfig } from '../lint/config';
import type { Finding } from '../lint/findings';
import { lintFiles } from '../lint/lint-files';
import type { Unreadable } from '../lint/lint-files';
import { withSettings } from '../lint/settings';

/**
 * The linter as a validation plugin of the cdk8s CLI, which makes one of what `validations` in `cdk8s.yaml` says.
 *
 * @internal nobody else makes one, so that it needs no place in other languages
 */
export class KServeValidation {
  private readonly config: LintConfig;

  /**
   * @param properties as a configuration file has them: they win over the one of the working directory
   * @throws with every problem of the properties
   */
  constructor(properties: object = {}) {
    const { config, problems } = configFrom(properties);
    if (problems.length > 0) {
      throw withoutStack(problems.map(({ text }) => `the properties of KServeValidation cannot be used: ${text}`).join('\n'));
    }
    this.config = config;
  }

  /** Lints the manifests together. What lint would fail for is a violation; the other warnings are logged. */
  public async validate({ manifests, report, logger }: ValidationContext): Promise<void> {
    const config = await this.wholeConfig();
    const context = { kserveVersion: config.kserveVersion, deploymentMode: config.mode };
    const result = withSettings(await lintFiles(manifests.map((path) => ({ path })), (path) => readFile(path), context), config);
    const isBad = ({ severity }: Finding) => severity === Severity.ERROR || (config.strict === true && severity === Severity.WARNING);
    const bad = result.findings.filter(isBad);
    const warnings = result.findings.filter((finding) => !isBad(finding) && finding.severity === Severity.WARNING);
    [...result.unreadable.map(unreadable), ...violations(bad)].forEach((violation) => report.addViolation(violation));
    warnings.forEach(({ file, line, column, message, help, rule }) => logger.log(`warning: ${file}:${line}:${column} ${message}: ${help}  (${rule})`));
    report.submit(bad.length + result.unreadable.length === 0 ? 'success' : 'failure', {
      Objects: `${result.objects}`, Violations: `${bad.length + result.unreadable.length}`, Warnings: `${warnings.length}`,
    });
  }

  private async wholeConfig(): Promise<LintConfig> {
    const { kserveVersion, mode, strict, rules } = this.config;
    const file = existsSync(CONFIG_FILE) ? readConfigFile(await readFile(CONFIG_FILE)) : NO_CONFIG;
    return {
      kserveVersion: kserveVersion ?? file.kserveVersion,
      mode: mode ?? file.mode,
      strict: strict ?? file.strict,
      ignore: [],
      rules: new Map([...file.rules, ...rules]),
    };
  }
}

function readConfigFile(bytes: Uint8Array): LintConfig {
  try {
    return readConfig(bytes, CONFIG_FILE);
  } catch (error) {
    throw withoutStack((error as Error).message);
  }
}

/** The CLI prints the stack of an error, which tells a user nothing. */
function withoutStack(message: string): Error {
  return Object.assign(new Error(message), { stack: `error: ${message}` });
}

/** The findings, those that say the same of one object in one. */
function violations(findings: readonly Finding[]): Violation[] {
  const alike = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { rule, message, help, file, name } = finding;
    const key = JSON.stringify([rule, message, help, file, name]);
    alike.set(key, [...alike.get(key) ?? [], finding]);
  }
  return [...alike.values()].map((found) => {
    const [{ rule, message, help, name, file }] = found;
    const locations = found.map(({ path, line, column }) => `${path || 'the document'} (line ${line}, column ${column})`);
    return { ruleName: rule, recommendation: message, fix: help, violatingResources: [{ resourceName: name, locations, manifestPath: file }] };
  });
}

function unreadable({ file, message, line, column }: Unreadable): Violation {
  return {
    ruleName: 'unreadable-manifest',
    recommendation: `the manifest cannot be read: ${message}`,
    fix: 'mend its YAML',
    violatingResources: [{ resourceName: '', locations: line === undefined ? [] : [`line ${line}, column ${column}`], manifestPath: file }],
  };
}
