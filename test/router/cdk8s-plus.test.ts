/*
 * The parts of a graph are constructs of cdk8s-plus: what its users do with theirs, they do with ours.
 */
import { ApiObject, Chart, Duration, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Hardening, InferenceTarget, SequenceNode, StandaloneInferenceGraph } from '../../src';
import type { StandaloneInferenceGraphProps } from '../../src';
import { chart, manifestOf, manifests, problems } from '../support/synth';

function standalone(props: StandaloneInferenceGraphProps = {}): StandaloneInferenceGraph {
  const graph = new StandaloneInferenceGraph(chart({ namespace: 'models' }), 'pipeline', props);
  new SequenceNode(graph, 'root').addStep(InferenceTarget.url('http://ranker.search.svc.cluster.local/v1/models/ranker:predict'));
  return graph;
}

const podOf = (graph: StandaloneInferenceGraph) => manifestOf(graph.deployment).spec.template.spec;

/** What a call adds to the pod, or changes in it. */
function added(props: StandaloneInferenceGraphProps, call: (graph: StandaloneInferenceGraph) => unknown): object {
  const [before, graph] = [podOf(standalone(props)), standalone(props)];
  call(graph);
  return Object.fromEntries(Object.entries(podOf(graph)).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field])));
}

test('they are what they say', () => {
  const { service, deployment, autoscaler } = standalone({ maxReplicas: 3 });
  expect(service).toBeInstanceOf(kplus.Service);
  expect(deployment).toBeInstanceOf(kplus.Deployment);
  expect(autoscaler).toBeInstanceOf(kplus.HorizontalPodAutoscaler);
});

describe('the pod takes what is added later', () => {
  test('a container, beside the router', () => {
    const graph = standalone();
    graph.deployment.addContainer({ name: 'proxy', image: 'proxy:1', resources: {} });
    expect(podOf(graph).containers.map(({ name, terminationMessagePath }: any) => [name, terminationMessagePath]))
      .toEqual([['pipeline', '/dev/termination-log'], ['proxy', undefined]]);
  });

  test('variables, mounts and volumes', () => {
    const graph = standalone({ caBundle: { configMap: 'company-ca' }, propagateHeaders: ['traceparent'] });
    const [router] = graph.deployment.containers;
    router.env.addVariable('GODEBUG', kplus.EnvValue.fromValue('http2client=0'));
    router.mount('/tmp', kplus.Volume.fromEmptyDir(graph, 'tmp', 'tmp'));
    graph.deployment.addVolume(kplus.Volume.fromEmptyDir(graph, 'cache', 'cache'));
    const { volumes, containers: [{ env, volumeMounts }] } = podOf(graph);

    expect({ env, volumeMounts, volumes: volumes.map(({ name }: any) => name) }).toEqual({
      env: [
        { name: 'PROPAGATE_HEADERS', value: '(?i)^traceparent$' },
        { name: 'SSL_CERT_DIR', value: '/etc/ssl/certs:/etc/cdk8s-kserve/ca' },
        { name: 'GODEBUG', value: 'http2client=0' },
      ],
      volumeMounts: [{ name: 'ca', mountPath: '/etc/cdk8s-kserve/ca', readOnly: true }, { name: 'tmp', mountPath: '/tmp' }],
      volumes: ['ca', 'tmp', 'cache'],
    });
  });

  test.each<[string, (graph: StandaloneInferenceGraph) => unknown, object]>([
    ['init containers', ({ deployment }) => deployment.addInitContainer({ image: 'wait:1', resources: {} }),
      { initContainers: [expect.objectContaining({ name: 'init-0', image: 'wait:1' })] }],
    ['host aliases', ({ deployment }) => deployment.addHostAlias({ ip: '10.0.0.1', hostnames: ['a'] }), { hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }] }],
    ['DNS options', ({ deployment }) => deployment.dns.addOption({ name: 'ndots', value: '1' }), { dnsConfig: { options: [{ name: 'ndots', value: '1' }] } }],
    ['a machine', ({ deployment }) => deployment.scheduling.assign(kplus.Node.named('one')), { nodeName: 'one' }],
  ])('%s', (_, call, expected) => {
    expect(added({}, call)).toEqual(expected);
  });

  test('affinities and tolerations, beside those of the graph', () => {
    const term = { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'a' } } };
    const weighted = { weight: 1, podAffinityTerm: term };
    const affinity = {
      podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] },
      podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [weighted] },
    };
    expect(added({ affinity, tolerations: [{ key: 'gpu' }] }, ({ deployment }) => {
      deployment.scheduling.spread({ weight: 5, topology: kplus.Topology.ZONE });
      deployment.scheduling.attract(kplus.Node.labeled(kplus.NodeLabelQuery.is('disk', 'fast')));
      deployment.scheduling.tolerate(kplus.Node.tainted(kplus.NodeTaintQuery.exists('spot')));
    })).toEqual({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'In', values: ['fast'] }] }] },
        },
        podAffinity: affinity.podAffinity,
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [weighted, {
            weight: 5,
            podAffinityTerm: { topologyKey: 'topology.kubernetes.io/zone', labelSelector: { matchLabels: { app: 'isvc.pipeline' } }, namespaces: ['models'] },
          }],
        },
      },
      tolerations: [{ key: 'gpu' }, { key: 'spot', operator: 'Exists' }],
    });
  });

  test('labels and annotations of its own, and of the Deployment', () => {
    const graph = standalone({ hardening: Hardening.NONE });
    graph.deployment.podMetadata.addAnnotation('sidecar.istio.io/inject', 'false');
    graph.deployment.metadata.addLabel('team', 'vision');
    const { metadata, spec: { template } } = manifestOf(graph.deployment);
    const labels = { 'app': 'isvc.pipeline', 'serving.kserve.io/inferencegraph': 'pipeline' };

    expect({ metadata, template: template.metadata }).toEqual({
      metadata: { name: 'pipeline', namespace: 'models', labels: { ...labels, team: 'vision' } },
      template: { name: 'pipeline', namespace: 'models', labels, annotations: { 'sidecar.istio.io/inject': 'false' } },
    });
  });
});

