/**
 * Which payloads are logged.
 */
export enum LoggerMode {
  /** Requests and responses. */
  ALL = 'all',
  /** Requests. */
  REQUEST = 'request',
  /** Responses. */
  RESPONSE = 'response',
}

/**
 * Sends the payloads of a component as CloudEvents.
 */
export interface Logger {
  /**
   * Where the events go.
   *
   * @default - the cluster's default broker
   */
  readonly url?: string;

  /**
   * Which payloads. Always written, because KServe's webhook refuses a logger without a mode
   * (pkg/apis/serving/v1beta1/component.go, v0.20.0).
   *
   * @default LoggerMode.ALL
   */
  readonly mode?: LoggerMode;

  /**
   * The request headers that the events carry.
   *
   * @default - none
   */
  readonly metadataHeaders?: string[];

  /**
   * The annotations of the InferenceService that the events carry. Needs KServe 0.15.0.
   *
   * @default - none
   */
  readonly metadataAnnotations?: string[];
}
