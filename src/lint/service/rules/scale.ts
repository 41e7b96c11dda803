import { AUTOSCALER_CLASS_ANNOTATION } from '../../../spec/inference-service';
import { at, Authority } from '../../rule';
import { Severity } from '../../severity';
import { isSlipOf } from '../../slip';
import { alternatives, nearest, quote } from '../../words';
import { autoscaledBy, knative, sklearn } from '../examples';
import type { ServiceRule } from '../rule';

const VALIDATION = 'pkg/apis/serving/v1beta1/inference_service_validation.go, v0.20.0';
const COMPONENT = 'pkg/apis/serving/v1beta1/component.go, v0.20.0';
const CLASSES = ['hpa', 'external', 'keda', 'none'];

const replicas: ServiceRule = {
  id: 'service-replicas',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a number of replicas that cannot be',
  why: "KServe's webhook refuses the service.",
  source: COMPONENT,
  fails: sklearn({ minReplicas: -1 }),
  mended: sklearn({ minReplicas: 1 }),
  check: ({ components }, report) => components.forEach((component) => {
    const [min = 1, max = 0] = [component.whole('minReplicas'), component.whole('maxReplicas')];
    for (const [field, value] of [['minReplicas', min], ['maxReplicas', max]] as const) {
      if (value < 0) {
        report(component.at(field), `${field} of ${component} must not be negative, got ${value}`, 'give the number of pods, from 0');
      }
    }
    // 0 is what Go sees where maxReplicas is not set
    if (min >= 0 && max > 0 && min > max) {
      report(component.at('minReplicas'), `minReplicas of ${component} must not be above maxReplicas, got ${min} and ${max}`, 'raise maxReplicas, or lower minReplicas');
    }
  }),
};

const concurrency: ServiceRule = {
  id: 'negative-concurrency',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a negative containerConcurrency',
  why: "KServe's webhook refuses the service.",
  source: COMPONENT,
  fails: sklearn({ containerConcurrency: -1 }),
  mended: sklearn({ containerConcurrency: 0 }),
  check: ({ components }, report) => components.forEach((component) => {
    const value = component.whole('containerConcurrency') ?? 0;
    if (value < 0) {
      report(component.at('containerConcurrency'), `containerConcurrency of ${component} must not be negative, got ${value}`, 'give the number of requests at once, or 0 for no limit');
    }
  }),
};

const autoscalerClass: ServiceRule = {
  id: 'autoscaler-class',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'an autoscaler class that KServe does not know',
  why: "KServe's webhook refuses the service.",
  source: VALIDATION,
  fails: autoscaledBy('HPA', sklearn()),
  mended: autoscaledBy('hpa', sklearn()),
  check: (service, report) => {
    const found = service.autoscalerClass;
    if (found !== undefined && !CLASSES.includes(found)) {
      const meant = nearest(found, CLASSES);
      report(
        at('metadata', 'annotations', AUTOSCALER_CLASS_ANNOTATION),
        `the autoscaler class must be ${alternatives(CLASSES.map((name) => `'${name}'`))}, got ${quote(found)}`,
        meant === undefined ? 'write one of them' : `did you mean '${meant}'?`,
        meant === undefined || !isSlipOf(found, meant, CLASSES) ? undefined
          : { kind: 'replace-value', path: ['metadata', 'annotations', AUTOSCALER_CLASS_ANNOTATION], value: meant },
      );
    }
  },
};

const scaleMetric: ServiceRule = {
  id: 'scale-metric-mode',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a scale metric that the autoscaler does not know',
  why: "KServe's webhook refuses the service. The HPA of Standard mode knows cpu and memory, Knative's autoscaler concurrency and rps, and KEDA takes autoScaling alone.",
  source: VALIDATION,
  fails: autoscaledBy('hpa', sklearn({ scaleMetric: 'rps' })),
  mended: autoscaledBy('hpa', sklearn({ scaleMetric: 'cpu' })),
  check: (service, report) => service.components.forEach((component) => {
    const metric = component.text('scaleMetric');
    const known = metricsOf(scalerOf(service.metadata.deploymentMode, service.annotations, service.autoscalerClass));
    if (metric !== undefined && known !== undefined && !known.metrics.includes(metric)) {
      report(
        component.at('scaleMetric'),
        `scaleMetric of ${component} must be ${alternatives(known.metrics.map((name) => `'${name}'`)) || 'left out'} ${known.where}, got ${quote(metric)}`,
        known.metrics.length === 0 ? "say it with 'autoscaling'" : 'choose one of them, or the other deployment mode',
      );
    }
  }),
};

