/**
 * The format of a model, by which KServe chooses a runtime. Names are those of KServe's built-in runtimes (config/runtimes, v0.20.0).
 */
export class ModelFormat {
  /** scikit-learn. */
  public static readonly SKLEARN = new ModelFormat('sklearn');
  /** XGBoost. */
  public static readonly XGBOOST = new ModelFormat('xgboost');
  /** LightGBM. */
  public static readonly LIGHTGBM = new ModelFormat('lightgbm');
  /** PyTorch, as a TorchServe archive. */
  public static readonly PYTORCH = new ModelFormat('pytorch');
  /** TensorFlow SavedModel. */
  public static readonly TENSORFLOW = new ModelFormat('tensorflow');
  /** ONNX. No runtime of KServe's serves it by protocol v1: set `ProtocolVersion.V2`. */
  public static readonly ONNX = new ModelFormat('onnx');
  /** A model repository of Triton's own. KServe's webhook then sets protocol v2. */
  public static readonly TRITON = new ModelFormat('triton');
  /** MLflow. */
  public static readonly MLFLOW = new ModelFormat('mlflow');
  /** PMML. */
  public static readonly PMML = new ModelFormat('pmml');
  /** PaddlePaddle. */
  public static readonly PADDLE = new ModelFormat('paddle');
  /** Hugging Face transformers. See `Predictor.huggingFace()`. */
  public static readonly HUGGINGFACE = new ModelFormat('huggingface');
  /** TensorRT. Triton serves it, by protocol v2 only. */
  public static readonly TENSORRT = new ModelFormat('tensorrt');
  /** AutoGluon. KServe ships a runtime since 0.20. */
  public static readonly AUTOGLUON = new ModelFormat('autogluon');
  /** A language model that vLLM serves by OpenAI's protocol. KServe ships a runtime since 0.20; its webhook then sets protocol v2. */
  public static readonly VLLM = new ModelFormat('vLLM');

  /**
   * Any other format, or a format in one version.
   *
   * @param name the name, as a runtime's `supportedModelFormats` has it
   * @param version the version, such as `'2'`
   */
  public static of(name: string, version?: string): ModelFormat {
    return new ModelFormat(name, version);
  }

  private constructor(
    /** The name, as a runtime's `supportedModelFormats` has it. */
    public readonly name: string,
    /** The version; any, if there is none. */
    public readonly version?: string,
  ) {}

  /** @internal */
  public _toSpec(): { name: string; version?: string } {
    return { name: this.name, version: this.version };
  }
}
