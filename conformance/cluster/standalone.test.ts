import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { parse } from 'yaml';
import { ApiError, eventually, KubeObject } from './api';
import { Cluster } from './cluster';
import { Models, RouterProgram } from './router-program';
import {
  Condition, EnsembleNode, Hardening, ImagePullPolicy, InferenceTarget, PropagatedHeaders, RouterConfig, RouterImage, SequenceNode,
  StandaloneInferenceGraph, StandaloneInferenceGraphProps,
} from '../../src';
import { manifestOf } from '../../test/support/synth';

const HOSTS = { catDog: 'cat-dog.models.svc.cluster.local', breed: 'breed.models.svc.cluster.local' };
const CAT = '{"instances":["cat"]}';
const DOG = '{"instances":["dog"]}';

/** The tutorial's graph over services that KServe does not run. */
function tutorial(props: StandaloneInferenceGraphProps = {}, namespace = 'dogs'): StandaloneInferenceGraph {
  const graph = new StandaloneInferenceGraph(new Chart(new App(), 'test', { namespace }), 'pipeline', props);
  new SequenceNode(graph, 'root')
    .addStep(InferenceTarget.url(`http://${HOSTS.catDog}/v1/models/cat-dog:predict`), { name: 'cat_dog' })
    .addStep(InferenceTarget.url(`http://${HOSTS.breed}/v1/models/breed:predict`), { condition: Condition.stringEquals('predictions.0', 'dog') });
  return graph;
}

const podOf = (graph: StandaloneInferenceGraph): any => manifestOf(graph.deployment).spec.template;
const objectsOf = (graph: StandaloneInferenceGraph): KubeObject[] => Chart.of(graph).toJson() as KubeObject[];

/**
 * The router program as the graph's own container would start it, its models on this machine.
 *
 * @param moved folders of the container, and where they are on this machine
 */
function started(graph: StandaloneInferenceGraph, models: Models, moved: Record<string, string> = {}): Promise<RouterProgram> {
  const [container] = podOf(graph).spec.containers as [{ args: string[]; env?: { name: string; value: string }[] }];
  const args = container.args.map((arg) => models.redirect(arg));
  const here = (value: string) => Object.entries(moved).reduce((text, [folder, path]) => text.replaceAll(folder, path), value);
  return RouterProgram.start(args, Object.fromEntries(container.env?.map(({ name, value }) => [name, here(value)]) ?? []));
}

/** The folders that a kubelet mounts for the graph's container from these ConfigMaps, each made in a folder here. */
function mounted(graph: StandaloneInferenceGraph, configMaps: Record<string, Record<string, string>>, folder: string): Record<string, string> {
  const { volumes = [], containers: [{ volumeMounts = [] }] } = podOf(graph).spec;
  return Object.fromEntries(volumeMounts.map(({ name, mountPath }: { name: string; mountPath: string }) => {
    const { configMap } = volumes.find((volume: { name: string }) => volume.name === name);
    const path = mkdtempSync(join(folder, name));
    for (const { key, path: file } of configMap.items) writeFileSync(join(path, file), configMaps[configMap.name][key]);
    return [mountPath, path];
  }));
}

/** The Gateway API's own CRD, of the version that KServe is built with. */
function httpRouteCrd(): KubeObject {
  const { stdout } = spawnSync('go', ['list', '-m', '-f', '{{.Dir}}', 'sigs.k8s.io/gateway-api'], { cwd: join(__dirname, '..'), encoding: 'utf8' });
  return parse(readFileSync(join(stdout.trim(), 'config/crd/standard/gateway.networking.k8s.io_httproutes.yaml'), 'utf8'));
}

const prediction = (text: string) => ({ status: 200, body: JSON.stringify({ predictions: [text] }) });

