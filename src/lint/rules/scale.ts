import { annotated, graph, inMode, node } from '../examples';
import { fieldsOf } from '../json';
import { at } from '../rule';
import type { Rule } from '../rule';
import { Severity } from '../severity';
import { fixOfSlip } from '../slip';
import { alternatives, nearest, quote } from '../words';

const nodes = { root: node('Sequence', { serviceName: 'a' }) };

const replicaBounds: Rule = {
  id: 'replica-bounds',
  severity: Severity.ERROR,
  title: 'minReplicas above maxReplicas',
  why: 'KServe accepts it. In Standard mode it raises the maximum to the minimum, so that the graph never scales; in Knative mode it writes both to the Knative Service.',
  source: 'pkg/controller/v1beta1/inferenceservice/reconcilers/hpa/hpa_reconciler.go and …/inferencegraph/knative_reconciler.go, v0.20.0',
  fails: graph(nodes, { minReplicas: 1, maxReplicas: -2 }),
  mended: graph(nodes, { minReplicas: 1, maxReplicas: 3 }),
  check: ({ spec: { minReplicas = 0, maxReplicas = 0 } }, report) => {
    // 0 is what Go sees where maxReplicas is not set
    if (maxReplicas !== 0 && minReplicas > maxReplicas) {
      report(at('spec', 'minReplicas'), `minReplicas must not be above maxReplicas, got ${minReplicas} and ${maxReplicas}`, 'raise maxReplicas, or lower minReplicas');
    }
  },
};

const HPA = 'pkg/controller/v1beta1/inferenceservice/reconcilers/hpa/hpa_reconciler.go, v0.12.0 to v0.20.0';
const AUTOSCALER_CLASS = 'serving.kserve.io/autoscalerClass';

const metricWithoutEffect: Rule = {
  id: 'metric-without-effect',
  severity: Severity.WARNING,
  title: 'a metric that Standard mode cannot scale by',
  why: 'The HorizontalPodAutoscaler gets no metric for concurrency and rps, nor for memory without a target; the API server then puts cpu at 80 percent.',
  source: HPA,
  byController: true,
  mode: 'Standard',
  fails: graph(nodes, { scaleMetric: 'concurrency', maxReplicas: 3 }),
  mended: graph(nodes, { scaleMetric: 'cpu', maxReplicas: 3 }),
  check: ({ spec: { fields } }, report) => {
    const { scaleMetric, scaleTarget } = fields;
    if (scaleMetric === 'concurrency' || scaleMetric === 'rps') {
      report(at('spec', 'scaleMetric'), `Standard mode does not scale by scaleMetric, got ${quote(scaleMetric)}`, 'scale by cpu or memory, or deploy in Knative mode');
    } else if (scaleMetric === 'memory' && (scaleTarget === undefined || scaleTarget === null)) {
      report(at('spec', 'scaleMetric'), "Standard mode scales by memory only with a target, got 'memory' and no scaleTarget", 'add scaleTarget, in percent of the memory request');
    }
  },
};

const metricNeedsHpaClass: Rule = {
  id: 'metric-needs-hpa-class',
  severity: Severity.WARNING,
  title: "a metric that Knative's own autoscaler does not know",
  why: 'It knows concurrency and rps. For cpu and memory the annotation autoscaling.knative.dev/class must be hpa.autoscaling.knative.dev.',
  source: 'pkg/controller/v1alpha1/utils/utils.go, v0.15.1 to v0.20.0',
  byController: true,
  mode: 'Knative',
  from: '0.15.1',
  fails: inMode('Knative', graph(nodes, { scaleMetric: 'cpu' })),
  mended: inMode('Knative', graph(nodes, { scaleMetric: 'concurrency' })),
  check: ({ metadata, spec: { fields: { scaleMetric } } }, report) => {
    if ((scaleMetric === 'cpu' || scaleMetric === 'memory') && metadata.annotation('autoscaling.knative.dev/class') !== 'hpa.autoscaling.knative.dev') {
      report(
        at('spec', 'scaleMetric'),
        `Knative scales by this scaleMetric only with its HPA class, got ${quote(scaleMetric)}`,
        'scale by concurrency or rps, or add the annotation autoscaling.knative.dev/class: hpa.autoscaling.knative.dev',
      );
    }
  },
};

