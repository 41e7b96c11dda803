import type { ModelStorage } from './model-storage';

/**
 * One of several places that a component's files come from, and where the container sees them.
 */
export interface StorageMount {
  /** Where the files are. */
  readonly storage: ModelStorage;

  /**
   * The folder in the container: an absolute path. All but those of PersistentVolumeClaims must lie under one folder other than `/`.
   *
   * @default /mnt/models
   */
  readonly mountPath?: string;
}

/** `storageUris` as in a manifest. KServe's default path is written, so that the API server has nothing to add to a list that GitOps compares whole. */
export function storageUrisSpec(mounts: readonly StorageMount[] | undefined): object[] | undefined {
  return mounts?.map(({ storage, mountPath = '/mnt/models' }) => ({ uri: storage._uri('a list of storages'), mountPath }));
}
