import { Severity } from '../../severity';
import { knative, sklearn } from '../examples';
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

/** Revisions that share the requests, which Knative alone has. */
export const serviceTrafficRules: readonly ServiceRule[] = [canaryPercent, canaryInStandardMode];
