import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import { RULES } from '../lint/lint';
import { RUNTIME_RULES } from '../lint/runtime/lint';
import { SERVICE_RULES } from '../lint/service/lint';
import { SYNTH_RULES } from '../lint/synth-rules';
import { nearest } from '../lint/words';
import { fail } from '../private/fail';
import { findingRulesOf, warn } from '../private/findings';
import type { FindingRules } from '../private/findings';

/**
 * What happens to the linter's findings in and under a construct.
 *
 * Errors stop synth with all of them listed. Warnings are printed once, and stop nothing unless `strict()` says so.
 *
 * @example
 * Lint.of(chart).strict();
 * Lint.of(chart).acknowledge('all-soft-ensemble', 'the voter copes with missing answers');
 */
export class Lint {
  /**
   * The findings in and under a construct.
   *
   * @param scope an app, a chart, a graph, a node of a graph, an InferenceService, or a runtime
   */
  public static of(scope: IConstruct): Lint {
    return new Lint(scope);
  }

  private readonly rules: FindingRules;

  private constructor(private readonly scope: IConstruct) {
    this.rules = findingRulesOf(scope);
  }

  /**
   * Accepts what a rule finds here. An acknowledgement that nothing needs is printed as a warning.
   *
   * @param rule the rule's id, as it stands behind each finding; `cdk8s-kserve rules` lists them
   * @param reason why it is well as it is
   * @returns this
   * @throws when there is no such rule, it cannot be acknowledged, or the reason is empty
   */
  public acknowledge(rule: string, reason: string): Lint {
    if (SYNTH_RULES.some(({ id }) => id === rule)) {
      fail(this.scope, `the rule ${rule} cannot be acknowledged, got the reason '${reason}'`, 'mend what it finds: the manifest would not be what the app says');
    }
    const known = [...RULES, ...SERVICE_RULES, ...RUNTIME_RULES].map(({ id }) => id);
    if (!known.includes(rule)) {
      const meant = nearest(rule, known);
      fail(this.scope, `there is no such rule, got '${rule}'`, meant === undefined ? "'cdk8s-kserve rules' lists them" : `did you mean '${meant}'?`);
    }
    if (reason.trim() === '') {
      fail(this.scope, `the acknowledgement of ${rule} gives no reason, got '${reason}'`, 'say why it is well as it is');
    }
    if (this.rules.acknowledged.size === 0) {
      // cdk8s validates a scope before what is in it, and the scope's last child after everything that was defined before
      this.scope.node.addValidation({ validate: () => this.unused() });
    }
    this.rules.acknowledged.set(rule, reason);
    return this;
  }

  /**
   * Lets warnings stop synth as errors do.
   *
   * @returns this
   */
  public strict(): Lint {
    this.rules.strict = true;
    return this;
  }

  /** Asks everything under the scope first, so that each acknowledgement had its chance. */
  private unused(): string[] {
    const { acknowledged, used, strict } = this.rules;
    this.scope.node.findAll().filter((child) => child !== this.scope && Construct.isConstruct(child)).forEach((child) => child.node.validate());
    const idle = [...acknowledged.keys()].filter((rule) => !used.has(rule));
    const texts = idle.map((rule) => `the rule ${rule} is acknowledged, and finds nothing here: remove the acknowledgement  (unused-acknowledgement)`);
    if (!strict) {
      texts.forEach((text) => warn(this.scope, text));
    }
    return strict ? texts : [];
  }
}
