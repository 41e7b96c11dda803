/** What KServe's storage initializer does with a storage URI. */
export interface StorageAnswer {
  /** It raises this before it asks any store. */
  readonly refused?: string;
  /** The first request that it makes, such as `HEAD 127.0.0.1/models`. */
  readonly asked?: string;
}
