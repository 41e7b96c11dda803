import { readDocuments } from './documents';
import type { FileObject, Position } from './documents';
import { reasonOf } from './inputs';
import type { Input } from './inputs';
import type { LintContext } from '../../lint/context';
import { formatPath } from '../../lint/diagnostic';
import type { Diagnostic } from '../../lint/diagnostic';
import type { Fix } from '../../lint/fix';
import { fieldsOf, textOf } from '../../lint/json';
import { KnownService } from '../../lint/known-service';
import { lintGraph } from '../../lint/lint';
import { deploymentModeOf, MetadataModel } from '../../lint/metadata';
import { lintService } from '../../lint/service/lint';
import { ServiceClaims } from '../../lint/service-names';
import { Severity } from '../../lint/severity';
import { INFERENCE_GRAPH_KIND } from '../../spec/inference-graph';
import { INFERENCE_SERVICE_KIND } from '../../spec/inference-service';
import { NEWEST_RELEASE, targetOf } from '../../spec/versions';

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

/** An input that could not be read, or a place in it. */
export interface Unreadable extends Partial<Position> {
  readonly file: string;
  readonly message: string;
}

export interface LintResult {
  readonly findings: readonly Finding[];
  readonly unreadable: readonly Unreadable[];
  /** Inputs that were read. */
  readonly files: number;
  /** InferenceGraphs and InferenceServices in them. */
  readonly objects: number;
}

interface Known {
  readonly file: string;
  readonly kind: string;
  readonly metadata: MetadataModel;
  readonly where: string;
  readonly object: FileObject;
}

/** The annotation that acknowledges a rule on an object: `acknowledge.cdk8s-kserve/<rule>: <reason>`. */
const ACKNOWLEDGE = 'acknowledge.cdk8s-kserve/';

/** Lints all inputs together: InferenceServices of one are known to the graphs of all. */
export async function lintFiles(inputs: readonly Input[], read: (path: string) => Promise<Uint8Array>, context: LintContext): Promise<LintResult> {
  const unreadable: Unreadable[] = [];
  const objects: Known[] = [];
  for (const { path, problem } of inputs) {
    const file = path === '-' ? '<stdin>' : path;
    if (problem !== undefined) {
      unreadable.push({ file, message: problem });
      continue;
    }
    try {
      const content = readDocuments(await read(path));
      unreadable.push(...content.problems.map((found) => ({ file, ...found })));
      objects.push(...content.objects.flatMap((object) => knownOf(file, object)));
    } catch (error) {
      unreadable.push({ file, message: reasonOf(error) });
    }
  }
  const release = context.kserveVersion === undefined ? NEWEST_RELEASE : targetOf(context.kserveVersion);
  const services = objects
    .filter(({ kind }) => kind === INFERENCE_SERVICE_KIND)
    .map(({ object, where }) => new KnownService(object.value, where, context.deploymentMode, { release }));
  // the same object in several files is a variant of itself, as in overlays
  const firstWhere = new Map<string, string>();
  const owners = objects.map(({ kind, metadata: { name, namespace, annotations }, where }) => {
    const key = JSON.stringify([kind, namespace, name]);
    firstWhere.set(key, firstWhere.get(key) ?? where);
    return { kind, name, namespace, deploymentMode: deploymentModeOf(annotations), where: firstWhere.get(key)! };
  });
  const claims = new ServiceClaims(owners);
  const findings = objects.flatMap((known, i) => {
    const { kind, object } = known;
    const found = kind === INFERENCE_GRAPH_KIND ? lintGraph(object.value, { ...context, services })
      : kind === INFERENCE_SERVICE_KIND ? lintService(object.value, { release, deploymentMode: context.deploymentMode })
        : [];
    return unacknowledged(known, kind === 'Service' ? [] : [...found, ...claims.clashesOf(owners[i])]);
  });
  return {
    findings,
    unreadable,
    files: inputs.length - unreadable.filter(({ line }) => line === undefined).length,
    objects: objects.filter(({ kind }) => kind !== 'Service').length,
  };
}

function knownOf(file: string, object: FileObject): Known[] {
  const { apiVersion, kind, metadata } = object.value;
  const isKServe = (kind === INFERENCE_GRAPH_KIND || kind === INFERENCE_SERVICE_KIND) && textOf(apiVersion)?.startsWith('serving.kserve.io/') === true;
  if (!isKServe && !(kind === 'Service' && apiVersion === 'v1')) {
    return [];
  }
  const { line } = object.positionOf(['kind']);
  return [{ file, kind: kind as string, metadata: new MetadataModel(fieldsOf(metadata)), where: `${file}:${line}`, object }];
}

/** The findings that nobody acknowledged, with what is acknowledged for nothing. */
function unacknowledged({ file, kind, metadata, object }: Known, found: readonly Diagnostic[]): Finding[] {
  const byAnnotation = Object.entries(metadata.annotations).flatMap(([key, reason]) => (
    key.startsWith(ACKNOWLEDGE) ? [{ rule: key.slice(ACKNOWLEDGE.length), reason: textOf(reason)?.trim() ?? '', key }] : []
  ));
  const isAcknowledged = (rule: string) => object.acknowledged.has(rule) || byAnnotation.some((known) => known.rule === rule && known.reason !== '');
  const idle = byAnnotation.filter(({ rule, reason }) => reason === '' || !found.some((diagnostic) => diagnostic.rule === rule));
  const unused = idle.map(({ rule, reason, key }): Diagnostic => ({
    rule: 'unused-acknowledgement',
    severity: Severity.WARNING,
    path: ['metadata', 'annotations', key],
    message: reason === '' ? `the acknowledgement of ${rule} gives no reason` : `the rule ${rule} is acknowledged, and finds nothing here`,
    help: reason === '' ? 'write the reason as its value' : 'remove the annotation',
  }));
  return [...found.filter(({ rule }) => !isAcknowledged(rule)), ...unused].map(({ rule, severity, path, message, help, fix }) => ({
    file,
    ...object.positionOf(path),
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
