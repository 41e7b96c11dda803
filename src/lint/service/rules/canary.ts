import { FRAMEWORKS } from '../../../spec/inference-service';
import type { CanarySpec, InferenceServiceManifest, PredictorSpec } from '../../../spec/inference-service';
import { Authority } from '../../rule';
import type { Report } from '../../rule';
import { Severity } from '../../severity';
import { quote } from '../../words';
import { knative, service, sklearn } from '../examples';
import type { CanaryModel, ServiceModel } from '../model';
import type { ServiceRule } from '../rule';

const VALIDATION = 'pkg/apis/serving/v1beta1/inference_service_validation.go (validateCanarySpecs), v0.20.0';

/** A service with canaries, each with its percentage of the requests. */
function withCanaries(...percentages: readonly number[]): InferenceServiceManifest {
  return service({ predictor: predictor(), canary: percentages.map((percent, i) => canary({ name: `candidate-${i}` }, percent)) });
}

function predictor(rest: Partial<PredictorSpec> = {}): PredictorSpec {
  return { ...sklearn().spec.predictor, ...rest };
}

function canary(rest: Partial<PredictorSpec>, trafficPercent = 0): CanarySpec {
  return { predictor: predictor(rest), trafficPercent };
}

const inKnativeMode: ServiceRule = {
  id: 'canary-predictor-mode',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a canary predictor in Knative mode',
  why: "KServe's webhook refuses the service: with Knative canaryTrafficPercent shares the requests between revisions.",
  source: VALIDATION,
  from: '0.20.0',
  fails: knative(withCanaries(0)),
  mended: withCanaries(0),
  check: ({ metadata: { deploymentMode }, canaries }, report) => {
    if (canaries.length > 0 && deploymentMode === 'Knative') {
      report(canaries[0], 'a canary predictor needs Standard mode, got Knative mode', 'use canaryTrafficPercent, or DeploymentMode.STANDARD');
    }
  },
};

const names: ServiceRule = {
  id: 'canary-predictor-name',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a canary predictor without a name of its own',
  why: "KServe's webhook refuses the service: the name tells the Deployments of its predictors apart.",
  source: VALIDATION,
  from: '0.20.0',
  fails: service({ predictor: predictor(), canary: [canary({})] }),
  mended: service({ predictor: predictor(), canary: [canary({ name: 'candidate' })] }),
  check: ({ predictor: stable, canaries }, report) => {
    const known = new Set([stable.text('name')]);
    for (const { predictor: own } of canaries) {
      const name = own.text('name') ?? '';
      if (name === '') {
        report(own, `${own} has no name`, 'give the predictor a name');
      } else if (known.has(name)) {
        report(own.at('name'), `two predictors of the service have one name, got ${quote(name)}`, 'give each a name of its own');
      }
      known.add(name);
    }
  },
};

const traffic: ServiceRule = {
  id: 'canary-traffic',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'percentages of canaries that cannot be',
  why: "KServe's webhook refuses the service, or the schema of the CRD does.",
  source: VALIDATION,
  from: '0.20.0',
  fails: withCanaries(60, 60),
  mended: withCanaries(0, 0),
  check: ({ canaries }, report) => {
    const outside = canaries.filter(({ percent }) => percent < 0 || percent > 100);
    outside.forEach((found) => {
      report(
        { path: [...found.path, 'trafficPercent'] }, `the trafficPercent of ${found.predictor} must be from 0 to 100, got ${found.percent}`,
        'give the percent of requests that are meant for it',
      );
    });
    const sum = sumOf(canaries);
    if (outside.length === 0 && sum > 100) {
      report({ path: ['spec', 'canary'] }, `the trafficPercent of all canaries together must be at most 100, got ${sum}`, 'lower them');
    }
  },
};

function sumOf(canaries: readonly CanaryModel[]): number {
  return canaries.reduce((before, { percent }) => before + percent, 0);
}

