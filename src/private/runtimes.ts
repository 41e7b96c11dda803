import type { IConstruct } from 'constructs';
import { SERVING_RUNTIME } from './symbols';
import type { RuntimeSpec } from '../spec/runtimes';

/** A construct that makes a ServingRuntime or ClusterServingRuntime. */
export interface RuntimeOwner extends IConstruct {
  /** Undefined for one of the whole cluster, `''` for one whose namespace is not said. */
  readonly _runtimeNamespace?: string;
  _toRuntimeSpec(): RuntimeSpec;
}

/** The runtimes that an app defines, as a service in a namespace sees them. */
export function runtimesFor(construct: IConstruct, namespace?: string): { runtimes: RuntimeSpec[]; clusterRuntimes: RuntimeSpec[] } {
  const owners = construct.node.root.node.findAll().filter((child): child is RuntimeOwner => SERVING_RUNTIME in child);
  return {
    runtimes: owners.filter(({ _runtimeNamespace: of }) => of !== undefined && of === (namespace ?? '')).map((owner) => owner._toRuntimeSpec()),
    clusterRuntimes: owners.filter(({ _runtimeNamespace: of }) => of === undefined).map((owner) => owner._toRuntimeSpec()),
  };
}
