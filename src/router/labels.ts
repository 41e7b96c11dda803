import { Hardening } from './hardening';

/** The label that pods, Service and everything else of a graph's router are found by (pkg/constants/constants.go, `GetRawServiceLabel`). */
export function selectorOf(name: string): { [label: string]: string } {
  return { app: `isvc.${name}` };
}

/** The labels of a router's objects: the user's, the controller's, and Kubernetes' recommended ones. */
export function labelsOf(name: string, user: { [label: string]: string }, hardening: Hardening, version: string): { [label: string]: string } {
  const recommended = {
    'app.kubernetes.io/name': 'inference-graph',
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/component': 'router',
    'app.kubernetes.io/version': version,
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
  return {
    ...hardening === Hardening.NONE ? {} : recommended,
    ...user,
    'serving.kserve.io/inferencegraph': name,
    ...selectorOf(name),
  };
}
