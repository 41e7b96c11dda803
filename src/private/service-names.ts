import { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
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

  /** The clashes of a construct's API object with others of the app. */
  public problemsOf(construct: Construct): string[] {
    this.claims ??= new ServiceClaims(this.root.node.findAll().flatMap((child) => ApiObject.isApiObject(child) ? ownerOf(child) : []));
    const own = construct.node.defaultChild;
    return own !== undefined && ApiObject.isApiObject(own) ? this.claims.clashesOf(ownerOf(own)).map(formatDiagnostic) : [];
  }

  private forget(): string[] {
    this.claims = undefined;
    return [];
  }
}

const byRoot = new WeakMap<IConstruct, ServiceNames>();

function ownerOf({ kind, name, metadata, node }: ApiObject): ServiceOwner {
  return {
    kind,
    name,
    namespace: metadata.namespace,
    deploymentMode: kind === 'InferenceService' ? deploymentModeOf(metadata.toJson().annotations) : undefined,
    where: node.path.replace(/\/Resource$/, ''),
  };
}
