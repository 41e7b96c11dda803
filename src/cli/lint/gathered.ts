import { fileOf } from './inputs';
import type { Input } from './inputs';
import { identityOf, isRuntime, knownObjectsIn, ownerOf } from './known-object';
import type { KnownObject } from './known-object';
import type { Reader } from './reader';
import type { LlmService } from '../../lint/context';
import { KnownService } from '../../lint/known-service';
import type { DeploymentModeName } from '../../lint/metadata';
import { KnownRuntimes } from '../../lint/runtime/known-runtimes';
import type { ServiceOwner } from '../../lint/service-names';
import { INFERENCE_GRAPH_KIND } from '../../spec/inference-graph';
import { INFERENCE_SERVICE_KIND, LLM_INFERENCE_SERVICE_KIND } from '../../spec/inference-service';
import type { Release } from '../../spec/versions';

/** What objects of all inputs need to know of each other. */
export interface Gathered {
  readonly services: readonly FoundService[];
  readonly runtimes: KnownRuntimes;
  readonly llmServices: readonly LlmService[];
}

/** An InferenceService or Service of an input. */
export interface FoundService {
  readonly path: string;
  readonly owner: ServiceOwner;
  /** Of an InferenceService; undefined of a Service, of which only the name is looked at. */
  readonly service?: KnownService;
}

/** Where an object stands first. */
export type PlaceOf = (known: KnownObject, file: string) => string;

interface Target {
  readonly release: Release;
  readonly deploymentMode?: DeploymentModeName;
}

/** Goes through all inputs; what cannot be read is told later. */
export async function gathered(inputs: Iterable<Input>, reader: Reader, placeOf: PlaceOf, target: Target): Promise<Gathered> {
  const first = await gatheredWith(new KnownRuntimes([]), inputs, reader, placeOf, target);
  // a runtime may stand behind the services that it serves
  return first.runtimes.size === 0 ? first : gatheredWith(first.runtimes, inputs, reader, placeOf, target);
}

async function gatheredWith(
  known: KnownRuntimes, inputs: Iterable<Input>, reader: Reader, placeOf: PlaceOf, { release, deploymentMode }: Target,
): Promise<Gathered> {
  const services: FoundService[] = [];
  const runtimes: unknown[] = [];
  const llmServices: LlmService[] = [];
  for (const { path, problem } of inputs) {
    try {
      const content = problem === undefined && mayHoldOthers(await reader.bytesOf(path)) ? await reader.contentOf(path) : undefined;
      for (const one of content === undefined ? [] : knownObjectsIn(content)) {
        if (isRuntime(one)) {
          runtimes.push(apart(one.object.value));
        } else if (one.kind === LLM_INFERENCE_SERVICE_KIND) {
          const { name, namespace } = one.metadata;
          llmServices.push(apart({ name, namespace }));
        } else if (one.kind !== INFERENCE_GRAPH_KIND) {
          const owner = apart(ownerOf(one, placeOf(one, fileOf(path))));
          const isService = one.kind === INFERENCE_SERVICE_KIND;
          const cluster = { release, ...known.for(owner.namespace) };
          services.push({ path, owner, ...isService && { service: new KnownService(apart(one.object.value), deploymentMode, cluster) } });
        }
      }
    } catch {
      continue;
    }
  }
  return { services, runtimes: new KnownRuntimes(runtimes), llmServices };
}

/** Whether a text may have a kind of service or runtime in it, all of which have `Serv`, or a backslash by which it could be written otherwise. */
function mayHoldOthers(text: Uint8Array): boolean {
  const bytes = Buffer.isBuffer(text) ? text : Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  return bytes.includes('Serv') || bytes.includes(BACKSLASH);
}

const BACKSLASH = 0x5c;

/** A copy that shares nothing with the text that it was read from: a part of a long text keeps all of it in memory. */
export function apart<T>(value: T): T {
  return structuredClone(value);
}

/** Where each object stands first: the same one in several files is a variant of itself, as in overlays. */
export function firstPlaces(): PlaceOf {
  const places = new Map<string, string>();
  return (known, file) => {
    const key = identityOf(known);
    const place = places.get(key) ?? `${file}:${known.object.lineOfKind()}`;
    places.set(key, place);
    return place;
  };
}
