import { parse } from 'yaml';
import { ImagePullPolicy, RouterConfig, RouterImage } from '../../src';

test('the entry as KServe ships it, pinned', () => {
  expect(JSON.parse(new RouterConfig().toJson())).toEqual({
    image: 'kserve/router:v0.20.0',
    memoryRequest: '100Mi',
    memoryLimit: '1Gi',
    cpuRequest: '100m',
    cpuLimit: '1',
    imagePullPolicy: 'IfNotPresent',
  });
});

test('a patch of the ConfigMap holds the entry alone', () => {
  const config = new RouterConfig({
    image: RouterImage.kserve({ registry: 'registry.example.com' }),
    imagePullPolicy: ImagePullPolicy.ALWAYS,
    imagePullSecrets: ['mirror', 'other'],
    cpuRequest: '1',
    cpuLimit: '2',
    memoryRequest: '1Gi',
    memoryLimit: '2Gi',
    propagateHeaders: ['traceparent'],
    propagateHeaderPatterns: ['^X-"Tenant"$'],
  });
  expect(config.toConfigMapPatch('serving')).toMatchSnapshot();
  expect(JSON.parse(parse(config.toConfigMapPatch()).data.router)).toEqual(JSON.parse(config.toJson()));
});

test('without headers there is no list of headers: an empty one would hand on them all', () => {
  expect(JSON.parse(new RouterConfig({ propagateHeaders: [], propagateHeaderPatterns: [] }).toJson())).not.toHaveProperty('headers');
});

test.each<[string, RouterConfig, object]>([
  ['nothing', new RouterConfig(), { image: 'kserve/router', tag: 'v0.20.0', imagePullPolicy: 'IfNotPresent', imagePullSecrets: [] }],
  ['a registry with a port, a digest and secrets', new RouterConfig({
    image: RouterImage.kserve({ registry: 'registry.example.com:5000', digest: `sha256:${'0'.repeat(64)}` }), imagePullSecrets: ['a', 'b'],
  }), {
    image: 'registry.example.com:5000/kserve/router',
    tag: `v0.20.0@sha256:${'0'.repeat(64)}`,
    imagePullPolicy: 'IfNotPresent',
    imagePullSecrets: '["a","b"]', // the chart prints it as it is
  }],
])('Helm values: %s', (_, config, router) => {
  expect(parse(config.toHelmValues())).toEqual({ kserve: { router } });
});

test.each<[string, RouterConfig, string]>([
  ['resources and headers', new RouterConfig({ cpuLimit: '2', propagateHeaders: ['a'] }), 'cpuLimit, propagateHeaders'],
  ['an image without a tag', new RouterConfig({ image: RouterImage.of(`router@sha256:${'0'.repeat(64)}`) }), 'an image without a tag, got '
    + `'router@sha256:${'0'.repeat(64)}'`],
])('the chart has no value for %s', (_, config, what) => {
  expect(() => config.toHelmValues()).toThrow(
    new Error(`KServe's Helm chart has no value for ${what}: patch the ConfigMap with toConfigMapPatch()`),
  );
});

test('everything that KServe could not read is told at once', () => {
  expect(() => new RouterConfig({ cpuLimit: 'two', memoryRequest: '-1', imagePullSecrets: ['A_b'], propagateHeaderPatterns: ['*'] })).
    toThrowErrorMatchingInlineSnapshot(`
"cpuLimit must be a quantity, got 'two': write a number with a unit, such as 100m or 1Gi
memoryRequest must be a quantity, got '-1': write a number with a unit, such as 100m or 1Gi
imagePullSecrets has a name that no Secret can have, got 'A_b': write the Secret's metadata.name
a pattern of headers to propagate is no regular expression of Go (RE2), and the router leaves it out, got '*': mend it; RE2 has no look-around and no back reference  (propagate-headers)"
`);
});