type Scaler = 'hpa' | 'keda' | 'knative' | 'knative-hpa' | 'unchecked';

function scalerOf(mode: string | undefined, annotations: Readonly<Record<string, unknown>>, autoscaler: string | undefined): Scaler {
  if (mode !== 'Knative') {
    // what has no class is made an HPA, which is not refused but has no metric either
    return mode === 'Standard' && (autoscaler ?? 'hpa') === 'hpa' ? 'hpa' : mode === 'Standard' && autoscaler === 'keda' ? 'keda' : 'unchecked';
  }
  return annotations['autoscaling.knative.dev/class'] === 'hpa.autoscaling.knative.dev' ? 'knative-hpa' : 'knative';
}

function metricsOf(scaler: Scaler): { metrics: string[]; where: string } | undefined {
  switch (scaler) {
    case 'hpa':
      return { metrics: ['cpu', 'memory'], where: 'in Standard mode' };
    case 'knative-hpa':
      return { metrics: ['cpu', 'memory'], where: "with Knative's HPA class" };
    case 'knative':
      return { metrics: ['concurrency', 'rps'], where: 'in Knative mode' };
    case 'keda':
      return { metrics: [], where: 'with KEDA' };
    default:
      return undefined;
  }
}

const scaleTarget: ServiceRule = {
  id: 'scale-target',
  severity: Severity.ERROR,
  title: 'a scale target out of range',
  why: "KServe's webhook refuses most of them (memory targets above 100 as well, which are percent too); for the rest Kubernetes or Knative refuses what the controller makes.",
  source: `${VALIDATION}; with no class annotation it does not look, and Kubernetes refuses the HPA`,
  fails: autoscaledBy('hpa', sklearn({ scaleTarget: 120 })),
  mended: autoscaledBy('hpa', sklearn({ scaleTarget: 80 })),
  check: (service, report) => service.components.forEach((component) => {
    const target = component.whole('scaleTarget');
    const scaler = scalerOf(service.metadata.deploymentMode, service.annotations, service.autoscalerClass);
    if (target === undefined) {
      return;
    }
    if ((scaler === 'hpa' || scaler === 'knative-hpa') && (target < 1 || target > 100)) {
      report(component.at('scaleTarget'), `scaleTarget of ${component} must be from 1 to 100 percent, got ${target}`, 'give percent of the request');
    } else if (scaler === 'knative' && target < 1) {
      report(component.at('scaleTarget'), `scaleTarget of ${component} must be at least 1, got ${target}`, 'give the requests that one pod takes');
    }
  }),
};

const autoscalingMetrics: ServiceRule = {
  id: 'autoscaling-metrics',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a metric in autoScaling that the autoscaler does not know',
  why: "KServe's webhook refuses the service: the HPA takes cpu and memory alone. Without the class annotation it does not look, and makes an HPA that lacks the metric.",
  source: VALIDATION,
  fails: autoscaledBy('hpa', sklearn({ autoScaling: { metrics: [prometheus()] } })),
  mended: autoscaledBy('keda', sklearn({ autoScaling: { metrics: [prometheus()] } })),
  check: (service, report) => service.components.forEach((component) => {
    const scaler = scalerOf(service.metadata.deploymentMode, service.annotations, service.autoscalerClass);
    const metrics = component.map('autoScaling').metrics;
    (Array.isArray(metrics) ? metrics : []).forEach((metric: { type?: unknown }, i) => {
      if (scaler === 'hpa' && metric?.type !== 'Resource' && typeof metric?.type === 'string') {
        report(
          component.at('autoScaling', 'metrics', i),
          `${component} scales by a metric that the HPA does not know, got ${quote(metric.type)}`,
          'use AutoscalerClass.KEDA, or cpu and memory alone',
        );
      }
    });
  }),
};

function prometheus(): object {
  return {
    type: 'External',
    external: { metric: { backend: 'prometheus', serverAddress: 'http://prometheus:9090', query: 'up' }, target: { type: 'Value', value: '1' } },
  };
}

