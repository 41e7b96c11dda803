import { Duration } from 'cdk8s';
import type { ApiObjectMetadata } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { completeAutoscaler } from './beyond-cdk8s-plus';
import { completed } from './completed';
import { Hardening } from './hardening';
import type { Diagnostic } from '../lint/diagnostic';
import { Severity } from '../lint/severity';
import type { InferenceGraphSpec } from '../spec/inference-graph';
import type { ResourceRequirements } from '../spec/k8s/resources';

/** The annotation that says who scales a graph (pkg/constants/constants.go, v0.12.0 to v0.20.0). */
const AUTOSCALER_CLASS = 'serving.kserve.io/autoscalerClass';

/** What KServe's controller takes as target of the cpu (pkg/constants/constants.go, `DefaultCPUUtilization`). */
const CPU_PERCENT = 80;

/** What decides how many replicas there are. */
export interface Scaling {
  readonly spec: InferenceGraphSpec;
  readonly annotations: { readonly [key: string]: string };
  readonly hardening: Hardening;
}

/** How the number of replicas is kept. */
export interface Replicas {
  /** Whether a HorizontalPodAutoscaler keeps it. */
  readonly autoscaled: boolean;
  /** The Deployment's `replicas`, where it says so. */
  readonly fixed?: number;
  readonly least: number;
  readonly most: number;
}

/** How many replicas there are, and who decides. */
export function replicasOf({ spec, annotations, hardening }: Scaling): Replicas {
  const least = Math.max(1, spec.minReplicas ?? 1);
  const most = Math.max(least, spec.maxReplicas ?? 0);
  const autoscalerClass = annotations[AUTOSCALER_CLASS] ?? 'hpa';
  if (autoscalerClass !== 'hpa') {
    return { autoscaled: false, fixed: autoscalerClass === 'none' ? spec.minReplicas : undefined, least, most };
  }
  // an autoscaler from 1 to 1 cannot scale; the controller makes it all the same
  return hardening === Hardening.NONE || most > least ? { autoscaled: true, least, most } : { autoscaled: false, fixed: least, least, most };
}

/** Why the number of replicas cannot be kept as asked, a line each. */
export function scalingProblems(scaling: Scaling): string[] {
  const { spec: { minReplicas, scaleMetric = 'cpu', scaleTarget, resources }, annotations, hardening } = scaling;
  const autoscalerClass = annotations[AUTOSCALER_CLASS];
  const problems: string[] = [];
  if (autoscalerClass !== undefined && !['hpa', 'external', 'none'].includes(autoscalerClass)) {
    problems.push(`the annotation '${AUTOSCALER_CLASS}' must be hpa, external or none, got '${autoscalerClass}': KServe makes no autoscaler for a `
      + 'graph in another way; set external and add an autoscaler of your own  (standalone-autoscaler-class)');
  }
  if (!replicasOf(scaling).autoscaled) {
    return problems;
  }
  if (scaleMetric === 'concurrency' || scaleMetric === 'rps') {
    problems.push(`a HorizontalPodAutoscaler cannot follow '${scaleMetric}': KServe writes one without metrics, which follows the cpu; `
      + 'set ScaleMetric.CPU, or ScaleMetric.MEMORY with scaleTarget  (standalone-scale-metric)');
  } else if (scaleMetric === 'memory' && scaleTarget === undefined) {
    problems.push("scaleMetric 'memory' has no scaleTarget: KServe writes an autoscaler without metrics, which follows the cpu; "
      + 'set scaleTarget to the percentage of the requested memory  (standalone-scale-metric)');
  } else if (hardening !== Hardening.NONE && !requests(resources, scaleMetric)) {
    problems.push(`${noRequest(scaleMetric).message}: ${noRequest(scaleMetric).help}  (standalone-scale-request)`);
  }
  if (hardening !== Hardening.NONE && minReplicas !== undefined && minReplicas < 1) {
    problems.push(`minReplicas must be 1 or more, got ${minReplicas}: a HorizontalPodAutoscaler does not scale to none  (standalone-min-replicas)`);
  }
  return problems;
}

