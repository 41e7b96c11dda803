/**
 * A model whose files are encrypted: the storage initializer gets their key from a Key Broker Service, which checks what the pod runs in.
 */
export interface ConfidentialModel {
  /**
   * The key's place, `kbs:///<repository>/<type>/<tag>`.
   *
   * @default - the one that the files name
   */
  readonly resourceId?: string;
}
