import { DEPLOYMENT_MODE_ANNOTATION } from '../../spec/inference-graph';
import { isBelow, releaseOf } from '../../spec/versions';
import { inMode, sequence, withoutMode } from '../examples';
import type { KnownService } from '../known-service';
import { deploymentModeOf } from '../metadata';
import type { MetadataModel } from '../metadata';
import { at } from '../rule';
import type { Report, Rule } from '../rule';
import { named as serviceNamed, sklearn } from '../service/examples';
import { Severity } from '../severity';
import { fixOfSlip } from '../slip';
import { alternatives, nearest, quote } from '../words';

const UTILS = 'pkg/controller/v1beta1/inferenceservice/utils/utils.go (GetDeploymentMode)';
const example = sequence({ serviceName: 'a' });
const ANNOTATION = at('metadata', 'annotations', DEPLOYMENT_MODE_ANNOTATION);

/** The names of the modes since v0.16.0, and before. */
const NEW_NAMES = ['Standard', 'Knative'];
const OLD_NAMES = ['RawDeployment', 'Serverless'];
const NAMES = [...NEW_NAMES, ...OLD_NAMES];

const noDeploymentMode: Rule = {
  id: 'no-deployment-mode',
  severity: Severity.INFO,
  title: 'a graph that leaves its mode to the cluster',
  why: "Without the annotation the cluster's default decides, which differs between installations; a changed default moves the graph to other kinds of objects.",
  source: `${UTILS}, v0.12.0 to v0.20.0`,
  byController: true,
  fails: withoutMode(example),
  mended: example,
  check: ({ metadata }, report) => {
    if (metadata.deploymentMode === undefined && metadata.annotations[DEPLOYMENT_MODE_ANNOTATION] === undefined) {
      report(at('metadata'), 'nothing says how the graph is deployed', `add the annotation ${DEPLOYMENT_MODE_ANNOTATION}: Standard, or Knative`);
    }
  },
};

const unknownDeploymentMode: Rule = {
  id: 'unknown-deployment-mode',
  severity: Severity.WARNING,
  title: 'a mode that KServe does not know, or not for graphs',
  why: "KServe compares the text exactly and falls back to the cluster's default; from v0.17.0 on, if that is Standard, the controller fails instead. "
    + 'ModelMesh it knows, and makes a Knative Service of the graph.',
  source: `${UTILS} and …/reconcilers/factory.go, v0.12.0 to v0.20.0`,
  byController: true,
  fails: inMode('KNative', example),
  mended: inMode('Knative', example),
  check: ({ metadata, kserveVersion }, report) => {
    const found = metadata.annotations[DEPLOYMENT_MODE_ANNOTATION];
    const [written, known] = isBelow(kserveVersion, '0.16.0') ? [OLD_NAMES, OLD_NAMES] : [NEW_NAMES, NAMES];
    if (found === 'ModelMesh') {
      report(ANNOTATION, "KServe deploys no graph in this mode, but makes a Knative Service of it, got 'ModelMesh'", `write ${alternatives(written.map(quote))}`);
    } else if (found !== undefined && deploymentModeOf(metadata.annotations) === undefined) {
      const meant = typeof found === 'string' ? nearest(found, known) : undefined;
      const fix = fixOfSlip(ANNOTATION.path, found as string, meant, known);
      report(ANNOTATION, `KServe does not know the mode, got ${quote(found)}`, `write ${alternatives((meant === undefined ? written : [meant]).map(quote))}`, fix);
    }
  },
};

const modeTooNew: Rule = {
  id: 'mode-name-too-new',
  severity: Severity.WARNING,
  title: 'a name of a mode that the KServe version does not know yet',
  why: "Before v0.16.0 the modes are RawDeployment and Serverless; Standard and Knative are ignored, and the cluster's default decides.",
  source: 'pkg/constants/constants.go, v0.9.0 to v0.15.2',
  byController: true,
  below: '0.16.0',
  context: { kserveVersion: '0.15.2' },
  fails: inMode('Standard', example),
  mended: inMode('RawDeployment', example),
  check: ({ metadata, kserveVersion }, report) => checkModeName(metadata, kserveVersion, report),
};

const mixedModes: Rule = {
  id: 'mixed-deployment-modes',
  severity: Severity.WARNING,
  title: 'a graph and an InferenceService in different modes',
  why: 'KServe allows it. In Knative mode a service may be at zero replicas when a router that never scales to zero calls it, and meshes and policies differ.',
  source: `${UTILS}, v0.12.0 to v0.20.0`,
  byController: true,
  services: [serviceNamed('a', sklearn())],
  fails: inMode('Knative', example),
  mended: inMode('Standard', example),
  check: (model, report) => {
    const told = new Set<KnownService>();
    model.steps.forEach((step) => {
      const called = model.serviceOf(step);
      const [own, other] = [model.metadata.deploymentMode, called?.deploymentMode];
      if (called !== undefined && own !== undefined && other !== undefined && own !== other && !told.has(called)) {
        told.add(called);
        report(step.at('serviceName'), `${model} is deployed in ${own} mode and calls ${called}, which is in ${other} mode`, 'deploy both in one mode');
      }
    });
  },
};

export const modeRules: readonly Rule[] = [noDeploymentMode, unknownDeploymentMode, modeTooNew, mixedModes];

/** Reports the new name of a mode, of a graph or InferenceService, where KServe knows the old ones alone. */
export function checkModeName(metadata: MetadataModel, kserveVersion: string, report: Report): void {
  const index = NEW_NAMES.indexOf(metadata.annotation(DEPLOYMENT_MODE_ANNOTATION) ?? '');
  if (index >= 0) {
    report(
      ANNOTATION,
      `the deployment mode ${quote(NEW_NAMES[index])} is a word of KServe 0.16.0, got ${releaseOf(kserveVersion) ?? kserveVersion} as the target, which ignores it and takes the cluster's default`,
      `write '${OLD_NAMES[index]}'`,
      { kind: 'replace-value', path: ANNOTATION.path, value: OLD_NAMES[index] },
    );
  }
}
