import { idleOf } from './acknowledgements';
import { readDocuments } from './documents';
import type { FileContent, FileObject, Position } from './documents';
import { fileOf, reasonOf } from './inputs';
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
import type { ServiceOwner } from '../../lint/service-names';
import { Severity } from '../../lint/severity';
import { INFERENCE_GRAPH_KIND } from '../../spec/inference-graph';
import { INFERENCE_SERVICE_KIND } from '../../spec/inference-service';
import { NEWEST_RELEASE, targetOf } from '../../spec/versions';
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

/** An object that the linter knows. */
interface Known {
  readonly kind: string;
  readonly metadata: MetadataModel;
  readonly object: FileObject;
}

/** The annotation that acknowledges a rule on an object: `acknowledge.cdk8s-kserve/<rule>: <reason>`. */
const ACKNOWLEDGE = 'acknowledge.cdk8s-kserve/';

/**
 * Lints all inputs together: InferenceServices of one are known to the graphs of all.
 *
 * One file is parsed at a time, and of the others only what another may need is kept: its InferenceServices, the names of its objects, its findings.
 * So files are gone through more than once: for their InferenceServices, for their findings, and again where a name clashes with a later one.
 */
export async function lintFiles(inputs: readonly Input[], read: (path: string) => Promise<Uint8Array>, context: LintContext): Promise<LintResult> {
  const reader = new Reader(read);
  const release = context.kserveVersion === undefined ? NEWEST_RELEASE : targetOf(context.kserveVersion);
  const services = await servicesOf(inputs, reader, context.deploymentMode, release);
  const lint = linterOf({ ...context, services }, release);
  const unreadable: Unreadable[] = [];
  const findings = new Map<Input, readonly Finding[]>();
  const owners: Owner[] = [];
  const whereOf = firstPlaces();
  const contentOf = async (input: Input) => reader.contentOf(input.path).catch((error: unknown) => {
    unreadable.push({ file: fileOf(input.path), message: reasonOf(error) });
    return undefined;
  });
  let objects = 0;
  for (const input of inputs) {
    const file = fileOf(input.path);
    if (input.problem !== undefined) {
      unreadable.push({ file, message: input.problem });
      continue;
    }
    const content = await contentOf(input);
    if (content === undefined) {
      continue;
    }
    content.problems.forEach((found) => unreadable.push({ file, ...found }));
    const known = content.objects.flatMap(knownOf);
    const own = known.map((one) => ownerOf(one, whereOf(one, file)));
    const found = withIdle(known, file, known.flatMap((one) => lint(one, file, [])));
    apart(own).forEach((owner) => owners.push({ input, owner }));
    objects += known.filter(({ kind }) => kind !== SERVICE_KIND).length;
    if (found.length > 0) {
      findings.set(input, apart(found));
    }
  }
  const claims = new ServiceClaims(owners.map(({ owner }) => owner));
  const clashing = new Set(owners.filter(({ owner }) => owner.kind !== SERVICE_KIND && claims.hasClash(owner)).map(({ input }) => input));
  for (const input of clashing) {
    const file = fileOf(input.path);
    const content = await contentOf(input);
    if (content !== undefined) {
      const known = content.objects.flatMap(knownOf);
      const found = known.flatMap((one) => lint(one, file, claims.clashesOf(ownerOf(one, whereOf(one, file)))));
      findings.set(input, apart(withIdle(known, file, found)));
    }
  }
  return {
    findings: inputs.flatMap((input) => findings.get(input) ?? []),
    unreadable,
    files: inputs.length - unreadable.filter(({ line }) => line === undefined).length,
    objects,
  };
}

/** Inputs of together less than this many bytes are read once. */
const KEPT = 16 * 1024 * 1024;

/** Reads files. */
class Reader {
  private readonly kept = new Map<string, Uint8Array>();
  private left = KEPT;
  private last?: { readonly path: string; readonly content: FileContent };

  constructor(private readonly read: (path: string) => Promise<Uint8Array>) {}

