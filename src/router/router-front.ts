import type { Duration } from 'cdk8s';

/**
 * An HTTPRoute (Gateway API) in front of the router. KServe makes none for a graph in Standard mode.
 */
export interface RouterHttpRoute {
  /** The Gateway's name. */
  readonly gateway: string;

  /**
   * The Gateway's namespace.
   *
   * @default - the graph's own
   */
  readonly gatewayNamespace?: string;

  /**
   * The host names that lead to the graph.
   *
   * @default - all of the Gateway's
   */
  readonly hostnames?: string[];

  /**
   * The beginning of the paths that lead to the graph. The router answers on any path.
   *
   * @default '/'
   */
  readonly pathPrefix?: string;

  /**
   * How long the Gateway waits for the router's answer.
   *
   * @default - as long as the router may take: `timeouts.serverWrite`
   */
  readonly timeout?: Duration;
}

/**
 * An Ingress in front of the router. KServe makes none for a graph in Standard mode.
 */
export interface RouterIngress {
  /**
   * The host name that leads to the graph.
   *
   * @default - any
   */
  readonly host?: string;

  /**
   * The class of the Ingress.
   *
   * @default - the cluster's default class
   */
  readonly className?: string;

  /**
   * The beginning of the paths that lead to the graph. The router answers on any path.
   *
   * @default '/'
   */
  readonly pathPrefix?: string;

  /**
   * The Secret with the certificate of `host`.
   *
   * @default - no TLS
   */
  readonly tlsSecretName?: string;
}
