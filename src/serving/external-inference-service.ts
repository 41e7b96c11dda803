import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { InferenceServiceBase } from './inference-service-base';
import type { ProtocolVersion } from './protocol-version';
import { DeploymentMode } from '../graph/deployment-mode';
import { INFERENCE_SERVICE_API_VERSION, INFERENCE_SERVICE_KIND } from '../spec/inference-service';
import type { InferenceServiceManifest } from '../spec/inference-service';

/**
 * What a graph needs to know of a service that this app does not make.
 */
export interface ExternalInferenceServiceOptions {
  /**
   * Its namespace. A graph in another one calls it by address.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /**
   * How KServe deploys it.
   *
   * @default DeploymentMode.STANDARD
   */
  readonly deploymentMode?: DeploymentMode;

  /**
   * The protocol that it is called by.
   *
   * @default ProtocolVersion.V1
   */
  readonly protocolVersion?: ProtocolVersion;

  /**
   * The model's name in its addresses.
   *
   * @default - the service's name
   */
  readonly modelName?: string;

  /**
   * Whether it has a transformer, which then has the service's address.
   *
   * @default false
   */
  readonly transformer?: boolean;
}

/** A service that this app does not make. */
export class ExternalInferenceService extends InferenceServiceBase {
  private readonly options: ExternalInferenceServiceOptions;

  constructor(scope: Construct, id: string, name: string, options: ExternalInferenceServiceOptions) {
    super(scope, id, name, options.deploymentMode ?? DeploymentMode.STANDARD, options.namespace ?? Chart.of(scope).namespace);
    this.options = options;
  }

  /** @internal */
  public _toManifest(): InferenceServiceManifest {
    const { protocolVersion = 'v1', modelName, transformer = false } = this.options;
    const containers = [{ args: modelName === undefined ? [] : [`--model_name=${modelName}`], env: [{ name: 'PROTOCOL', value: protocolVersion }] }];
    return {
      apiVersion: INFERENCE_SERVICE_API_VERSION,
      kind: INFERENCE_SERVICE_KIND,
      metadata: { name: this.name, namespace: this.namespace },
      spec: { predictor: { containers }, transformer: transformer ? { containers } : undefined },
    };
  }
}
