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