describe('the router is found by the label of KServe\'s controller', () => {
  const APP = { matchLabels: { app: 'isvc.pipeline' } };

  test('by Deployment and Service; the pods have no label of cdk8s-plus', () => {
    const graph = standalone();
    expect(manifestOf(graph.deployment).spec.selector).toEqual(APP);
    expect(manifestOf(graph.service).spec.selector).toEqual(APP.matchLabels);
    expect(JSON.stringify(manifests(Chart.of(graph)))).not.toContain(kplus.Pod.ADDRESS_LABEL);
  });

  test('by a NetworkPolicy', () => {
    const graph = standalone();
    const policy = new kplus.NetworkPolicy(graph, 'extra', { selector: graph.deployment });
    policy.addIngressRule(kplus.Pods.select(graph, 'web', { labels: { app: 'web' } }), [kplus.NetworkPolicyPort.tcp(8080)]);
    expect(manifestOf(policy)).toMatchObject({
      metadata: { namespace: 'models' },
      spec: { podSelector: APP, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 8080, protocol: 'TCP' }] }] },
    });
  });

  test('by another workload that is let through to it, and lets it through', () => {
    const graph = standalone();
    const web = new kplus.Deployment(Chart.of(graph), 'web', { containers: [{ image: 'web:1', portNumber: 80 }] });
    web.connections.allowTo(graph.deployment);
    const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': 'models' } };
    const ports = [{ port: 8080, protocol: 'TCP' }];
    const policies = manifests(Chart.of(graph)).filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name !== 'pipeline');
    expect(policies.map(({ spec: { podSelector, egress, ingress } }) => ({ podSelector, egress, ingress }))).toEqual([
      { podSelector: { matchLabels: web.matchLabels }, egress: [{ to: [{ podSelector: APP, namespaceSelector }], ports }] },
      { podSelector: APP, ingress: [{ from: [{ podSelector: { matchLabels: web.matchLabels }, namespaceSelector }], ports }] },
    ]);
  });

  test('by a Service of another type', () => {
    const graph = standalone();
    const service = graph.deployment.exposeViaService({ name: 'outside', serviceType: kplus.ServiceType.LOAD_BALANCER });
    expect(manifestOf(service)).toMatchObject({
      metadata: { name: 'outside', namespace: 'models' },
      spec: { type: 'LoadBalancer', selector: APP.matchLabels, ports: [{ name: 'http', port: 8080, targetPort: 8080 }] },
    });
  });
});

