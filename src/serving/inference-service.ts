import { ApiObject, Lazy } from 'cdk8s';
import type { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { Predictor } from './predictor';
import { DeploymentMode } from '../graph/deployment-mode';
import { KServeVersion } from '../graph/kserve-version';
import { InferenceTarget } from '../graph/target';
import type { IInferenceTarget } from '../graph/target';
import { formatDiagnostic } from '../lint/diagnostic';
import { lintServiceName } from '../lint/rules/name';
import { ServiceNames } from '../private/service-names';
import { DEPLOYMENT_MODE_ANNOTATION } from '../spec/inference-graph';
import { modeNameOf } from '../spec/versions';

/**
 * Properties of an `InferenceService`.
 */
export interface InferenceServiceProps {
  /** What answers the requests. */
  readonly predictor: Predictor;

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
export class InferenceService extends Construct implements IInferenceTarget {
  /** The service's name. */
  public readonly name: string;

  /** How KServe deploys the service. */
  public readonly deploymentMode: DeploymentMode;

  /** The object in the manifest. Patches on it are applied last, to what is sent to the cluster. */
  public readonly apiObject: ApiObject;

  /** How a step names the service. */
  public readonly stepTarget: InferenceTarget;

  /**
   * @param scope where the service is defined, in or under a chart
   * @param id the construct id, which is the service's name unless `metadata.name` is set
   * @param props what it serves
   */
  constructor(scope: Construct, id: string, props: InferenceServiceProps) {
    super(scope, id);
    this.name = props.metadata?.name ?? id;
    this.deploymentMode = props.deploymentMode ?? DeploymentMode.STANDARD;
    this.stepTarget = InferenceTarget.serviceName(this.name);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'serving.kserve.io/v1beta1',
      kind: 'InferenceService',
      metadata: {
        ...props.metadata,
        name: this.name,
        annotations: {
          ...props.metadata?.annotations,
          [DEPLOYMENT_MODE_ANNOTATION]: Lazy.any({ produce: () => modeNameOf(KServeVersion.of(this)._release, this.deploymentMode) }),
        },
      },
      spec: { predictor: props.predictor._toSpec() },
    });
    const names = ServiceNames.of(this);
    this.node.addValidation({ validate: () => [...lintServiceName(this.name).map(formatDiagnostic), ...names.problemsOf(this)] });
  }
}