/** What an autoscaler cannot do that is made all the same, because the controller makes it. */
export function scalingWarnings(scaling: Scaling): Diagnostic[] {
  const { spec: { scaleMetric, scaleTarget, resources }, hardening } = scaling;
  const { autoscaled, least, most } = replicasOf(scaling);
  const warning = (rule: string, { message, help }: Pick<Diagnostic, 'message' | 'help'>) => ({ rule, severity: Severity.WARNING, path: ['spec'], message, help });
  if (!autoscaled || hardening !== Hardening.NONE) {
    return [];
  }
  if (least === most) {
    // where a metric is set, the linter says so
    return scaleMetric !== undefined || scaleTarget !== undefined ? [] : [warning('never-scales', {
      message: `the autoscaler of the graph, as KServe's controller makes it, never scales, got ${least} to ${most} replica${most > 1 ? 's' : ''}`,
      help: 'set maxReplicas above minReplicas; hardened, there would be none',
    })];
  }
  return requests(resources, scaleMetric ?? 'cpu') ? [] : [warning('standalone-scale-request', noRequest(scaleMetric ?? 'cpu'))];
}

function noRequest(scaleMetric: string): Pick<Diagnostic, 'message' | 'help'> {
  return {
    message: `the router requests no ${scaleMetric}, so no percentage of it can be told and the autoscaler would never scale`,
    help: `set resources.requests.${scaleMetric}`,
  };
}

/** Kubernetes takes a limit for the request where there is none; without any resources the router has KServe's defaults. */
function requests(resources: ResourceRequirements | undefined, name: string): boolean {
  const { requests: requested = {}, limits = {} } = resources ?? {};
  return Object.keys({ ...requested, ...limits }).length === 0 || name in requested || name in limits;
}

/** What an autoscaler of the router is made from. */
export interface RouterAutoscalerProps extends Scaling {
  readonly metadata: ApiObjectMetadata;
  readonly target: kplus.IScalable;
}

/** The HorizontalPodAutoscaler (pkg/controller/v1beta1/inferenceservice/reconcilers/hpa/hpa_reconciler.go, v0.20.0). */
export function routerAutoscaler(scope: Construct, id: string, props: RouterAutoscalerProps): kplus.HorizontalPodAutoscaler {
  const { metadata, target, ...scaling } = props;
  const { spec: { scaleMetric, scaleTarget = CPU_PERCENT }, hardening } = scaling;
  const { least, most } = replicasOf(scaling);
  const percent = kplus.MetricTarget.averageUtilization(scaleTarget);
  const autoscaler = new kplus.HorizontalPodAutoscaler(scope, id, {
    metadata,
    target,
    minReplicas: least,
    maxReplicas: most,
    metrics: [scaleMetric === 'memory' ? kplus.Metric.resourceMemory(percent) : kplus.Metric.resourceCpu(percent)], // others are refused at synth
    scaleUp: UP_AT_ONCE,
    scaleDown: DOWN_SLOWLY,
  });
  completed(autoscaler, metadata, completeAutoscaler(hardening));
  return autoscaler;
}

/** A replica that goes takes half a minute to drain, and a new one has to be started when the load returns. */
const UP_AT_ONCE: kplus.ScalingRules = {
  stabilizationWindow: Duration.seconds(0),
  policies: [
    { replicas: kplus.Replicas.percent(100), duration: Duration.seconds(15) },
    { replicas: kplus.Replicas.absolute(4), duration: Duration.seconds(15) },
  ],
};
const DOWN_SLOWLY: kplus.ScalingRules = {
  stabilizationWindow: Duration.minutes(5),
  policies: [{ replicas: kplus.Replicas.percent(50), duration: Duration.minutes(1) }],
};
