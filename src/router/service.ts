import { Hardening } from './hardening';
import { selectorOf } from './labels';

/** The port that the router listens on (pkg/constants/constants.go, `RouterPort`). */
export const ROUTER_PORT = 8080;

/** The port that the Service answers on (pkg/constants/constants.go, `CommonDefaultHttpPort`). */
export const SERVICE_PORT = 80;

/** The name of the router's port, by which service meshes know its protocol. */
export const PORT_NAME = 'http';

/** `spec` of the Service (pkg/controller/v1beta1/inferenceservice/reconcilers/service/service_reconciler.go, v0.20.0). */
export function serviceSpec(name: string, hardening: Hardening): object {
  const port = hardening === Hardening.NONE
    ? { name, port: SERVICE_PORT, targetPort: ROUTER_PORT, protocol: 'TCP' }
    : { name: PORT_NAME, port: SERVICE_PORT, targetPort: PORT_NAME, protocol: 'TCP', appProtocol: 'http' };
  return { selector: selectorOf(name), ports: [port] };
}
