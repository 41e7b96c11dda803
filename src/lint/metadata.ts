import type { Located, Path } from './diagnostic';
import { fieldsOf, nonEmpty, textOf } from './json';
import type { Fields } from './json';
import { DEPLOYMENT_MODES } from '../spec/deployment-mode';
import type { DeploymentModeName } from '../spec/deployment-mode';
import { DEPLOYMENT_MODE_ANNOTATION } from '../spec/inference-graph';

/** `metadata` of a graph or InferenceService. */
export class MetadataModel implements Located {
  public readonly path: Path = ['metadata'];
  public readonly name: string;
  /** What is no text is a matter of the shape. */
  public readonly hasTextAsName: boolean;
  public readonly namespace?: string;
  public readonly annotations: Fields;
  /** Undefined where the cluster's default decides and is not known. */
  public readonly deploymentMode?: DeploymentModeName;

  constructor(fields: Fields, clusterDefault?: DeploymentModeName) {
    this.name = nonEmpty(fields.name) ?? generated(textOf(fields.generateName));
    this.hasTextAsName = fields.name === undefined || typeof fields.name === 'string';
    this.namespace = nonEmpty(fields.namespace);
    this.annotations = fieldsOf(fields.annotations);
    this.deploymentMode = deploymentModeOf(fields.annotations) ?? clusterDefault;
  }

  public annotation(key: string): string | undefined {
    return textOf(this.annotations[key]);
  }
}

/** A name as the API server generates one, before KServe's webhook is asked. */
function generated(prefix = ''): string {
  return prefix === '' ? '' : `${prefix}xxxxx`;
}

/** The mode that an object's annotations choose; undefined where the cluster's default decides. */
export function deploymentModeOf(annotations: unknown): DeploymentModeName | undefined {
  return DEPLOYMENT_MODES.get(fieldsOf(annotations)[DEPLOYMENT_MODE_ANNOTATION]);
}

export type { DeploymentModeName } from '../spec/deployment-mode';
