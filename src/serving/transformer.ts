import type { ComponentProps } from './component';
import type { ContainerOptions } from './container';
import type { ProtocolVersion } from './protocol-version';
import { componentSpec, containerSpec, sidecarsSpec } from './render';
import { KSERVE_CONTAINER } from '../spec/inference-service';
import type { ComponentSpec } from '../spec/inference-service';

/**
 * Properties of a transformer with an image of its own.
 */
export interface ContainerTransformerProps extends ComponentProps, ContainerOptions {
  /** The image. It listens on port 8080, and gets `--model_name`, `--predictor_host` and `--http_port` as arguments. */
  readonly image: string;

  /**
   * The protocol that the transformer is called by, v1 or v2. KServe reads it from the environment variable `PROTOCOL`.
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
}

/**
 * What stands before a predictor: it turns a request into what the model takes, and the model's answer into the answer.
 */
export class Transformer {
  /**
   * An image of one's own.
   *
   * @param props the image, and what it needs
   */
  public static container(props: ContainerTransformerProps): Transformer {
    const { image, protocolVersion, modelName, ...rest } = props;
    return new Transformer({
      ...componentSpec(rest, rest),
      containers: [containerSpec(rest, {
        name: KSERVE_CONTAINER,
        image,
        args: modelName === undefined ? [] : [`--model_name=${modelName}`],
        env: { PROTOCOL: protocolVersion },
      }), ...sidecarsSpec(rest)],
    });
  }

  private constructor(private readonly spec: ComponentSpec) {}

  /**
   * `spec.transformer` as in a manifest.
   *
   * @internal
   */
  public _toSpec(): ComponentSpec {
    return this.spec;
  }
}
