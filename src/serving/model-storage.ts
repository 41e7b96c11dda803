/**
 * A place in a store whose address and credentials a Secret of the namespace holds, as in KServe's `storage`.
 */
export interface StorageSpecOptions {
  /**
   * The key in the Secret `storage-config`, under which the store's address and credentials are.
   *
   * @default - the key `default_<type>`, or `default`
   */
  readonly key?: string;

  /**
   * The folder or file in the store.
   *
   * @default - its top
   */
  readonly path?: string;

  /**
   * Settings that override those of the Secret, such as `{ type: 's3', bucket: 'models' }`. The type is `s3`, `hdfs` or `webhdfs`.
   *
   * @default - the Secret's
   */
  readonly parameters?: { [key: string]: string };

  /**
   * The file in the store that says what the model takes and gives.
   *
   * @default - none
   */
  readonly schemaPath?: string;
}

/**
 * Where a model's files are. KServe's storage initializer fetches them (python/storage, v0.20.0).
 */
export class ModelStorage {
  /**
   * A Google Cloud Storage bucket: `gs://<bucket>/<path>`.
   *
   * @param bucket the bucket's name
   * @param path the folder or file in it
   */
  public static gcs(bucket: string, path: string): ModelStorage {
    return ModelStorage.uri(`gs://${bucket}/${path}`);
  }

  /**
   * An S3 bucket: `s3://<bucket>/<path>`.
   *
   * @param bucket the bucket's name
   * @param path the folder or file in it
   */
  public static s3(bucket: string, path: string): ModelStorage {
    return ModelStorage.uri(`s3://${bucket}/${path}`);
  }

  /**
   * A PersistentVolumeClaim: `pvc://<claim>/<path>`.
   *
   * @param claim the claim's name, in the namespace of the InferenceService
   * @param path the folder in the volume; its top, if left out
   */
  public static pvc(claim: string, path?: string): ModelStorage {
    return ModelStorage.uri(path === undefined ? `pvc://${claim}` : `pvc://${claim}/${path}`);
  }

  /**
   * A repository of the Hugging Face hub: `hf://<repository>`. Needs KServe 0.15.0.
   *
   * @param repository owner and name, such as `meta-llama/Llama-3.1-8B-Instruct`
   * @param revision a branch, tag or commit; the main branch, if left out
   */
  public static hf(repository: string, revision?: string): ModelStorage {
    return ModelStorage.uri(revision === undefined ? `hf://${repository}` : `hf://${repository}:${revision}`);
  }

  /**
   * An Azure Blob Storage container: `https://<account>.blob.core.windows.net/<container>/<path>`.
   *
   * @param account the storage account
   * @param container the container in it
   * @param path the folder or file in it
   */
  public static azureBlob(account: string, container: string, path: string): ModelStorage {
    return ModelStorage.uri(`https://${account}.blob.core.windows.net/${container}/${path}`);
  }

  /**
   * A Hadoop file system: `hdfs://<path>`. Address and credentials are in a Secret.
   *
   * @param path the folder or file, without a slash before it
   */
  public static hdfs(path: string): ModelStorage {
    return ModelStorage.uri(`hdfs://${path}`);
  }

  /**
   * A Hadoop file system by HTTP: `webhdfs://<path>`. Address and credentials are in a Secret.
   *
   * @param path the folder or file, without a slash before it
   */
  public static webhdfs(path: string): ModelStorage {
    return ModelStorage.uri(`webhdfs://${path}`);
  }

  /**
   * An image that holds the model in its folder `/models`: `oci://<image>`. The cluster's administrator must have turned it on.
   *
   * @param image such as `example.com/models/dogs:1.0`
   */
  public static oci(image: string): ModelStorage {
    return ModelStorage.uri(`oci://${image}`);
  }

  /**
   * An image as a volume of Kubernetes' own: `oci+native://<image>`. Needs KServe 0.20.0.
   *
   * @param image such as `example.com/models/dogs:1.0`
   */
  public static ociNative(image: string): ModelStorage {
    return ModelStorage.uri(`oci+native://${image}`);
  }

  /**
   * A file on a web server.
   *
   * @param url the whole address, beginning with `https://`
   */
  public static https(url: string): ModelStorage {
    return ModelStorage.uri(url);
  }

  /**
   * A place in a store that a Secret describes.
   *
   * @param options the Secret's key, and the place
   */
  public static spec(options: StorageSpecOptions): ModelStorage {
    return new ModelStorage(undefined, options);
  }

  /**
   * Any other `storageUri`, taken as it is.
   *
   * @param uri the address
   */
  public static uri(uri: string): ModelStorage {
    return new ModelStorage(uri);
  }

  private constructor(
    /** `storageUri` as in the manifest; none where a Secret describes the place. */
    public readonly storageUri?: string,
    private readonly options?: StorageSpecOptions,
  ) {}

  /**
   * The fields of a model that say where it is.
   *
   * @internal
   */
  public _toSpec(): { storageUri?: string; storage?: StorageSpecOptions } {
    return { storageUri: this.storageUri, storage: this.options };
  }

  /**
   * The address, where KServe takes nothing else.
   *
   * @internal
   */
  public _uri(where: string): string {
    if (this.storageUri === undefined) {
      throw new Error(`${where} takes a storage URI, got ModelStorage.spec(): use one of the other kinds of ModelStorage`);
    }
    return this.storageUri;
  }
}
