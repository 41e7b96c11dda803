import { DEPLOYMENT_MODE_ANNOTATION } from '../../spec/inference-graph';
import { AUTOSCALER_CLASS_ANNOTATION, INFERENCE_SERVICE_API_VERSION, INFERENCE_SERVICE_KIND } from '../../spec/inference-service';
import type { InferenceServiceManifest, InferenceServiceSpec, ModelSpec, PredictorSpec } from '../../spec/inference-service';

/** An InferenceService for a rule's example, in Standard mode and without a namespace of its own. */
export function service(spec: InferenceServiceSpec): InferenceServiceManifest {
  return {
    apiVersion: INFERENCE_SERVICE_API_VERSION,
    kind: INFERENCE_SERVICE_KIND,
    metadata: { name: 'iris', annotations: { [DEPLOYMENT_MODE_ANNOTATION]: 'Standard' } },
    spec,
  };
}

/** A service of one scikit-learn model. */
export function sklearn(rest: Partial<PredictorSpec> = {}, model: Partial<ModelSpec> = {}): InferenceServiceManifest {
  return service({ predictor: { model: { modelFormat: { name: 'sklearn' }, storageUri: 'gs://models/iris', ...model }, ...rest } });
}

/** The same service in Knative mode. */
export function knative(manifest: InferenceServiceManifest): InferenceServiceManifest {
  return annotated(manifest, DEPLOYMENT_MODE_ANNOTATION, 'Knative');
}

/** The same service in Standard mode by its name before v0.16.0. */
export function old(manifest: InferenceServiceManifest): InferenceServiceManifest {
  return annotated(manifest, DEPLOYMENT_MODE_ANNOTATION, 'RawDeployment');
}

/** The same service with an autoscaler of this class. */
export function autoscaledBy(autoscalerClass: string, manifest: InferenceServiceManifest): InferenceServiceManifest {
  return annotated(manifest, AUTOSCALER_CLASS_ANNOTATION, autoscalerClass);
}

/** The same service under another name. */
export function named(name: string, manifest: InferenceServiceManifest): InferenceServiceManifest {
  return { ...manifest, metadata: { ...manifest.metadata, name } };
}

function annotated(manifest: InferenceServiceManifest, key: string, value: string): InferenceServiceManifest {
  return { ...manifest, metadata: { ...manifest.metadata, annotations: { ...manifest.metadata.annotations, [key]: value } } };
}
