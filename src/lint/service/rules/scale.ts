import { AUTOSCALER_CLASS_ANNOTATION } from '../../../spec/inference-service';
import { fieldsOf } from '../../json';
import { at, Authority } from '../../rule';
import { Severity } from '../../severity';
import { fixOfSlip } from '../../slip';
import { alternatives, nearest, quote } from '../../words';
import { autoscaledBy, knative, sklearn } from '../examples';
import type { ServiceRule } from '../rule';
import { scalerOf } from '../scaler';
import type { Scaler } from '../scaler';

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
  check: ({ everyComponent }, report) => everyComponent.forEach((component) => {
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
  check: ({ everyComponent }, report) => everyComponent.forEach((component) => {
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
        fixOfSlip(['metadata', 'annotations', AUTOSCALER_CLASS_ANNOTATION], found, meant, CLASSES),
      );
    }
  },
};

const scaleMetric: ServiceRule = {
  id: 'scale-metric-mode',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a scale metric that the autoscaler does not know',
  why: "KServe's webhook refuses the service. The HPA of the class 'hpa' knows cpu and memory, Knative's autoscaler concurrency and rps, and KEDA takes autoScaling alone.",
  source: VALIDATION,
  fails: autoscaledBy('hpa', sklearn({ scaleMetric: 'rps' })),
  mended: autoscaledBy('hpa', sklearn({ scaleMetric: 'cpu' })),
  check: (service, report) => service.components.forEach((component) => {
    const metric = component.text('scaleMetric');
    const known = metricsOf(scalerOf(service));
    if (metric !== undefined && known !== undefined && !known.metrics.includes(metric)) {
      report(
        component.at('scaleMetric'),
        `scaleMetric of ${component} must be ${alternatives(known.metrics.map((name) => `'${name}'`)) || 'left out'} ${known.where}, got ${quote(metric)}`,
        known.metrics.length === 0 ? "say it with 'autoscaling'" : 'choose one of them, or the other deployment mode',
      );
    }
  }),
};

function metricsOf(scaler: Scaler): { metrics: string[]; where: string } | undefined {
  switch (scaler) {
    case 'hpa':
      return { metrics: ['cpu', 'memory'], where: "with the class 'hpa'" };
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
  why: "KServe's webhook refuses most of them (memory targets above 100 as well, which are percent too); Kubernetes or Knative refuses what the controller makes of the rest.",
  source: `${VALIDATION}; with no class annotation it does not look, and Kubernetes refuses the HPA`,
  fails: autoscaledBy('hpa', sklearn({ scaleTarget: 120 })),
  mended: autoscaledBy('hpa', sklearn({ scaleTarget: 80 })),
  check: (service, report) => service.components.forEach((component) => {
    const target = component.whole('scaleTarget');
    const scaler = scalerOf(service);
    if (target === undefined) {
      return;
    }
    if ((scaler === 'hpa' || scaler === 'knative-hpa') && (target < 1 || target > 100)) {
      report(component.at('scaleTarget'), `scaleTarget of ${component} must be from 1 to 100 percent, got ${target}`, 'give percent of the request');
    } else if (scaler === 'unchecked-hpa' && target < 1) {
      report(component.at('scaleTarget'), `scaleTarget of ${component} must be at least 1 percent, got ${target}`, 'give percent of the request');
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
  why: "KServe's webhook refuses the service: the HPA takes cpu and memory alone.",
  source: VALIDATION,
  fails: autoscaledBy('hpa', sklearn({ autoScaling: { metrics: [prometheus()] } })),
  mended: autoscaledBy('keda', sklearn({ autoScaling: { metrics: [prometheus()] } })),
  check: (service, report) => service.components.forEach((component) => {
    const scaler = scalerOf(service);
    component.list('autoScaling', 'metrics').forEach((metric, i) => {
      if (scaler === 'hpa' && metric.type !== 'Resource' && typeof metric.type === 'string') {
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
  why: "Where KEDA scales the service, KServe's webhook refuses it; Kubernetes refuses an HPA with a target below 1, on every reconcile.",
  source: VALIDATION,
  fails: autoscaledBy('keda', sklearn({ autoScaling: { metrics: [cpu(0)] } })),
  mended: autoscaledBy('keda', sklearn({ autoScaling: { metrics: [cpu(80)] } })),
  check: (service, report) => service.components.forEach((component) => component.list('autoScaling', 'metrics').forEach((metric, i) => {
    const { name, target } = fieldsOf(metric.resource);
    const { averageUtilization: percent } = fieldsOf(target);
    const isKeda = scalerOf(service) === 'keda';
    if (typeof percent === 'number' && (percent < 1 || (isKeda && percent > 100))) {
      report(
        component.at('autoScaling', 'metrics', i, 'resource', 'target', 'averageUtilization'),
        `the ${nameOf(name)}utilization that ${component} scales by must be ${isKeda ? 'from 1 to 100' : 'at least 1'} percent, got ${percent}`,
        'give percent of the request',
      );
    }
  })),
};

const metricIgnored: ServiceRule = {
  id: 'service-metric-ignored',
  severity: Severity.WARNING,
  title: 'a metric that the HPA of Standard mode does not have',
  why: "Without the annotation autoscalerClass KServe's webhook does not look, and the controller makes an HPA that leaves the metric out; it scales by something else.",
  source: 'pkg/controller/v1beta1/inferenceservice/reconcilers/hpa/hpa_reconciler.go, v0.20.0',
  fails: sklearn({ scaleMetric: 'rps' }),
  mended: sklearn({ scaleMetric: 'cpu' }),
  check: (service, report) => {
    if (scalerOf(service) !== 'unchecked-hpa') {
      return;
    }
    service.components.forEach((component) => {
      const metric = component.text('scaleMetric');
      if (metric === 'concurrency' || metric === 'rps') {
        report(component.at('scaleMetric'), `${component} is not scaled by this scaleMetric in Standard mode, got ${quote(metric)}`, 'scale by cpu or memory, or deploy in Knative mode');
      }
      component.list('autoScaling', 'metrics').forEach(({ type }, i) => {
        if (type === 'External' || type === 'PodMetric') {
          report(component.at('autoScaling', 'metrics', i), `${component} is not scaled by this metric without KEDA, got ${quote(type)}`, 'write serving.kserve.io/autoscalerClass: keda (AutoscalerClass.KEDA), or scale by cpu or memory');
        }
      });
    });
  },
};

function nameOf(resource: unknown): string {
  return typeof resource === 'string' ? `${resource} ` : '';
}

function cpu(averageUtilization: number): object {
  return { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } };
}

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

export const serviceScaleRules: readonly ServiceRule[] = [
  replicas, concurrency, autoscalerClass, scaleMetric, scaleTarget, autoscalingMetrics, autoscalingTarget, metricIgnored,
  strategyInKnativeMode,
];
