import { quote } from '../lint/words';

/**
 * What of KServe's own router image is different in your registry.
 */
export interface KServeRouterImageOptions {
  /**
   * The registry, with a path if there is one: `registry.example.com/mirror`.
   *
   * @default - the container runtime's default, Docker Hub
   */
  readonly registry?: string;

  /**
   * The digest that the image must have: `sha256:` and 64 hexadecimal digits. A tag can be moved, a digest cannot.
   *
   * @default - the tag alone
   */
  readonly digest?: string;
}

/**
 * The container image of the router.
 */
export class RouterImage {
  /**
   * KServe's image in the version that `KServeVersion` says for the graph.
   *
   * @param options registry and digest
   * @throws when the digest is none
   */
  public static kserve(options: KServeRouterImageOptions = {}): RouterImage {
    const { registry, digest } = options;
    if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) {
      throw new Error(`the digest of the router image is none, got ${quote(digest)}: write sha256: and 64 hexadecimal digits`);
    }
    const prefix = registry === undefined ? '' : `${registry.replace(/\/+$/, '')}/`;
    return new RouterImage((image) => `${prefix}${image}${digest === undefined ? '' : `@${digest}`}`);
  }

  /**
   * Any other image, such as a build of your own.
   *
   * @param reference with a tag or digest: `registry.example.com/router:1.2`
   * @throws when there is neither, or the tag is `latest`: the next pod could run something else than this one
   */
  public static of(reference: string): RouterImage {
    const [, tag] = /:([^:/@]+)(?:@|$)/.exec(reference) ?? [];
    if (!reference.includes('@sha256:') && (tag === undefined || tag === 'latest')) {
      throw new Error(`the router image must be pinned, got ${quote(reference)}: add a tag other than latest, or a digest`);
    }
    return new RouterImage(() => reference);
  }

  private constructor(private readonly render: (image: string) => string) {}

  /**
   * The reference, where `image` is what KServe ships.
   *
   * @internal
   */
  public _reference(image: string): string {
    return this.render(image);
  }
}
