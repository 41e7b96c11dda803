import { ApiObject } from 'cdk8s';
import type { Construct, Node } from 'constructs';
import { constructsOf, perValidation } from './per-validation';
import { ALTERNATIVES } from './symbols';
import { formatDiagnostic } from '../lint/diagnostic';
import { deploymentModeOf } from '../lint/metadata';
import { ServiceClaims } from '../lint/service-names';
import type { ServiceOwner } from '../lint/service-names';

/** What a construct's API objects claim that others of the app claim too, a line each. */
export function serviceNameProblems(construct: Construct): string[] {
  const claims = claimsOf(construct);
  const own = construct.node.defaultChild?.node.findAll().filter(isApiObject) ?? [];
  return own.flatMap((object) => claims.clashesOf(ownerOf(object))).map(formatDiagnostic);
}

const claimsOf = perValidation((root) => new ServiceClaims(constructsOf(root).filter(isApiObject).map(ownerOf)));

function isApiObject(construct: object): construct is ApiObject {
  return ApiObject.isApiObject(construct);
}

function ownerOf({ kind, name, metadata, node }: ApiObject): ServiceOwner {
  return {
    kind,
    name,
    namespace: metadata.namespace,
    deploymentMode: kind === 'InferenceService' ? deploymentModeOf(metadata.toJson().annotations) : undefined,
    where: alternativesOf(node) ?? node.path.replace(/\/Resource(\/.*)?$/, ''),
  };
}

/** Where the stages of one rollout are defined: they are the same object at different times. */
function alternativesOf({ scopes }: Node): string | undefined {
  return (scopes.find((scope) => ALTERNATIVES in scope) as { [ALTERNATIVES]?: string } | undefined)?.[ALTERNATIVES];
}
