import { networkPolicySpec } from '../../src/router/network-policy';
import type { Destination } from '../../src/router/network-policy';
import type { RouterNetworkPolicy } from '../../src/router/router-network-policy';

const named = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
const tcp = (...ports: number[]) => ports.map((port) => ({ protocol: 'TCP', port }));
const PUBLIC = [
  { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] } },
  { ipBlock: { cidr: '::/0', except: ['fc00::/7', 'fe80::/10'] } },
];

function policy(options: RouterNetworkPolicy = {}, ...destinations: Destination[]): any {
  return networkPolicySpec('pipeline', options, destinations, 'cluster.local');
}

test.each<[string, object]>([
  ['http://ranker.search.svc.cluster.local/v1', { to: [named('search')], ports: tcp(80, 8080) }],
  ['http://ranker.search.svc.cluster.local./v1', { to: [named('search')], ports: tcp(80, 8080) }],
  ['http://ranker.search.svc:9000/v1', { to: [named('search')], ports: tcp(9000) }],
  ['https://ranker.search.svc', { to: [named('search')], ports: tcp(443) }],
  ['http://ranker', { to: [{ podSelector: {} }], ports: tcp(80, 8080) }],
  ['https://api.example.com/v1', { to: PUBLIC, ports: tcp(443) }],
  ['http://a.b.svc.example.com', { to: PUBLIC, ports: tcp(80) }],
  ['http://ranker.search', { to: [named('search'), ...PUBLIC], ports: tcp(80, 8080) }],
  ['http://10.1.2.3:8000', { to: [{ ipBlock: { cidr: '10.1.2.3/32' } }], ports: tcp(8000) }],
  ['http://[2001:db8::1]/', { to: [{ ipBlock: { cidr: '2001:db8::1/128' } }], ports: tcp(80) }],
])('%s', (url, rule) => {
  expect(policy({}, { url }).egress.slice(1)).toEqual([rule]);
});

test('an InferenceService without a namespace is in the graph\'s own', () => {
  expect(policy({}, { url: 'http://iris-predictor', service: { name: 'iris', knative: false } }).egress[1]).toEqual({
    to: [{ podSelector: { matchLabels: { 'serving.kserve.io/inferenceservice': 'iris' } } }],
    ports: tcp(8080),
  });
});

test('targets that are alike are one rule', () => {
  const url = 'http://a.b.svc/1';
  expect(policy({}, { url }, { url: 'http://c.b.svc/2' }).egress).toHaveLength(2);
});

test('clients, DNS and gateways are where the user says', () => {
  expect(policy({
    clients: [{ namespace: 'web' }, { podLabels: { app: 'web' } }, { namespaceLabels: { env: 'prod' }, podLabels: { app: 'web' } }, {}],
    dnsNamespace: 'dns',
    knativeGatewayNamespaces: ['kourier-system'],
  }, { url: 'http://a.b', service: { name: 'a', namespace: 'b', knative: true } })).toEqual({
    podSelector: { matchLabels: { app: 'isvc.pipeline' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{
      from: [
        named('web'),
        { podSelector: { matchLabels: { app: 'web' } } },
        { namespaceSelector: { matchLabels: { env: 'prod' } }, podSelector: { matchLabels: { app: 'web' } } },
        { podSelector: {} },
      ],
      ports: tcp(8080),
    }],
    egress: [{ to: [named('dns')], ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }] }, { to: [named('kourier-system')] }],
  });
});
