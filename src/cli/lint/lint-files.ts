import type { Position } from './documents';
import { fileLinter } from './findings';
import type { Finding } from './findings';
import { fileOf, reasonOf } from './inputs';
import type { Input } from './inputs';
import { knownObjectsIn, ownerOf, SERVICE_KIND } from './known-object';
import type { KnownObject } from './known-object';
import { Reader } from './reader';
import type { LintContext } from '../../lint/context';
import { KnownService } from '../../lint/known-service';
import { ServiceClaims } from '../../lint/service-names';
import type { ServiceOwner } from '../../lint/service-names';
import { INFERENCE_GRAPH_KIND } from '../../spec/inference-graph';
import { INFERENCE_SERVICE_KIND } from '../../spec/inference-service';
import { NEWEST_RELEASE, targetOf } from '../../spec/versions';

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

/**
 * Lints all inputs together: InferenceServices of one are known to the graphs of all.
 *
 * One file is parsed at a time, and of the others only what another may need is kept: their InferenceServices, the names of their Services, their
 * findings. So files are gone through more than once: for their services, for their findings, and again where a graph has the name of a service.
 */
export async function lintFiles(inputs: readonly Input[], read: (path: string) => Promise<Uint8Array>, context: LintContext): Promise<LintResult> {
  const reader = new Reader(read);
  const release = context.kserveVersion === undefined ? NEWEST_RELEASE : targetOf(context.kserveVersion);
  const placeOf = firstPlaces();
  const found = await servicesIn(inputs, reader, placeOf);
  const services = found.flatMap(({ document, owner }) => (
    document === undefined ? [] : new KnownService(document, owner.where, context.deploymentMode, { release })
  ));
  const lint = fileLinter({ ...context, services }, release);
  const claims = new ServiceClaims(found.map(({ owner }) => owner));
  // two graphs that make one Service are one graph, so that of graphs only those with a service's name need to be remembered
  const clashing = new Map<string, ServiceOwner>();
  const findingsIn = (file: string, known: readonly KnownObject[], claimsOnServices: ServiceClaims) => lint(file, known, (one) => {
    if (one.kind === INFERENCE_SERVICE_KIND) {
      return claimsOnServices.clashesOf(ownerOf(one, placeOf(one, file)));
    }
    const clashes = claims.clashesOf(ownerOf(one, ''));
    if (clashes.length > 0) {
      const owner = apart(ownerOf(one, placeOf(one, file)));
      clashing.set(owner.where, owner);
    }
    return clashes;
  });
  const unreadable: Unreadable[] = [];
  const contentOf = async (input: Input) => reader.contentOf(input.path).catch((error: unknown) => {
    unreadable.push({ file: fileOf(input.path), message: reasonOf(error) });
    return undefined;
  });
  const findings = new Map<Input, readonly Finding[]>();
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
    content.problems.forEach((problem) => unreadable.push({ file, ...problem }));
    const known = knownObjectsIn(content);
    const ofFile = findingsIn(file, known, claims);
    if (ofFile.length > 0) {
      findings.set(input, apart(ofFile));
    }
    objects += known.filter(({ kind }) => kind !== SERVICE_KIND).length;
  }
  const graphs = [...clashing.values()];
  const claimedByGraphs = new ServiceClaims(graphs);
  const again = found.filter(({ document, owner }) => document !== undefined && claimedByGraphs.clashesOf(owner).length > 0);
  const all = again.length === 0 ? claims : new ServiceClaims([...found.map(({ owner }) => owner), ...graphs]);
  for (const input of new Set(again.map((service) => service.input))) {
    const content = await contentOf(input);
    if (content !== undefined) {
      findings.set(input, apart(findingsIn(fileOf(input.path), knownObjectsIn(content), all)));
    }
  }
  return {
    findings: inputs.flatMap((input) => findings.get(input) ?? []),
    unreadable,
    files: inputs.length - unreadable.filter(({ line }) => line === undefined).length,
    objects,
  };
}

interface FoundService {
  readonly input: Input;
  readonly owner: ServiceOwner;
  /** Of an InferenceService; undefined of a Service, of which only the name is looked at. */
  readonly document?: unknown;
}

/** The InferenceServices and Services of all inputs. What cannot be read is told later. */
async function servicesIn(inputs: readonly Input[], reader: Reader, placeOf: ReturnType<typeof firstPlaces>): Promise<FoundService[]> {
  const services: FoundService[] = [];
  for (const input of inputs) {
    const { path, problem } = input;
    try {
      const content = problem === undefined && mayHoldServices(await reader.bytesOf(path)) ? await reader.contentOf(path) : undefined;
      for (const known of content === undefined ? [] : knownObjectsIn(content)) {
        if (known.kind !== INFERENCE_GRAPH_KIND) {
          const owner = apart(ownerOf(known, placeOf(known, fileOf(path))));
          services.push({ input, owner, ...known.kind === INFERENCE_SERVICE_KIND && { document: apart(known.object.value) } });
        }
      }
    } catch {
      continue;
    }
  }
  return services;
}

/** Whether a text has a kind of service in it, or a backslash by which it could be written otherwise. */
function mayHoldServices({ buffer, byteOffset, byteLength }: Uint8Array): boolean {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return bytes.includes(SERVICE_KIND) || bytes.includes('\\');
}

/** A copy that shares nothing with the text that it was read from: a part of a long text keeps all of it in memory. */
function apart<T>(value: T): T {
  return structuredClone(value);
}

/** Where each object stands first: the same one in several files is a variant of itself, as in overlays. */
function firstPlaces(): (known: KnownObject, file: string) => string {
  const places = new Map<string, string>();
  return ({ kind, metadata: { name, namespace }, object }, file) => {
    const key = JSON.stringify([kind, namespace, name]);
    const place = places.get(key) ?? `${file}:${object.lineOfKind()}`;
    places.set(key, place);
    return place;
  };
}
