import type { ComponentProps } from './component';
import type { ConfidentialModel } from './confidential';
import type { ContainerOptions, SecretKey } from './container';
import { ModelFormat } from './model-format';
import type { ModelStorage } from './model-storage';
import { ProtocolVersion } from './protocol-version';
import { componentSpec, containerSpec, sidecarsSpec, workerSpec } from './render';
import type { WorkerSpec } from './worker-spec';
import { KSERVE_CONTAINER } from '../spec/inference-service';
import type { PredictorSpec } from '../spec/inference-service';

/**
 * What can be said of every predictor.
 */
export interface PredictorProps extends ComponentProps, ContainerOptions {
  /**
   * A name beside other predictors of the service: Deployment and Service are called `<service>-<name>-predictor`. Needs KServe 0.20.0.
   *
   * To make a canary the predictor without new pods, give the predictor its name and its model, and leave the canary out.
   *
   * @default - none: they are called `<service>-predictor`
   */
  readonly name?: string;

  /**
   * The ClusterStorageContainer that fetches the model's files, by name. Needs KServe 0.20.0.
   *
   * @default - the one that takes the storage URI
   */
  readonly storageContainerName?: string;
}

/**
 * Properties of a predictor that serves one model with a runtime.
 */
export interface ModelPredictorProps extends PredictorProps {
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
   * The version of the runtime's image: its tag.
   *
   * @default - the runtime's
   */
  readonly runtimeVersion?: string;

  /**
   * The protocol that the model is called by. With `runtime` set, a graph takes the runtime's first protocol instead
   * (pkg/controller/v1beta1/inferenceservice/utils/utils.go, v0.16.0 to v0.20.0).
   *
   * @default - KServe's: v1 for most formats, v2 for triton and vLLM
   */
  readonly protocolVersion?: ProtocolVersion;

  /**
   * The image, instead of the runtime's.
   *
   * @default - the runtime's
   */
  readonly image?: string;

  /**
   * Says that the model's files are encrypted. They come from a `storage` with a URI. Needs KServe 0.20.0.
   *
   * @default - they are not
   */
  readonly confidential?: ConfidentialModel;

  /**
   * Further pods, for a model that fills the GPUs of several machines.
   *
   * @default - one pod a replica
   */
  readonly workers?: WorkerSpec;
}

/**
 * Properties of a predictor with an image of its own.
 */
export interface ContainerPredictorProps extends PredictorProps {
  /** The image. It listens on port 8080 unless `ports` says another. */
  readonly image: string;

  /**
   * The protocol that the image speaks, v1 or v2. KServe reads it from the environment variable `PROTOCOL`.
   *
   * @default ProtocolVersion.V1
   */
  readonly protocolVersion?: ProtocolVersion;

  /**
   * The model's name in the address, given to the image as argument `--model_name=<name>`.
   *
   * @default - the service's name
   */
  readonly modelName?: string;

  /**
   * Where the model's files are; the image finds them in `/mnt/models`.
   *
   * @default - the image brings its model
   */
  readonly storage?: ModelStorage;
}

/**
 * What a Hugging Face model is for (python/huggingfaceserver, v0.20.0).
 */
export enum HuggingFaceTask {
  /** Continues a text: chat and completions. */
  TEXT_GENERATION = 'text_generation',
  /** Makes a text from a text: translation, summary. */
  TEXT2TEXT_GENERATION = 'text2text_generation',
  /** Makes vectors from texts. */
  TEXT_EMBEDDING = 'text_embedding',
  /** Classifies a text. */
  SEQUENCE_CLASSIFICATION = 'sequence_classification',
  /** Classifies each token of a text. */
  TOKEN_CLASSIFICATION = 'token_classification',
  /** Fills a gap in a text. */
  FILL_MASK = 'fill_mask',
}

/**
 * What runs a Hugging Face model.
 */
export enum HuggingFaceBackend {
  /** vLLM where it supports the model and the cluster has GPUs, otherwise transformers. */
  AUTO = 'auto',
  /** vLLM: language models on GPUs. */
  VLLM = 'vllm',
  /** Hugging Face's transformers. */
  HUGGINGFACE = 'huggingface',
}

/**
 * Properties of a predictor for a Hugging Face model.
 */
export interface HuggingFacePredictorProps extends PredictorProps {
  /**
   * The model on the hub, such as `meta-llama/Llama-3.1-8B-Instruct`. The server fetches it as it starts.
   *
   * @default - the files in `storage`
   */
  readonly modelId?: string;