  public async bytesOf(path: string): Promise<Uint8Array> {
    const known = this.kept.get(path);
    if (known !== undefined) {
      return known;
    }
    const bytes = await this.read(path);
    if (path === '-') {
      this.kept.set(path, bytes); // there is no second standard input
    } else if (bytes.length <= this.left) {
      this.kept.set(path, bytes);
      this.left -= bytes.length;
    }
    return bytes;
  }

  /** A file that is asked for twice in a row is parsed once. */
  public async contentOf(path: string): Promise<FileContent> {
    if (this.last?.path !== path) {
      this.last = undefined; // its memory is free before the next is read
      this.last = { path, content: readDocuments(await this.bytesOf(path)) };
    }
    return this.last.content;
  }
}

/** The InferenceServices of all inputs. What cannot be read is told later. */
async function servicesOf(inputs: readonly Input[], reader: Reader, mode: LintContext['deploymentMode'], release: Release): Promise<KnownService[]> {
  const services: KnownService[] = [];
  for (const input of inputs) {
    const { path, problem } = input;
    try {
      const content = problem === undefined && mayHoldServices(await reader.bytesOf(path)) ? await reader.contentOf(path) : undefined;
      for (const { kind, object } of content?.objects.flatMap(knownOf) ?? []) {
        if (kind === INFERENCE_SERVICE_KIND) {
          services.push(new KnownService(apart(object.value), `${fileOf(input.path)}:${object.line}`, mode, { release }));
        }
      }
    } catch {
      continue;
    }
  }
  return services;
}

/** Whether a text has the word in it, or a backslash by which it could be written otherwise. */
function mayHoldServices({ buffer, byteOffset, byteLength }: Uint8Array): boolean {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return bytes.includes(INFERENCE_SERVICE_KIND) || bytes.includes('\\');
}

/** A copy that shares nothing with the text that it was read from: a part of a long text keeps all of it in memory. */
function apart<T>(value: T): T {
  return structuredClone(value);
}

interface Owner {
  readonly input: Input;
  readonly owner: ServiceOwner;
}

const SERVICE_KIND = 'Service';

function knownOf(object: FileObject): Known[] {
  const { apiVersion, kind, metadata } = object.value;
  const isKServe = (kind === INFERENCE_GRAPH_KIND || kind === INFERENCE_SERVICE_KIND) && textOf(apiVersion)?.startsWith('serving.kserve.io/') === true;
  return isKServe || (kind === SERVICE_KIND && apiVersion === 'v1')
    ? [{ kind: kind as string, metadata: new MetadataModel(fieldsOf(metadata)), object }] : [];
}

function ownerOf({ kind, metadata: { name, namespace, annotations } }: Known, where: string): ServiceOwner {
  return { kind, name, namespace, deploymentMode: deploymentModeOf(annotations), where };
}

/** Where each object stands first: the same one in several files is a variant of itself, as in overlays. */
function firstPlaces(): (known: Known, file: string) => string {
  const places = new Map<string, string>();
  return ({ kind, metadata: { name, namespace }, object }, file) => {
    const key = JSON.stringify([kind, namespace, name]);
    const place = places.get(key) ?? `${file}:${object.line}`;
    places.set(key, place);
    return place;
  };
}

/** Lints an object of a file, with what is known of its names. */
function linterOf(context: LintContext, release: Release): (known: Known, file: string, clashes: readonly Diagnostic[]) => Finding[] {
  return (known, file, clashes) => {
    const { kind, object: { value } } = known;
    const found = kind === INFERENCE_GRAPH_KIND ? lintGraph(value, context)
      : kind === INFERENCE_SERVICE_KIND ? lintService(value, { release, deploymentMode: context.deploymentMode })
        : undefined;
    return found === undefined ? [] : unacknowledged(known, file, [...found, ...clashes]);
  };
}

/** The findings of a file, with what its comments acknowledge for nothing. */
function withIdle(known: readonly Known[], file: string, found: readonly Finding[]): readonly Finding[] {
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

const UNUSED = 'unused-acknowledgement';

/** The findings that nobody acknowledged, with what is acknowledged for nothing. */
function unacknowledged({ kind, metadata, object }: Known, file: string, found: readonly Diagnostic[]): Finding[] {
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
