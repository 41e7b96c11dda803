import type { ModelFormat } from './model-format';
import type { ModelStorage } from './model-storage';
import type { ProtocolVersion } from './protocol-version';
import type { ResourceRequirements } from '../spec/k8s/resources';

/**
 * Properties of a predictor that serves one model with a runtime.
 */
export interface ModelPredictorProps {
  /** The model's format. */
  readonly format: ModelFormat;

  /**
   * Where the model's files are.
   *
   * @default - nowhere: the runtime brings its model
   */
  readonly storage?: ModelStorage;

  /**
   * The ServingRuntime or ClusterServingRuntime, by name.
   *
   * @default - KServe chooses one by format and protocol
   */
  readonly runtime?: string;

  /**
   * The protocol that the model is called by. With `runtime` set, a graph takes the runtime's first protocol instead
   * (pkg/controller/v1beta1/inferenceservice/utils/utils.go, v0.16.0 to v0.20.0).
   *
   * @default - KServe's: v1 for most formats, v2 for triton
   */
  readonly protocolVersion?: ProtocolVersion;

  /**
   * Arguments of the model server.
   *
   * @default - the runtime's
   */
  readonly args?: string[];

  /**
   * Environment variables of the model server, by name.
   *
   * @default - the runtime's
   */
  readonly env?: { [name: string]: string };

  /**
   * Compute resources of the model server.
   *
   * @default - the runtime's
   */
  readonly resources?: ResourceRequirements;

  /**
   * The fewest replicas; 0 only in Knative mode.
   *
   * @default 1
   */
  readonly minReplicas?: number;

  /**
   * The most replicas.
   *
   * @default - `minReplicas` in Standard mode; no limit in Knative mode
   */
  readonly maxReplicas?: number;

  /**
   * The service account, for example one that may read the model's storage.
   *
   * @default - the namespace's `default`
   */
  readonly serviceAccountName?: string;
}

/**
 * What answers the requests to an InferenceService.
 */
export abstract class Predictor {
  /**
   * A model that is served by a runtime.
   *
   * @param props the model, and what it needs
   */
  public static model(props: ModelPredictorProps): Predictor {
    return new ModelPredictor(props);
  }

  /**
   * `spec.predictor` as in a manifest.
   *
   * @internal
   */
  public abstract _toSpec(): PredictorSpec;
}

/** `spec.predictor` as in a manifest. */
interface PredictorSpec {
  readonly [field: string]: unknown;
}

class ModelPredictor extends Predictor {
  constructor(private readonly props: ModelPredictorProps) {
    super();
  }

  /** @internal */
  public _toSpec(): PredictorSpec {
    const { format, storage, runtime, protocolVersion, args, env, resources, minReplicas, maxReplicas, serviceAccountName } = this.props;
    return {
      minReplicas,
      maxReplicas,
      serviceAccountName,
      model: {
        modelFormat: format._toSpec(),
        storageUri: storage?.storageUri,
        runtime,
        protocolVersion,
        args,
        env: env && Object.entries(env).map(([name, value]) => ({ name, value })),
        resources,
      },
    };
  }
}
