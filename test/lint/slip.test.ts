import { isSlipOf } from '../../src/lint/slip';

const KEYS = ['serviceUrl', 'serviceName', 'minReplicas', 'maxReplicas', 'name', 'data'];

test.each([
  ['serviceURL', 'serviceUrl'],
  ['service_name', 'serviceName'],
  ['service-name', 'serviceName'],
  ['NAME', 'name'],
  ['servceName', 'serviceName'],
  ['serviceNaem', 'serviceName'],
  ['minReplica', 'minReplicas'],
])('%s can only be %s', (word, meant) => {
  expect(KEYS.filter((key) => isSlipOf(word, key, KEYS))).toEqual([meant]);
});

test.each(['servicePort', 'replicas', 'mixReplicas', 'nam', '', 'banana'])('%s may be something else', (word) => {
  expect(KEYS.filter((key) => isSlipOf(word, key, KEYS))).toEqual([]);
});