describe('the router program, with the container\'s arguments and environment', () => {
  test('answers the tutorial\'s requests and hands on the headers that were named', async () => {
    const seen: IncomingHttpHeaders[] = [];
    const models = await Models.serve({
      [HOSTS.catDog]: (body, _, headers) => {
        seen.push(headers);
        return prediction(body === DOG ? 'dog' : 'cat');
      },
      [HOSTS.breed]: () => prediction('Kuvasz'),
    });
    const names = ['traceparent', 'X-Request-ID', 'x.tenant', 'authorization'];
    const sent = { 'TraceParent': '00-1', 'x-request-id': '7', 'X.Tenant': 'a', 'Authorization': 'Bearer t' };
    const other = { 'Cookie': 'c', 'X-Request-Id-2': 'no', 'XxTenant': 'no', 'Proxy-Authorization': 'no', 'My-Traceparent': 'no' };
    const router = await started(tutorial({ propagateHeaders: names }), models);
    try {
      expect(await router.send(CAT, { ...sent, ...other })).toEqual({ status: 200, body: { predictions: ['cat'] } });
      expect(await router.send(DOG, { ...sent, ...other })).toEqual({ status: 200, body: { predictions: ['Kuvasz'] } });
    } finally {
      router.end();
      models.close();
    }
    const handedOn = { 'traceparent': '00-1', 'x-request-id': '7', 'x.tenant': 'a', 'authorization': 'Bearer t', 'content-type': 'application/json' };
    // what Go's client sets itself
    expect(seen.map(({ host, 'user-agent': _, 'content-length': __, 'accept-encoding': ___, ...headers }) => headers)).toEqual([handedOn, handedOn]);
  });

  test('hands on no header where none is named', async () => {
    const seen: string[] = [];
    const models = await Models.serve({
      [HOSTS.catDog]: (_, __, headers) => {
        seen.push(...Object.keys(headers));
        return prediction('cat');
      },
    });
    const router = await started(tutorial(), models);
    await router.send(CAT, { Authorization: 'Bearer t', Traceparent: '00-1' });
    router.end();
    models.close();

    expect(seen.sort()).toEqual(['accept-encoding', 'content-length', 'content-type', 'host', 'user-agent']);
  });

  test('calls by https what an authority of its own vouches for, with the caBundle and not without', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
    const made = spawnSync(join(__dirname, '..', 'bin', 'certificate'), ['-authority', folder], { encoding: 'utf8' });
    expect(made).toMatchObject({ status: 0, stderr: '' });
    const [key, cert, ca] = ['tls.key', 'tls.crt', 'ca.crt'].map((file) => readFileSync(join(folder, file)));
    const host = 'models.example.com';
    const models = await Models.serve({ [host]: () => prediction('cat') }, { key, cert });
    const answers = await Promise.all([{ caBundle: { configMap: 'company', key: 'bundle.pem' } }, {}].map(async (props) => {
      const graph = new StandaloneInferenceGraph(new Chart(new App(), 'test'), 'pipeline', props);
      new SequenceNode(graph, 'root').addStep(InferenceTarget.url(`https://${host}/v1/models/cat-dog:predict`));
      const router = await started(graph, models, mounted(graph, { company: { 'bundle.pem': `${ca}` } }, folder));
      try {
        return await router.send(CAT);
      } finally {
        router.end();
      }
    }));
    models.close();
    rmSync(folder, { recursive: true });

    const cause = expect.stringMatching(/tls: failed to verify certificate: x509: certificate signed by unknown authority$/);
    expect(answers).toEqual([
      { status: 200, body: { predictions: ['cat'] } },
      { status: 500, body: { error: 'Failed to process request', cause } },
    ]);
  });

  test('at SIGTERM finishes what is in flight within the grace period, where KServe\'s own kills it', async () => {
    const slowly = async () => {
      await new Promise((resolve) => setTimeout(resolve, 33_000)); // longer than the router's drain
      return prediction('cat');
    };
    const ends = await Promise.all([Hardening.RESTRICTED, Hardening.NONE].map(async (hardening) => {
      let asked: () => void = () => undefined;
      const isAsked = new Promise<void>((resolve) => { asked = resolve; });
      const models = await Models.serve({ [HOSTS.catDog]: () => { asked(); return slowly(); } });
      const graph = tutorial({ hardening });
      const router = await started(graph, models);
      const answer = router.send(CAT).then(({ body }) => body, () => 'no answer');
      await isAsked;
      const end = router.terminate(podOf(graph).spec.terminationGracePeriodSeconds);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const [isReady, late] = [await router.isReady(), await Promise.race([answer, Promise.resolve('in flight')])];
      const result = { isReady, late, end: await end, answer: await answer };
      models.close();
      return result;
    }));

    expect(ends).toEqual([
      { isReady: false, late: 'in flight', end: { code: 0, signal: null }, answer: { predictions: ['cat'] } },
      { isReady: false, late: 'in flight', end: { code: null, signal: 'SIGKILL' }, answer: 'no answer' },
    ]);
  });
});