const zeroReplicas: Rule = {
  id: 'zero-replicas',
  severity: Severity.WARNING,
  title: 'minReplicas: 0 in Standard mode',
  why: 'A HorizontalPodAutoscaler does not scale to zero: KServe makes it 1.',
  source: HPA,
  byController: true,
  mode: 'Standard',
  fails: graph(nodes, { minReplicas: 0, maxReplicas: 2 }),
  mended: graph(nodes, { minReplicas: 1, maxReplicas: 2 }),
  check: ({ spec }, report) => {
    if (spec.minReplicas === 0) {
      report(at('spec', 'minReplicas'), 'Standard mode keeps at least one replica, got 0', 'write 1, or deploy in Knative mode');
    }
  },
};

const neverScales: Rule = {
  id: 'never-scales',
  severity: Severity.WARNING,
  title: 'a scale metric or target without room to scale',
  why: 'Where maxReplicas is not set, Standard mode takes minReplicas, or 1: the HorizontalPodAutoscaler never changes anything.',
  source: HPA,
  mode: 'Standard',
  fails: graph(nodes, { scaleMetric: 'cpu', scaleTarget: 60 }),
  mended: graph(nodes, { scaleMetric: 'cpu', scaleTarget: 60, maxReplicas: 4 }),
  check: ({ spec: { fields, minReplicas = 1, maxReplicas = 0 } }, report) => {
    const asked = ['scaleMetric', 'scaleTarget'].find((name) => fields[name] !== undefined && fields[name] !== null);
    if (asked !== undefined && Math.max(maxReplicas, 1) <= Math.max(minReplicas, 1)) {
      report(at('spec', asked), `the graph has a ${asked} and always ${Math.max(minReplicas, 1)} replica${minReplicas > 1 ? 's' : ''}, got ${maxReplicas === 0 ? 'no maxReplicas' : `maxReplicas ${maxReplicas}`}`, 'set maxReplicas above minReplicas');
    }
  },
};

const CLASSES = ['hpa', 'external', 'none', 'keda'];

const autoscalerClass: Rule = {
  id: 'unknown-autoscaler-class',
  severity: Severity.ERROR,
  title: 'an autoscaler class that KServe does not know',
  why: "The controller fails on every reconcile with 'unknown autoscaler class type', and the graph never becomes ready.",
  source: 'pkg/controller/v1beta1/inferenceservice/reconcilers/autoscaler/autoscaler_reconciler.go, v0.15.1 to v0.20.0',
  byController: true,
  mode: 'Standard',
  from: '0.15.1',
  fails: annotated({ [AUTOSCALER_CLASS]: 'kpa' }, graph(nodes)),
  mended: annotated({ [AUTOSCALER_CLASS]: 'hpa' }, graph(nodes)),
  check: ({ metadata }, report) => {
    const found = metadata.annotation(AUTOSCALER_CLASS);
    if (found !== undefined && !CLASSES.includes(found)) {
      const meant = nearest(found, CLASSES);
      report(
        at('metadata', 'annotations', AUTOSCALER_CLASS),
        `KServe does not know the autoscaler class, got ${quote(found)}`,
        `write ${alternatives((meant === undefined ? CLASSES.slice(0, 3) : [meant]).map(quote))}`,
        fixOfSlip(['metadata', 'annotations', AUTOSCALER_CLASS], found, meant, CLASSES),
      );
    }
  },
};

