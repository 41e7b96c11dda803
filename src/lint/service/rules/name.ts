import { at, Authority } from '../../rule';
import { checkName, LABEL_LENGTH } from '../../rules/name';
import { Severity } from '../../severity';
import { named, sklearn } from '../examples';
import type { ServiceModel } from '../model';
import type { ServiceRule } from '../rule';

const serviceName: ServiceRule = {
  id: 'service-name',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a service name that is no DNS label',
  why: "KServe's webhook refuses the service: its name becomes the name of a Service.",
  source: 'pkg/apis/serving/v1beta1/inference_service_validation.go, v0.20.0',
  fails: named('Iris_V2', sklearn()),
  mended: named('iris-v2', sklearn()),
  check: ({ metadata }, report) => checkName("the InferenceService's name", metadata, report),
};

const nameTooLong: ServiceRule = {
  id: 'service-name-too-long',
  severity: Severity.ERROR,
  title: 'a service name that leaves no room for what KServe makes of it',
  why: "In Standard mode the Deployments' label 'isvc.<name>-predictor' and the host '<name>-predictor-<namespace>' have room for 63 characters; "
    + "in Knative mode so has '<name>-predictor'. The controller fails on every reconcile.",
  source: 'pkg/controller/v1beta1/inferenceservice/reconcilers/deployment/deployment_reconciler.go and …/ingress/domain.go, v0.20.0',
  fails: named('n'.repeat(49), sklearn()),
  mended: named('n'.repeat(48), sklearn()),
  check: (service, report) => {
    const [longest] = madeOf(service).filter((made) => made.length > LABEL_LENGTH).sort((a, b) => b.length - a.length);
    if (longest !== undefined) {
      report(
        at('metadata', 'name'),
        `KServe makes '${longest}' of the InferenceService's name, which must be at most ${LABEL_LENGTH} characters long, got ${longest.length}`,
        `shorten the name by ${longest.length - LABEL_LENGTH}`,
      );
    }
  },
};

/** What must fit into a label. Without a mode the cluster's default decides, and both have room for what Knative makes. */
function madeOf({ metadata: { name, namespace, deploymentMode }, everyComponent }: ServiceModel): string[] {
  return everyComponent.flatMap((component) => {
    const workload = [name, component.text('name'), component.name].filter((part) => part !== undefined).join('-');
    return deploymentMode === 'Standard' ? [`isvc.${workload}`, ...namespace === undefined ? [] : [`${workload}-${namespace}`]] : [workload];
  });
}

export const serviceNameRules: readonly ServiceRule[] = [serviceName, nameTooLong];
