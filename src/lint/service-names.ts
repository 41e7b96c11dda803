import type { Diagnostic } from './diagnostic';
import type { DeploymentModeName } from './metadata';
import { Severity } from './severity';

/** An object that makes Services, or is one. */
export interface ServiceOwner {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  /** Undefined where the cluster's default decides. */
  readonly deploymentMode?: DeploymentModeName;
  /** Where the user finds it: a construct path, or a file and line. */
  readonly where: string;
}

/**
 * The names of the Services that an object makes for certain.
 *
 * An InferenceService makes one for its predictor, and in Knative mode one with its own name as well
 * (pkg/controller/v1beta1/inferenceservice/reconcilers/ingress/ingress_reconciler.go, v0.20.0).
 */
export function serviceNamesOf({ kind, name, deploymentMode }: ServiceOwner): string[] {
  switch (kind) {
    case 'InferenceService':
      return deploymentMode === 'Knative' ? [name, `${name}-predictor`] : [`${name}-predictor`];
    case 'InferenceGraph':
    case 'Service':
      return [name];
    default:
      return [];
  }
}

/** Who claims which Service, so that one look-up tells who else does. */
export class ServiceClaims {
  private readonly owners = new Map<string, ServiceOwner[]>();

  constructor(owners: Iterable<ServiceOwner>) {
    for (const owner of owners) {
      for (const service of serviceNamesOf(owner)) {
        const key = `${owner.namespace ?? ''}/${service}`;
        const claims = this.owners.get(key);
        if (claims === undefined) {
          this.owners.set(key, [owner]);
        } else if (!claims.some(({ where }) => where === owner.where)) {
          claims.push(owner);
        }
      }
    }
  }

  /** The Services that another object makes as well: each would overwrite the other's. */
  public clashesOf(owner: ServiceOwner): Diagnostic[] {
    return serviceNamesOf(owner).flatMap((service) => {
      const others = this.claimsOf(owner, service).filter(({ where }) => where !== owner.where);
      return others.map((other) => ({
        rule: 'service-name-clash',
        severity: Severity.ERROR,
        path: ['metadata', 'name'],
        message: `${owner.kind} '${owner.name}' and ${other.kind} '${other.name}' (${other.where}) both make a Service '${service}'`,
        help: 'rename one of them, or put it into another namespace',
      }));
    });
  }

  private claimsOf({ namespace }: ServiceOwner, service: string): readonly ServiceOwner[] {
    return this.owners.get(`${namespace ?? ''}/${service}`) ?? [];
  }
}
