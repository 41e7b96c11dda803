import { RULES } from '../../lint/lint';
import type { Rule } from '../../lint/rule';
import { SERVICE_RULES } from '../../lint/service/lint';

/** What a page says of a rule. */
export type DescribedRule = Pick<Rule, 'id' | 'severity' | 'authority' | 'title' | 'why' | 'source' | 'from' | 'below' | 'mode' | 'byController' | 'unproven' | 'fails' | 'mended'>;

/** Every rule, each under its name once. */
export function allRules(): DescribedRule[] {
  const rules: readonly DescribedRule[] = [...RULES, ...SERVICE_RULES];
  return rules.filter(({ id }, i) => rules.findIndex((rule) => rule.id === id) === i);
}

/** The rules that can be acknowledged, turned off or weighed anew. */
export function rulesToSettle(): string[] {
  return [...allRules().map(({ id }) => id), 'service-name-clash', 'unused-acknowledgement'];
}

/** A rule's page, as Markdown. */
export function pageOf(rule: DescribedRule): string {
  const { id, severity, authority, title, why, source, from, below, mode, byController = false, unproven, fails, mended } = rule;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { stringify } = require('yaml') as typeof import('yaml');
  const example = (value: unknown) => `\`\`\`yaml\n${stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })}\`\`\`\n`;
  const scope = [
    ...from === undefined ? [] : [`from KServe ${from}`],
    ...below === undefined ? [] : [`below KServe ${below}`],
    ...mode === undefined ? [] : [`${mode} mode`],
    ...byController ? ["graphs that KServe's controller runs"] : [],
    ...authority === undefined ? [] : [`refused by the ${{ schema: "CRD's schema", fields: 'strict field validation', webhook: 'webhook' }[authority]}`],
  ];
  return [
    `## ${id}`,
    `**${severity}**: ${title}${scope.length === 0 ? '' : ` (${scope.join('; ')})`}`,
    why,
    `Source: ${source}`,
    ...unproven === undefined ? [] : [`Not proven: ${unproven}`],
    `Mistaken:\n\n${example(fails)}\nMended:\n\n${example(mended)}`,
  ].join('\n\n');
}

/** `docs/rules.md`. */
export function allPages(): string {
  const rules = allRules();
  return [
    '# The rules of the linter',
    '<!-- made from the rules by npx projen docs:rules; a test compares -->',
    'An **error** is what KServe refuses, or what no request can succeed with or reach; a **warning** is legal and almost surely not meant; '
      + '**info** is good to know. Each example is run by a test: the mistaken one is found by its rule, the mended one is clean.',
    rules.map(({ id, severity, title }) => `- [${id}](#${id}) (${severity}): ${title}`).join('\n'),
    ...rules.map(pageOf),
  ].join('\n\n');
}
