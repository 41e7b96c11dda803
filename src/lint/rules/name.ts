import { named, sequence, withoutMode } from '../examples';
import type { MetadataModel } from '../metadata';
import { at, Authority } from '../rule';
import type { Report, Rule } from '../rule';
import { Severity } from '../severity';
import { quote } from '../words';

/** What KServe accepts as the name of a graph or InferenceService (`GraphNameFmt`, inference_graph_validation.go, v0.9.0 to v0.20.0). */
export const NAME = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** Kubernetes' bound for a Service's name, a label's value and each part of a host name. */
export const LABEL_LENGTH = 63;

/** In Standard mode the label `app: isvc.<name>` must fit too. */
const STANDARD_NAME_LENGTH = LABEL_LENGTH - 'isvc.'.length;

const RAW = 'pkg/controller/v1beta1/inferenceservice/reconcilers/deployment/deployment_reconciler.go and …/ingress/domain.go, v0.20.0';
const long = sequence({ serviceName: 'a' });

const graphName: Rule = {
  id: 'graph-name',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a graph name that is no DNS label',
  why: "KServe's webhook refuses the graph: its name becomes the name of a Service.",
  source: 'pkg/apis/serving/v1alpha1/inference_graph_validation.go, v0.9.0 to v0.20.0',
  fails: named('Dog_Breed', sequence({ serviceName: 'a' })),
  mended: named('dog-breed', sequence({ serviceName: 'a' })),
  check: ({ metadata }, report) => checkName("the graph's name", metadata, report),
};

const nameTooLong: Rule = {
  id: 'name-too-long',
  severity: Severity.ERROR,
  title: 'a graph name that leaves no room for what KServe makes of it',
  why: "In Standard mode the Deployment's label 'isvc.<name>' and the host '<name>-<namespace>' have room for 63 characters; "
    + 'the controller fails on every reconcile. In Knative mode the name alone has room for 63.',
  source: RAW,
  fails: named('a-pipeline-with-a-name', long, 'a-namespace-that-takes-most-of-the-room-itself'),
  mended: named('a-pipeline', long, 'a-namespace-that-takes-most-of-the-room-itself'),
  check: ({ metadata, context: { standalone = false } }, report) => {
    if (metadata.deploymentMode === 'Standard') {
      // the host is the controller's alone
      reportLengths(standalone ? { name: metadata.name } : metadata, report);
    } else if (metadata.name.length > LABEL_LENGTH) {
      report(at('metadata', 'name'), `the graph's name must be at most ${LABEL_LENGTH} characters long, got ${metadata.name.length}`, 'shorten it');
    }
  },
};

const nameTooLongForStandard: Rule = {
  id: 'name-too-long-for-standard',
  severity: Severity.WARNING,
  title: 'a graph name that only Knative mode has room for, and no mode chosen',
  why: "Without the annotation the cluster's default mode decides; in Standard mode the controller would fail on every reconcile.",
  source: RAW,
  fails: withoutMode(named('n'.repeat(STANDARD_NAME_LENGTH + 1), long)),
  mended: named('n'.repeat(STANDARD_NAME_LENGTH), long),
  check: ({ metadata }, report) => {
    if (metadata.deploymentMode === undefined && metadata.name.length <= LABEL_LENGTH) {
      reportLengths(metadata, report);
    }
  },
};

export const nameRules: readonly Rule[] = [graphName, nameTooLong, nameTooLongForStandard];

/** Reports a name that KServe does not accept, of a graph or InferenceService. */
export function checkName(what: string, { name, hasTextAsName }: MetadataModel, report: Report): void {
  if (hasTextAsName && !NAME.test(name)) {
    report(
      at('metadata', 'name'),
      `${what} must be lower-case letters, digits and '-', begin with a letter and not end with '-', got ${quote(name)}`,
      `name it ${quote(asName(name))}`,
    );
  }
}

function reportLengths({ name, namespace }: Pick<MetadataModel, 'name' | 'namespace'>, report: Report): void {
  if (name.length > STANDARD_NAME_LENGTH) {
    report(at('metadata', 'name'), `the graph's name must be at most ${STANDARD_NAME_LENGTH} characters long in Standard mode, got ${name.length}`, 'shorten it');
  } else if (namespace !== undefined && `${name}-${namespace}`.length > LABEL_LENGTH) {
    report(
      at('metadata', 'name'),
      `'${name}-${namespace}' must be at most ${LABEL_LENGTH} characters long in Standard mode, got ${`${name}-${namespace}`.length}`,
      "shorten the graph's name or the namespace's",
    );
  }
}

/** The nearest valid name. */
function asName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '') || 'my-graph';
}
