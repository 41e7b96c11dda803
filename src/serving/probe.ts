import type { Duration } from 'cdk8s';

/**
 * When and how often a probe asks.
 */
export interface ProbeOptions {
  /**
   * How long to wait after the container's start.
   *
   * @default - not at all
   */
  readonly initialDelay?: Duration;

  /**
   * How often to ask.
   *
   * @default Duration.seconds(10)
   */
  readonly period?: Duration;

  /**
   * How long to wait for an answer.
   *
   * @default Duration.seconds(1)
   */
  readonly timeout?: Duration;

  /**
   * How many failures in a row count as one.
   *
   * @default 3
   */
  readonly failureThreshold?: number;

  /**
   * How many successes in a row count as one, after a failure. 1 for liveness and startup probes.
   *
   * @default 1
   */
  readonly successThreshold?: number;
}

/**
 * How Kubernetes asks a container whether it is well, as in Kubernetes' `v1.Probe`.
 */
export class Probe {
  /**
   * By a GET request, answered with a status from 200 to 399.
   *
   * @param path such as `/v2/health/ready`
   * @param port the container's port
   * @param options when and how often
   */
  public static httpGet(path: string, port: number, options?: ProbeOptions): Probe {
    return new Probe({ httpGet: { path, port } }, options);
  }

  /**
   * By a connection to a port.
   *
   * @param port the container's port
   * @param options when and how often
   */
  public static tcpSocket(port: number, options?: ProbeOptions): Probe {
    return new Probe({ tcpSocket: { port } }, options);
  }

  /**
   * By a command in the container that ends with 0.
   *
   * @param command program and arguments; no shell reads them
   * @param options when and how often
   */
  public static exec(command: string[], options?: ProbeOptions): Probe {
    return new Probe({ exec: { command } }, options);
  }

  private constructor(private readonly handler: object, private readonly options: ProbeOptions = {}) {}

  /** @internal */
  public _toSpec(): object {
    const { initialDelay, period, timeout, failureThreshold, successThreshold } = this.options;
    // Go leaves out a 0, which Kubernetes takes for the default
    const seconds = (duration?: Duration) => duration?.toSeconds({ integral: false }) || undefined;
    return {
      ...this.handler,
      initialDelaySeconds: seconds(initialDelay),
      periodSeconds: seconds(period),
      timeoutSeconds: seconds(timeout),
      failureThreshold,
      successThreshold,
    };
  }
}
