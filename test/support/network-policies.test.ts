import { allows, Connection, Peer } from './network-policies';

const web: Peer = { address: '10.1.0.1', namespace: 'web', labels: { app: 'web', tier: 'front' } };
const store: Peer = { address: '10.1.0.2', namespace: 'store', labels: { app: 'store' }, portNames: { http: 8080 } };
const outside: Peer = { address: '203.0.113.1' };

const policy = (spec: object, namespace = 'store') => ({ metadata: { namespace }, spec: { podSelector: {}, ...spec } });
const call = (more: Partial<Connection> = {}): Connection => ({ from: web, to: store, port: 8080, ...more });
const named = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

test.each<[string, object[], Connection, boolean]>([
  ['no policy', [], call(), true],
  ['one of another namespace', [policy({}, 'other')], call(), true],
  ['one of other pods', [policy({ podSelector: { matchLabels: { app: 'x' } } })], call(), true],
  ['one without rules is for what comes in', [policy({})], call(), false],
  ['one without rules is not for what goes out', [policy({}, 'web')], call(), true],
  ['one with rules for what goes out is for that too', [policy({ egress: [], ingress: [{}] }, 'web')], call(), false],
  ['an empty rule is for all', [policy({ ingress: [{}] })], call(), true],
  ['any of several policies', [policy({}), policy({ ingress: [{}] })], call(), true],
  ['both ends have a say', [policy({ ingress: [{}] }), policy({ policyTypes: ['Egress'] }, 'web')], call(), false],
  ['pods of the own namespace alone', [policy({ ingress: [{ from: [{ podSelector: {} }] }] })], call(), false],
  ['pods of the own namespace', [policy({ ingress: [{ from: [{ podSelector: {} }] }] }, 'web')], call({ to: web }), true],
  ['a namespace', [policy({ ingress: [{ from: [{ namespaceSelector: named('web') }] }] })], call(), true],
  ['any namespace, but no address outside', [policy({ ingress: [{ from: [{ namespaceSelector: {} }] }] })], call({ from: outside }), false],
  ['pods and namespace in one peer have to fit both', [policy({ ingress: [{ from: [{ namespaceSelector: named('web'), podSelector: { matchLabels: { app: 'x' } } }] }] })], call(), false],
  ['pods and namespace in two peers have to fit one', [policy({ ingress: [{ from: [{ namespaceSelector: named('web') }, { podSelector: { matchLabels: { app: 'x' } } }] }] })], call(), true],
  ['expressions', [policy({
    ingress: [{
      from: [{
        namespaceSelector: {},
        podSelector: {
          matchExpressions: [
            { key: 'tier', operator: 'In', values: ['front'] }, { key: 'x', operator: 'DoesNotExist' }, { key: 'app', operator: 'Exists' }, { key: 'app', operator: 'NotIn', values: ['x'] },
          ],
        },
      }],
    }],
  })], call(), true],
  ['a block of addresses', [policy({ ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }] })], call({ from: outside }), true],
  ['a block without some', [policy({ ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['203.0.112.0/23'] } }] }] })], call({ from: outside }), false],
  ['a port', [policy({ ingress: [{ ports: [{ port: 8080 }] }] })], call(), true],
  ['another port', [policy({ ingress: [{ ports: [{ port: 80 }] }] })], call(), false],
  ['a port by name', [policy({ ingress: [{ ports: [{ port: 'http' }] }] })], call(), true],
  ['a name that the pod does not have', [policy({ ingress: [{ ports: [{ port: 'https' }] }] })], call(), false],
  ['a range of ports', [policy({ ingress: [{ ports: [{ port: 8000, endPort: 8080 }] }] })], call(), true],
  ['TCP unless it says otherwise', [policy({ ingress: [{ ports: [{ port: 8080 }] }] })], call({ protocol: 'UDP' }), false],
])('%s', (_, policies, connection, expected) => {
  expect(allows(policies, connection)).toBe(expected);
});
