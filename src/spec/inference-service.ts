import type { Affinity } from './k8s/affinity';
import type { ResourceRequirements } from './k8s/resources';
import type { Toleration } from './k8s/toleration';

/** KServe's API group and version of InferenceService (inference_service.go, v0.20.0). */
export const INFERENCE_SERVICE_API_VERSION = 'serving.kserve.io/v1beta1';

/** The kind in manifests. */
export const INFERENCE_SERVICE_KIND = 'InferenceService';
export const LLM_INFERENCE_SERVICE_KIND = 'LLMInferenceService';

/** The name that KServe's webhook gives the only container, and that of the container in a model's workers (pkg/constants/constants.go, v0.20.0). */
export const KSERVE_CONTAINER = 'kserve-container';
export const WORKER_CONTAINER = 'worker-container';

/** The keys of a predictor that name a framework; the webhook rewrites them to `model` (inference_service_defaults.go, v0.20.0). */
export const FRAMEWORKS = ['sklearn', 'xgboost', 'tensorflow', 'pytorch', 'triton', 'onnx', 'huggingface', 'pmml', 'lightgbm', 'paddle'] as const;

/** The annotation that chooses the autoscaler of Standard mode (pkg/constants/constants.go, v0.20.0). */
export const AUTOSCALER_CLASS_ANNOTATION = 'serving.kserve.io/autoscalerClass';

/** An InferenceService as in a manifest. */
export interface InferenceServiceManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: { [key: string]: string };
    readonly annotations?: { [key: string]: string };
  };
  readonly spec: InferenceServiceSpec;
}

/** `spec` as in a manifest; numbers of time are seconds unless a name says otherwise. Versions stand in `service-schema.ts`. */
export interface InferenceServiceSpec {
  readonly predictor: PredictorSpec;
  readonly transformer?: ComponentSpec;
  readonly explainer?: ComponentSpec;
  readonly canary?: CanarySpec[];
}

/** A further predictor (inference_service.go, v0.20.0). */
export interface CanarySpec {
  readonly predictor: PredictorSpec;
  readonly trafficPercent: number;
}

/** What predictor, transformer and explainer have in common (component.go, v0.20.0), and the pod's fields that this package writes. */
export interface ComponentSpec {
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
  readonly scaleMetric?: string;
  readonly scaleTarget?: number;
  readonly autoScaling?: object;
  readonly containerConcurrency?: number;
  readonly timeout?: number;
  readonly canaryTrafficPercent?: number;
  readonly logger?: object;
  readonly batcher?: object;
  readonly deploymentStrategy?: object;
  readonly labels?: { [key: string]: string };
  readonly annotations?: { [key: string]: string };
  readonly serviceAccountName?: string;
  readonly imagePullSecrets?: { readonly name: string }[];
  readonly affinity?: Affinity;
  readonly tolerations?: Toleration[];
  readonly nodeSelector?: { [label: string]: string };
  readonly volumes?: object[];
  readonly initContainers?: ContainerSpec[];
  readonly containers?: ContainerSpec[];
  readonly art?: object;
}

/** `spec.predictor` (predictor.go, v0.20.0): a model, or containers. */
export interface PredictorSpec extends ComponentSpec {
  readonly name?: string;
  readonly model?: ModelSpec;
  readonly storageUris?: object[];
  readonly workerSpec?: object;
}

/** `spec.predictor.model` (predictor_model.go, v0.20.0): a model, and what it overrides of its runtime's container. */
export interface ModelSpec extends ContainerSpec {
  readonly modelFormat: { readonly name: string; readonly version?: string };
  readonly runtime?: string;
  readonly runtimeVersion?: string;
  readonly protocolVersion?: string;
  readonly storageUri?: string;
  readonly storage?: object;
  readonly confidential?: { readonly enabled: boolean; readonly resourceId?: string };
}

/** A container, as far as this package reads it. */
export interface ContainerSpec {
  readonly name?: string;
  readonly image?: string;
  readonly args?: string[];
  readonly env?: { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly resources?: ResourceRequirements;
}
