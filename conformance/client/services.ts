import { AddressAnswer, AddressQuestion, AdmitAnswer, ask, Program, ReconcileAnswer, ReconcileQuestion } from './oracle';
import { deploymentModeOf } from '../../src/lint/metadata';
import { lintService } from '../../src/lint/service/lint';
import { Severity } from '../../src/lint/severity';
import type { InferenceServiceManifest } from '../../src/spec/inference-service';
import { resolveService } from '../../src/spec/resolve';
import { builtInRuntimes } from '../../src/spec/runtimes';
import { modeNameOf } from '../../src/spec/versions';
import type { Release } from '../../src/spec/versions';

/*
 * What an InferenceService is to us and to a release of KServe.
 */

/** A release that can be asked about InferenceServices. */
export interface AskedRelease {
  readonly program: Program;
  readonly release: Release;
}

export const NEWEST: AskedRelease = { program: 'oracle', release: '0.20' };
export const OLDEST: AskedRelease = { program: 'oracle-0.15', release: '0.15' };

export const admit = ({ program }: AskedRelease, services: readonly unknown[]): Promise<AdmitAnswer[]> =>
  ask(program, services.map((object) => ({ ask: 'admit-isvc', object })));

/** What we say against a service. */
export const errors = ({ release }: AskedRelease, service: InferenceServiceManifest) =>
  lintService(service, { release }).filter(({ severity }) => severity === Severity.ERROR);

/** What KServe says against it. */
export const refusal = ({ schema, unknown, webhook }: AdmitAnswer): string | undefined =>
  schema.length + unknown.length > 0 || webhook !== '' ? JSON.stringify({ schema, unknown, webhook }) : undefined;

/** Every combination of what the address depends on. */
export function combinations(release: Release): InferenceServiceManifest[] {
  const runtimes = [undefined, ...builtInRuntimes(release).map(({ name }) => name)];
  const args = [undefined, ['--model_name=bar'], ['--model_name', 'bar'], ['--model_name=bar', 'baz'], ['--model_name=a=b'], ['--model_names=bar']];
  const models = [undefined, 'v1', 'v2', 'grpc-v1', 'grpc-v2'].flatMap((protocolVersion) => runtimes.flatMap((runtime) =>
    ['sklearn', 'huggingface', 'triton', 'vLLM'].flatMap((format) => [undefined, 'gs://models/iris'].map((storageUri) => (
      { model: { modelFormat: { name: format }, protocolVersion, runtime, storageUri } })))));
  const named = args.flatMap((given) => [undefined, [{ name: 'MLSERVER_MODEL_NAME', value: 'baz' }]].map((env) => (
    { model: { modelFormat: { name: 'sklearn' }, storageUri: 'gs://models/iris', args: given, env } })));
  const own = [undefined, 'v1', 'v2'].flatMap((protocol) => args.flatMap((given) => [false, true].map((many) => ({
    containers: [{
      name: 'kserve-container',
      image: 'own:1',
      args: given,
      env: [...protocol === undefined ? [] : [{ name: 'PROTOCOL', value: protocol }], ...many ? [{ name: 'MULTI_MODEL_SERVER', value: 'true' }] : []],
    }],
  }))));
  const transformers = [undefined, ...[undefined, 'v1', 'v2', 'grpc-v2'].flatMap((protocol) => args.map((given) => (
    { containers: [{ name: 'kserve-container', image: 'own:2', args: given, env: protocol === undefined ? [] : [{ name: 'PROTOCOL', value: protocol }] }] })))];
  const specs = [
    ...[...models, ...named, ...own].map((predictor) => ({ predictor })),
    ...[models[0], models[1], named[1], own[0], own[1]].flatMap((predictor) => transformers.map((transformer) => ({ predictor, transformer }))),
    ...['sklearn', 'onnx', 'triton', 'huggingface', 'pytorch'].flatMap((key) => [undefined, 'v1', 'v2'].map((protocolVersion) => (
      { predictor: { [key]: { storageUri: 'gs://models/iris', protocolVersion } } }))),
  ];
  return ['Standard', 'Knative'].flatMap((mode) => specs.map((spec) => ({
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'foo', namespace: 'ns', annotations: { 'serving.kserve.io/deploymentMode': modeNameOf(release, mode) } },
    spec: JSON.parse(JSON.stringify(spec)),
  })));
}

