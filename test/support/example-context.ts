import type { LintContext } from '../../src/lint/context';
import { KnownService } from '../../src/lint/known-service';
import type { Rule } from '../../src/lint/rule';

/** What is known beside the examples of a rule. */
export function exampleContext({ context, services }: Pick<Rule, 'context' | 'services'>): LintContext {
  return { ...context, ...services !== undefined && { services: services.map((service) => new KnownService(service)) } };
}
