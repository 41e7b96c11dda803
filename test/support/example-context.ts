import type { LintContext } from '../../src/lint/context';
import { KnownService } from '../../src/lint/known-service';
import type { Rule } from '../../src/lint/rule';
import { NEWEST_RELEASE, targetOf } from '../../src/spec/versions';
import type { Release } from '../../src/spec/versions';

/** What is known beside the examples of a rule. */
export function exampleContext({ context, services }: Pick<Rule, 'context' | 'services'>): LintContext {
  return { ...context, ...services !== undefined && { services: services.map((service) => new KnownService(service)) } };
}

/** The release that the examples of a rule are for. */
export function exampleRelease({ context: { kserveVersion } = {} }: Pick<Rule, 'context'>): Release {
  return kserveVersion === undefined ? NEWEST_RELEASE : targetOf(kserveVersion);
}
