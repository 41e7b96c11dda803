import type { IConstruct } from 'constructs';
import { SERVING_RUNTIME } from './symbols';
import type { RuntimeSpec } from '../spec/runtimes';

/** A construct that makes a ServingRuntime or ClusterServingRuntime. */
export interface RuntimeOwner extends IConstruct {
  /** Undefined for one of the whole cluster, `''` for one whose namespace is not said. */
  readonly _runtimeNamespace?: string;
  _toRuntimeSpec(): RuntimeSpec;
}

/** Runtimes of a service's namespace, and of the whole cluster. */
export interface AppRuntimes {
  readonly runtimes: RuntimeSpec[];
  readonly clusterRuntimes: RuntimeSpec[];
}

/** The runtimes that an app defines, as a service in a namespace sees them. */
export function runtimesFor(construct: IConstruct, namespace?: string): AppRuntimes {
  return runtimesAmong(construct.node.root.node.findAll(), namespace);
}

/** Those that some constructs define: all of an app are found once for each validation, and not once for each service. */
export function runtimesAmong(constructs: readonly IConstruct[], namespace = ''): AppRuntimes {
  const owners = constructs.filter((child): child is RuntimeOwner => SERVING_RUNTIME in child);
  const specsIn = (place?: string) => owners.filter((owner) => owner._runtimeNamespace === place).map((owner) => owner._toRuntimeSpec());
  return { runtimes: specsIn(namespace), clusterRuntimes: specsIn(undefined) };
}