describe('a control plane', () => {
  const name = `standalone-${process.pid}`;
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.up(name, { leashed: true });
    await cluster.api.apply({
      apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'dogs', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    } as KubeObject);
    await cluster.api.apply(httpRouteCrd());
    await eventually('the kind HTTPRoute', () => cluster.api.send('GET', '/apis/gateway.networking.k8s.io/v1'));
  });
  afterAll(() => Cluster.down(name));

  const ALL: StandaloneInferenceGraphProps = {
    minReplicas: 2,
    maxReplicas: 10,
    timeouts: { serverWrite: Duration.minutes(5) },
    propagateHeaders: PropagatedHeaders.TRACING,
    caBundle: { configMap: 'ca' },
    imagePullSecrets: ['mirror'],
    networkPolicy: { clients: [{ namespace: 'web', podLabels: { app: 'web' } }, {}] },
    ingress: { host: 'dogs.example.com', className: 'nginx', tlsSecretName: 'dogs' },
    httpRoute: { gateway: 'public', gatewayNamespace: 'gateways', hostnames: ['dogs.example.com'], pathPrefix: '/dogs', timeout: Duration.millis(61_500) },
  };
  /** From one version of a graph to the next. */
  const VERSIONS: readonly [string, () => StandaloneInferenceGraph][] = [
    ['not hardened', () => tutorial({ hardening: Hardening.NONE })],
    ['hardened', () => tutorial()],
    ['a fixed number of replicas', () => tutorial({ minReplicas: 3 })],
    ['all that can be said', () => tutorial(ALL)],
    ['what cdk8s-plus adds', () => {
      const graph = tutorial({ ...ALL, serviceAccountName: 'router' });
      graph.deployment.addContainer({ name: 'proxy', image: 'proxy:1', securityContext: { capabilities: { drop: [kplus.Capability.ALL] } } });
      graph.deployment.containers[0].mount('/tmp', kplus.Volume.fromEmptyDir(graph, 'tmp', 'tmp'));
      graph.deployment.scheduling.spread({ weight: 1 });
      graph.deployment.scheduling.tolerate(kplus.Node.tainted(kplus.NodeTaintQuery.exists('spot')));
      graph.deployment.connections.allowFrom(kplus.Pods.select(graph, 'web', { labels: { app: 'web' }, namespaces: kplus.Namespaces.select(graph, 'of-web', { names: ['dogs'] }) }));
      graph.service.exposeViaIngress('/more');
      graph.service.bind(8081, { name: 'other', targetPort: 8080 });
      return graph;
    }],
    ['another node', () => {
      const graph = tutorial({ ...ALL, metadata: { labels: { team: 'vision' } } });
      const more = new EnsembleNode(graph, 'more').addStep(InferenceTarget.url('https://api.example.com/v1'));
      (graph.nodes[0] as SequenceNode).addStep(more);
      return graph;
    }],
  ];

  test.each(VERSIONS)('takes every object with strict validation, and the change from the version before: %s', async (_, graph) => {
    for (const object of objectsOf(graph())) {
      await cluster.api.apply(object);
    }
  });

  test.each(VERSIONS.slice(1))('makes a pod under enforced "restricted": %s', async (version, graph) => {
    const { metadata: { labels }, spec } = podOf(graph());
    await cluster.api.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: version.replace(/ /g, '-'), namespace: 'dogs', labels } as KubeObject['metadata'], spec });
  });

  test('refuses the pod of KServe\'s controller there', async () => {
    const { spec } = podOf(tutorial({ hardening: Hardening.NONE }));
    const refused = await cluster.api.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'plain', namespace: 'dogs' }, spec })
      .then(() => 'accepted', (error: ApiError) => error.message);
    expect(refused).toBe('pods "plain" is forbidden: violates PodSecurity "restricted:latest": seccompProfile '
      + '(pod or container "pipeline" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")');
  });

  test('runs the routers of graphs by the entry that RouterConfig renders', async () => {
    const config = new RouterConfig({
      image: RouterImage.kserve({ registry: 'registry.example.com' }),
      imagePullPolicy: ImagePullPolicy.ALWAYS,
      imagePullSecrets: ['mirror'],
      propagateHeaders: ['traceparent'],
      cpuLimit: '2',
    });
    const { metadata, data } = parse(config.toConfigMapPatch());
    await cluster.api.send('PATCH', `/api/v1/namespaces/${metadata.namespace}/configmaps/${metadata.name}`, { data }, 'application/merge-patch+json');
    const spec = { nodes: { root: { routerType: 'Sequence', steps: [{ serviceUrl: 'http://a' }] } } };
    await cluster.api.apply({ apiVersion: 'serving.kserve.io/v1alpha1', kind: 'InferenceGraph', metadata: { name: 'configured', namespace: 'default' }, spec });
    const key = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'configured', namespace: 'default' } };
    const deployment = await eventually('the Deployment of the graph', () => cluster.api.get(key));

    expect(deployment.spec.template.spec).toMatchObject({
      imagePullSecrets: [{ name: 'mirror' }],
      containers: [{
        image: 'registry.example.com/kserve/router:v0.20.0',
        imagePullPolicy: 'Always',
        env: [{ name: 'PROPAGATE_HEADERS', value: '(?i)^traceparent$' }],
        resources: { requests: { cpu: '100m', memory: '100Mi' }, limits: { cpu: '2', memory: '1Gi' } },
      }],
    });
  });
});
