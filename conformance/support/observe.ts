import type { Rule } from '../../src/lint/rule';
import { named, sklearn } from '../../src/lint/service/examples';
import type { InferenceGraphManifest } from '../../src/spec/inference-graph';
import { base64, text } from '../client/oracle';
import type { Call, Died, Panicked, ReconcileAnswer, ReconcileQuestion, Refused, RouteAnswer, RouteQuestion, Stub } from '../client/oracle';

/*
 * What the real router and controller do with a graph, in a line that can be read and compared.
 */

/** What a rule's example is tried with. */
export interface Trial {
  /** @default {"instances":[1]} */
  readonly request?: string;
  /** Bodies of answers by service, or a whole stub; several are given one after another. @default {"predictions":["dog"]} */
  readonly answers?: { readonly [service: string]: string | Stub | readonly string[] };
  readonly draws?: readonly number[];
}

const ANSWER = '{"predictions":["dog"]}';

/** A request through the graph of a manifest; what is called by its name is called at `http://<name>`. */
export function routeQuestion({ spec }: InferenceGraphManifest, { request = '{"instances":[1]}', answers = {}, draws }: Trial): RouteQuestion {
  const nodes = Object.fromEntries(Object.entries(spec.nodes).map(([name, { routerType, steps = [] }]) => [name, {
    routerType,
    steps: steps.map(({ serviceName, ...step }) => serviceName === undefined ? step : { ...step, serviceUrl: `http://${serviceName}` }),
  }]));
  const urls = Object.values(nodes).flatMap(({ steps }) => steps.flatMap(({ serviceUrl }) => serviceUrl ?? []));
  const stubsOf = (url: string): Stub[] => {
    const given = answers[url.replace('http://', '')] ?? ANSWER;
    const list: readonly (string | Stub)[] = given instanceof Array ? given : [given as string | Stub];
    return list.map((answer) => typeof answer === 'string' ? { status: 200, body: base64(answer) } : answer);
  };
  return { ask: 'route', graph: { ...spec, nodes }, stubs: Object.fromEntries(urls.map((url) => [url, stubsOf(url)])), request: base64(request), draws };
}

/** `200 {"a":1} after a({"instances":[1]}) b({…})` */
export function routed(answer: Partial<RouteAnswer & Panicked & Refused & Died>): string {
  if (answer.status === undefined) {
    return answer.panic !== undefined ? 'connection dropped' : answer.died !== undefined ? 'router dead' : `refused: ${answer.refused}`;
  }
  const called = ({ url, body }: Call) => `${url.replace('http://', '').replace('.default.svc.cluster.local', '')}(${text(body)})`;
  return [`${answer.status} ${text(answer.body!).trim()}`, ...answer.calls!.length === 0 ? [] : [`after ${answer.calls!.map(called).join(' ')}`]].join(' ');
}

/** A graph and its services in a cluster of this mode. */
export function reconcileQuestion(
  { metadata, ...graph }: InferenceGraphManifest, services: readonly unknown[], mode: 'Standard' | 'Knative', namespace: string,
): ReconcileQuestion {
  return { ask: 'reconcile', graph: { ...graph, metadata: { namespace, ...metadata } }, services, mode };
}

/** The services that a rule's example knows, or plain ones for the names that it calls; all are ready. */
export function servicesFor({ services: own = [] }: Pick<Rule, 'services'>, { spec, metadata }: InferenceGraphManifest, namespace: string): unknown[] {
  const called = new Set(Object.values(spec.nodes).flatMap(({ steps = [] }) => steps.flatMap(({ serviceName }) => serviceName ?? [])));
  const others = own.length > 0 ? [] : [...called].map((name) => named(name, sklearn()));
  return [...own, ...others].map((service) => {
    const place = { namespace: metadata.namespace ?? namespace, ...service.metadata };
    return { ...service, metadata: place, status: { address: { url: `http://${place.name}-predictor.${place.namespace}.svc.cluster.local` } } };
  });
}

/** The controller's error, or what it made: each object with what scales it and what the router calls. A Service says nothing. */
export function made({ reconcileError, objects }: ReconcileAnswer): string {
  const objectsTold = (objects as any[]).map(toldOf).filter((told) => told !== 'Service').sort();
  return [...objectsTold, ...reconcileError === undefined ? [] : [`error: ${reconcileError.replace(WRAPPERS, '')}`]].join('; ');
}

const WRAPPERS = /^fails to reconcile inference graph raw deployment: fails to create NewRawKubeReconciler for inference graph: (failed creating host name: )?/;

function toldOf({ apiVersion, kind, spec }: any): string {
  switch (`${apiVersion} ${kind}`) {
    case 'apps/v1 Deployment': {
      const urls = calledBy(spec);
      return ['Deployment', ...spec.replicas === undefined ? [] : [`of ${spec.replicas}`], ...spec.template.spec.affinity === undefined ? [] : ['spread'],
        ...urls.length === 0 ? [] : [`calling ${urls.join(' ')}`]].join(' ');
    }
    case 'autoscaling/v2 HorizontalPodAutoscaler': {
      const metrics = (spec.metrics ?? []).map(({ resource }: any) => `${resource.name} ${resource.target.averageUtilization}`);
      return `HPA ${spec.minReplicas} to ${spec.maxReplicas} by ${metrics.join(', ') || 'nothing'}`;
    }
    case 'serving.knative.dev/v1 Service': {
      const annotations: { [key: string]: string } = spec.template.metadata.annotations;
      const scaling = Object.entries(annotations).flatMap(([key, value]) => key.startsWith(AUTOSCALING) ? [`${key.slice(AUTOSCALING.length)}=${value}`] : []);
      return ['Knative Service', ...scaling.sort(), ...spec.template.spec.timeoutSeconds === undefined ? [] : [`timeout=${spec.template.spec.timeoutSeconds}`]].join(' ');
    }
    default:
      return kind === 'ScaledObject' ? `ScaledObject with ${spec.triggers === null || spec.triggers === undefined ? 'no' : spec.triggers.length} triggers` : kind;
  }
}

const AUTOSCALING = 'autoscaling.knative.dev/';

function calledBy(spec: any): string[] {
  const graph = JSON.parse(spec.template.spec.containers[0].args[1]);
  return Object.values<any>(graph.nodes).flatMap(({ steps = [] }) => steps.flatMap(({ serviceUrl }: any) => serviceUrl?.replace('.svc.cluster.local', '') ?? []));
}
