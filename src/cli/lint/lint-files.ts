import type { Position } from './documents';
import { fileLinter } from './findings';
import type { Finding } from './findings';
import { apart, firstPlaces, gathered } from './gathered';
import { fileOf, reasonOf } from './inputs';
import type { Input } from './inputs';
import { isLinted, knownObjectsIn, ownerOf } from './known-object';
import type { KnownObject } from './known-object';
import { Reader } from './reader';
import type { LintContext } from '../../lint/context';
import { ServiceClaims } from '../../lint/service-names';
import type { ServiceOwner } from '../../lint/service-names';
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
  /** InferenceGraphs, InferenceServices and runtimes in them. */
  readonly objects: number;
}

/**
 * Lints all inputs together: InferenceServices of one are known to the graphs of all.
 *
 * One file is parsed at a time, and of the others only what another may need is kept: what graphs ask of their InferenceServices, their runtimes, the
 * names of their Services, their findings; of a file with graphs alone, nothing. So the inputs are gone through more than once: for services, for
 * findings, and those with an InferenceService again where a graph has the name of one.
 */
export async function lintFiles(inputs: Iterable<Input>, read: (path: string) => Promise<Uint8Array>, context: LintContext): Promise<LintResult> {
  const reader = new Reader(read);
  const release = context.kserveVersion === undefined ? NEWEST_RELEASE : targetOf(context.kserveVersion);
  const placeOf = firstPlaces();
  const { services: found, runtimes, llmServices } = await gathered(inputs, reader, placeOf, { release, deploymentMode: context.deploymentMode });
  const services = found.flatMap(({ service }) => service ?? []);
  const lint = fileLinter({ ...context, services, llmServices }, release, runtimes);
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
    objects += known.filter(isLinted).length;
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
