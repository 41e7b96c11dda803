import { runtimeSpec } from './known-runtimes';
import { CLUSTER_SERVING_RUNTIME_KIND } from '../../spec/runtimes';
import type { RuntimeSpec } from '../../spec/runtimes';
import { fieldsOf, textOf } from '../json';
import { MetadataModel } from '../metadata';

/** A format of a runtime whose priority another runtime has. */
export interface TakenPriority {
  /** Which of its formats. */
  readonly index: number;
  /** The other's name. */
  readonly by: string;
}

/**
 * The priorities of runtimes that stand side by side. KServe refuses the second of two that share a protocol and have one priority for a version of a
 * format (`validateServingRuntimePriority` in pkg/webhook/admission/servingruntime/servingruntime_webhook.go, v0.15.2 to v0.20.0).
 */
export class Priorities {
  /** Those of runtimes as in a manifest. */
  public static of(documents: Iterable<unknown>): Priorities {
    const priorities = new Priorities();
    for (const document of documents) {
      const { kind, metadata, spec } = fieldsOf(document);
      const { name, namespace } = new MetadataModel(fieldsOf(metadata));
      priorities.add(scopeOf(textOf(kind) ?? '', namespace), runtimeSpec(name, fieldsOf(spec)));
    }
    return priorities;
  }

  /** For each kind and namespace the names of its runtimes. */
  private readonly names = new Map<string, Set<string>>();
  /** For each claim the names of those that make it, two at most: one of them is another. */
  private readonly claims = new Map<string, string[]>();

  public add(scope: string, runtime: RuntimeSpec): void {
    const names = this.names.get(scope) ?? new Set();
    this.names.set(scope, names.add(runtime.name));
    for (const { claim } of claimsOf(scope, runtime)) {
      const by = this.claims.get(claim) ?? [];
      if (by.length < 2 && !by.includes(runtime.name)) {
        this.claims.set(claim, [...by, runtime.name]);
      }
    }
  }

  /** Whether there is a runtime of a name. */
  public has(scope: string, name: string): boolean {
    return this.names.get(scope)?.has(name) === true;
  }

  /** The priorities of a runtime that another one has, one for each format. */
  public takenFrom(scope: string, runtime: RuntimeSpec): readonly TakenPriority[] {
    const taken = new Map<number, TakenPriority>();
    for (const { claim, index } of claimsOf(scope, runtime)) {
      const by = this.claims.get(claim)?.find((name) => name !== runtime.name);
      if (by !== undefined && !taken.has(index)) {
        taken.set(index, { index, by });
      }
    }
    return [...taken.values()];
  }
}

/** What runtimes are compared within. */
export function scopeOf(kind: string, namespace: string | undefined): string {
  return JSON.stringify(kind === CLUSTER_SERVING_RUNTIME_KIND ? [kind] : [kind, namespace]);
}

/** More than any runtime speaks: what is written by nobody must not take long. */
const MOST_PROTOCOLS = 16;

function claimsOf(scope: string, { formats, protocolVersions }: RuntimeSpec): { readonly claim: string; readonly index: number }[] {
  // a runtime without protocols is compared with none
  const protocols = [...new Set(protocolVersions)].slice(0, MOST_PROTOCOLS);
  return formats.flatMap(({ name, version, autoSelect, priority }, index) => autoSelect !== true || priority === undefined ? [] : (
    protocols.map((protocol) => ({ index, claim: JSON.stringify([scope, protocol, name.toLowerCase(), version, priority]) }))
  ));
}
