import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { constructsOf, perValidation } from './per-validation';
import { KnownRuntimes } from '../lint/service/known-runtimes';
import { CLUSTER_SERVING_RUNTIME_KIND, SERVING_RUNTIME_KIND } from '../spec/runtimes';

/** The ServingRuntimes and ClusterServingRuntimes among constructs, whoever makes them. */
export function runtimesAmong(constructs: readonly IConstruct[]): KnownRuntimes {
  return new KnownRuntimes(constructs.flatMap((child) => ApiObject.isApiObject(child) && KINDS.includes(child.kind) ? child.toJson() : []));
}

const KINDS: readonly string[] = [SERVING_RUNTIME_KIND, CLUSTER_SERVING_RUNTIME_KIND];

/** Those of an app, found once for each validation. */
export const runtimesOf = perValidation((root) => runtimesAmong(constructsOf(root)));