test('the service goes behind an Ingress, and takes more ports', () => {
  const graph = standalone();
  const own = graph.service.exposeViaIngress('/dogs');
  const shared = new kplus.Ingress(graph, 'shared', { metadata: { namespace: 'models' } });
  shared.addHostRule('dogs.example.com', '/', kplus.IngressBackend.fromService(graph.service, { port: 80 }));
  graph.service.bind(8443, { name: 'https', targetPort: 8443 });
  const backend = { service: { name: 'pipeline', port: { number: 80 } } };

  expect(manifestOf(own).spec).toEqual({ rules: [{ http: { paths: [{ path: '/dogs', pathType: 'Prefix', backend }] } }] });
  expect(manifestOf(shared).spec).toEqual({ rules: [{ host: 'dogs.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] });
  expect(manifestOf(graph.service).spec.ports).toEqual([
    { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', appProtocol: 'http' },
    { name: 'https', port: 8443, targetPort: 8443 },
  ]);
});

test('the service account of the router gets rights', () => {
  const graph = standalone({ serviceAccountName: 'router' });
  const role = new kplus.Role(graph, 'role', { rules: [{ verbs: ['get'], resources: [kplus.ApiResource.CONFIG_MAPS] }] });
  expect(manifestOf(role.bind(graph.deployment)).subjects).toEqual([{ kind: 'ServiceAccount', name: 'router', apiGroup: '' }]);
  expect(podOf(graph).serviceAccountName).toBe('router');
});

describe('an autoscaler of the user\'s', () => {
  const metrics = [kplus.Metric.external({ name: 'queue', target: kplus.MetricTarget.value(5) })];

  test('follows what it likes', () => {
    const graph = standalone({ metadata: { annotations: { 'serving.kserve.io/autoscalerClass': 'external' } } });
    const autoscaler = new kplus.HorizontalPodAutoscaler(graph, 'own', { target: graph.deployment, maxReplicas: 3, metrics });
    expect(manifestOf(autoscaler).spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'pipeline' });
    expect(manifestOf(graph.deployment).spec).not.toHaveProperty('replicas');
    expect(problems(Chart.of(graph))).toEqual([]);
  });

  test('not beside a fixed number of replicas', () => {
    const graph = standalone();
    new kplus.HorizontalPodAutoscaler(graph, 'own', { target: graph.deployment, maxReplicas: 3, metrics });
    expect(problems(Chart.of(graph))).toEqual(['[test/pipeline/own] HorizontalPodAutoscaler target cannot have a fixed number of replicas (1).']);
  });
});

describe('patches', () => {
  test('come last, also for fields and resources that cdk8s-plus does not know, and with what is lazy', () => {
    const graph = standalone({ maxReplicas: 3 });
    ApiObject.of(graph.deployment).addJsonPatch(
      JsonPatch.add('/spec/template/spec/fieldOfTomorrow', { cpu: '1' }),
      JsonPatch.replace('/spec/strategy/rollingUpdate/maxSurge', 1),
      JsonPatch.remove('/spec/revisionHistoryLimit'),
    );
    ApiObject.of(graph.deployment).addJsonPatch(JsonPatch.test('/spec/template/spec/fieldOfTomorrow/cpu', '1'), JsonPatch.add('/metadata/labels/late', 'yes'));
    ApiObject.of(graph.service).addJsonPatch(JsonPatch.add('/spec/trafficDistribution', 'PreferClose'));
    ApiObject.of(graph.autoscaler!).addJsonPatch(JsonPatch.add('/spec/behavior/scaleDown/tolerance', '0.05'));

    const { metadata, spec: { revisionHistoryLimit, strategy, template } } = manifestOf(graph.deployment);
    expect({ late: metadata.labels.late, revisionHistoryLimit, strategy, fieldOfTomorrow: template.spec.fieldOfTomorrow }).toEqual({
      late: 'yes',
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      fieldOfTomorrow: { cpu: '1' },
    });
    expect(manifestOf(graph.service).spec.trafficDistribution).toBe('PreferClose');
    expect(manifestOf(graph.autoscaler!).spec.behavior.scaleDown.tolerance).toBe('0.05');
  });

  test('that do not fit say where', () => {
    const graph = standalone();
    ApiObject.of(graph.deployment).addJsonPatch(JsonPatch.replace('/spec/nothing/here', 1));
    expect(() => manifestOf(graph.deployment)).toThrow(
      "Failed serializing construct at path 'test/pipeline/Resource/deployment/Resource' with name 'pipeline': TypeError: Cannot",
    );
  });
});

test('the time to end is known at once', () => {
  expect(standalone({ timeouts: { serverWrite: Duration.minutes(5) } }).deployment.terminationGracePeriod?.toSeconds()).toBe(335);
});
