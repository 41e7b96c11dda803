import { ApiObjectMetadataDefinition, Duration, Lazy } from 'cdk8s';
import type { ApiObjectMetadata } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { completeDeployment } from './beyond-cdk8s-plus';
import { completed } from './completed';
import { graphJson, literalArgument } from './graph-json';
import { Hardening } from './hardening';
import type { ImagePullPolicy } from './image-pull-policy';
import { selectorOf } from './labels';
import { PORT_NAME, ROUTER_PORT } from './ports';
import type { InferenceGraphSpec } from '../spec/inference-graph';

/** How long the router goes on answering after SIGTERM before it stops, in seconds (cmd/router/main.go, v0.15.0 to v0.20.0). */
export const DRAIN_SECONDS = 30;

/** How long the answer to one request may take if the graph does not say, in seconds (pkg/constants/constants.go, `RouterTimeoutServerWrite`). */
export const SERVER_WRITE_SECONDS = 60;

/** Go's Shutdown looks only now and then whether the last request is answered; and the program has to end. In seconds. */
const MARGIN_SECONDS = 5;

/** Where the CA bundle is mounted. */
const CA_FOLDER = '/etc/cdk8s-kserve/ca';

/** What a Deployment of the router is made from. What is a function is known at synth. */
export interface RouterDeploymentProps {
  readonly name: string;
  readonly namespace?: string;
  readonly metadata: ApiObjectMetadata;
  readonly hardening: Hardening;
  /** As the graph has it. */
  readonly spec: () => InferenceGraphSpec;
  /** With every URL filled in. */
  readonly resolved: () => InferenceGraphSpec;
  readonly image: () => string;
  readonly imagePullPolicy: ImagePullPolicy;
  readonly imagePullSecrets: readonly string[];
  readonly serviceAccountName?: string;
  readonly nodeName?: string;
  /** `PROPAGATE_HEADERS`. */
  readonly propagateHeaders?: string;
  /** The Deployment's own number, where no autoscaler keeps it. */
  readonly replicas?: number;
  /** Whether there can be more than one replica. */
  readonly spread: boolean;
  /** How long an answer may take. */
  readonly serverWrite?: Duration;
  readonly gracePeriod?: Duration;
  readonly caBundle?: { readonly configMap: string; readonly key: string };
}

/** The Deployment of the router. */
export class RouterDeployment extends kplus.Deployment {
  private readonly router: RouterDeploymentProps;
  private template?: ApiObjectMetadataDefinition;

  constructor(scope: Construct, id: string, router: RouterDeploymentProps) {
    const { name, namespace, hardening, serviceAccountName, nodeName, replicas, serverWrite, gracePeriod, caBundle } = router;
    const plain = hardening === Hardening.NONE;
    super(scope, id, {
      metadata: router.metadata,
      select: false, // by a label of the construct's, which the controller does not have; a selector can never be changed
      replicas,
      strategy: kplus.DeploymentStrategy.rollingUpdate(plain ? {} : { maxUnavailable: kplus.PercentOrAbsolute.absolute(0) }),
      serviceAccount: serviceAccountName
        ? kplus.ServiceAccount.fromServiceAccountName(scope, 'service-account', serviceAccountName, { namespaceName: namespace })
        : undefined,
      terminationGracePeriod: gracePeriod ?? (plain ? Duration.seconds(DRAIN_SECONDS) : gracePeriodFor(serverWrite)),
    });
    this.router = router;
    this.select(kplus.LabelSelector.of({ labels: selectorOf(name) }));
    if (replicas === undefined) {
      this.markHasAutoscaler(); // without a number there would be 2
    }
    if (nodeName) {
      this.scheduling.assign(kplus.Node.named(nodeName));
    }
    const container = this.addContainer(containerOf(router));
    if (caBundle !== undefined) {
      const source = kplus.ConfigMap.fromConfigMapName(this, 'ca-bundle', caBundle.configMap);
      const volume = kplus.Volume.fromConfigMap(this, 'ca', source, { name: 'ca', items: { [caBundle.key]: { path: 'ca.crt' } } });
      container.mount(CA_FOLDER, volume, { readOnly: true });
    }
    completed(this, router.metadata, completeDeployment({ ...router, settings: () => asGoReads(router.spec()) }));
  }

