/**
 * How an S3 store is reached, written as annotations of its Secret (pkg/credentials/s3, v0.20.0).
 */
export interface S3Options {
  /**
   * Host and port of the store, such as `minio.storage:9000`.
   *
   * @default - Amazon's
   */
  readonly endpoint?: string;

  /**
   * Whether it is called by HTTPS.
   *
   * @default true
   */
  readonly useHttps?: boolean;

  /**
   * The region.
   *
   * @default - as the cluster's administrator set it
   */
  readonly region?: string;

  /**
   * Whether its certificate is checked.
   *
   * @default true
   */
  readonly verifySsl?: boolean;
}

/**
 * Where an External Secrets operator finds values.
 */
export interface SecretStore {
  /** The store's name. */
  readonly name: string;

  /**
   * `SecretStore`, of the namespace, or `ClusterSecretStore`.
   *
   * @default SecretStore
   */
  readonly kind?: string;
}

/**
 * The two keys of an S3 store.
 */
export interface S3Keys {
  /** The access key's id; for an external secret, where the store has it. */
  readonly accessKeyId: string;

  /** The secret access key; for an external secret, where the store has it. */
  readonly secretAccessKey: string;
}

/**
 * A service principal of Azure.
 */
export interface AzureKeys {
  /** The subscription's id; for an external secret, where the store has it. */
  readonly subscriptionId: string;

  /** The tenant's id; for an external secret, where the store has it. */
  readonly tenantId: string;

  /** The client's id; for an external secret, where the store has it. */
  readonly clientId: string;

  /** The client's secret; for an external secret, where the store has it. */
  readonly clientSecret: string;
}

/** The names under which KServe looks for values in a Secret (pkg/credentials, v0.20.0). */
const s3Data = ({ accessKeyId, secretAccessKey }: S3Keys) => ({ awsAccessKeyID: accessKeyId, awsSecretAccessKey: secretAccessKey });
const azureData = ({ subscriptionId, tenantId, clientId, clientSecret }: AzureKeys) => ({
  AZURE_SUBSCRIPTION_ID: subscriptionId, AZURE_TENANT_ID: tenantId, AZURE_CLIENT_ID: clientId, AZURE_CLIENT_SECRET: clientSecret,
});
const gcsData = (json: string) => ({ 'gcloud-application-credentials.json': json });
const hubData = (token: string) => ({ HF_TOKEN: token });

function s3Annotations({ endpoint, useHttps, region, verifySsl }: S3Options = {}): { [key: string]: string } {
  const bit = (flag?: boolean) => flag === undefined ? undefined : flag ? '1' : '0';
  const values = { 's3-endpoint': endpoint, 's3-usehttps': bit(useHttps), 's3-region': region, 's3-verifyssl': bit(verifySsl) };
  return Object.fromEntries(Object.entries(values).flatMap(([key, value]) => value === undefined ? [] : [[`serving.kserve.io/${key}`, value]]));
}

/**
 * A Secret with the credentials of a model store.
 *
 * Best is one that is there already, or one that an External Secrets operator fills: then no value stands in a manifest. The factories whose
 * names end in `PlainText` write values into the manifest, and warn.
 */
export class StorageSecret {
  /**
   * A Secret that is there already, with the keys and annotations that KServe reads.
   *
   * @param name its name, in the namespace of the services
   */
  public static existing(name: string): StorageSecret {
    return new StorageSecret(name);
  }

  /**
   * An ExternalSecret for an S3 store.
   *
   * @param name the Secret's name
   * @param store where the operator finds the values
   * @param keys where the store has each of them
   * @param options how the S3 store is reached
   */
  public static externalS3(name: string, store: SecretStore, keys: S3Keys, options?: S3Options): StorageSecret {
    return StorageSecret.external(name, store, s3Data(keys), s3Annotations(options));
  }

  /**
   * An ExternalSecret for Google Cloud Storage.
   *
   * @param name the Secret's name
   * @param store where the operator finds the value
   * @param key where the store has the key file of a service account
   */
  public static externalGcs(name: string, store: SecretStore, key: string): StorageSecret {
    return StorageSecret.external(name, store, gcsData(key));
  }

  /**
   * An ExternalSecret for Azure.
   *
   * @param name the Secret's name
   * @param store where the operator finds the values
   * @param keys where the store has each of them
   */
  public static externalAzure(name: string, store: SecretStore, keys: AzureKeys): StorageSecret {
    return StorageSecret.external(name, store, azureData(keys));
  }

  /**
   * An ExternalSecret for the Hugging Face hub.
   *
   * @param name the Secret's name
   * @param store where the operator finds the value
   * @param key where the store has the token
   */
  public static externalHuggingFace(name: string, store: SecretStore, key: string): StorageSecret {
    return StorageSecret.external(name, store, hubData(key));
  }

  /**
   * A Secret for an S3 store, with its values in the manifest. Warns.
   *
   * @param name the Secret's name
   * @param keys the values
   * @param options how the S3 store is reached
   */
  public static s3PlainText(name: string, keys: S3Keys, options?: S3Options): StorageSecret {
    return StorageSecret.plainText(name, s3Data(keys), s3Annotations(options));
  }

  /**
   * A Secret for Google Cloud Storage, with its value in the manifest. Warns.
   *
   * @param name the Secret's name
   * @param json the key file of a service account
   */
  public static gcsPlainText(name: string, json: string): StorageSecret {
    return StorageSecret.plainText(name, gcsData(json));
  }

  /**
   * A Secret for Azure, with its values in the manifest. Warns.
   *
   * @param name the Secret's name
   * @param keys the values
   */
  public static azurePlainText(name: string, keys: AzureKeys): StorageSecret {
    return StorageSecret.plainText(name, azureData(keys));
  }

  /**
   * A Secret for the Hugging Face hub, with its value in the manifest. Warns.
   *
   * @param name the Secret's name
   * @param token the token
   */
  public static huggingFacePlainText(name: string, token: string): StorageSecret {
    return StorageSecret.plainText(name, hubData(token));
  }

  private static external(name: string, store: SecretStore, data: { [key: string]: string }, annotations?: { [key: string]: string }): StorageSecret {
    const template = annotations && Object.keys(annotations).length > 0 ? { metadata: { annotations } } : undefined;
    return new StorageSecret(name, {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      spec: {
        secretStoreRef: { name: store.name, kind: store.kind ?? 'SecretStore' },
        target: { name, template },
        data: Object.entries(data).map(([secretKey, key]) => ({ secretKey, remoteRef: { key } })),
      },
    });
  }

  private static plainText(name: string, stringData: { [key: string]: string }, annotations?: { [key: string]: string }): StorageSecret {
    return new StorageSecret(name, { apiVersion: 'v1', kind: 'Secret', annotations, stringData });
  }

  private constructor(
    /** The Secret's name. */
    public readonly name: string,
    private readonly object?: SecretObject,
  ) {}

  /**
   * The object that makes the Secret; none where it is there already.
   *
   * @internal
   */
  public get _object(): SecretObject | undefined {
    return this.object;
  }
}

/** An object without its metadata. */
interface SecretObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly annotations?: { [key: string]: string };
  readonly spec?: object;
  readonly stringData?: object;
}
