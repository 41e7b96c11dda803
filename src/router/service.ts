import type { ApiObjectMetadata } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { completeService } from './beyond-cdk8s-plus';
import { completed } from './completed';
import { Hardening } from './hardening';
import { PORT_NAME, ROUTER_PORT, SERVICE_PORT } from './ports';

/** What a Service of the router is made from. */
export interface RouterServiceProps {
  readonly name: string;
  readonly metadata: ApiObjectMetadata;
  readonly hardening: Hardening;
}

/** The Service (pkg/controller/v1beta1/inferenceservice/reconcilers/service/service_reconciler.go, v0.20.0); it selects no pods yet. */
export function routerService(scope: Construct, id: string, { name, metadata, hardening }: RouterServiceProps): kplus.Service {
  const portName = hardening === Hardening.NONE ? name : PORT_NAME;
  const service = new kplus.Service(scope, id, {
    metadata,
    ports: [{ name: portName, port: SERVICE_PORT, targetPort: ROUTER_PORT, protocol: kplus.Protocol.TCP }],
  });
  completed(service, metadata, completeService(hardening));
  return service;
}
