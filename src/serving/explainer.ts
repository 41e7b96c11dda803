import type { ComponentProps } from './component';
import type { ContainerOptions } from './container';
import type { ModelStorage } from './model-storage';
import { componentSpec, containerSpec, sidecarsSpec } from './render';
import { KSERVE_CONTAINER } from '../spec/inference-service';
import type { ComponentSpec } from '../spec/inference-service';

/**
 * Properties of an explainer with an image of its own.
 */
export interface ContainerExplainerProps extends ComponentProps, ContainerOptions {
  /** The image. It listens on port 8080, and gets `--model_name`, `--predictor_host` and `--http_port` as arguments. */
  readonly image: string;

  /**
   * Where the explainer's files are; the image finds them in `/mnt/models`.
   *
   * @default - the image brings them
   */
  readonly storage?: ModelStorage;
}

/**
 * Properties of an explainer of the Adversarial Robustness Toolbox.
 */
export interface ArtExplainerProps extends ComponentProps, ContainerOptions {
  /**
   * Where the explainer's files are.
   *
   * @default - none
   */
  readonly storage?: ModelStorage;

  /**
   * Settings of the attack, such as `{ nb_classes: '10' }`.
   *
   * @default - the toolbox's own
   */
  readonly config?: { [key: string]: string };
}

/**
 * What explains a predictor's answers, at `/v1/models/<name>:explain`.
 */
export class Explainer {
  /**
   * The square attack of the Adversarial Robustness Toolbox.
   *
   * @param props its settings
   */
  public static artSquareAttack(props: ArtExplainerProps = {}): Explainer {
    const { storage, config, ...rest } = props;
    return new Explainer({
      ...componentSpec(rest, rest),
      art: { type: 'SquareAttack', storageUri: storage?._uri('an explainer'), config, ...containerSpec(rest, { name: KSERVE_CONTAINER }) },
    });
  }

  /**
   * An image of one's own.
   *
   * @param props the image, and what it needs
   */
  public static container(props: ContainerExplainerProps): Explainer {
    const { image, storage, ...rest } = props;
    return new Explainer({
      ...componentSpec(rest, rest),
      containers: [containerSpec(rest, { name: KSERVE_CONTAINER, image, env: { STORAGE_URI: storage?._uri('an explainer') } }), ...sidecarsSpec(rest)],
    });
  }

  private constructor(private readonly spec: ComponentSpec) {}

  /**
   * `spec.explainer` as in a manifest.
   *
   * @internal
   */
  public _toSpec(): ComponentSpec {
    return this.spec;
  }
}
