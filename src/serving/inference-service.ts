import { ApiObject, Chart, Lazy } from 'cdk8s';
import type { ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AutoscalerClass } from './autoscaling';
import type { CanaryPredictor } from './canary';
import type { Explainer } from './explainer';
import { ExternalInferenceService } from './external-inference-service';
import type { ExternalInferenceServiceOptions } from './external-inference-service';
import { InferenceServiceBase } from './inference-service-base';
import type { Predictor } from './predictor';
import type { Transformer } from './transformer';
import { DeploymentMode } from '../graph/deployment-mode';
import { KServeVersion } from '../graph/kserve-version';
import { lintService } from '../lint/service/lint';
import { problemsAmong } from '../private/findings';
import { runtimesOf } from '../private/runtimes';
import { serviceNameProblems } from '../private/service-names';
import { unsafeTexts } from '../private/unsafe-texts';
import { DEPLOYMENT_MODE_ANNOTATION } from '../spec/inference-graph';
import { AUTOSCALER_CLASS_ANNOTATION, INFERENCE_SERVICE_API_VERSION, INFERENCE_SERVICE_KIND } from '../spec/inference-service';
import type { InferenceServiceManifest, InferenceServiceSpec } from '../spec/inference-service';
import { modeNameOf } from '../spec/versions';

/**
 * Properties of an `InferenceService`.
 */
export interface InferenceServiceProps {
  /** What answers the requests. */
  readonly predictor: Predictor;

  /**
   * What stands before the predictor, and turns requests and answers into others.
   *
   * @default - nothing: requests go to the predictor
   */
  readonly transformer?: Transformer;

  /**
   * What explains the predictor's answers.
   *
   * @default - nothing
   */
  readonly explainer?: Explainer;

  /**
   * Further predictors with pods of their own, to be tried beside the first. Needs KServe 0.20.0 and Standard mode.
   *
   * @default - none
   */
  readonly canaries?: CanaryPredictor[];

  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the construct id as name, the chart's namespace and labels
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * How KServe deploys the service. Always written into the manifest, since a cluster's default can change.
   *
   * @default DeploymentMode.STANDARD
   */
  readonly deploymentMode?: DeploymentMode;

  /**
   * Which autoscaler KServe makes in Standard mode.
   *
   * @default - KServe's: an HPA. With the class written KServe's webhook checks metrics and targets as well
   */
  readonly autoscaler?: AutoscalerClass;
}

/**
 * A model behind an address: one `InferenceService` object (`serving.kserve.io/v1beta1`). Steps of a graph can call it.
 *
 * @example
 * new InferenceService(chart, 'iris', {
 *   predictor: Predictor.model({
 *     format: ModelFormat.SKLEARN,
 *     storage: ModelStorage.gcs('my-models', 'iris'),
 *   }),
 * });
 */
export class InferenceService extends InferenceServiceBase {
  /**
   * A service that this app does not make.
   *
   * @param scope where the reference is defined, in or under a chart
   * @param id the construct id
   * @param name the service's `metadata.name`
   * @param options what a graph needs to know of it
   */
  public static fromName(scope: Construct, id: string, name: string, options: ExternalInferenceServiceOptions = {}): InferenceServiceBase {
    return new ExternalInferenceService(scope, id, name, options);
  }

  /** The object in the manifest. Patches on it are applied last, to what is sent to the cluster. */
  public readonly apiObject: ApiObject;

  private readonly spec: InferenceServiceSpec;
  private readonly autoscaler?: AutoscalerClass;
  private readonly ownAnnotations?: { [key: string]: string };

  /**
   * @param scope where the service is defined, in or under a chart
   * @param id the construct id, which is the service's name unless `metadata.name` is set
   * @param props what it serves
   */
  constructor(scope: Construct, id: string, props: InferenceServiceProps) {
    super(
      scope, id, props.metadata?.name ?? id, props.deploymentMode ?? DeploymentMode.STANDARD, props.metadata?.namespace ?? Chart.of(scope).namespace,
    );
    this.spec = {
      predictor: props.predictor._toSpec(),
      transformer: props.transformer?._toSpec(),
      explainer: props.explainer?._toSpec(),
      canary: props.canaries && props.canaries.length > 0
        ? props.canaries.map(({ predictor, trafficPercent }) => ({ predictor: predictor._toSpec(), trafficPercent }))
        : undefined,
    };
    this.autoscaler = props.autoscaler;
    this.ownAnnotations = props.metadata?.annotations;
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: INFERENCE_SERVICE_API_VERSION,
      kind: INFERENCE_SERVICE_KIND,
      metadata: {
        ...props.metadata,
        name: this.name,
        annotations: {
          ...this.ownAnnotations,
          ...this.autoscaler && { [AUTOSCALER_CLASS_ANNOTATION]: this.autoscaler },
          // the word depends on the target version, which may be set later
          [DEPLOYMENT_MODE_ANNOTATION]: Lazy.any({ produce: () => this.modeName() }),
        },
      },
      spec: this.spec,
    });
    this.node.addValidation({ validate: () => [...this.problems(), ...serviceNameProblems(this)] });
  }

  /**
   * The service as in a manifest.
   *
   * @internal
   */
  public _toManifest(): InferenceServiceManifest {
    return {
      apiVersion: INFERENCE_SERVICE_API_VERSION,
      kind: INFERENCE_SERVICE_KIND,
      metadata: {
        name: this.name,
        namespace: this.namespace,
        annotations: {
          ...this.ownAnnotations,
          ...this.autoscaler && { [AUTOSCALER_CLASS_ANNOTATION]: this.autoscaler },
          [DEPLOYMENT_MODE_ANNOTATION]: this.modeName(),
        },
      },
      spec: this.spec,
    };
  }

  private modeName(): string {
    return modeNameOf(KServeVersion.of(this)._release, this.deploymentMode);
  }

  private problems(): string[] {
    KServeVersion._tellDefault(this);
    const release = KServeVersion.of(this)._release;
    const manifest = this._toManifest();
    const found = lintService(manifest, { release, ...runtimesOf(this).for(this.namespace) });
    return problemsAmong([...found, ...unsafeTexts(manifest)], this);
  }
}
