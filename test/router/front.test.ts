import { Duration } from 'cdk8s';
import { httpRouteSpec, ingressSpec } from '../../src/router/front-spec';

test('an HTTPRoute waits as long as the router may take', () => {
  expect(httpRouteSpec('pipeline', { gateway: 'public' }, 300)).toEqual({
    parentRefs: [{ name: 'public' }],
    rules: [{
      matches: [{ path: { type: 'PathPrefix', value: '/' } }],
      backendRefs: [{ name: 'pipeline', port: 80 }],
      timeouts: { request: '300s' },
    }],
  });
});

test('an HTTPRoute with all that can be said', () => {
  const route = { gateway: 'public', gatewayNamespace: 'gateways', hostnames: ['a.example.com'], pathPrefix: '/graph', timeout: Duration.seconds(5) };
  expect(httpRouteSpec('pipeline', route, 300)).toEqual({
    parentRefs: [{ name: 'public', namespace: 'gateways' }],
    hostnames: ['a.example.com'],
    rules: [{
      matches: [{ path: { type: 'PathPrefix', value: '/graph' } }],
      backendRefs: [{ name: 'pipeline', port: 80 }],
      timeouts: { request: '5s' },
    }],
  });
});

test.each([[0, '0s'], [0.25, '250ms'], [90, '90s'], [3600, '1h'], [7261.5, '2h61s500ms']])('%d seconds are %s', (seconds, text) => {
  expect(httpRouteSpec('pipeline', { gateway: 'public' }, seconds)).toMatchObject({ rules: [{ timeouts: { request: text } }] });
});

test('an Ingress', () => {
  const backend = { service: { name: 'pipeline', port: { number: 80 } } };
  expect([
    ingressSpec('pipeline', {}),
    ingressSpec('pipeline', { host: 'a.example.com', className: 'nginx', pathPrefix: '/graph', tlsSecretName: 'cert' }),
    ingressSpec('pipeline', { tlsSecretName: 'cert' }),
  ]).toEqual([
    { rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] },
    {
      ingressClassName: 'nginx',
      tls: [{ hosts: ['a.example.com'], secretName: 'cert' }],
      rules: [{ host: 'a.example.com', http: { paths: [{ path: '/graph', pathType: 'Prefix', backend }] } }],
    },
    { tls: [{ secretName: 'cert' }], rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] },
  ]);
});
