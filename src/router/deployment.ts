import { graphJson, literalArgument } from './graph-json';
import { Hardening } from './hardening';
import { selectorOf } from './labels';
import { PORT_NAME, ROUTER_PORT } from './service';
import type { InferenceGraphSpec } from '../spec/inference-graph';
import type { ResourceRequirements } from '../spec/k8s/resources';

/** How long the router goes on answering after SIGTERM before it stops, in seconds (cmd/router/main.go, v0.15.0 to v0.20.0). */
export const DRAIN_SECONDS = 30;

/** How long the answer to one request may take if the graph does not say, in seconds (pkg/constants/constants.go, `RouterTimeoutServerWrite`). */
export const SERVER_WRITE_SECONDS = 60;

/** Go's Shutdown looks only now and then whether the last request is answered; and the program has to end. In seconds. */
const MARGIN_SECONDS = 5;

/** What KServe's ConfigMap sets where a graph has no resources (config/configmap/inferenceservice.yaml, v0.20.0). */
const RESOURCES: ResourceRequirements = { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '100m', memory: '100Mi' } };

/** Where the CA bundle is mounted. */
const CA_FOLDER = '/etc/cdk8s-kserve/ca';

/** What a Deployment of the router is made from. */
export interface RouterDeployment {
  readonly name: string;
  readonly namespace?: string;
  readonly labels: { readonly [key: string]: string };
  readonly annotations: { readonly [key: string]: string };
  readonly hardening: Hardening;
  /** With every URL filled in. */
  readonly spec: InferenceGraphSpec;
  readonly image: string;
  readonly imagePullPolicy: string;
  readonly imagePullSecrets: readonly string[];
  /** `PROPAGATE_HEADERS`. */
  readonly propagateHeaders?: string;
  /** The Deployment's own number, where no autoscaler keeps it. */
  readonly replicas?: number;
  /** Whether there can be more than one replica. */
  readonly spread: boolean;
  /** Seconds. */
  readonly gracePeriod?: number;
  readonly caBundle?: { readonly configMap: string; readonly key: string };
}

/** `spec` of the Deployment (…/inferencegraph/raw_ig.go and …/reconcilers/deployment/deployment_reconciler.go, v0.20.0), hardened or not. */
export function deploymentSpec(router: RouterDeployment): object {
  const { name, namespace, labels, hardening, replicas } = router;
  const annotations = Object.keys(router.annotations).length === 0 ? undefined : router.annotations;
  const plain = hardening === Hardening.NONE;
  return {
    replicas,
    selector: { matchLabels: selectorOf(name) },
    strategy: {
      type: 'RollingUpdate',
      rollingUpdate: plain ? { maxUnavailable: '25%', maxSurge: '25%' } : { maxUnavailable: 0, maxSurge: '25%' },
    },
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    template: {
      metadata: plain ? { name, namespace, labels, annotations } : { labels, annotations },
      spec: podSpec(router),
    },
  };
}

/** The seconds that a pod has to end: the router's drain, then the longest answer. */
export function gracePeriodOf(spec: InferenceGraphSpec): number {
  return DRAIN_SECONDS + (spec.routerTimeouts?.serverWrite ?? SERVER_WRITE_SECONDS) + MARGIN_SECONDS;
}

function podSpec(router: RouterDeployment): object {
  const { name, hardening, imagePullSecrets, gracePeriod, caBundle, spread } = router;
  const plain = hardening === Hardening.NONE;
  const argument = graphJson(router.spec);
  // as Go reads it back: quantities in canonical form, empty lists and maps gone
  const spec = JSON.parse(argument) as InferenceGraphSpec;
  return {
    affinity: spec.affinity,
    automountServiceAccountToken: false,
    containers: [container(router, spec, literalArgument(argument))],
    dnsPolicy: 'ClusterFirst',
    // Service addresses as environment variables are of no use to the router, and could be expanded in its arguments
    enableServiceLinks: plain ? undefined : false,
    imagePullSecrets: imagePullSecrets.length === 0 ? undefined : imagePullSecrets.map((secret) => ({ name: secret })),
    nodeName: spec.nodeName,
    nodeSelector: spec.nodeSelector,
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: plain ? {} : { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    serviceAccountName: spec.serviceAccountName,
    terminationGracePeriodSeconds: gracePeriod ?? (plain ? 30 : gracePeriodOf(spec)),
    tolerations: spec.tolerations,
    topologySpreadConstraints: plain || !spread ? undefined : ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: selectorOf(name) },
      // else the pods of the version that goes would count
      matchLabelKeys: ['pod-template-hash'],
    })),
    volumes: caBundle && [{ name: 'ca', configMap: { name: caBundle.configMap, items: [{ key: caBundle.key, path: 'ca.crt' }] } }],
  };
}

function container(router: RouterDeployment, spec: InferenceGraphSpec, argument: string): object {
  const { name, hardening, image, imagePullPolicy, caBundle } = router;
  const plain = hardening === Hardening.NONE;
  const env = environment(router);
  return {
    name,
    image,
    imagePullPolicy,
    args: ['--graph-json', argument],
    env: env.length === 0 ? undefined : env,
    ports: plain ? undefined : [{ name: PORT_NAME, containerPort: ROUTER_PORT, protocol: 'TCP' }],
    resources: resourcesOf(spec.resources),
    ...plain ? { readinessProbe: READINESS } : PROBES,
    securityContext: {
      privileged: false,
      runAsNonRoot: true,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    volumeMounts: caBundle && [{ name: 'ca', mountPath: CA_FOLDER, readOnly: true }],
  };
}

/** As the controller has it (pkg/constants/constants.go, `GetRouterReadinessProbe`). */
const READINESS = {
  httpGet: { path: '/readyz', port: ROUTER_PORT, scheme: 'HTTP' },
  initialDelaySeconds: 5,
  timeoutSeconds: 2,
  periodSeconds: 5,
  successThreshold: 1,
  failureThreshold: 3,
};

/*
 * `/readyz` answers 503 while the router drains, and any other path runs the graph: so readiness asks `/readyz`, and liveness only whether the
 * port is open. The router listens within milliseconds; the startup probe keeps the pauses before readiness short.
 */
const PROBES = {
  startupProbe: { httpGet: { path: '/readyz', port: PORT_NAME, scheme: 'HTTP' }, periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 30 },
  readinessProbe: { httpGet: { path: '/readyz', port: PORT_NAME, scheme: 'HTTP' }, periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3 },
  livenessProbe: { tcpSocket: { port: PORT_NAME }, periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 3 },
};

function environment({ propagateHeaders, caBundle }: RouterDeployment): object[] {
  return [
    ...propagateHeaders === undefined ? [] : [{ name: 'PROPAGATE_HEADERS', value: propagateHeaders }],
    // Go reads the certificates of every file in these folders, beside the system's own file (crypto/x509/root_unix.go)
    ...caBundle === undefined ? [] : [{ name: 'SSL_CERT_DIR', value: `/etc/ssl/certs:${CA_FOLDER}` }],
  ];
}

/** The controller takes the ConfigMap's resources only where the graph has none at all (…/inferencegraph/knative_reconciler.go, v0.20.0). */
function resourcesOf(resources: ResourceRequirements = {}): object {
  const { limits, requests } = Object.keys(resources).length === 0 ? RESOURCES : resources;
  return { limits, requests };
}
