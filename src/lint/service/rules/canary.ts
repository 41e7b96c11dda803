import type { InferenceServiceSpec } from '../../../spec/inference-service';
import { fieldsOf, isMap, listOf, nonEmpty, wholeOf } from '../../json';
import type { Fields } from '../../json';
import { Authority } from '../../rule';
import { Severity } from '../../severity';
import { quote } from '../../words';
import { knative, service, sklearn } from '../examples';
import type { ServiceModel } from '../model';
import type { ServiceRule } from '../rule';

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
  severity: Severity.WARNING,
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

/** A service with a canary beside it. */
function withCanary(predictor: object, trafficPercent = 20): ReturnType<typeof service> {
  const { spec } = sklearn();
  return service({ ...spec, canary: [{ predictor: { ...spec.predictor, ...predictor }, trafficPercent }] } as InferenceServiceSpec);
}

const canaryPredictors: ServiceRule = {
  id: 'canary-predictors',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'canaries that KServe cannot run beside the predictor',
  why: "KServe's webhook refuses the service: canaries are for Standard mode, each has a name of its own and a fixed number of replicas, and together they get 100 percent at most.",
  source: 'pkg/apis/serving/v1beta1/inference_service_validation.go (validateCanarySpecs), v0.20.0',
  from: '0.20.0',
  fails: withCanary({ name: 'next', maxReplicas: 3 }),
  mended: withCanary({ name: 'next' }),
  check: (model, report) => {
    const canaries = canariesOf(model);
    if (canaries.length === 0) {
      return;
    }
    if (model.metadata.deploymentMode !== 'Standard') {
      report({ path: ['spec', 'canary'] }, `canaries need Standard mode, got ${model.metadata.deploymentMode ?? 'none'}`, 'write the annotation, or use canaryTrafficPercent in Knative mode');
    }
    const stable = nonEmpty(model.predictor.fields.name);
    canaries.forEach(({ predictor }, i) => {
      const place = { path: ['spec', 'canary', i, 'predictor'] };
      const name = nonEmpty(predictor.name);
      const isTaken = name === stable || canaries.some((other, at) => at < i && nonEmpty(other.predictor.name) === name);
      if (name === undefined || isTaken) {
        report(place, `canary ${i} must have a name of its own, got ${name === undefined ? 'none' : quote(name)}`, 'name it');
      }
      NOT_IN_CANARY.filter((field) => predictor[field] !== undefined && predictor[field] !== 0).forEach((field) => {
        report(place, `canary ${name === undefined ? i : quote(name)} must not set ${field}: its number of replicas is fixed`, 'remove it');
      });
      const [own, most] = [wholeOf(predictor.minReplicas) ?? 0, model.predictor.whole('minReplicas') ?? 1];
      if (own > most) {
        report(place, `canary ${name === undefined ? i : quote(name)} must not have more minReplicas than the predictor, got ${own} and ${most}`, 'lower it');
      }
    });
    const percents = canaries.map(({ percent }) => percent);
    const sum = percents.reduce((total, percent) => total + percent, 0);
    if (sum > 100 || percents.some((percent) => percent < 0 || percent > 100)) {
      report({ path: ['spec', 'canary'] }, `canaries must have from 0 to 100 percent each, and 100 together, got ${percents.join(' + ')}`, 'the rest goes to the predictor');
    }
  },
};

const NOT_IN_CANARY = ['workerSpec', 'maxReplicas', 'scaleTarget', 'scaleMetric', 'autoScaling'];

function canariesOf({ document }: ServiceModel): { readonly predictor: Fields; readonly percent: number }[] {
  return listOf(fieldsOf(fieldsOf(document).spec).canary).filter(isMap)
    .map(({ predictor, trafficPercent }) => ({ predictor: fieldsOf(predictor), percent: wholeOf(trafficPercent) ?? 0 }));
}

export const serviceCanaryRules: readonly ServiceRule[] = [canaryPercent, canaryInStandardMode, canaryPredictors];
