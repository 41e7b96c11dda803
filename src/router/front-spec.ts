import { SERVICE_PORT } from './ports';
import type { RouterHttpRoute, RouterIngress } from './router-front';

/** `spec` of the HTTPRoute; `serverWrite` in seconds. */
export function httpRouteSpec(name: string, route: RouterHttpRoute, serverWrite: number): object {
  const { gateway, gatewayNamespace, hostnames, pathPrefix = '/', timeout } = route;
  return {
    parentRefs: [{ name: gateway, namespace: gatewayNamespace }],
    hostnames,
    rules: [{
      matches: [{ path: { type: 'PathPrefix', value: pathPrefix } }],
      backendRefs: [{ name, port: SERVICE_PORT }],
      timeouts: { request: durationText(timeout?.toMilliseconds() ?? serverWrite * 1000) },
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

/** A duration as the Gateway API takes it: at most five digits to a unit (GEP-2257). */
function durationText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const parts: readonly [number, string][] = [[Math.floor(seconds / 3600), 'h'], [seconds % 3600, 's'], [milliseconds % 1000, 'ms']];
  return parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount}${unit}`).join('') || '0s';
}
