import type { ServiceModel } from './model';

/** Who scales a service. Without the class annotation it is an HPA that the webhook does not look at. */
export type Scaler = 'hpa' | 'unchecked-hpa' | 'keda' | 'knative' | 'knative-hpa' | 'none';

/** Who scales the components of a service. */
export function scalerOf({ metadata: { deploymentMode }, annotations, autoscalerClass: named }: ServiceModel): Scaler {
  if (deploymentMode === 'Knative') {
    return annotations['autoscaling.knative.dev/class'] === 'hpa.autoscaling.knative.dev' ? 'knative-hpa' : 'knative';
  }
  return deploymentMode !== 'Standard' ? 'none' : named === undefined ? 'unchecked-hpa' : named === 'hpa' || named === 'keda' ? named : 'none';
}