  /**
   * Where the model's files are, instead of `modelId`.
   *
   * @default - the hub
   */
  readonly storage?: ModelStorage;

  /**
   * What the model is for.
   *
   * @default - what its configuration says
   */
  readonly task?: HuggingFaceTask;

  /**
   * What runs it.
   *
   * @default HuggingFaceBackend.AUTO
   */
  readonly backend?: HuggingFaceBackend;

  /**
   * The model's name in addresses and chat requests.
   *
   * @default - the service's name
   */
  readonly modelName?: string;

  /**
   * The most tokens of a prompt and its answer together.
   *
   * @default - what the model's configuration says
   */
  readonly maxModelLength?: number;

  /**
   * The key of a Secret that holds the hub's token, for models that ask for one.
   *
   * @default - none
   */
  readonly token?: SecretKey;

  /**
   * The ServingRuntime or ClusterServingRuntime, by name.
   *
   * @default - KServe chooses one, as shipped `kserve-huggingfaceserver`
   */
  readonly runtime?: string;

  /**
   * The protocol that a graph calls it by. Chat is apart from this: see `InferenceService.openAiUrl()`.
   *
   * @default ProtocolVersion.V2
   */
  readonly protocolVersion?: ProtocolVersion;

  /**
   * Says that the model's files are encrypted. They come from a `storage` with a URI. Needs KServe 0.20.0.
   *
   * @default - they are not
   */
  readonly confidential?: ConfidentialModel;

  /**
   * Further pods, for a model that fills the GPUs of several machines.
   *
   * @default - one pod a replica
   */
  readonly workers?: WorkerSpec;
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
   * An image of one's own.
   *
   * @param props the image, and what it needs
   */
  public static container(props: ContainerPredictorProps): Predictor {
    return new ContainerPredictor(props);
  }

  /**
   * A Hugging Face model, a language model with vLLM included.
   *
   * @param props the model, and what it needs
   */
  public static huggingFace(props: HuggingFacePredictorProps): Predictor {
    const { modelId, task, backend, modelName, maxModelLength, token, ...rest } = props;
    return new ModelPredictor({
      ...rest,
      format: ModelFormat.HUGGINGFACE,
      protocolVersion: rest.protocolVersion ?? ProtocolVersion.V2,
      args: [
        ...Object.entries({ model_name: modelName, model_id: modelId, task, backend, max_model_len: maxModelLength })
          .flatMap(([key, value]) => value === undefined ? [] : [`--${key}=${value}`]),
        ...rest.args ?? [],
      ],
      envFromSecrets: { ...token && { HF_TOKEN: token }, ...rest.envFromSecrets },
    });
  }

  /**
   * `spec.predictor` as in a manifest.
   *
   * @internal
   */
  public abstract _toSpec(): PredictorSpec;
}

class ModelPredictor extends Predictor {
  constructor(private readonly props: ModelPredictorProps) {
    super();
  }

  /** @internal */
  public _toSpec(): PredictorSpec {
    const { format, storage, runtime, runtimeVersion, protocolVersion, image, confidential, workers, ...rest } = this.props;
    return {
      ...variantSpec(rest),
      ...componentSpec(rest, rest),
      workerSpec: workers && workerSpec(workers),
      model: {
        modelFormat: format._toSpec(),
        ...storage?._toSpec(),
        runtime,
        runtimeVersion,
        protocolVersion,
        confidential: confidential && { enabled: true, resourceId: confidential.resourceId },
        ...containerSpec(rest, { image }),
      },
    };
  }
}

class ContainerPredictor extends Predictor {
  constructor(private readonly props: ContainerPredictorProps) {
    super();
  }

  /** @internal */
  public _toSpec(): PredictorSpec {
    const { image, protocolVersion, modelName, storage, ...rest } = this.props;
    const own = containerSpec(rest, {
      name: KSERVE_CONTAINER,
      image,
      args: modelName === undefined ? [] : [`--model_name=${modelName}`],
      env: { PROTOCOL: protocolVersion, STORAGE_URI: storage?._uri('Predictor.container()') },
    });
    return { ...variantSpec(rest), ...componentSpec(rest, rest), containers: [own, ...sidecarsSpec(rest)] };
  }
}

function variantSpec({ name, storageContainerName }: PredictorProps): object {
  return { name, storageContainerName };
}
