import { ApiObject } from 'cdk8s';
import type { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { StorageSecret } from './storage-secret';
import { warn } from '../private/warn';

/**
 * Properties of `StorageCredentials`.
 */
export interface StorageCredentialsProps {
  /** The Secrets with the credentials. */
  readonly secrets: StorageSecret[];

  /**
   * Name, namespace, labels and annotations of the ServiceAccount. An annotation can give it a role of the cloud's own instead of secrets, such as
   * `eks.amazonaws.com/role-arn`.
   *
   * @default - the construct id as name, the chart's namespace and labels
   */
  readonly metadata?: ApiObjectMetadata;
}

/**
 * What may read models from their store: a ServiceAccount with the Secrets of the store. Services use it with `credentials`.
 *
 * @example
 * const credentials = new StorageCredentials(chart, 'model-reader', { secrets: [StorageSecret.existing('s3-credentials')] });
 * new InferenceService(chart, 'iris', {
 *   predictor: Predictor.model({ format: ModelFormat.SKLEARN, storage: ModelStorage.s3('my-models', 'iris'), credentials }),
 * });
 */
export class StorageCredentials extends Construct {
  /** The ServiceAccount's name. */
  public readonly serviceAccountName: string;

  /** The ServiceAccount in the manifest. Patches on it are applied last. */
  public readonly apiObject: ApiObject;

  /**
   * @param scope where the credentials are defined, in or under a chart
   * @param id the construct id, which is the ServiceAccount's name unless `metadata.name` is set
   * @param props the Secrets
   */
  constructor(scope: Construct, id: string, props: StorageCredentialsProps) {
    super(scope, id);
    this.serviceAccountName = props.metadata?.name ?? id;
    for (const secret of props.secrets) {
      this.define(secret, props.metadata?.namespace);
    }
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { ...props.metadata, name: this.serviceAccountName },
      secrets: props.secrets.map(({ name }) => ({ name })),
    });
  }

  private define({ name, _object: object }: StorageSecret, namespace?: string): void {
    if (object === undefined) {
      return;
    }
    const { annotations, ...rest } = object;
    new ApiObject(this, name, { ...rest, metadata: { name, namespace, annotations } });
    if (object.kind === 'Secret') {
      warn(
        this,
        `the values of Secret '${name}' stand as plain text in the manifest`,
        'use StorageSecret.existing() or an external one, or keep the manifest out of the repository',
      );
    }
  }
}
