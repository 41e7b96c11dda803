/*
 * What the cdk8s CLI gives a validation plugin, as far as it is used here (cdk8s-cli v2.207.60, lib/plugins/validation.d.ts). Written down rather
 * than imported: the CLI is an application, and depending on it would bring all of it.
 */

/** Where a rule is broken. */
export interface ViolatingResource {
  readonly resourceName: string;
  readonly locations: readonly string[];
  readonly manifestPath: string;
}

/** A rule that is broken. */
export interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly ViolatingResource[];
}

export interface ValidationContext {
  /** The paths of the manifests that were synthesized. */
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure', metadata?: { readonly [key: string]: string }): void;
  };
  readonly logger: { log(message: string): void };
}
