import { ApiObject, App, Chart, Duration, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import {
  DeploymentMode, Hardening, HuggingFaceBackend, ImagePullPolicy, InferenceGraph, InferenceService, InferenceTarget, KServeVersion, Lint, ModelFormat,
  ModelStorage, Predictor, PropagatedHeaders, ProtocolVersion, RouterImage, ScaleMetric, SequenceNode, StandaloneInferenceGraph,
} from '../../src';
import type { IInferenceTarget, StandaloneInferenceGraphProps } from '../../src';
import { chart, manifestOf, manifests, problems } from '../support/synth';

const URL = 'http://ranker.search.svc.cluster.local/v1/models/ranker:predict';

function standalone(props: StandaloneInferenceGraphProps = {}, scope = chart({ namespace: 'models' })): StandaloneInferenceGraph {
  const graph = new StandaloneInferenceGraph(scope, 'pipeline', props);
  new SequenceNode(graph, 'root').addStep(InferenceTarget.url(URL), { name: 'rank' });
  return graph;
}

/** The router's pod. */
function pod(props?: StandaloneInferenceGraphProps): any {
  return manifestOf(standalone(props).deployment).spec.template.spec;
}

function kinds(graph: StandaloneInferenceGraph): string[] {
  return manifests(Chart.of(graph)).map(({ kind }) => kind);
}

describe('what comes out', () => {
  test('hardened, from 2 to 10 replicas', () => {
    expect(manifests(Chart.of(standalone({ minReplicas: 2, maxReplicas: 10, propagateHeaders: ['traceparent'] })))).toMatchSnapshot();
  });

  test('not hardened: what KServe\'s controller makes', () => {
    expect(manifests(Chart.of(standalone({ hardening: Hardening.NONE })))).toMatchSnapshot();
  });

  test('one word changes, and the nodes stay', () => {
    const build = (Graph: typeof InferenceGraph | typeof StandaloneInferenceGraph) => {
      const graph = new Graph(chart(), 'pipeline', { minReplicas: 1 });
      new SequenceNode(graph, 'root').addStep(InferenceTarget.url(URL));
      return graph;
    };
    const [{ spec }] = manifests(Chart.of(build(InferenceGraph)));
    const deployment = manifestOf((build(StandaloneInferenceGraph) as StandaloneInferenceGraph).deployment);

    expect(JSON.parse(deployment.spec.template.spec.containers[0].args[1])).toEqual({ ...spec, resources: {} });
  });

  test.each<[string, StandaloneInferenceGraphProps, string[]]>([
    ['one replica', {}, ['Service', 'Deployment', 'NetworkPolicy']],
    ['a fixed number', { minReplicas: 3 }, ['Service', 'Deployment', 'PodDisruptionBudget', 'NetworkPolicy']],
    ['a number that follows the load', { maxReplicas: 3 }, ['Service', 'Deployment', 'HorizontalPodAutoscaler', 'PodDisruptionBudget', 'NetworkPolicy']],
    ['no policy', { networkPolicy: { enabled: false } }, ['Service', 'Deployment']],
    ['doors', { httpRoute: { gateway: 'public' }, ingress: {} }, ['Service', 'Deployment', 'NetworkPolicy', 'HTTPRoute', 'Ingress']],
    ['no hardening', { hardening: Hardening.NONE, minReplicas: 2 }, ['Service', 'Deployment', 'HorizontalPodAutoscaler']],
    ['no hardening, a policy', { hardening: Hardening.NONE, networkPolicy: {} }, ['Service', 'Deployment', 'HorizontalPodAutoscaler', 'NetworkPolicy']],
    ['an autoscaler of the user\'s', { metadata: { annotations: { 'serving.kserve.io/autoscalerClass': 'external' } } }, ['Service', 'Deployment', 'NetworkPolicy']],
  ])('%s', (_, props, expected) => {
    const graph = standalone(props);
    expect(kinds(graph)).toEqual(expected);
    expect([graph.service, graph.deployment, graph.autoscaler, graph.disruptionBudget, graph.networkPolicy, graph.httpRoute, graph.ingress]
      .flatMap((object) => object?.kind ?? [])).toEqual(expected);
  });

  test.each<[StandaloneInferenceGraphProps, string | undefined, string]>([
    [{}, 'models', 'http://pipeline.models.svc.cluster.local'],
    [{ clusterDomain: 'example.org' }, 'models', 'http://pipeline.models.svc.example.org'],
    [{ clusterDomain: 'example.org' }, undefined, 'http://pipeline'],
  ])('%j in namespace %s is reached at %s', (props, namespace, url) => {
    expect(standalone(props, chart({ namespace })).url).toBe(url);
  });

  test('every part can be patched, last', () => {
    const graph = standalone();
    ApiObject.of(graph.deployment).addJsonPatch(JsonPatch.add('/spec/minReadySeconds', 7));
    ApiObject.of(graph.service).addJsonPatch(JsonPatch.replace('/spec/ports/0/port', 81));
    expect(manifestOf(graph.deployment).spec.minReadySeconds).toBe(7);
    expect(manifestOf(graph.service).spec.ports[0].port).toBe(81);
  });

  test('labels and annotations of chart and user are on every object and on the pods', () => {
    const graph = standalone(
      { metadata: { labels: { 'app': 'mine', 'app.kubernetes.io/name': 'search' }, annotations: { note: 'x' } } },
      new Chart(new App(), 'test', { labels: { team: 'vision' } }),
    );
    KServeVersion.V0_19.applyTo(graph);
    const labels = {
      'team': 'vision',
      'app': 'isvc.pipeline', // selectors rest on it
      'serving.kserve.io/inferencegraph': 'pipeline',
      'app.kubernetes.io/name': 'search',
      'app.kubernetes.io/instance': 'pipeline',
      'app.kubernetes.io/component': 'router',
      'app.kubernetes.io/version': '0.19.0',
      'app.kubernetes.io/managed-by': 'cdk8s',
    };
    for (const object of manifests(Chart.of(graph))) {
      expect(object.metadata).toEqual({ name: 'pipeline', labels, annotations: { note: 'x' } });
    }
    expect(manifestOf(graph.deployment).spec.template.metadata).toEqual({ labels, annotations: { note: 'x' } });
  });
});

describe('the pod', () => {
  test('takes what the graph says', () => {
    expect(pod({
      nodeSelector: { gpu: 'no' },
      tolerations: [{ key: 'x' }],
      serviceAccountName: 'router',
      nodeName: 'machine',
      affinity: { podAffinity: {} },
      imagePullPolicy: ImagePullPolicy.ALWAYS,
      imagePullSecrets: ['mirror'],
      resources: { requests: { cpu: '0.5' } },
    })).toMatchObject({
      nodeSelector: { gpu: 'no' },
      tolerations: [{ key: 'x' }],
      serviceAccountName: 'router',
      nodeName: 'machine',
      affinity: { podAffinity: {} },
      imagePullSecrets: [{ name: 'mirror' }],
      containers: [{ imagePullPolicy: 'Always', resources: { requests: { cpu: '500m' } } }],
    });
  });

  test.each<[StandaloneInferenceGraphProps, number]>([
    [{}, 95],
    [{ timeouts: { serverWrite: Duration.minutes(5) } }, 335],
    [{ terminationGracePeriod: Duration.seconds(40) }, 40],
    [{ hardening: Hardening.NONE, timeouts: { serverWrite: Duration.minutes(5) } }, 30],
  ])('%j has %i seconds to end', (props, seconds) => {
    expect(pod(props).terminationGracePeriodSeconds).toBe(seconds);
  });

  test('trusts a CA bundle beside the public authorities', () => {
    const { volumes, containers: [{ env, volumeMounts }] } = pod({ caBundle: { configMap: 'company-ca' } });
    expect({ volumes, env, volumeMounts }).toEqual({
      volumes: [{ name: 'ca', configMap: { name: 'company-ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] } }],
      env: [{ name: 'SSL_CERT_DIR', value: '/etc/ssl/certs:/etc/cdk8s-kserve/ca' }],
      volumeMounts: [{ name: 'ca', mountPath: '/etc/cdk8s-kserve/ca', readOnly: true }],
    });
  });

  test('spreads over machines and zones where there can be two', () => {
    expect(pod({ maxReplicas: 2 }).topologySpreadConstraints.map(({ topologyKey }: any) => topologyKey))
      .toEqual(['kubernetes.io/hostname', 'topology.kubernetes.io/zone']);
    expect(pod().topologySpreadConstraints).toBeUndefined();
  });

  test.each<[RouterImage | undefined, string]>([
    [undefined, 'kserve/router:v0.20.0'],
    [RouterImage.kserve({ registry: 'registry.example.com/mirror/' }), 'registry.example.com/mirror/kserve/router:v0.20.0'],
    [RouterImage.kserve({ digest: `sha256:${'0'.repeat(64)}` }), `kserve/router:v0.20.0@sha256:${'0'.repeat(64)}`],
    [RouterImage.of('registry.example.com:5000/router:1.2'), 'registry.example.com:5000/router:1.2'],
    [RouterImage.of(`router@sha256:${'0'.repeat(64)}`), `router@sha256:${'0'.repeat(64)}`],
  ])('image %#', (image, reference) => {
    expect(pod({ image }).containers[0].image).toBe(reference);
  });

  test('the image is that of the KServe version', () => {
    const graph = standalone();
    KServeVersion.V0_18.applyTo(graph);
    expect(manifestOf(graph.deployment).spec.template.spec.containers[0].image).toBe('kserve/router:v0.18.1');
  });

  test.each(['router', 'router:latest', 'registry.example.com:5000/router', 'router:latest@'])('the image %s is not pinned', (reference) => {
    expect(() => RouterImage.of(reference)).toThrow(
      new Error(`the router image must be pinned, got '${reference}': add a tag other than latest, or a digest`),
    );
  });

  test('a digest that is none', () => {
    expect(() => RouterImage.kserve({ digest: 'sha256:12' })).toThrow(
      new Error("the digest of the router image is none, got 'sha256:12': write sha256: and 64 hexadecimal digits"),
    );
  });

  test('dollars reach the router as they are written', () => {
    const graph = new StandaloneInferenceGraph(chart(), 'pipeline');
    new SequenceNode(graph, 'root').addStep(InferenceTarget.url('http://a/$(HOME)?b=$$c&d=$e$$$(f$é'));
    expect(manifestOf(graph.deployment).spec.template.spec.containers[0].args[1])
      .toContain('"http://a/$$(HOME)?b=$$$$c\\u0026d=$e$$$$$$(f$$é"');
  });
});

/** The URLs that the steps of the root call. */
function urls(graph: StandaloneInferenceGraph): string[] {
  const { nodes: { root: { steps } } } = JSON.parse(manifestOf(graph.deployment).spec.template.spec.containers[0].args[1]);
  return steps.map(({ serviceUrl }: any) => serviceUrl);
}

describe('services', () => {
  const model = (props: object = {}) => Predictor.model({ format: ModelFormat.SKLEARN, storage: ModelStorage.gcs('bucket', 'm'), ...props });

  test('are called by the URL of their construct, whatever the chart', () => {
    const app = new App();
    const near = new Chart(app, 'near', { namespace: 'models' });
    const far = new Chart(app, 'far', { namespace: 'other' });
    const graph = new StandaloneInferenceGraph(near, 'pipeline', { clusterDomain: 'example.org' });
    new SequenceNode(graph, 'root')
      .addStep(new InferenceService(near, 'iris', { predictor: model() }))
      .addStep(new InferenceService(far, 'wine', { predictor: model({ runtime: 'kserve-mlserver' }), deploymentMode: DeploymentMode.KNATIVE }))
      .addStep(InferenceTarget.serviceName('iris'));

    expect(urls(graph)).toEqual([
      'http://iris-predictor.models.svc.example.org/v1/models/iris:predict',
      'http://wine.other.svc.example.org/v2/models/wine/infer',
      'http://iris-predictor.models.svc.example.org/v1/models/iris:predict',
    ]);
    expect(graph.networkPolicy!.toJson().spec.egress.slice(1)).toEqual([
      {
        to: [{
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'models' } },
          podSelector: { matchLabels: { 'serving.kserve.io/inferenceservice': 'iris' } },
        }],
        ports: [{ protocol: 'TCP', port: 8080 }],
      },
      { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'istio-system' } } }] },
    ]);
  });

  test('that are called by their address are no more open than those called by name', () => {
    const scope = chart({ namespace: 'models' });
    const chat = new InferenceService(scope, 'chat', {
      predictor: Predictor.huggingFace({ storage: ModelStorage.gcs('bucket', 'm'), backend: HuggingFaceBackend.VLLM }),
    });
    const graph = new StandaloneInferenceGraph(scope, 'pipeline');
    new SequenceNode(graph, 'root').addStep(InferenceTarget.url(chat.openAiUrl!));
    expect(manifestOf(graph.networkPolicy!).spec.egress.slice(1)).toEqual([{
      to: [{
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'models' } },
        podSelector: { matchLabels: { 'serving.kserve.io/inferenceservice': 'chat' } },
      }],
      ports: [{ protocol: 'TCP', port: 8080 }],
    }]);
  });

  test('that the app does not define need a URL', () => {
    const build = (props: StandaloneInferenceGraphProps) => {
      const graph = new StandaloneInferenceGraph(chart(), 'pipeline', props);
      new SequenceNode(graph, 'root').addStep(InferenceTarget.serviceName('iris'), { name: 'classify' }).addStep(InferenceTarget.serviceName('iris'));
      return problems(Chart.of(graph));
    };
    const help = 'this app does not define it. Pass its construct, call it by InferenceTarget.url(), or give its URL in serviceUrls  (standalone-service-url)';
    expect(build({})).toEqual([
      `[test/pipeline] step 'classify' of node 'root' calls the InferenceService 'iris', whose URL cannot be told: ${help}`,
      `[test/pipeline] steps[1] of node 'root' calls the InferenceService 'iris', whose URL cannot be told: ${help}`,
    ]);
    expect(build({ serviceUrls: { iris: URL } })).toEqual([]);
    expect(build({ serviceUrls: { iris: 'iris/v1', Iris: URL } })).toEqual([
      "[test/pipeline] serviceUrls has a URL for 'iris' that does not begin with http:// or https://, got 'iris/v1': "
      + 'write it as http://<host>/<path>  (standalone-service-url)',
      "[test/pipeline] serviceUrls has a URL for 'Iris', which no step calls: remove it, or mend the name  (standalone-service-url)",
    ]);
  });

  test.each<[string, any, string | undefined, string]>([
    ['a mode that the cluster decides', { model: {} }, undefined,
      "its deployment mode is the cluster's default: say it by the annotation 'serving.kserve.io/deploymentMode', or give its URL in serviceUrls"],
    ['ModelMesh', { model: {} }, 'ModelMesh',
      "its deployment mode is the cluster's default: say it by the annotation 'serving.kserve.io/deploymentMode', or give its URL in serviceUrls"],
    ['Knative without a namespace', { model: {} }, 'Knative',
      'Knative knows it by its namespace, and it has none: set the namespace of its chart, or give its URL in serviceUrls'],
    ['a runtime that is not known', { model: { modelFormat: { name: 'x' }, storageUri: 'gs://b/m', runtime: 'mine' } }, 'Standard',
      "the protocols of its runtime 'mine' are not known: define the runtime in this app, or give its URL in serviceUrls"],
    ['a runtime of gRPC alone', { model: { modelFormat: { name: 'x' }, storageUri: 'gs://b/m', runtime: 'grpc' } }, 'Standard',
      "its runtime 'grpc' speaks neither v1 nor v2, and the graph's controller fails: name another runtime, or give its URL in serviceUrls"],
    ['gRPC', { model: { modelFormat: { name: 'x' }, storageUri: 'gs://b/m', protocolVersion: 'grpc-v2' } }, 'Standard',
      "it is called by 'grpc-v2', and a router speaks v1 and v2 only: set another protocolVersion, or another runtime"],
  ])('%s', (_, predictor, mode, problem) => {
    const scope = chart();
    const annotations = mode === undefined ? undefined : { 'serving.kserve.io/deploymentMode': mode };
    new ApiObject(scope, 'iris', { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', metadata: { name: 'iris', annotations }, spec: { predictor } });
    new ApiObject(scope, 'grpc', { apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ClusterServingRuntime', metadata: { name: 'grpc' }, spec: { protocolVersions: ['grpc-v2'] } });
    const graph = new StandaloneInferenceGraph(scope, 'pipeline');
    new SequenceNode(graph, 'root').addStep(InferenceTarget.serviceName('iris'));
    expect(problems(scope)).toEqual([
      `[test/pipeline] steps[0] of node 'root' calls the InferenceService 'iris', whose URL cannot be told: ${problem}  (standalone-service-url)`,
    ]);
  });

  test.each([['triton', 'v2/models/iris/infer'], ['vLLM', 'v2/models/iris/infer'], ['sklearn', 'v1/models/iris:predict']])(
    'of format %s by the protocol that KServe\'s webhook sets: %s', (format, path) => {
      const scope = chart({ namespace: 'models' });
      const graph = new StandaloneInferenceGraph(scope, 'pipeline');
      const predictor = Predictor.model({ format: ModelFormat.of(format), storage: ModelStorage.gcs('bucket', 'm') });
      new SequenceNode(graph, 'root').addStep(new InferenceService(scope, 'iris', { predictor }));
      expect(manifestOf(graph.deployment).spec.template.spec.containers[0].args[1]).toContain(`svc.cluster.local/${path}"`);
    });

  test.each<[string, KServeVersion, boolean, string]>([
    ['with an address', KServeVersion.V0_20, false, 'http://iris-predictor.models.svc.cluster.local/v1/models/iris:predict'],
    ['without an address', KServeVersion.V0_20, true, 'http://iris-predictor.models.svc.cluster.local:8080/v1/models/iris:predict'],
    ['without an address, of a KServe that does not say so', KServeVersion.V0_16, true, 'http://iris-predictor.models.svc.cluster.local:8080/v1/models/iris:predict'],
  ])('whose Services are %s', (_, version, headlessServices, url) => {
    const scope = chart({ namespace: 'models' });
    version.applyTo(scope);
    const graph = new StandaloneInferenceGraph(scope, 'pipeline', { headlessServices });
    new SequenceNode(graph, 'root').addStep(new InferenceService(scope, 'iris', { predictor: model() }));
    expect(urls(graph)).toEqual([url]);
  });

  test('whose Services are without an address, where no namespace is known, and in Knative mode', () => {
    const graph = new StandaloneInferenceGraph(chart(), 'pipeline', { headlessServices: true });
    const knative = new InferenceService(chart({ namespace: 'models' }), 'wine', { predictor: model(), deploymentMode: DeploymentMode.KNATIVE });
    new SequenceNode(graph, 'root').addStep(new InferenceService(Chart.of(graph), 'iris', { predictor: model() })).addStep(knative);
    expect(urls(graph)).toEqual(['http://iris-predictor:8080/v1/models/iris:predict', 'http://wine.models.svc.cluster.local/v1/models/wine:predict']);
  });

  test('that no graph can call by name are called by the URL that is given for them', () => {
    const build = (predictor: Predictor, props: StandaloneInferenceGraphProps = {}) => {
      const scope = chart({ namespace: 'models' });
      const graph = new StandaloneInferenceGraph(scope, 'pipeline', props);
      new SequenceNode(graph, 'root').addStep(new InferenceService(scope, 'iris', { predictor }));
      return problems(scope);
    };
    const storage = ModelStorage.gcs('bucket', 'm');
    const grpc = Predictor.model({ format: ModelFormat.TRITON, storage, protocolVersion: ProtocolVersion.GRPC_V2 });
    const chat = Predictor.huggingFace({ storage, backend: HuggingFaceBackend.VLLM });
    expect([build(grpc), build(chat)]).toEqual([
      ["[test/pipeline] steps[0] of node 'root' calls the InferenceService 'iris', whose URL cannot be told: it is called by 'grpc-v2', and a router speaks v1 "
      + 'and v2 only: set another protocolVersion, or another runtime  (standalone-service-url)'],
      ["[test/pipeline/root] steps[0] of node 'root' calls InferenceService 'iris', which is a chat model, by its predict address: call it by serviceUrl: "
      + 'http://iris-predictor.models.svc.cluster.local/openai/v1/chat/completions  (chat-service-by-name)'],
    ]);
    expect([build(grpc, { serviceUrls: { iris: URL } }), build(chat, { serviceUrls: { iris: URL } })]).toEqual([[], []]);
  });

  test('that others make are called by what their construct says', () => {
    class External extends Construct implements IInferenceTarget {
      public readonly stepTarget = InferenceTarget.serviceName('iris');
      public readonly deploymentMode = DeploymentMode.KNATIVE;
      public _toManifest() {
        return { metadata: { name: 'iris', namespace: 'other' }, spec: { predictor: { containers: [{ env: [{ name: 'PROTOCOL', value: 'v2' }] }] } } };
      }
    }
    const scope = chart({ namespace: 'models' });
    const graph = new StandaloneInferenceGraph(scope, 'pipeline');
    new SequenceNode(graph, 'root').addStep(new External(scope, 'iris'));
    expect(manifestOf(graph.deployment).spec.template.spec.containers[0].args[1]).toContain('"http://iris.other.svc.cluster.local/v2/models/iris/infer"');
  });

  test('of another namespace are others', () => {
    const app = new App();
    new InferenceService(new Chart(app, 'other', { namespace: 'other' }), 'iris', { predictor: model() });
    const scope = new Chart(app, 'test', { namespace: 'models' });
    new SequenceNode(new StandaloneInferenceGraph(scope, 'pipeline'), 'root').addStep(InferenceTarget.serviceName('iris'));
    expect(problems(scope)).toEqual([expect.stringContaining('this app does not define it')]);
  });

  test('by the protocol of a runtime that the app defines', () => {
    const scope = chart({ namespace: 'models' });
    new ApiObject(scope, 'mine', { apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ClusterServingRuntime', metadata: { name: 'mine' }, spec: { protocolVersions: ['grpc-v2', 'v2'] } });
    const graph = new StandaloneInferenceGraph(scope, 'pipeline');
    new SequenceNode(graph, 'root').addStep(new InferenceService(scope, 'iris', { predictor: model({ runtime: 'mine' }) }));
    expect(manifestOf(graph.deployment).spec.template.spec.containers[0].args[1]).toContain('svc.cluster.local/v2/models/iris/infer"');
  });
});

describe('is refused at synth', () => {
  const refused = (props: StandaloneInferenceGraphProps) => problems(Chart.of(standalone(props)));
  const annotated = (key: string, value: string) => ({ metadata: { annotations: { [`serving.kserve.io/${key}`]: value } } });

  test.each<[string, StandaloneInferenceGraphProps]>([
    ['a metric that no HorizontalPodAutoscaler knows', { maxReplicas: 3, scaleMetric: ScaleMetric.RPS }],
    ['memory without a target', { maxReplicas: 3, scaleMetric: ScaleMetric.MEMORY }],
    ['a metric of which nothing is requested', { maxReplicas: 3, resources: { requests: { memory: '1Gi' } } }],
    ['no replicas', { minReplicas: 0, maxReplicas: 3 }],
    ['KEDA', annotated('autoscalerClass', 'keda')],
    ['a graph that is stopped', annotated('stop', 'True')],
    ['an answer without end', { timeouts: { serverWrite: Duration.seconds(0) } }],
    ['headers and patterns', { propagateHeaders: ['x y', 'ok'], propagateHeaderPatterns: ['', 'a,b', 'a(?=b)', '\\pL', 'X-(?i)a'] }],
  ])('%s', (_, props) => {
    expect(refused(props)).toMatchSnapshot();
  });

  test('a graph of more than 128 KiB', () => {
    const graph = new StandaloneInferenceGraph(chart(), 'pipeline');
    new SequenceNode(graph, 'root').addStep(InferenceTarget.url(`http://a/${'ä'.repeat(65_536)}`));
    expect(problems(Chart.of(graph))).toMatchSnapshot();
  });

  test('a Service that another object of the app makes', () => {
    const scope = chart();
    standalone({}, scope);
    const other = new InferenceGraph(scope, 'other', { metadata: { name: 'pipeline' } });
    new SequenceNode(other, 'root').addStep(InferenceTarget.url(URL));
    expect(problems(scope)).toMatchSnapshot();
  });

  test.each<[string, StandaloneInferenceGraphProps]>([
    ['memory with a target', { maxReplicas: 3, scaleMetric: ScaleMetric.MEMORY, scaleTarget: 70 }],
    ['a limit in place of a request', { maxReplicas: 3, resources: { limits: { cpu: '1' } } }],
    ['a metric that nothing follows', { minReplicas: 3, scaleMetric: ScaleMetric.RPS }],
    ['an endless answer with a grace period', { timeouts: { serverWrite: Duration.seconds(0) }, terminationGracePeriod: Duration.hours(1) }],
  ])('but not %s', (_, props) => {
    expect(refused(props)).toEqual([]);
  });
});

test.each<[string, StandaloneInferenceGraphProps, string[]]>([
  ['an autoscaler from 1 to 1', {},
    ["warning: [test/pipeline] the autoscaler of the graph, as KServe's controller makes it, never scales, got 1 to 1 replica: set maxReplicas above minReplicas; "
    + 'hardened, there would be none  (never-scales)']],
  ['one without a request', { maxReplicas: 2, resources: { requests: { memory: '1Gi' } } },
    ['warning: [test/pipeline] the router requests no cpu, so no percentage of it can be told and the autoscaler would never scale: '
    + 'set resources.requests.cpu  (standalone-scale-request)']],
  ['one that can scale', { maxReplicas: 2 }, []],
])('not hardened, %s is made as the controller makes it, and it is said', (_, props, expected) => {
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const graph = standalone({ hardening: Hardening.NONE, ...props });
  expect(problems(Chart.of(graph))).toEqual([]);
  expect(stderr.mock.calls.map(([line]) => String(line).trim())).toEqual(expected);
  stderr.mockRestore();
});

test('not hardened, an autoscaler that never scales can be accepted, or refused', () => {
  const accepted = standalone({ hardening: Hardening.NONE });
  Lint.of(accepted).acknowledge('never-scales', 'it is replaced by the one that it stands in for');
  const strict = standalone({ hardening: Hardening.NONE });
  Lint.of(strict).strict();
  expect([problems(Chart.of(accepted)), problems(Chart.of(strict)).length]).toEqual([[], 1]);
});

test('sets of headers can be put together', () => {
  const { env } = pod({ propagateHeaders: [...PropagatedHeaders.REQUEST_ID, ...PropagatedHeaders.AUTHORIZATION, 'x-request-id', 'a.b'] }).containers[0];
  expect(env).toEqual([{ name: 'PROPAGATE_HEADERS', value: '(?i)^x-request-id$,(?i)^authorization$,(?i)^a\\.b$' }]);
  expect(pod({ propagateHeaders: [] }).containers[0].env).toBeUndefined();
});
