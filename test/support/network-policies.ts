/*
 * What NetworkPolicies mean, after Kubernetes' own description of them (networking.k8s.io/v1): no plugin can run here that would enforce them.
 */

/** One end of a connection. */
export interface Peer {
  readonly address: string;
  /** Undefined for what is no pod. */
  readonly namespace?: string;
  readonly labels?: { readonly [key: string]: string };
  /** The ports of its containers, by name. */
  readonly portNames?: { readonly [name: string]: number };
}

/** A connection as a policy sees it: to the port of the pod, whatever the Service in between has. */
export interface Connection {
  readonly from: Peer;
  readonly to: Peer;
  readonly port: number;
  readonly protocol?: 'TCP' | 'UDP';
}

type Labels = { readonly [key: string]: string };

/** Whether these policies, and no others, let a connection through. Every namespace has its name as label, as Kubernetes gives it. */
export function allows(policies: readonly any[], connection: Connection): boolean {
  return passes(policies, 'Egress', connection.from, connection.to, connection) && passes(policies, 'Ingress', connection.to, connection.from, connection);
}

/** A pod that no policy selects for a direction is open in it; one that some select is open to what any of them names. */
function passes(policies: readonly any[], direction: 'Egress' | 'Ingress', pod: Peer, other: Peer, connection: Connection): boolean {
  const selecting = policies.filter((policy) => typesOf(policy.spec).includes(direction)
    && pod.namespace === policy.metadata.namespace && selects(policy.spec.podSelector, pod.labels ?? {}));
  return selecting.length === 0 || selecting.some(({ metadata, spec }) => (spec[direction.toLowerCase()] ?? []).some((rule: any) =>
    isAmongPeers(direction === 'Egress' ? rule.to : rule.from, other, metadata.namespace) && isAmongPorts(rule.ports, connection)));
}

function typesOf({ policyTypes, egress }: any): readonly string[] {
  return policyTypes ?? ['Ingress', ...egress === undefined ? [] : ['Egress']];
}

function isAmongPeers(peers: readonly any[] | undefined, other: Peer, ownNamespace: string): boolean {
  return peers === undefined || peers.length === 0 || peers.some(({ ipBlock, namespaceSelector, podSelector }) => {
    if (ipBlock !== undefined) {
      return isIn(ipBlock.cidr, other.address) && !(ipBlock.except ?? []).some((cidr: string) => isIn(cidr, other.address));
    }
    if (other.namespace === undefined) {
      return false;
    }
    const inNamespace = namespaceSelector === undefined
      ? other.namespace === ownNamespace
      : selects(namespaceSelector, { 'kubernetes.io/metadata.name': other.namespace });
    return inNamespace && (podSelector === undefined || selects(podSelector, other.labels ?? {}));
  });
}

function isAmongPorts(ports: readonly any[] | undefined, { to, port, protocol = 'TCP' }: Connection): boolean {
  return ports === undefined || ports.length === 0 || ports.some((each) => {
    const first = typeof each.port === 'string' ? to.portNames?.[each.port] : each.port;
    return (each.protocol ?? 'TCP') === protocol && (each.port === undefined || (first !== undefined && first <= port && port <= (each.endPort ?? first)));
  });
}

function selects({ matchLabels = {}, matchExpressions = [] }: any, labels: Labels): boolean {
  return Object.entries(matchLabels as Labels).every(([key, value]) => labels[key] === value)
    && matchExpressions.every(({ key, operator, values = [] }: any) => {
      switch (operator) {
        case 'In': return key in labels && values.includes(labels[key]);
        case 'NotIn': return !(key in labels) || !values.includes(labels[key]);
        case 'Exists': return key in labels;
        case 'DoesNotExist': return !(key in labels);
        default: throw new Error(`no such operator: ${operator}`);
      }
    });
}

/** For addresses of version 4; a block of version 6 holds none of them. */
function isIn(cidr: string, address: string): boolean {
  const [base, bits] = cidr.split('/');
  if (base.includes(':') || address.includes(':')) {
    return base === address;
  }
  const size = 2 ** (32 - Number(bits));
  return Math.floor(numberOf(base) / size) === Math.floor(numberOf(address) / size);
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
