import { DEPLOYMENT_MODE_ANNOTATION } from '../../spec/inference-graph';
import { isBelow } from '../../spec/versions';
import { annotated, graph, inMode, node } from '../examples';
import type { Fix } from '../fix';
import { textOf } from '../json';
import type { MetadataModel } from '../metadata';
import type { SpecModel } from '../model';
import { at } from '../rule';
import type { Rule } from '../rule';
import { Severity } from '../severity';
import { isSlipOf } from '../slip';
import { quote } from '../words';

const nodes = { root: node('Sequence', { serviceName: 'a' }) };

const ignoredAnnotation: Rule = {
  id: 'ignored-annotation',
  severity: Severity.WARNING,
  title: 'an annotation that has no effect on a graph',
  why: 'KServe reads annotations by their exact keys, by version and mode. Those of Knative do nothing in Standard mode; in Knative mode the fields of the spec overwrite some, min-scale always.',
  source: 'pkg/controller/v1alpha1/utils/utils.go and …/inferencegraph, v0.15.0 to v0.20.0',
  byController: true,
  fails: annotated({ 'autoscaling.knative.dev/min-scale': '2' }, inMode('Knative', graph(nodes))),
  mended: inMode('Knative', graph(nodes, { minReplicas: 2 })),
  check: ({ metadata, spec, kserveVersion }, report) => Object.entries(metadata.annotations).forEach(([key, value]) => {
    const reason = reasonAgainst(key, textOf(value) ?? '', metadata, spec, kserveVersion);
    if (reason !== undefined) {
      report(at('metadata', 'annotations', key), `${reason.problem}, got ${quote(value)}`, reason.help, reason.fix);
    }
  }),
};

interface Reason {
  readonly problem: string;
  readonly help: string;
  readonly fix?: Fix;
}

/** What a graph chooses by annotation, and a misspelt key leaves to the cluster. */
const CHOICES = [DEPLOYMENT_MODE_ANNOTATION, 'serving.kserve.io/autoscalerClass'];

/** Fields of the spec that overwrite an annotation of Knative where they are set. */
const OVERWRITTEN: ReadonlyMap<string, string> = new Map([['max-scale', 'maxReplicas'], ['target', 'scaleTarget'], ['metric', 'scaleMetric']]);

/** Annotations of InferenceServices that graphs do not have. */
const OF_SERVICES = ['serving.kserve.io/enable-tag-routing', 'serving.knative.dev/rollout-duration'];

function reasonAgainst(key: string, value: string, metadata: MetadataModel, { fields }: SpecModel, version: string): Reason | undefined {
  const { deploymentMode, annotations } = metadata;
  const meant = CHOICES.includes(key) ? undefined : CHOICES.find((choice) => isSlipOf(key, choice, CHOICES));
  if (meant !== undefined) {
    return {
      problem: `KServe has no annotation ${quote(key)}`,
      help: `did you mean '${meant}'?`,
      fix: annotations[meant] === undefined ? { kind: 'rename-key', path: ['metadata', 'annotations', key], to: meant } : undefined,
    };
  }
  if (key === 'serving.kserve.io/targetUtilizationPercentage' && !isBelow(version, '0.15.0')) {
    return { problem: 'nothing reads the target utilization as an annotation', help: 'write scaleTarget' };
  }
  if (key === 'serving.kserve.io/stop' && value.toLowerCase() === 'true' && isBelow(version, '0.16.0')) {
    return { problem: `KServe ${version} does not stop graphs`, help: 'remove the graph, or upgrade to 0.16.0' };
  }
  if (key === 'serving.kserve.io/autoscalerClass' && deploymentMode === 'Knative') {
    return { problem: 'the autoscaler class is one of Standard mode', help: 'write autoscaling.knative.dev/class' };
  }
  if (OF_SERVICES.includes(key)) {
    return { problem: `${key} is for InferenceServices`, help: 'remove it' };
  }
  const [, name] = /^autoscaling\.knative\.dev\/(.+)$/.exec(key) ?? [];
  return name === undefined ? undefined
    : deploymentMode === 'Standard' ? { problem: 'an annotation of Knative does nothing in Standard mode', help: 'write minReplicas, maxReplicas, scaleMetric or scaleTarget' }
      : deploymentMode === 'Knative' ? overwritten(name, value, fields, version)
        : undefined;
}

function overwritten(name: string, value: string, fields: SpecModel['fields'], version: string): Reason | undefined {
  if (name === 'min-scale' && !isBelow(version, '0.15.1')) {
    return { problem: 'KServe overwrites min-scale with minReplicas, or 1', help: 'write minReplicas' };
  }
  if (name === 'initial-scale' && !/^[+-]?\d+$/.test(value) && !isBelow(version, '0.15.2')) {
    return { problem: 'KServe drops an initial scale that is no whole number', help: 'write the number of pods' };
  }
  const by = OVERWRITTEN.get(name);
  const isSet = by !== undefined && fields[by] !== undefined && fields[by] !== null && fields[by] !== 0;
  return isSet && !isBelow(version, '0.15.1') ? { problem: `KServe overwrites ${name} with ${by}`, help: 'keep one of them' } : undefined;
}

export const annotationRules: readonly Rule[] = [ignoredAnnotation];
