import { DUPLICATE } from './duplicates';
import { READ_OTHERWISE } from './words';
import { RULES } from '../../lint/lint';
import type { Rule } from '../../lint/rule';
import { RUNTIME_RULES } from '../../lint/runtime/lint';
import { SERVICE_RULES } from '../../lint/service/lint';
import { Severity } from '../../lint/severity';
import { SYNTH_RULES } from '../../lint/synth-rules';

/** What a page says of a rule. */
export type DescribedRule = Pick<Rule, 'id' | 'severity' | 'authority' | 'title' | 'why' | 'source' | 'from' | 'below' | 'mode' | 'byController' | 'fails' | 'mended'>;

/** A rule as it is listed. Where one document cannot show it, it has no example; the example of a rule about files is a text. */
export interface ListedRule extends Omit<DescribedRule, 'fails' | 'mended'>, Partial<Pick<DescribedRule, 'fails' | 'mended'>> {
  /** What is in the file of both examples. @default - nothing */
  readonly beside?: readonly unknown[];
  /** Whether it is told of constructs alone. @default false */
  readonly atSynth?: boolean;
}

/** A graph as it is written, with more lines in its metadata and spec. */
function graph(name: string, inMetadata = '', inSpec = ''): string {
  return `apiVersion: serving.kserve.io/v1alpha1
kind: InferenceGraph
metadata:
  name: ${name}
${inMetadata}  annotations:
    serving.kserve.io/deploymentMode: Standard
spec:
${inSpec}  nodes:
    root:
      routerType: Sequence
      steps:
        - serviceName: a
`;
}

/** A graph with a label and a number, as they are written. */
function labelled(key: string, replicas: string): string {
  return graph('pipeline', `  labels:\n    ${key}: duty\n`, `  maxReplicas: ${replicas}\n`);
}

/** Rules about files, whatever they hold. */
export const FILE_RULES: readonly ListedRule[] = [
  {
    id: 'service-name-clash',
    severity: Severity.ERROR,
    title: 'two objects of a namespace that make a Service of one name',
    why: 'A graph makes a Service with its own name, an InferenceService `<name>-predictor` and, in Knative mode, `<name>`: each would overwrite the other\'s.',
    source: 'pkg/controller/v1alpha1/inferencegraph and pkg/controller/v1beta1/inferenceservice/reconcilers/ingress, v0.20.0',
  },
  {
    id: 'unused-acknowledgement',
    severity: Severity.WARNING,
    title: 'an acknowledgement of a rule that finds nothing, or without reason',
    why: 'It would hide the next mistake of its kind from whoever makes it.',
    source: 'this package; KServe knows nothing of acknowledgements',
  },
  {
    id: DUPLICATE,
    severity: Severity.WARNING,
    title: 'two objects of one kind, name and namespace in a file',
    why: 'kubectl and GitOps tools apply both, one after the other, and the first is gone.',
    source: "Kubernetes' API: a name is unique among the objects of a kind in a namespace",
    fails: [graph('pipeline'), graph('pipeline')].join('---\n'),
    mended: [graph('pipeline'), graph('other')].join('---\n'),
  },
  {
    id: READ_OTHERWISE,
    severity: Severity.WARNING,
    title: 'a key, or a number that begins with 0, that kubectl reads otherwise than it is written',
    why: 'kubectl, and whatever else uses sigs.k8s.io/yaml, reads YAML 1.1 in part: without quotes `y`, `yes`, `on`, `n`, `no` and `off` are true or false, and `012` is 10. Where a text '
      + 'is wanted the API server refuses such a value (invalid-value). A key becomes `true` or `false`, and a number is taken: the object is accepted, and means something else. At synth '
      + 'it is an error, for the few texts that cdk8s leaves without quotes (`0o17`, a key `<<`) or writes with a character that kubectl does not read.',
    source: 'resolve.go of go.yaml.in/yaml/v2, by sigs.k8s.io/yaml v1.6.0, as Kubernetes v0.34.3 uses it',
    fails: labelled('on', '012'),
    mended: labelled("'on'", '12'),
  },
];

/** Every rule with examples, each under its name once. */
export function allRules(): (ListedRule & DescribedRule)[] {
  const rules: readonly (ListedRule & DescribedRule)[] = [...RULES, ...SERVICE_RULES, ...RUNTIME_RULES];
  return rules.filter(({ id }, i) => rules.findIndex((rule) => rule.id === id) === i);
}

/** Every rule that a finding can name. */
export function listedRules(): ListedRule[] {
  return [...allRules(), ...FILE_RULES, ...SYNTH_RULES.map((rule) => ({ ...rule, atSynth: true }))];
}

/** A rule's page, as Markdown. */
export function pageOf(rule: ListedRule): string {
  const { id, severity, authority, title, why, source, from, below, mode, byController = false, atSynth = false, beside = [], fails, mended } = rule;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { stringify } = require('yaml') as typeof import('yaml');
  const textOf = (value: unknown) => typeof value === 'string' ? value : stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
  const example = (value: unknown) => `\`\`\`yaml\n${[...beside, value].map(textOf).join('---\n')}\`\`\`\n`;
  const scope = [
    ...from === undefined ? [] : [`from KServe ${from}`],
    ...below === undefined ? [] : [`below KServe ${below}`],
    ...mode === undefined ? [] : [`${mode} mode`],
    ...atSynth ? ['told at synth'] : [],
    ...byController ? ["graphs that KServe's controller runs"] : [],
    ...authority === undefined ? [] : [`refused by the ${{ schema: "CRD's schema", fields: 'strict field validation', webhook: 'webhook' }[authority]}`],
  ];
  return [
    `## ${id}`,
    `**${severity}**: ${title}${scope.length === 0 ? '' : ` (${scope.join('; ')})`}`,
    why,
    `Source: ${source}`,
    ...mended === undefined ? [] : [`Mistaken:\n\n${example(fails)}\nMended:\n\n${example(mended)}`],
  ].join('\n\n');
}

/** `docs/rules.md`. */
export function allPages(): string {
  const rules = listedRules();
  return [
    '# The rules of the linter',
    '<!-- made from the rules by npx projen docs:rules; a test compares -->',
    'An **error** is what KServe refuses, or what no request can succeed with or reach; a **warning** is legal and almost surely not meant; '
      + '**info** is good to know. Each example is run by a test: the mistaken one is found by its rule, the mended one is clean.',
    rules.map(({ id, severity, title }) => `- [${id}](#${id}) (${severity}): ${title}`).join('\n'),
    ...rules.map(pageOf),
  ].join('\n\n');
}
