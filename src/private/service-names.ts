import { ApiObject } from 'cdk8s';
import type { Construct, IConstruct, Node } from 'constructs';
import { ALTERNATIVES } from './symbols';
import { formatDiagnostic } from '../lint/diagnostic';
import { deploymentModeOf } from '../lint/metadata';
import { ServiceClaims } from '../lint/service-names';
import type { ServiceOwner } from '../lint/service-names';

/** The Services that the objects of one app make; the app is searched once for each validation, not once for each graph. */
export class ServiceNames {
  /** The one of an app. */
  public static of(construct: Construct): ServiceNames {
    const { root } = construct.node;
    const known = byRoot.get(root) ?? new ServiceNames(root);
    byRoot.set(root, known);
    return known;
  }

  private claims?: ServiceClaims;

  private constructor(private readonly root: IConstruct) {
    // cdk8s validates the root before everything else
    root.node.addValidation({ validate: () => this.forget() });
  }

  /** The clashes of a construct's API objects with others of the app. */
  public problemsOf(construct: Construct): string[] {
    this.claims ??= new ServiceClaims(this.root.node.findAll().filter(isApiObject).map(ownerOf));
    const own = construct.node.defaultChild?.node.findAll().filter(isApiObject) ?? [];
    return own.flatMap((object) => this.claims!.clashesOf(ownerOf(object))).map(formatDiagnostic);
  }

  private forget(): string[] {
    this.claims = undefined;
    return [];
  }
}

const byRoot = new WeakMap<IConstruct, ServiceNames>();

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
