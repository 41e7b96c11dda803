import { formatPath } from './diagnostic';
import type { Diagnostic } from './diagnostic';
import { Severity } from './severity';
import { quote } from './words';
import { DEPLOYMENT_MODE_ANNOTATION, INFERENCE_GRAPH_KIND } from '../spec/inference-graph';
import { INFERENCE_GRAPH_SHAPE } from '../spec/inference-graph-shape';
import { INFERENCE_SERVICE_KIND } from '../spec/inference-service';
import { INFERENCE_SERVICE_SHAPE } from '../spec/inference-service-shape';
import { fieldsInUse } from '../spec/shape';
import type { Shape } from '../spec/shape';
import { can, isBelow, modeNameOf, NEWEST_RELEASE, patchOf } from '../spec/versions';
import type { Release } from '../spec/versions';

/**
 * What a document uses that the KServe release of the cluster does not have. The API server drops such a field, or refuses the object.
 *
 * Nothing is newer than the newest release.
 */
export function lintVersion(document: { readonly kind: string; readonly metadata: object }, target: Release): Diagnostic[] {
  return target === NEWEST_RELEASE ? [] : [...newFields(document, target), ...newModeName(document.metadata, target)];
}

const SHAPES: { readonly [kind: string]: Shape | undefined } = {
  [INFERENCE_GRAPH_KIND]: INFERENCE_GRAPH_SHAPE,
  [INFERENCE_SERVICE_KIND]: INFERENCE_SERVICE_SHAPE,
};

function newFields(document: { readonly kind: string }, target: Release): Diagnostic[] {
  return fieldsInUse(SHAPES[document.kind], document, (since) => isBelow(patchOf(target), since)).map(({ path, since }) => ({
    rule: 'field-too-new',
    severity: Severity.ERROR,
    path,
    message: `${formatPath(path)} needs KServe ${since}, got ${target} as the target`,
    help: 'leave the field out, or target a newer KServe with KServeVersion once the cluster runs it',
  }));
}

function newModeName(metadata: { readonly annotations?: { readonly [key: string]: unknown } }, target: Release): Diagnostic[] {
  const mode = metadata.annotations?.[DEPLOYMENT_MODE_ANNOTATION];
  return can(target, 'newModeNames') || typeof mode !== 'string' || modeNameOf(target, mode) === mode ? [] : [{
    rule: 'mode-name-too-new',
    severity: Severity.ERROR,
    path: ['metadata', 'annotations', DEPLOYMENT_MODE_ANNOTATION],
    message: `the deployment mode ${quote(mode)} is a word of KServe 0.16.0, got ${target} as the target, which ignores it and takes the cluster's default`,
    help: `write '${modeNameOf(target, mode)}'`,
  }];
}