/** How the controller's URL differs from ours, for each service. It sees the service as the mutating webhook leaves it, with our address. */
export async function urlDifferences(asked: AskedRelease, services: readonly InferenceServiceManifest[]): Promise<(string | undefined)[]> {
  const defaulted = await admit(asked, services);
  const resolved = services.map((service) => resolvedFor(asked, service));
  const questions = services.map((service, i) => urlQuestion(asked, service, defaulted[i].defaulted as object));
  const answers = await ask<ReconcileAnswer>(asked.program, questions);
  return answers.map((answer, i) => {
    const { url, problem } = resolved[i];
    const theirs = urlOf(answer);
    const isEqual = theirs === url || (theirs === undefined && url === undefined && answer.reconcileError !== undefined);
    return isEqual ? undefined : `KServe calls ${theirs ?? answer.reconcileError}, we say ${url ?? problem} for ${JSON.stringify(services[i].spec)}`;
  });
}

/** The key `ingress` of a cluster's configuration: as shipped, or without the host that Istio gives a service's own name. */
const ingress = (disableIstioVirtualHost: boolean) => ({
  kserveIngressGateway: 'kserve/kserve-ingress-gateway',
  ingressGateway: 'knative-serving/knative-ingress-gateway',
  localGateway: 'knative-serving/knative-local-gateway',
  localGatewayService: 'knative-local-gateway.istio-system.svc.cluster.local',
  ingressDomain: 'example.com',
  ingressClassName: 'istio',
  domainTemplate: '{{ .Name }}-{{ .Namespace }}.{{ .IngressDomain }}',
  urlScheme: 'http',
  disableIstioVirtualHost,
});

/** How the address that KServe's controller writes in Knative mode differs from ours, for each service; in clusters with Istio's host and without. */
export async function addressDifferences({ program, release }: AskedRelease, services: readonly InferenceServiceManifest[]): Promise<string[]> {
  const cases = services.flatMap((service) => [false, true].map((withoutIstioHost) => ({ service, withoutIstioHost })));
  const questions = cases.map(({ service, withoutIstioHost }): AddressQuestion => ({ ask: 'address', service, config: { ingress: ingress(withoutIstioHost) } }));
  const answers = await ask<AddressAnswer>(program, questions);
  return cases.flatMap(({ service, withoutIstioHost }, i) => {
    const { address } = resolveService(service, { release, mode: 'Knative', withoutIstioHost });
    return address === answers[i].address ? [] : `KServe writes ${answers[i].address}, we say ${address} for ${JSON.stringify(service.spec)}`;
  });
}

/** A graph that calls a service, which has the address that we compute. */
export function urlQuestion(asked: AskedRelease, service: InferenceServiceManifest, defaulted: object): ReconcileQuestion {
  const mode = modeNameOf(asked.release, 'Standard') as ReconcileQuestion['mode'];
  return {
    ask: 'reconcile',
    mode,
    graph: {
      apiVersion: 'serving.kserve.io/v1alpha1',
      kind: 'InferenceGraph',
      metadata: { name: 'pipeline', namespace: 'ns', annotations: { 'serving.kserve.io/deploymentMode': mode } },
      spec: { nodes: { root: { routerType: 'Sequence', steps: [{ serviceName: service.metadata.name }] } } },
    },
    services: [{ ...defaulted, status: { address: { url: resolvedFor(asked, service).address } } }],
  };
}

export function resolvedFor({ release }: AskedRelease, service: InferenceServiceManifest) {
  return resolveService(service, { release, mode: deploymentModeOf(service.metadata.annotations) });
}

/** The URL that the controller gives the graph's only step. */
export function urlOf({ objects }: ReconcileAnswer): string | undefined {
  const deployment = (objects as any[]).find(({ kind }) => kind === 'Deployment');
  const args: string[] = deployment?.spec.template.spec.containers[0].args ?? [];
  return args[1] === undefined ? undefined : JSON.parse(args[1]).nodes.root.steps[0].serviceUrl;
}

/** The first place where something that we wrote is not the same any more. */
export function drift(ours: unknown, theirs: unknown, path = ''): string | undefined {
  if (typeof ours !== 'object' || ours === null) {
    return ours === theirs ? undefined : `${path}: we write ${JSON.stringify(ours)}, and it becomes ${JSON.stringify(theirs)}`;
  }
  if (Array.isArray(ours) && (!Array.isArray(theirs) || theirs.length !== ours.length)) {
    return `${path}: we write ${JSON.stringify(ours)}, and it becomes ${JSON.stringify(theirs)}`;
  }
  for (const [key, value] of Object.entries(ours)) {
    const found = drift(value, (theirs as { [key: string]: unknown } | undefined)?.[key], `${path}.${key}`);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
