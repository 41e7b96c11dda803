import type { Duration } from 'cdk8s';

/**
 * How long the router waits, in whole seconds. Needs KServe 0.16.0 (cmd/router/main.go, v0.16.0 to v0.20.0).
 */
export interface RouterTimeouts {
  /**
   * For a client to send its whole request.
   *
   * @default Duration.seconds(60)
   */
  readonly serverRead?: Duration;

  /**
   * From the end of the request's headers to the end of the answer: the time that the whole graph has.
   *
   * @default Duration.seconds(60)
   */
  readonly serverWrite?: Duration;

  /**
   * For the next request on a connection that is kept open.
   *
   * @default Duration.seconds(180)
   */
  readonly serverIdle?: Duration;

  /**
   * For the answer of one step.
   *
   * @default - no limit
   */
  readonly serviceClient?: Duration;
}
