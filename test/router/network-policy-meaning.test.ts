/*
 * What the router of every example's graph may reach, by the meaning of its NetworkPolicy.
 */
import { App, ApiObject, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { InferenceTarget, SequenceNode, StandaloneInferenceGraph } from '../../src';
import { EXAMPLES, outputOf } from '../support/examples';
import { ManifestGraph, NAMESPACE } from '../support/manifest-graph';
import { allows, Peer } from '../support/network-policies';
import { chart as anyChart, manifestOf } from '../support/synth';

/** A router and what surrounds it. */
interface Place {
  readonly policy: any;
  readonly router: Peer;
  readonly urls: readonly string[];
  /** The pods of the example's InferenceServices, by the host that leads to them. */
  readonly models: ReadonlyMap<string, Peer>;
}

const OUTSIDE: Peer = { address: '203.0.113.1' };
const dns: Peer = { address: '10.1.9.1', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };
const stranger = (namespace: string): Peer => ({ address: '10.1.8.1', namespace, labels: { app: 'stranger' } });

/** The graphs of an example, each with a router of its own. */
function placesOf(example: string): Place[] {
  const documents = Object.values(outputOf(example)).flatMap((text) => parseAllDocuments(text).map((each) => each.toJS()));
  const models = new Map(documents.filter(({ kind }) => kind === 'InferenceService').flatMap(podsOf));
  const written = documents.filter(({ kind }) => kind === 'InferenceGraph').map((manifest) => {
    const chart = new Chart(new App(), 'test', { namespace: manifest.metadata.namespace ?? NAMESPACE });
    documents.filter(({ kind }) => kind !== 'InferenceGraph').forEach((each, i) => {
      new ApiObject(chart, `${i}`, { ...each, metadata: { namespace: chart.namespace, ...each.metadata } });
    });
    const graph = new ManifestGraph(chart, manifest, { serviceUrls: urlsOfOthers(manifest, documents) });
    expect({ example, problems: graph.node.validate() }).toEqual({ example, problems: [] });
    return placeOf(manifestOf(graph.deployment), manifestOf(graph.networkPolicy!), models);
  });
  const policies = documents.filter(({ kind }) => kind === 'NetworkPolicy');
  return [...written, ...policies.map((policy) => placeOf(documents.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === policy.metadata.name), policy, models))];
}

/** The URLs of InferenceServices that the example leaves to others. */
function urlsOfOthers({ spec: { nodes } }: any, documents: readonly any[]): { [name: string]: string } {
  const own = new Set(documents.map(({ metadata }) => metadata.name));
  const called = Object.values<any>(nodes).flatMap(({ steps }) => steps.flatMap(({ serviceName }: any) => serviceName ?? []));
  return Object.fromEntries(called.filter((name) => !own.has(name)).map((name) => [name, `http://${name}.others.svc.cluster.local/v1/models/${name}:predict`]));
}

function placeOf({ metadata: { namespace }, spec: { template } }: any, policy: any, models: ReadonlyMap<string, Peer>): Place {
  const { nodes } = JSON.parse(template.spec.containers[0].args[1]);
  const urls = Object.values<any>(nodes).flatMap(({ steps = [] }) => steps.flatMap(({ serviceUrl }: any) => serviceUrl ?? []));
  return { policy, router: { address: '10.1.0.1', namespace, labels: template.metadata.labels, portNames: { http: 8080 } }, urls, models };
}

/** The pods that KServe makes for an InferenceService in Standard mode, on port 8080 (pkg/constants/constants.go, `InferenceServicePodLabelKey`). */
function podsOf({ metadata: { name, namespace = NAMESPACE }, spec }: any, i: number): [string, Peer][] {
  return Object.keys(spec).map((component, j) => [`${name}-${component}.${namespace}`, {
    address: `10.1.${i + 1}.${j}`, namespace, labels: { 'app': `isvc.${name}-${component}`, 'serving.kserve.io/inferenceservice': name, component },
  }]);
}

/** Where a URL leads: pod and its port, or an address outside. */
function endOf({ models, router }: Place, url: string): { to: Peer; port: number } {
  const { hostname, protocol, port } = new URL(url);
  const [service, namespace = router.namespace!, svc] = hostname.split('.');
  const number = Number(port) || (protocol === 'https:' ? 443 : 80);
  if (svc !== undefined && svc !== 'svc') {
    return { to: OUTSIDE, port: number };
  }
  const to = models.get(`${service}.${namespace}`) ?? { address: '10.1.7.1', namespace, labels: { app: service } };
  return { to, port: number === 80 ? 8080 : number };
}

