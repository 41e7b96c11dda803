import type { RouterHttpRoute, RouterIngress } from './router-front';
import { SERVICE_PORT } from './service';

/** `spec` of the HTTPRoute; `serverWrite` in seconds. */
export function httpRouteSpec(name: string, route: RouterHttpRoute, serverWrite: number): object {
  const { gateway, gatewayNamespace, hostnames, pathPrefix = '/', timeout } = route;
  return {
    parentRefs: [{ name: gateway, namespace: gatewayNamespace }],
    hostnames,
    rules: [{
      matches: [{ path: { type: 'PathPrefix', value: pathPrefix } }],
      backendRefs: [{ name, port: SERVICE_PORT }],
      timeouts: { request: `${timeout?.toMilliseconds() ?? serverWrite * 1000}ms` },
    }],
  };
}

/** `spec` of the Ingress. */
export function ingressSpec(name: string, { host, className, pathPrefix = '/', tlsSecretName }: RouterIngress): object {
  return {
    ingressClassName: className,
    tls: tlsSecretName === undefined ? undefined : [{ hosts: host === undefined ? undefined : [host], secretName: tlsSecretName }],
    rules: [{ host, http: { paths: [{ path: pathPrefix, pathType: 'Prefix', backend: { service: { name, port: { number: SERVICE_PORT } } } }] } }],
  };
}
