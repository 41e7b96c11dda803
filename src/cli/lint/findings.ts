import { idleOf } from './acknowledgements';
import type { Position } from './documents';
import { duplicatesIn } from './duplicates';
import { isRuntime } from './known-object';
import type { KnownObject } from './known-object';
import { runtimePriorities, runtimeRules, serviceRules } from './on-demand';
import { withWords } from './words';
import type { LintContext } from '../../lint/context';
import { formatPath } from '../../lint/diagnostic';
import type { Diagnostic } from '../../lint/diagnostic';
import type { Fix } from '../../lint/fix';
import { textOf } from '../../lint/json';
import { lintGraph } from '../../lint/lint';
import type { KnownRuntimes } from '../../lint/runtime/known-runtimes';
import type { Priorities } from '../../lint/runtime/priorities';
import { Severity } from '../../lint/severity';
import { INFERENCE_GRAPH_KIND } from '../../spec/inference-graph';
import { INFERENCE_SERVICE_KIND } from '../../spec/inference-service';
import type { Release } from '../../spec/versions';

/** A finding as `--format json` prints it. */
export interface Finding extends Position {
  readonly file: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly path: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
  /** The edit that mends it; told as `fixable`. */
  readonly fix?: Fix;
}

/** Names the mistakes in the objects of a file, with what is known of their names. */
export type FileLinter = (file: string, known: readonly KnownObject[], clashesOf: ClashesOf) => readonly Finding[];

type ClashesOf = (known: KnownObject) => readonly Diagnostic[];

export function fileLinter(context: LintContext, release: Release, runtimes: KnownRuntimes): FileLinter {
  const { deploymentMode } = context;
  const diagnosticsOf = (one: KnownObject, priorities: () => Priorities): Diagnostic[] | undefined => {
    const { kind, object: { value }, metadata: { namespace } } = one;
    return kind === INFERENCE_GRAPH_KIND ? lintGraph(value, context)
      : kind === INFERENCE_SERVICE_KIND ? serviceRules().lintService(value, { release, deploymentMode, ...runtimes.for(namespace) })
        : isRuntime(one) ? runtimeRules().lintRuntime(value, { release, priorities: priorities() })
          : undefined;
  };
  return (file, known, clashesOf) => {
    const duplicates = known.length < 2 ? undefined : duplicatesIn(known);
    let priorities: Priorities | undefined;
    const prioritiesHere = () => priorities ??= runtimePriorities().of(known.filter(isRuntime).map(({ object }) => object.value));
    const found = known.flatMap((one) => {
      const diagnostics = diagnosticsOf(one, prioritiesHere);
      return diagnostics === undefined ? [] : unacknowledged(one, file, [
        ...withWords(diagnostics, one.object), ...clashesOf(one), ...duplicates?.get(one) ?? [],
      ]);
    });
    return withIdle(known, file, found);
  };
}

/** The annotation that acknowledges a rule on an object: `acknowledge.cdk8s-kserve/<rule>: <reason>`. */
const ACKNOWLEDGE = 'acknowledge.cdk8s-kserve/';

const UNUSED = 'unused-acknowledgement';

/** The findings that nobody acknowledged, with what is acknowledged for nothing. */
function unacknowledged({ kind, metadata, object }: KnownObject, file: string, found: readonly Diagnostic[]): Finding[] {
  const byAnnotation = Object.entries(metadata.annotations).flatMap(([key, reason]) => (
    key.startsWith(ACKNOWLEDGE) ? [{ rule: key.slice(ACKNOWLEDGE.length), reason: textOf(reason)?.trim() ?? '', key }] : []
  ));
  const isAcknowledged = (rule: string) => object.acknowledged.has(rule) || byAnnotation.some((known) => known.rule === rule && known.reason !== '');
  const idle = byAnnotation.filter(({ rule, reason }) => reason === '' || !found.some((diagnostic) => diagnostic.rule === rule));
  const unused = idle.map(({ rule, reason, key }): Diagnostic => ({
    rule: UNUSED,
    severity: Severity.WARNING,
    path: ['metadata', 'annotations', key],
    ...idleOf(rule, reason, 'annotation'),
  }));
  return [...found.filter(({ rule }) => !isAcknowledged(rule)), ...unused].map(({ rule, severity, path, atKey, message, help, fix }) => ({
    file,
    ...object.positionOf(path, atKey),
    kind,
    namespace: metadata.namespace,
    name: metadata.name,
    path: formatPath(path),
    rule,
    severity,
    message,
    help,
    fix,
  }));
}

/** The findings of a file, with what its comments acknowledge for nothing. */
function withIdle(known: readonly KnownObject[], file: string, found: readonly Finding[]): readonly Finding[] {
  const [first] = known;
  const idle = first?.object.acknowledged.idle() ?? [];
  return idle.length === 0 ? found : [...found, ...idle.map((comment) => ({
    file,
    ...comment,
    kind: first.kind,
    namespace: first.metadata.namespace,
    name: first.metadata.name,
    path: '',
    rule: UNUSED,
    severity: Severity.WARNING,
  }))];
}