const keda: Rule = {
  id: 'keda-without-triggers',
  severity: Severity.ERROR,
  title: 'the autoscaler class keda on a graph',
  why: 'A graph has no field for triggers, so KServe makes a ScaledObject without any, which KEDA refuses; the controller fails on every reconcile.',
  source: 'pkg/controller/v1beta1/inferenceservice/reconcilers/keda/keda_reconciler.go and …/inferencegraph/raw_ig.go, v0.15.0 to v0.20.0',
  byController: true,
  mode: 'Standard',
  from: '0.15.0',
  fails: annotated({ [AUTOSCALER_CLASS]: 'keda' }, graph(nodes)),
  mended: annotated({ [AUTOSCALER_CLASS]: 'none' }, graph(nodes)),
  check: ({ metadata }, report) => {
    if (metadata.annotation(AUTOSCALER_CLASS) === 'keda') {
      report(
        at('metadata', 'annotations', AUTOSCALER_CLASS),
        "KServe cannot scale a graph with KEDA, got 'keda'",
        "write 'none' or 'external', and define a ScaledObject for the Deployment yourself",
      );
    }
  },
};

const replicasNotSpread: Rule = {
  id: 'replicas-not-spread',
  severity: Severity.INFO,
  title: 'several replicas that may all run on one machine',
  why: 'KServe copies spec.affinity to the pods and adds nothing: one machine that goes down may take all replicas with it.',
  source: 'pkg/controller/v1alpha1/inferencegraph/raw_ig.go, v0.12.0 to v0.20.0',
  byController: true,
  mode: 'Standard',
  fails: graph(nodes, { minReplicas: 2 }),
  mended: graph(nodes, {
    minReplicas: 2,
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{
          weight: 100,
          podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { 'serving.kserve.io/inferencegraph': 'pipeline' } } },
        }],
      },
    },
  }),
  check: ({ spec: { fields, minReplicas = 0 } }, report) => {
    if (minReplicas > 1 && fieldsOf(fields.affinity).podAntiAffinity === undefined) {
      report(at('spec', 'minReplicas'), `nothing spreads the replicas over machines, got minReplicas ${minReplicas}`, 'add affinity.podAntiAffinity');
    }
  },
};

const fieldsWithoutScaler: Rule = {
  id: 'scale-fields-without-autoscaler',
  severity: Severity.WARNING,
  title: 'a scale field where KServe makes no autoscaler',
  why: "With the class 'none' or 'external' there is no HorizontalPodAutoscaler of KServe's: 'none' takes minReplicas as the number of replicas, 'external' takes none of the fields.",
  source: 'pkg/controller/v1beta1/inferenceservice/reconcilers/autoscaler/autoscaler_reconciler.go and …/deployment, v0.15.1 to v0.20.0',
  byController: true,
  mode: 'Standard',
  from: '0.15.1',
  fails: annotated({ [AUTOSCALER_CLASS]: 'none' }, graph(nodes, { minReplicas: 1, maxReplicas: 3 })),
  mended: annotated({ [AUTOSCALER_CLASS]: 'none' }, graph(nodes, { minReplicas: 1 })),
  check: ({ metadata, spec: { fields } }, report) => {
    const found = metadata.annotation(AUTOSCALER_CLASS);
    if (found !== 'none' && found !== 'external') {
      return;
    }
    ['maxReplicas', 'scaleMetric', 'scaleTarget', ...found === 'external' ? ['minReplicas'] : []].forEach((name) => {
      if (fields[name] !== undefined && fields[name] !== null) {
        report(at('spec', name), `nothing reads ${name} with the autoscaler class '${found}', got ${quote(fields[name])}`, "remove it, or write the class 'hpa'");
      }
    });
  },
};

export const scaleRules: readonly Rule[] = [
  replicaBounds, metricWithoutEffect, metricNeedsHpaClass, zeroReplicas, neverScales, autoscalerClass, keda, fieldsWithoutScaler, replicasNotSpread,
];