const reaches = ({ policy, router }: Place, to: Peer, port: number, protocol?: 'UDP') => allows([policy], { from: router, to, port, protocol });
const places = [...EXAMPLES.flatMap((example) => placesOf(example).map((place, i) => [`${example} ${i}`, place] as const)), ['outside', placeOutside()] as const];

/** What no example calls: an address outside of the cluster, and a Service of the own namespace by its short name. */
function placeOutside(): Place {
  const graph = new StandaloneInferenceGraph(anyChart({ namespace: 'models' }), 'graph');
  new SequenceNode(graph, 'root').addStep(InferenceTarget.url('https://api.example.com/v1')).addStep(InferenceTarget.url('http://ranker:9000/v1'));
  return placeOf(manifestOf(graph.deployment), manifestOf(graph.networkPolicy!), new Map());
}


test('all kinds of targets are there', () => {
  const hosts = new Set(places.flatMap(([, place]) => place.urls.map((url) => endOf(place, url).to.labels?.component ?? endOf(place, url).to.namespace ?? 'outside')));
  expect(places.length).toBeGreaterThan(8);
  expect([...hosts].sort()).toEqual(['models', 'others', 'outside', 'predictor']);
});

describe.each(places)('%s', (_, place) => {
  const { policy, router, urls, models } = place;
  const ends = urls.map((url) => endOf(place, url));
  const called = new Set(ends.map(({ to }) => to));

  test('reaches what each step calls, and names in DNS', () => {
    expect(urls.filter((__, i) => !reaches(place, ends[i].to, ends[i].port))).toEqual([]);
    expect([reaches(place, dns, 53), reaches(place, dns, 53, 'UDP')]).toEqual([true, true]);
  });

  test('reaches nothing else', () => {
    const openNamespaces = new Set(ends.filter(({ to }) => to.labels?.component === undefined).map(({ to }) => to.namespace));
    const services = new Set([...called].map(({ labels }) => labels?.['serving.kserve.io/inferenceservice']));
    const others = [...models.values()].filter(({ namespace, labels }) => !services.has(labels!['serving.kserve.io/inferenceservice']) && !openNamespaces.has(namespace));
    const namespaces = ['elsewhere', 'kube-system', router.namespace!, ...[...called].flatMap(({ namespace }) => namespace ?? [])].filter((name) => !openNamespaces.has(name));
    const outside = ends.filter(({ to }) => to === OUTSIDE).map(({ port }) => port);
    const refused: [Peer, number][] = [
      ...others.map((pod): [Peer, number] => [pod, 8080]),
      ...[...called].map((pod): [Peer, number] => [pod, 9999]),
      ...namespaces.flatMap((namespace) => [80, 8080].map((port): [Peer, number] => [stranger(namespace), port])),
      [dns, 443],
      [{ address: '10.96.0.1' }, 443], // the API server
      [{ address: '169.254.169.254' }, 80], // the cloud's metadata, with its credentials
      ...[80, 443, 8080].filter((port) => !outside.includes(port)).map((port): [Peer, number] => [OUTSIDE, port]),
    ];
    expect(refused.filter(([to, port]) => reaches(place, to, port))).toEqual([]);
  });

  test('needs each of its rules', () => {
    const isNeeded = (rule: number) => {
      const egress = policy.spec.egress.filter((__: object, i: number) => i !== rule);
      const without = { ...place, policy: { ...policy, spec: { ...policy.spec, egress } } };
      return !reaches(without, dns, 53, 'UDP') || ends.some(({ to, port }) => !reaches(without, to, port));
    };
    expect(policy.spec.egress.filter((__: object, i: number) => !isNeeded(i))).toEqual([]);
  });

  test('is reached on its port alone', () => {
    const client: Peer = policy.spec.ingress[0].from === undefined ? stranger('elsewhere') : stranger(router.namespace!);
    expect([8080, 80, 9090].filter((port) => allows([policy], { from: client, to: router, port }))).toEqual([8080]);
  });
});

test('clients that are named, and no others', () => {
  const [, { policy, router }] = places.find(([name]) => name.startsWith('standalone'))!;
  const clients = ['ingress-nginx', router.namespace!, 'elsewhere'].map((namespace) => [namespace, allows([policy], { from: stranger(namespace), to: router, port: 8080 })]);
  expect(clients).toEqual([['ingress-nginx', true], ['dogs', true], ['elsewhere', false]]);
});
