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
    return new ModelStorage(`gs://${bucket}/${path}`);
  }

  /**
   * An S3 bucket: `s3://<bucket>/<path>`.
   *
   * @param bucket the bucket's name
   * @param path the folder or file in it
   */
  public static s3(bucket: string, path: string): ModelStorage {
    return new ModelStorage(`s3://${bucket}/${path}`);
  }

  /**
   * A PersistentVolumeClaim: `pvc://<claim>/<path>`.
   *
   * @param claim the claim's name, in the namespace of the InferenceService
   * @param path the folder in the volume; its top, if left out
   */
  public static pvc(claim: string, path?: string): ModelStorage {
    return new ModelStorage(path === undefined ? `pvc://${claim}` : `pvc://${claim}/${path}`);
  }

  /**
   * A repository of the Hugging Face hub: `hf://<repository>`. Needs KServe 0.15.0.
   *
   * @param repository owner and name, such as `meta-llama/Llama-3.1-8B-Instruct`
   * @param revision a branch, tag or commit; the main branch, if left out
   */
  public static hf(repository: string, revision?: string): ModelStorage {
    return new ModelStorage(revision === undefined ? `hf://${repository}` : `hf://${repository}:${revision}`);
  }

  /**
   * A file on a web server.
   *
   * @param url the whole address, beginning with `https://`
   */
  public static https(url: string): ModelStorage {
    return new ModelStorage(url);
  }

  /**
   * Any other `storageUri`, taken as it is.
   *
   * @param uri such as `oci://registry.example.com/models/dogs:1.0`
   */
  public static uri(uri: string): ModelStorage {
    return new ModelStorage(uri);
  }

  private constructor(
    /** `storageUri` as in the manifest. */
    public readonly storageUri: string,
  ) {}
}