const autoscalingTarget: ServiceRule = {
  id: 'autoscaling-target',
  severity: Severity.ERROR,
  title: 'a metric in autoScaling with a target that cannot be',
  why: "Where KEDA scales the service, KServe's webhook refuses it; otherwise Kubernetes refuses the HPA, on every reconcile.",
  source: VALIDATION,
  fails: autoscaledBy('keda', sklearn({ autoScaling: { metrics: [cpu(0)] } })),
  mended: autoscaledBy('keda', sklearn({ autoScaling: { metrics: [cpu(80)] } })),
  check: ({ components }, report) => components.forEach((component) => {
    const metrics = component.map('autoScaling').metrics;
    (Array.isArray(metrics) ? metrics : []).forEach((metric: { resource?: { name?: unknown; target?: { averageUtilization?: unknown } } }, i) => {
      const percent = metric?.resource?.target?.averageUtilization;
      if (typeof percent === 'number' && (percent < 1 || percent > 100)) {
        report(
          component.at('autoScaling', 'metrics', i, 'resource', 'target', 'averageUtilization'),
          `the ${metric.resource?.name} utilization that ${component} scales by must be from 1 to 100 percent, got ${percent}`,
          'give percent of the request',
        );
      }
    });
  }),
};

function cpu(averageUtilization: number): object {
  return { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } };
}

const canaryPercent: ServiceRule = {
  id: 'canary-percent',
  severity: Severity.ERROR,
  title: 'a canary percentage out of range',
  why: "KServe's webhook lets it pass; Knative refuses the Service that the controller makes of it, on every reconcile.",
  source: 'pkg/controller/v1beta1/inferenceservice/reconcilers/knative/ksvc_reconciler.go, v0.20.0',
  fails: knative(sklearn({ canaryTrafficPercent: 120 })),
  mended: knative(sklearn({ canaryTrafficPercent: 20 })),
  check: ({ components }, report) => components.forEach((component) => {
    const percent = component.whole('canaryTrafficPercent');
    if (percent !== undefined && (percent < 0 || percent > 100)) {
      report(
        component.at('canaryTrafficPercent'),
        `canaryTrafficPercent of ${component} must be from 0 to 100, got ${percent}`,
        'give the percent of requests that go to the new revision',
      );
    }
  }),
};

const canaryInStandardMode: ServiceRule = {
  id: 'canary-in-standard-mode',
  severity: Severity.ERROR,
  title: 'canaryTrafficPercent in Standard mode',
  why: 'Only Knative has revisions to share requests between: in Standard mode the field is ignored, and every request goes to the new pods.',
  source: 'pkg/controller/v1beta1/inferenceservice/reconcilers/knative/ksvc_reconciler.go, v0.20.0',
  fails: sklearn({ canaryTrafficPercent: 20 }),
  mended: knative(sklearn({ canaryTrafficPercent: 20 })),
  check: ({ metadata, components }, report) => components.forEach((component) => {
    const percent = component.whole('canaryTrafficPercent');
    if (metadata.deploymentMode === 'Standard' && percent !== undefined) {
      report(
        component.at('canaryTrafficPercent'),
        `canaryTrafficPercent of ${component} has no effect in Standard mode, got ${percent}`,
        'use DeploymentMode.KNATIVE, or a SplitterNode before two services',
      );
    }
  }),
};

const strategyInKnativeMode: ServiceRule = {
  id: 'deployment-strategy-in-knative-mode',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a deploymentStrategy in Knative mode',
  why: "KServe's webhook refuses the service: Knative replaces pods in its own way.",
  source: VALIDATION,
  fails: knative(sklearn({ deploymentStrategy: { type: 'Recreate' } })),
  mended: sklearn({ deploymentStrategy: { type: 'Recreate' } }),
  check: ({ metadata, components }, report) => components.forEach((component) => {
    if (metadata.deploymentMode === 'Knative' && component.fields.deploymentStrategy !== undefined) {
      report(component.at('deploymentStrategy'), `${component} has a deploymentStrategy, got Knative mode`, 'leave it out, or use DeploymentMode.STANDARD');
    }
  }),
};

const loggerMode: ServiceRule = {
  id: 'logger-mode',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a logger without a mode',
  why: "KServe's webhook refuses the service: the API's comment says that 'all' is the default, but nothing sets it.",
  source: COMPONENT,
  fails: sklearn({ logger: { url: 'http://logs' } }),
  mended: sklearn({ logger: { url: 'http://logs', mode: 'all' } }),
  check: ({ components }, report) => components.forEach((component) => {
    if (component.fields.logger !== undefined && !component.map('logger').mode) {
      report(component.at('logger'), `the logger of ${component} has no mode`, "write 'all', 'request' or 'response'");
    }
  }),
};

export const serviceScaleRules: readonly ServiceRule[] = [
  replicas, concurrency, autoscalerClass, scaleMetric, scaleTarget, autoscalingMetrics, autoscalingTarget, canaryPercent, canaryInStandardMode,
  strategyInKnativeMode, loggerMode,
];
