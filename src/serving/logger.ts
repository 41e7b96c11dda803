import type { Duration } from 'cdk8s';

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
 * A store that payloads are written to, beside or instead of a `url`. The Secret that describes it is as for `ModelStorage.spec()`.
 */
export interface LoggerStorage {
  /** The key in the Secret `storage-config`, under which the store's address and credentials are. */
  readonly key: string;

  /** The folder in the store. */
  readonly path: string;

  /** Settings that override those of the Secret, such as `{ type: 's3', bucket: 'payloads' }`. */
  readonly parameters: { [key: string]: string };

  /**
   * The service account whose Secrets are read.
   *
   * @default - the component's
   */
  readonly serviceAccountName?: string;
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
   * The annotations of the InferenceService that the events carry. Needs KServe 0.15.2; 0.15.0 has not got it.
   *
   * @default - none
   */
  readonly metadataAnnotations?: string[];

  /**
   * A store that they are written to. Needs KServe 0.16.0.
   *
   * @default - none
   */
  readonly storage?: LoggerStorage;

  /**
   * The service that turns payloads into what is written to `storage`. Needs KServe 0.17.0.
   *
   * @default - KServe's own, which writes JSON
   */
  readonly marshallerUrl?: string;

  /**
   * How many payloads are written to `storage` at once. Needs KServe 0.17.0.
   *
   * @default 1
   */
  readonly batchSize?: number;

  /**
   * How long a batch waits to become full. Needs KServe 0.17.0.
   *
   * @default - until it is full
   */
  readonly batchInterval?: Duration;
}