const withoutRequests: ServiceRule = {
  id: 'canary-without-requests',
  severity: Severity.WARNING,
  title: 'a canary that is meant to get requests',
  why: 'KServe 0.20.0 makes its pods, as many as the percentage asks for, and an address of its own. Requests to the service, those of graphs too, go to the predictor alone.',
  source: 'pkg/controller/v1beta1/inferenceservice/components/predictor.go and …/reconcilers/ingress, v0.20.0; seen in a control plane',
  from: '0.20.0',
  mode: 'Standard',
  fails: withCanaries(10),
  mended: withCanaries(0),
  check: ({ metadata: { name }, canaries }, report) => {
    if (sumOf(canaries) > 100) {
      return; // its own rule tells
    }
    canaries.filter(({ percent }) => percent > 0).forEach((found) => {
      report(
        { path: [...found.path, 'trafficPercent'] },
        `KServe sends no requests to ${found.predictor}, got ${found.percent} percent`,
        `share them with a SplitterNode before the service and 'http://${name}-${found.predictor.text('name')}-predictor', or say 0`,
      );
    });
  },
};

/** Fields that a canary must not have. */
const FIXED = ['workerSpec', 'scaleTarget', 'scaleMetric', 'autoScaling'] as const;

const scaling: ServiceRule = {
  id: 'canary-predictor-scale',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a canary predictor with an autoscaler, workers, or too many replicas',
  why: "KServe's webhook refuses the service: a canary has a fixed number of replicas, and not more than the predictor.",
  source: VALIDATION,
  from: '0.20.0',
  fails: service({ predictor: predictor(), canary: [canary({ name: 'candidate', maxReplicas: 3 })] }),
  mended: service({ predictor: predictor({ maxReplicas: 3 }), canary: [canary({ name: 'candidate' })] }),
  check: (model, report) => model.canaries.forEach((found) => {
    const { predictor: own } = found;
    for (const field of FIXED.filter((key) => own.fields[key] !== undefined)) {
      report(own.at(field), `${own} must not have ${field}`, 'leave it out: its number of replicas is fixed');
    }
    if ((own.whole('maxReplicas') ?? 0) > 0) {
      report(own.at('maxReplicas'), `${own} must not have maxReplicas, got ${own.whole('maxReplicas')}`, 'leave it out: its number of replicas is fixed');
    }
    checkReplicas(model, found, report);
  }),
};

function checkReplicas({ predictor: stable }: ServiceModel, { predictor: own }: CanaryModel, report: Report): void {
  const [replicas, most] = [own.whole('minReplicas') ?? 0, stable.whole('minReplicas') ?? 1];
  if (replicas > most) {
    report(own.at('minReplicas'), `minReplicas of ${own} must not be above that of the predictor, got ${replicas} and ${most}`, 'lower it, or raise that of the predictor');
  }
}

const stableModel: ServiceRule = {
  id: 'canary-without-model',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a canary beside a predictor that has no model',
  why: "KServe's webhook refuses the service: a canary takes what it does not say from the predictor's model.",
  source: VALIDATION,
  from: '0.20.0',
  fails: service({ predictor: { containers: [{ name: 'kserve-container', image: 'own:1' }] }, canary: [canary({ name: 'candidate' })] }),
  mended: withCanaries(0),
  check: ({ predictor: stable, canaries }, report) => {
    const [own] = stable.list('containers');
    const isOwn = own !== undefined && Object.keys(stable.fields).every((key) => !MODELS.includes(key));
    const hasStorage = stable.containers.some(({ env }) => env.some(({ name }) => name === 'STORAGE_URI'));
    if (canaries.length > 0 && isOwn && !hasStorage) {
      report(stable, 'the predictor of a service with canaries has no model', 'use Predictor.model(), or give the container a storage');
    }
  },
};

const MODELS: readonly string[] = ['model', ...FRAMEWORKS];

export const serviceCanaryRules: readonly ServiceRule[] = [inKnativeMode, names, traffic, withoutRequests, scaling, stableModel];
