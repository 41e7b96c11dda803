import { Hardening } from './hardening';
import { selectorOf } from './labels';
import type { InferenceGraphSpec } from '../spec/inference-graph';
import type { ResourceRequirements } from '../spec/k8s/resources';

/*
 * What cdk8s-plus-28 (2.5.6) has no words for, and its defaults that KServe's controller does not write. Everything else is said in the props of
 * its constructs. What a user adds by their methods is in what comes in here, and stays.
 */

type Fields = { readonly [field: string]: unknown };

/** The spec of a Deployment, as cdk8s-plus renders it. */
export interface DeploymentSpec extends Fields {
  readonly template: { readonly spec: PodSpec };
}

interface PodSpec extends Fields {
  readonly affinity?: object;
  readonly containers: readonly object[];
  readonly tolerations?: readonly object[];
}

/** What a Deployment needs beyond its construct. */
export interface DeploymentCompletion {
  readonly name: string;
  readonly hardening: Hardening;
  /** Where the pods go and what they use, as Go reads it: quantities in canonical form, empty lists and maps gone. */
  readonly settings: () => Omit<InferenceGraphSpec, 'nodes'>;
  readonly imagePullSecrets: readonly string[];
  /** Whether there can be more than one replica. */
  readonly spread: boolean;
}

/** The Deployment's spec (…/inferencegraph/raw_ig.go and …/reconcilers/deployment/deployment_reconciler.go, v0.20.0), hardened or not. */
export function completeDeployment({ name, hardening, settings, imagePullSecrets, spread }: DeploymentCompletion) {
  return ({ minReadySeconds: _, template, ...spec }: DeploymentSpec): object => {
    const { hostNetwork: __, setHostnameAsFQDN: ___, containers: [router, ...others], affinity, tolerations = [], ...pod } = template.spec;
    const { affinity: wantedAffinity, tolerations: wantedTolerations = [], nodeSelector, resources } = settings();
    const allTolerations = [...wantedTolerations, ...tolerations];
    const plain = hardening === Hardening.NONE;
    return {
      ...spec,
      revisionHistoryLimit: 10,
      template: {
        ...template,
        spec: {
          ...pod,
          affinity: merged(wantedAffinity, affinity), // of the graph: any that Kubernetes has; there: of selectors that cdk8s knows
          containers: [{
            ...router,
            resources: resourcesOf(resources), // any resource and any quantity; there: cpu, memory and disk in whole units
            terminationMessagePath: '/dev/termination-log',
            terminationMessagePolicy: 'File',
          }, ...others],
          // Service addresses as environment variables are of no use to the router, and could be expanded in its arguments
          enableServiceLinks: plain ? undefined : false,
          imagePullSecrets: imagePullSecrets.length === 0 ? undefined : imagePullSecrets.map((secret) => ({ name: secret })), // there: one
          nodeSelector,
          schedulerName: 'default-scheduler',
          securityContext: plain ? {} : { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } }, // there: no seccomp for pods
          tolerations: allTolerations.length === 0 ? undefined : allTolerations,
          topologySpreadConstraints: plain || !spread ? undefined : spreadOver(name),
        },
      },
    };
  };
}

/** What KServe's ConfigMap sets where a graph has no resources (config/configmap/inferenceservice.yaml, v0.20.0). */
const RESOURCES: ResourceRequirements = { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '100m', memory: '100Mi' } };

/** The controller takes the ConfigMap's resources only where the graph has none at all (…/inferencegraph/knative_reconciler.go, v0.20.0). */
function resourcesOf(resources: ResourceRequirements = {}): object {
  const { limits, requests } = Object.keys(resources).length === 0 ? RESOURCES : resources;
  return { limits, requests };
}

function spreadOver(name: string): object[] {
  return ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selectorOf(name) },
    // else the pods of the version that goes would count
    matchLabelKeys: ['pod-template-hash'],
  }));
}

/** Terms of both sides, where each has some. */
function merged(one: unknown, other: unknown): unknown {
  if (one === undefined || other === undefined) {
    return one ?? other;
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return [...one as unknown[], ...other as unknown[]];
  }
  const [left, right] = [one as Fields, other as Fields];
  return Object.fromEntries(Object.keys({ ...left, ...right }).map((key) => [key, merged(left[key], right[key])]));
}

/** The spec of a Service, as cdk8s-plus renders it. */
export interface ServiceSpec extends Fields {
  readonly ports: readonly object[];
}

/** The Service's spec. */
export function completeService(hardening: Hardening) {
  return ({ externalIPs: _, type: __, ports: [router, ...others], ...spec }: ServiceSpec): object => ({
    ...spec,
    ports: [hardening === Hardening.NONE ? router : { ...router, appProtocol: 'http' }, ...others],
  });
}

/** The autoscaler's spec. */
export function completeAutoscaler(hardening: Hardening) {
  return (spec: Fields): object => (hardening === Hardening.NONE ? { ...spec, behavior: {} } : spec);
}