  /** The pods' own; without the label that cdk8s-plus gives to pods, by which nothing is selected here. */
  public get podMetadata(): ApiObjectMetadataDefinition {
    const { name, namespace, metadata: { labels, annotations }, hardening } = this.router;
    const own = hardening === Hardening.NONE ? { name, namespace } : {};
    return this.template ??= new ApiObjectMetadataDefinition({ ...own, labels, annotations, apiObject: this.apiObject });
  }

  /** What Services, NetworkPolicies and affinities find the pods by. */
  public toPodSelectorConfig(): kplus.PodSelectorConfig {
    const { name, namespace } = this.router;
    return {
      labelSelector: kplus.LabelSelector.of({ labels: selectorOf(name) }),
      namespaces: namespace === undefined ? undefined : { names: [namespace] },
    };
  }
}

/** How long a pod may take to end: the router's drain, then the longest answer. */
function gracePeriodFor(serverWrite?: Duration): Duration {
  // a fraction is reported with everything else at synth
  const seconds = serverWrite?.toSeconds({ integral: false }) ?? SERVER_WRITE_SECONDS;
  return Duration.seconds(DRAIN_SECONDS + Math.ceil(seconds) + MARGIN_SECONDS);
}

function asGoReads(spec: InferenceGraphSpec): InferenceGraphSpec {
  return JSON.parse(graphJson({ ...spec, nodes: {} })) as InferenceGraphSpec;
}

function containerOf(router: RouterDeploymentProps): kplus.ContainerProps {
  const { name, hardening, image, imagePullPolicy, resolved } = router;
  const plain = hardening === Hardening.NONE;
  return {
    name,
    image: Lazy.any({ produce: image }) as string,
    imagePullPolicy: imagePullPolicy as string as kplus.ImagePullPolicy, // the words are Kubernetes'
    args: ['--graph-json', Lazy.any({ produce: () => literalArgument(graphJson(resolved())) }) as string],
    envVariables: environment(router),
    ports: plain ? [] : [{ name: PORT_NAME, number: ROUTER_PORT, protocol: kplus.Protocol.TCP }],
    resources: {}, // else those of cdk8s-plus
    ...plain ? { readiness: READINESS } : PROBES,
    securityContext: { capabilities: { drop: [kplus.Capability.ALL] } },
  };
}

/** As the controller has it (pkg/constants/constants.go, `GetRouterReadinessProbe`). */
const READINESS = kplus.Probe.fromHttpGet('/readyz', {
  port: ROUTER_PORT,
  initialDelaySeconds: Duration.seconds(5),
  timeoutSeconds: Duration.seconds(2),
  periodSeconds: Duration.seconds(5),
  successThreshold: 1,
  failureThreshold: 3,
});

/*
 * `/readyz` answers 503 while the router drains, and any other path runs the graph: so readiness asks `/readyz`, and liveness only whether the
 * port is open. The router listens within milliseconds; the startup probe keeps the pauses before readiness short.
 */
const PROBES = {
  startup: kplus.Probe.fromHttpGet('/readyz', {
    port: ROUTER_PORT, periodSeconds: Duration.seconds(1), timeoutSeconds: Duration.seconds(2), failureThreshold: 30,
  }),
  readiness: kplus.Probe.fromHttpGet('/readyz', {
    port: ROUTER_PORT, periodSeconds: Duration.seconds(5), timeoutSeconds: Duration.seconds(2), failureThreshold: 3,
  }),
  liveness: kplus.Probe.fromTcpSocket({
    port: ROUTER_PORT, periodSeconds: Duration.seconds(10), timeoutSeconds: Duration.seconds(2), failureThreshold: 3,
  }),
};

function environment({ propagateHeaders, caBundle }: RouterDeploymentProps): { [name: string]: kplus.EnvValue } {
  return {
    ...propagateHeaders === undefined ? {} : { PROPAGATE_HEADERS: kplus.EnvValue.fromValue(propagateHeaders) },
    // Go reads the certificates of every file in these folders, beside the system's own file (crypto/x509/root_unix.go)
    ...caBundle === undefined ? {} : { SSL_CERT_DIR: kplus.EnvValue.fromValue(`/etc/ssl/certs:${CA_FOLDER}`) },
  };
}
