import type { Rule } from './rule';
import { Severity } from './severity';

/** A rule about what no manifest can show: it is told of constructs, and cannot be acknowledged. */
export type SynthRule = Pick<Rule, 'id' | 'severity' | 'title' | 'why' | 'source'>;

const HPA = 'pkg/controller/v1beta1/inferenceservice/reconcilers/hpa/hpa_reconciler.go, v0.20.0';

/** Those rules; each is looked after by the construct that it is about. */
export const SYNTH_RULES: readonly SynthRule[] = [
  {
    id: 'service-not-callable',
    severity: Severity.ERROR,
    title: 'a step that calls an InferenceService of another namespace whose address cannot be told',
    why: "The controller looks for a name in the graph's own namespace, so that the step needs a URL, and of this service none is known.",
    source: 'pkg/controller/v1alpha1/inferencegraph/controller.go, v0.20.0',
  },
  {
    id: 'canary-stages',
    severity: Severity.ERROR,
    title: 'stages of a CanaryRollout that do not give the candidate more and more requests',
    why: 'Whoever applies one stage after the other would take requests from the candidate again.',
    source: 'this package; KServe knows nothing of stages',
  },
  {
    id: 'graph-json-size',
    severity: Severity.ERROR,
    title: 'a graph of a router that the app runs which takes 128 KiB or more as JSON',
    why: 'The router is given its graph as one argument, and Linux starts no program with a longer one: no pod would ever run.',
    source: 'MAX_ARG_STRLEN of Linux; pkg/controller/v1alpha1/inferencegraph/raw_ig.go, v0.20.0',
  },
  {
    id: 'propagate-headers',
    severity: Severity.ERROR,
    title: 'a header, or a pattern of headers, that the router cannot propagate',
    why: 'The router splits its patterns at commas, leaves out those that are no regular expression of Go, and an empty one matches every header.',
    source: 'cmd/router/main.go, v0.20.0',
  },
  {
    id: 'standalone-service-url',
    severity: Severity.ERROR,
    title: 'a step of a StandaloneInferenceGraph whose URL cannot be told, or a URL that no step needs',
    why: "KServe's controller asks the cluster for the URL of an InferenceService; without it the app must know it.",
    source: 'pkg/controller/v1alpha1/inferencegraph/controller.go, v0.20.0',
  },
  {
    id: 'standalone-autoscaler-class',
    severity: Severity.ERROR,
    title: 'an autoscaler class that a StandaloneInferenceGraph cannot have',
    why: 'It makes a HorizontalPodAutoscaler or none; whoever wants another autoscaler sets external, and adds it.',
    source: 'pkg/controller/v1beta1/inferenceservice/reconcilers/autoscaler/autoscaler_reconciler.go, v0.20.0',
  },
  {
    id: 'standalone-scale-metric',
    severity: Severity.ERROR,
    title: 'a metric that a HorizontalPodAutoscaler of the router cannot follow',
    why: 'KServe writes an autoscaler without metrics for concurrency and rps, and for memory without a target: it follows the cpu, which nobody asked for.',
    source: HPA,
  },
  {
    id: 'standalone-scale-request',
    severity: Severity.ERROR,
    title: 'an autoscaler that follows a resource which the router does not request',
    why: 'Kubernetes takes the percentage of the request: without one the autoscaler never scales. A router that is not hardened is made all the same, as '
      + 'the controller makes it, with a warning.',
    source: HPA,
  },
  {
    id: 'standalone-min-replicas',
    severity: Severity.ERROR,
    title: 'minReplicas below 1 of a StandaloneInferenceGraph',
    why: 'A HorizontalPodAutoscaler does not scale to none; the controller writes 1 in silence.',
    source: HPA,
  },
  {
    id: 'standalone-grace-period',
    severity: Severity.ERROR,
    title: 'an answer that may take for ever, and a pod that is to end after it',
    why: 'A grace period covers the longest answer; without a limit none does, and requests are cut off whenever a pod ends.',
    source: 'cmd/router/main.go, v0.20.0',
  },
  {
    id: 'standalone-stop',
    severity: Severity.ERROR,
    title: 'the annotation serving.kserve.io/stop on a StandaloneInferenceGraph',
    why: 'The controller deletes what it made for a graph with the annotation; where no controller reads it, nothing stops.',
    source: 'pkg/constants/constants.go, v0.16.0 to v0.20.0',
  },
];
