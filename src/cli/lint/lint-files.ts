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
 * One file is parsed at a time, and of the others only what another may need is kept: what graphs ask of their InferenceServices, the names of their
 * Services, their findings; of a file with graphs alone, nothing. So the inputs are gone through more than once: for services, for findings, and those
 * with an InferenceService again where a graph has the name of one.
 */
export async function lintFiles(inputs: Iterable<Input>, read: (path: string) => Promise<Uint8Array>, context: LintContext): Promise<LintResult> {
  const reader = new Reader(read);
  const release = context.kserveVersion === undefined ? NEWEST_RELEASE : targetOf(context.kserveVersion);
  const placeOf = firstPlaces();
  const found = await servicesIn(inputs, reader, placeOf, (document) => new KnownService(document, context.deploymentMode, { release }));
  const services = found.flatMap(({ service }) => service ?? []);
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
  const contentOf = async (path: string) => reader.contentOf(path).catch((error: unknown) => {
    unreadable.push({ file: fileOf(path), message: reasonOf(error) });
    return undefined;
  });
  // by path, in the order of the inputs; those that may be gone through again have their place in it
  const findings = new Map<string, readonly Finding[]>();
  let [files, objects] = [0, 0];
  for (const { path, problem } of inputs) {
    files++;
    const file = fileOf(path);
    if (problem !== undefined) {
      unreadable.push({ file, message: problem });
      continue;
    }
    const content = await contentOf(path);
    if (content === undefined) {
      continue;
    }
    content.problems.forEach((inFile) => unreadable.push({ file, ...inFile }));
    const known = knownObjectsIn(content);
    const ofFile = findingsIn(file, known, claims);
    if (ofFile.length > 0 || known.some(({ kind }) => kind === INFERENCE_SERVICE_KIND)) {
      findings.set(path, ofFile.length > 0 ? apart(ofFile) : NO_FINDINGS);
    }
    objects += known.filter(({ kind }) => kind !== SERVICE_KIND).length;
  }
  const graphs = [...clashing.values()];
  const claimedByGraphs = new ServiceClaims(graphs);
  const again = found.filter(({ service, owner }) => service !== undefined && claimedByGraphs.clashesOf(owner).length > 0);
  const all = again.length === 0 ? claims : new ServiceClaims([...found.map(({ owner }) => owner), ...graphs]);
  for (const path of new Set(again.map((one) => one.path))) {
    const content = await contentOf(path);
    if (content !== undefined) {
      findings.set(path, apart(findingsIn(fileOf(path), knownObjectsIn(content), all)));
    }
  }
  return {
    findings: [...findings.values()].flat(),
    unreadable,
    files: files - unreadable.filter(({ line }) => line === undefined).length,
    objects,
  };
}

const NO_FINDINGS: readonly Finding[] = [];

interface FoundService {
  readonly path: string;
  readonly owner: ServiceOwner;
  /** Of an InferenceService; undefined of a Service, of which only the name is looked at. */
  readonly service?: KnownService;
}

/** The InferenceServices and Services of all inputs. What cannot be read is told later. */
async function servicesIn(
  inputs: Iterable<Input>,
  reader: Reader,
  placeOf: ReturnType<typeof firstPlaces>,
  serviceOf: (document: unknown) => KnownService,
): Promise<FoundService[]> {
  const services: FoundService[] = [];
  for (const { path, problem } of inputs) {
    try {
      const content = problem === undefined && mayHoldServices(await reader.bytesOf(path)) ? await reader.contentOf(path) : undefined;
      for (const known of content === undefined ? [] : knownObjectsIn(content)) {
        if (known.kind !== INFERENCE_GRAPH_KIND) {
          const owner = apart(ownerOf(known, placeOf(known, fileOf(path))));
          services.push({ path, owner, ...known.kind === INFERENCE_SERVICE_KIND && { service: serviceOf(apart(known.object.value)) } });
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
