/**
 * Pods that may call the router. What is left out does not matter.
 */
export interface NetworkPeer {
  /**
   * Their namespace, by name.
   *
   * @default - the graph's own, or any if `namespaceLabels` are given
   */
  readonly namespace?: string;

  /**
   * The labels of their namespaces.
   *
   * @default - the graph's own namespace, or `namespace`
   */
  readonly namespaceLabels?: { [key: string]: string };

  /**
   * Their labels.
   *
   * @default - any
   */
  readonly podLabels?: { [key: string]: string };
}

/**
 * Who may talk to the router, and to whom it may talk.
 *
 * A NetworkPolicy knows pods and addresses, not host names: a target outside the cluster opens its port to every public address. Where a
 * service mesh carries the traffic, its own ports are needed too.
 */
export interface RouterNetworkPolicy {
  /**
   * Whether there is a NetworkPolicy.
   *
   * @default - true, unless the graph is not hardened and nothing else is said here
   */
  readonly enabled?: boolean;

  /**
   * Who may call the router.
   *
   * @default - everybody, on the router's port
   */
  readonly clients?: NetworkPeer[];

  /**
   * The namespace of the cluster's DNS servers.
   *
   * @default 'kube-system'
   */
  readonly dnsNamespace?: string;

  /**
   * The namespaces of the gateways through which InferenceServices in Knative mode are called.
   *
   * @default ['istio-system']
   */
  readonly knativeGatewayNamespaces?: string[];
}
