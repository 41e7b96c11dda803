import { selectorOf } from './labels';
import { ROUTER_PORT } from './ports';
import type { NetworkPeer, RouterNetworkPolicy } from './router-network-policy';

/** What a step calls. */
export interface Destination {
  readonly url: string;
  /** An InferenceService of this app, where it is one. */
  readonly service?: { readonly name: string; readonly namespace?: string; readonly knative: boolean };
}

/** `spec` of the NetworkPolicy. */
export function networkPolicySpec(name: string, options: RouterNetworkPolicy, destinations: readonly Destination[], clusterDomain: string): object {
  const { clients, dnsNamespace = 'kube-system', knativeGatewayNamespaces = ['istio-system'] } = options;
  const dns = {
    to: [inNamespace(dnsNamespace)],
    ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }],
  };
  const rules = destinations.map((destination) => egressTo(destination, knativeGatewayNamespaces, clusterDomain));
  return {
    podSelector: { matchLabels: selectorOf(name) },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: clients?.map(peerOf), ports: [{ protocol: 'TCP', port: ROUTER_PORT }] }],
    egress: [dns, ...withoutCopies(rules)],
  };
}

/** Pods of a model server listen on this port unless their runtime says otherwise (pkg/constants/constants.go, `InferenceServiceDefaultHttpPort`). */
const MODEL_PORT = 8080;

function egressTo({ url, service }: Destination, gatewayNamespaces: readonly string[], clusterDomain: string): object {
  if (service?.knative) {
    return { to: gatewayNamespaces.map(inNamespace) };
  }
  if (service !== undefined) {
    const pods = { podSelector: { matchLabels: { 'serving.kserve.io/inferenceservice': service.name } } };
    return { to: [service.namespace === undefined ? pods : { ...inNamespace(service.namespace), ...pods }], ports: tcp(MODEL_PORT) };
  }
  const { hostname, protocol, port: written } = new URL(url);
  const port = Number(written) || (protocol === 'https:' ? 443 : 80);
  const places = placesOf(hostname, clusterDomain);
  // a policy sees the pod's port, not the Service's: 80 stands before 8080 in every Service that KServe makes
  return { to: places, ports: port === 80 && places.some((place) => !('ipBlock' in place)) ? tcp(80, MODEL_PORT) : tcp(port) };
}

/** Where a host may be. `a.b` is a Service `a` of namespace `b`, or a public host: both are let through. */
function placesOf(hostname: string, clusterDomain: string): object[] {
  const parts = hostname.replace(/\.$/, '').split('.');
  const [, namespace, svc, ...domain] = parts;
  if (hostname.startsWith('[') || /^[0-9.]+$/.test(hostname)) {
    return addressesOf(hostname);
  }
  if (namespace === undefined) {
    return [{ podSelector: {} }];
  }
  if (svc === 'svc' && (domain.length === 0 || domain.join('.') === clusterDomain)) {
    return [inNamespace(namespace)];
  }
  return parts.length === 2 ? [inNamespace(namespace), ...addressesOf(hostname)] : addressesOf(hostname);
}

function addressesOf(hostname: string): object[] {
  if (/^[0-9.]+$/.test(hostname)) {
    return [{ ipBlock: { cidr: `${hostname}/32` } }];
  }
  if (hostname.startsWith('[')) {
    return [{ ipBlock: { cidr: `${hostname.slice(1, -1)}/128` } }];
  }
  return [
    { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] } },
    { ipBlock: { cidr: '::/0', except: ['fc00::/7', 'fe80::/10'] } },
  ];
}

function peerOf({ namespace, namespaceLabels, podLabels }: NetworkPeer): object {
  const namespaces = namespace === undefined ? namespaceLabels : { ...namespaceLabels, ...inNamespace(namespace).namespaceSelector.matchLabels };
  const pods = podLabels && { podSelector: { matchLabels: podLabels } };
  return namespaces === undefined ? pods ?? { podSelector: {} } : { namespaceSelector: { matchLabels: namespaces }, ...pods };
}

/** Kubernetes labels every namespace with its name. */
function inNamespace(namespace: string): { namespaceSelector: { matchLabels: { [key: string]: string } } } {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
}

function tcp(...ports: number[]): object[] {
  return ports.map((port) => ({ protocol: 'TCP', port }));
}

function withoutCopies(rules: readonly object[]): object[] {
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}
