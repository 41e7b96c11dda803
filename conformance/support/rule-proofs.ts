import type { Trial } from './observe';
import { graph, node } from '../../src/lint/examples';
import { sklearn } from '../../src/lint/service/examples';
import type { InferenceGraphManifest, InferenceStepSpec } from '../../src/spec/inference-graph';
import type { InferenceServiceManifest } from '../../src/spec/inference-service';
import { base64 } from '../client/oracle';
import type { OlderController, OlderRouter, OldRouter, Stub } from '../client/oracle';

/*
 * How each rule is seen at work in the real KServe v0.20.0, or in the releases that it is about. What a rule's authority refuses is asked of
 * admission; all others stand here. `test/lint/proofs.test.ts` holds every rule to have a case.
 */

/** What KServe does with the mistaken example and with the mended one. Where both are alike, what the rule is about has no effect. */
interface Effect {
  readonly fails: string;
  readonly mended: string;
}

export interface RouterProof extends Effect {
  readonly trial?: Trial;
  /** Graphs that show it better than the examples, which are free of every other finding. */
  readonly instead?: { readonly fails: InferenceGraphManifest; readonly mended: InferenceGraphManifest };
}

export interface ControllerProof extends Effect {
  /** The cluster's mode. @default 'Standard' */
  readonly mode?: 'Standard' | 'Knative';
  /** Where the graph says none. @default 'default' */
  readonly namespace?: string;
  /** Whether the cluster has no InferenceService. @default false */
  readonly alone?: boolean;
}

const BUSY: Stub = { status: 503, body: base64('{"error":"busy"}') };

function switching(...steps: InferenceStepSpec[]): InferenceGraphManifest {
  return graph({ root: node('Switch', ...steps) });
}

/* eslint-disable @stylistic/max-len */

/** The real router, in process: the status and body that a client gets, and what each step was sent. */
export const ROUTER_PROOFS: { readonly [rule: string]: RouterProof } = {
  'weight-out-of-range': {
    trial: { draws: [0] },
    fails: '200 {"predictions":["dog"]} after b({"instances":[1]})',
    mended: '200 {"predictions":["dog"]} after a({"instances":[1]})',
  },
  'weight-zero': {
    trial: { draws: [99] },
    fails: '200 {"predictions":["dog"]} after a({"instances":[1]})',
    mended: '200 {"predictions":["dog"]} after b({"instances":[1]})',
  },
  'dangling-node': {
    fails: '500 {"error":"Failed to process request","cause":"invalid route type: "}',
    mended: '200 {"predictions":["dog"]} after a({"instances":[1]})',
  },
  'unreachable-node': {
    fails: '200 {"predictions":["dog"]} after a({"instances":[1]})',
    mended: '200 {"predictions":["dog"]} after a({"instances":[1]})',
  },
  'node-cycle': {
    fails: 'router dead',
    mended: '200 {"predictions":["dog"]} after a({"instances":[1]})',
  },
  'conditional-cycle': {
    trial: { answers: { a: ['{"again":1}', '{"again":2}', '{"again":3}', '{}'] } },
    fails: '200 {} after a({"instances":[1]}) a({"again":1}) a({"again":2}) a({"again":3})',
    mended: '200 {"again":2} after a({"instances":[1]}) a({"again":1})',
  },
  'empty-node': {
    fails: 'connection dropped',
    mended: '200 {"predictions":["dog"]} after a({"instances":[1]})',
  },
  'idle-node': {
    fails: '200 {}',
    mended: '200 {"predictions":["dog"]} after a({"instances":[1]})',
  },
  'one-step-node': {
    fails: '200 {"predictions":["dog"]} after a({"instances":[1]})',
    mended: '200 {"predictions":["dog"]} after a({"instances":[1]})',
  },
  'unnamed-ensemble-step': {
    fails: '200 {"0":{"predictions":["dog"]},"b":{"predictions":["dog"]}} after a({"instances":[1]}) b({"instances":[1]})',
    mended: '200 {"a":{"predictions":["dog"]},"b":{"predictions":["dog"]}} after a({"instances":[1]}) b({"instances":[1]})',
  },
  'ensemble-key-clash': {
    fails: '200 {"1":{"predictions":["dog"]}} after a({"instances":[1]}) b({"instances":[1]})',
    mended: '200 {"a":{"predictions":["dog"]},"b":{"predictions":["dog"]}} after a({"instances":[1]}) b({"instances":[1]})',
  },
  'condition-on-first-step': {
    fails: '500 {"error":"Failed to process request","cause":"invalid response"}',
    mended: '200 {"predictions":["dog"]} after a({"instances":[1]})',
  },
  'switch-step-without-condition': {
    trial: { request: '{"x":1}' },
    instead: {
      fails: switching({ condition: 'instances', serviceName: 'a' }, { serviceName: 'c' }),
      mended: switching({ condition: 'instances', serviceName: 'a' }, { condition: '@this', serviceName: 'c' }),
    },
    fails: '404 {"error":"Failed to process request","cause":"None of the routes matched with the switch condition"}',
    mended: '200 {"predictions":["dog"]} after c({"x":1})',
  },
  'switch-step-after-default': {
    fails: '200 {"predictions":["dog"]} after b({"instances":[1]})',
    mended: '200 {"predictions":["dog"]} after a({"instances":[1]})',
  },
  'repeated-condition': {
    fails: '200 {"predictions":["dog"]} after a({"instances":[1]})',
    mended: '200 {"predictions":["dog"]} after c({"instances":[1]})',
  },
  'switch-without-default': {
    trial: { request: '{"x":1}' },
    fails: '404 {"error":"Failed to process request","cause":"None of the routes matched with the switch condition"}',
    mended: '200 {"predictions":["dog"]} after b({"x":1})',
  },
  'nested-switch-without-default': {
    trial: { request: '{"x":1}' },
    fails: '500 {"error":"Failed to process request","cause":"None of the routes matched with the switch condition"}',
    mended: '200 {"predictions":["dog"]} after b({"x":1})',
  },
  'condition-misses-body': {
    fails: '200 {"a":{"predictions":["dog"]},"b":{"predictions":["dog"]}} after a({"instances":[1]}) b({"instances":[1]})',
    mended: '200 {"predictions":["dog"]} after a({"instances":[1]}) b({"instances":[1]}) c({"instances":[1]})',
  },
  'condition-never-matches': {
    trial: { request: '{"predictions":["dog"],"kind":"dog"}' },
    fails: '200 {"predictions":["dog"]} after b({"predictions":["dog"],"kind":"dog"})',
    mended: '200 {"predictions":["dog"]} after c({"predictions":["dog"],"kind":"dog"})',
  },
  'condition-single-quotes': {
    trial: { request: '{"kind":"dog"}' },
    fails: '200 {"predictions":["dog"]} after c({"kind":"dog"})',
    mended: '200 {"predictions":["dog"]} after b({"kind":"dog"})',
  },
  'condition-always-matches': {
    trial: { request: '{"items":[]}' },
    fails: '200 {"predictions":["dog"]} after c({"items":[]})',
    mended: '200 {"predictions":["dog"]} after b({"items":[]})',
  },
  'condition-boolean-operator': {
    trial: { request: '{"score":0.2}' },
    fails: '200 {"predictions":["dog"]} after c({"score":0.2})',
    mended: '200 {"predictions":["dog"]} after b({"score":0.2})',
  },
  'condition-default-word': {
    trial: { request: '{"kind":1}' },
    fails: '200 {"predictions":["dog"]} after b({"kind":1})',
    mended: '200 {"predictions":["dog"]} after c({"kind":1})',
  },
  'condition-boolean-literal': {
    trial: { request: '{"flag":"true"}' },
    fails: '200 {"predictions":["dog"]} after c({"flag":"true"})',
    mended: '200 {"predictions":["dog"]} after b({"flag":"true"})',
  },
  'condition-compares-text-with-number': {
    trial: { request: '{"score":0.2}' },
    fails: '200 {"predictions":["dog"]} after c({"score":0.2})',
    mended: '200 {"predictions":["dog"]} after b({"score":0.2})',
  },
  'condition-on-existence': {
    trial: { request: '{"isDog":false}' },
    fails: '200 {"predictions":["dog"]} after a({"isDog":false})',
    mended: '200 {"predictions":["dog"]} after b({"isDog":false})',
  },
  'ignored-field': {
    fails: '200 {"a":{"predictions":["dog"]},"b":{"predictions":["dog"]}} after a({"instances":[1]}) b({"instances":[1]})',
    mended: '200 {"a":{"predictions":["dog"]},"b":{"predictions":["dog"]}} after a({"instances":[1]}) b({"instances":[1]})',
  },
  'unknown-data': {
    fails: '200 {"predictions":["dog"]} after a({"instances":[1]}) b({"instances":[1]})',
    mended: '200 {"predictions":["dog"]} after a({"instances":[1]}) b({"predictions":["dog"]})',
  },
  'response-on-first-step': {
    fails: '200 {"predictions":["dog"]} after a({"instances":[1]})',
    mended: '200 {"predictions":["dog"]} after a({"instances":[1]})',
  },
  'predictions-not-mapped': {
    fails: '200 {"predictions":["dog"]} after a/v1/models/a:predict({"instances":[1]}) b/v1/models/b:predict({"predictions":["dog"]})',
    mended: '200 {"predictions":["dog"]} after a/v1/models/a:predict({"instances":[1]}) b/v1/models/b:predict({"instances":["dog"]})',
  },
  'answer-is-no-request': {
    trial: {
      request: '{"inputs":[1]}',
      answers: { 'c.default.svc.cluster.local/v2/models/c/infer': '{"outputs":[2]}', 'adapter.default.svc.cluster.local/rename': '{"inputs":[2]}' },
    },
    fails: '200 {"outputs":[2]} after c/v2/models/c/infer({"inputs":[1]}) c/v2/models/c/infer({"outputs":[2]})',
    mended: '200 {"inputs":[2]} after c/v2/models/c/infer({"inputs":[1]}) adapter/rename({"outputs":[2]})',
  },
  'map-without-response': {
    fails: '200 {"predictions":["dog"]} after a({"instances":[1]}) b({"instances":[1]})',
    mended: '200 {"predictions":["dog"]} after a({"instances":[1]}) b({"instances":["dog"]})',
  },
  'map-drops-fields': {
    trial: { answers: { a: '{"predictions":["x"],"parameters":{"lang":"de"}}' } },
    fails: '200 {"predictions":["dog"]} after a({"instances":[1]}) c({"instances":["x"]})',
    mended: '200 {"predictions":["dog"]} after a({"instances":[1]}) b({"predictions":["x"],"parameters":{"lang":"de"}})',
  },
  'map-after-ensemble': {
    fails: '200 {"predictions":["dog"]} after a({"instances":[1]}) b({"instances":[1]}) c({"a":{"predictions":["dog"]},"b":{"predictions":["dog"]}})',
    mended: '200 {"predictions":["dog"]} after a({"instances":[1]}) b({"instances":[1]}) c({"a":{"predictions":["dog"]},"b":{"predictions":["dog"]}})',
  },
  'condition-tests-wrong-body': {
    fails: '200 {"predictions":["dog"]} after b({"instances":[1]})',
    mended: '200 {"predictions":["dog"]} after a({"instances":[1]})',
  },
  'soft-step-feeds-response': {
    trial: { answers: { a: BUSY } },
    fails: '200 {"predictions":["dog"]} after a({"instances":[1]}) b({"error":"busy"})',
    mended: '503 {"error":"busy"} after a({"instances":[1]})',
  },
  'all-soft-ensemble': {
    trial: { answers: { a: BUSY, b: BUSY } },
    fails: '200 {"a":{"error":"busy"},"b":{"error":"busy"}} after a({"instances":[1]}) b({"instances":[1]})',
    mended: '503 {"error":"busy"} after a({"instances":[1]}) b({"instances":[1]})',
  },
  'hard-without-effect': {
    trial: { answers: { a: BUSY } },
    fails: '503 {"error":"busy"} after a({"instances":[1]})',
    mended: '503 {"error":"busy"} after a({"instances":[1]})',
  },
  'hard-last-step': {
    trial: { answers: { a: BUSY } },
    fails: '503 {"error":"busy"} after a({"instances":[1]})',
    mended: '503 {"error":"busy"} after a({"instances":[1]})',
  },
  'service-url': {
    fails: '500 {"error":"Failed to process request","cause":"Post \\"cat-dog.default.svc.cluster.local/v1/models/cat-dog:predict\\": unsupported protocol scheme \\"\\""}',
    mended: '200 {"predictions":["dog"]} after cat-dog/v1/models/cat-dog:predict({"instances":[1]})',
  },
  'url-without-path': {
    fails: '200 {"predictions":["dog"]} after a({"instances":[1]})',
    mended: '200 {"predictions":["dog"]} after a/v1/models/a:predict({"instances":[1]})',
  },
  'url-outside-cluster': {
    fails: '200 {"predictions":["dog"]} after https://models.acme.io/v1/models/a:predict({"instances":[1]})',
    mended: '200 {"predictions":["dog"]} after a-predictor.default.svc/v1/models/a:predict({"instances":[1]})',
  },
};

/** The real controller of graphs: what it makes. */
export const CONTROLLER_PROOFS: { readonly [rule: string]: ControllerProof } = {
  'name-too-long': {
    fails: 'error: invalid domain name "a-pipeline-with-a-name-a-namespace-that-takes-most-of-the-room-itself.example.com": url: Invalid value: "a-pipeline-with-a-name-a-namespace-that-takes-most-of-the-room-itself": must be no more than 63 characters',
    mended: 'Deployment calling http://a-predictor.a-namespace-that-takes-most-of-the-room-itself/v1/models/a:predict; HPA 1 to 1 by cpu 80',
  },
  'name-too-long-for-standard': {
    namespace: 'four',
    fails: 'error: invalid domain name "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn-four.example.com": url: Invalid value: "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn-four": must be no more than 63 characters',
    mended: 'Deployment calling http://a-predictor.four/v1/models/a:predict; HPA 1 to 1 by cpu 80',
  },
  'service-name': {
    alone: true,
    fails: 'error: Failed to find graph service Cat_Dog: inferenceservices.serving.kserve.io "Cat_Dog" not found',
    mended: 'error: Failed to find graph service cat-dog: inferenceservices.serving.kserve.io "cat-dog" not found',
  },
  'misspelt-service': {
    fails: 'error: Failed to find graph service cat-dogs: inferenceservices.serving.kserve.io "cat-dogs" not found',
    mended: 'Deployment calling http://cat-dog-predictor.default/v1/models/cat-dog:predict; HPA 1 to 1 by cpu 80',
  },
  'unknown-service': {
    fails: 'error: Failed to find graph service wholly-other: inferenceservices.serving.kserve.io "wholly-other" not found',
    mended: 'Deployment calling http://cat-dog-predictor.default/v1/models/cat-dog:predict; HPA 1 to 1 by cpu 80',
  },
  'llm-service-by-name': {
    alone: true,
    fails: 'error: Failed to find graph service assistant: inferenceservices.serving.kserve.io "assistant" not found',
    mended: 'error: Failed to find graph service cat-dog: inferenceservices.serving.kserve.io "cat-dog" not found',
  },
  'service-in-other-namespace': {
    fails: 'error: Failed to find graph service cat-dog: inferenceservices.serving.kserve.io "cat-dog" not found',
    mended: 'Deployment calling http://cat-dog-predictor.models/v1/models/cat-dog:predict; HPA 1 to 1 by cpu 80',
  },
  'service-without-http': {
    fails: 'Deployment calling http://by-grpc-predictor.default; HPA 1 to 1 by cpu 80',
    mended: 'Deployment calling http://cat-dog-predictor.default/v1/models/cat-dog:predict; HPA 1 to 1 by cpu 80',
  },
  'service-without-path': {
    fails: 'Deployment calling http://without-storage-predictor.default; HPA 1 to 1 by cpu 80',
    mended: 'Deployment calling http://cat-dog-predictor.default/v1/models/cat-dog:predict; HPA 1 to 1 by cpu 80',
  },
  'runtime-decides-protocol': {
    fails: 'Deployment calling http://by-runtime-predictor.default/v1/models/by-runtime:predict; HPA 1 to 1 by cpu 80',
    mended: 'Deployment calling http://cat-dog-predictor.default/v1/models/cat-dog:predict; HPA 1 to 1 by cpu 80',
  },
  'chat-service-by-name': {
    fails: 'Deployment calling http://assistant-predictor.default/v1/models/assistant:predict; HPA 1 to 1 by cpu 80',
    mended: 'Deployment calling http://cat-dog-predictor.default/v1/models/cat-dog:predict; HPA 1 to 1 by cpu 80',
  },
  'timeout-ignored': {
    fails: 'Deployment calling http://a-predictor.default/v1/models/a:predict; HPA 1 to 1 by cpu 80',
    mended: 'Deployment calling http://a-predictor.default/v1/models/a:predict; HPA 1 to 1 by cpu 80',
  },
  'no-deployment-mode': {
    mode: 'Knative',
    fails: 'Knative Service class=kpa.autoscaling.knative.dev min-scale=1',
    mended: 'Deployment calling http://a-predictor.default/v1/models/a:predict; HPA 1 to 1 by cpu 80',
  },
  'unknown-deployment-mode': {
    fails: 'error: unsupported deployment mode for workload: KNative',
    mended: 'Knative Service class=kpa.autoscaling.knative.dev min-scale=1',
  },
  'mixed-deployment-modes': {
    fails: 'Knative Service class=kpa.autoscaling.knative.dev min-scale=1',
    mended: 'Deployment calling http://a-predictor.default/v1/models/a:predict; HPA 1 to 1 by cpu 80',
  },
  'ignored-annotation': {
    fails: 'Knative Service class=kpa.autoscaling.knative.dev min-scale=1',
    mended: 'Knative Service class=kpa.autoscaling.knative.dev min-scale=2',
  },
  'replica-bounds': {
    fails: 'Deployment calling http://a-predictor.default/v1/models/a:predict; HPA 1 to 1 by cpu 80',
    mended: 'Deployment calling http://a-predictor.default/v1/models/a:predict; HPA 1 to 3 by cpu 80',
  },
  'metric-without-effect': {
    fails: 'Deployment calling http://a-predictor.default/v1/models/a:predict; HPA 1 to 3 by nothing',
    mended: 'Deployment calling http://a-predictor.default/v1/models/a:predict; HPA 1 to 3 by cpu 80',
  },
  'metric-needs-hpa-class': {
    fails: 'Knative Service class=kpa.autoscaling.knative.dev metric=cpu min-scale=1',
    mended: 'Knative Service class=kpa.autoscaling.knative.dev metric=concurrency min-scale=1',
  },
  'zero-replicas': {
    fails: 'Deployment calling http://a-predictor.default/v1/models/a:predict; HPA 1 to 2 by cpu 80',
    mended: 'Deployment calling http://a-predictor.default/v1/models/a:predict; HPA 1 to 2 by cpu 80',
  },
  'never-scales': {
    fails: 'Deployment calling http://a-predictor.default/v1/models/a:predict; HPA 1 to 1 by cpu 60',
    mended: 'Deployment calling http://a-predictor.default/v1/models/a:predict; HPA 1 to 4 by cpu 60',
  },
  'unknown-autoscaler-class': {
    fails: 'error: unknown autoscaler class type: kpa',
    mended: 'Deployment calling http://a-predictor.default/v1/models/a:predict; HPA 1 to 1 by cpu 80',
  },
  'keda-without-triggers': {
    fails: 'Deployment calling http://a-predictor.default/v1/models/a:predict; ScaledObject with no triggers',
    mended: 'Deployment calling http://a-predictor.default/v1/models/a:predict',
  },
  'scale-fields-without-autoscaler': {
    fails: 'Deployment of 1 calling http://a-predictor.default/v1/models/a:predict',
    mended: 'Deployment of 1 calling http://a-predictor.default/v1/models/a:predict',
  },
  'replicas-not-spread': {
    fails: 'Deployment calling http://a-predictor.default/v1/models/a:predict; HPA 2 to 2 by cpu 80',
    mended: 'Deployment spread calling http://a-predictor.default/v1/models/a:predict; HPA 2 to 2 by cpu 80',
  },
};

/** Rules that a case of their own shows. */
export const OTHER_PROOFS: { readonly [rule: string]: string } = {
  'url-of-no-service': 'conformance/test/rule-proofs.test.ts: the address that clients are told',
  'client-timeout-above-write': 'conformance/cluster/rules.test.ts: the router program cuts an answer off',
  'path-above-write-timeout': 'conformance/cluster/rules.test.ts: the router program cuts an answer off',
  'old-predictor-host': 'conformance/cluster/rules.test.ts: the Services of an InferenceService',
};

/** What a control plane makes of a service. */
export interface ClusterProof {
  /** Within what the controller or the API server says of the mistaken example. */
  readonly says: string;
  /** An example that shows it better. */
  readonly instead?: InferenceServiceManifest;
}

/** The real control plane: a service that no webhook refuses, and that never gets a pod. */
export const CLUSTER_PROOFS: { readonly [rule: string]: ClusterProof } = {
  'missing-field': { says: 'spec.template.spec.volumes[0].name: Required value' },
  'service-name-too-long': { says: 'must be no more than 63 characters' },
  'protocol-version': { says: 'No runtime found to support specified framework/version' },
  'runtime-format': { says: 'Specified runtime does not support specified framework/version' },
  'runtime-protocol': { says: 'Specified runtime does not support specified protocol version' },
  // this cluster has the runtime of OpenVINO too, which KServe's installation leaves out
  'no-runtime': { says: 'No runtime found to support specified framework/version', instead: sklearn({}, { modelFormat: { name: 'onyx' } }) },
  'storage-scheme': { says: 'StorageURI not supported' },
  'container-name-twice': { says: 'spec.template.spec.containers[2].name: Duplicate value: "cache"' },
  'requests-above-limits': { says: 'must be less than or equal to memory limit of 1Gi' },
  'whole-devices': { says: 'must be an integer' },
  'negative-resource': { says: 'must be greater than or equal to 0' },
  'resources-against-runtime': { says: 'must be less than or equal to cpu limit of 1' },
};

/** Rules about services that a case of their own shows. */
export const OTHER_SERVICE_PROOFS: { readonly [rule: string]: string } = {
  'field-too-new': 'conformance/old/admission.test.ts: KServe 0.15.2 knows no field that we call too new',
  'mode-name-too-new': 'conformance/old/rules.test.ts: the controllers show it of graphs',
  'framework-key': 'conformance/test/rule-proofs.test.ts: the webhook rewrites the old key',
  'scale-target': 'conformance/test/rule-proofs.test.ts: refused where an annotation names the class',
  'autoscaling-target': 'conformance/test/rule-proofs.test.ts: refused where an annotation names the class',
  'secret-in-plain-text': 'conformance/test/rule-proofs.test.ts: what is taken',
  'graph-protocol': 'conformance/test/rule-proofs.test.ts: the controller shows runtime-decides-protocol',
  'transformer-protocol': 'conformance/test/rule-proofs.test.ts: a transformer of another protocol is called without a path',
  'service-metric-ignored': 'conformance/cluster/rules.test.ts: an HPA follows the cpu',
  'canary-in-standard-mode': 'conformance/cluster/rules.test.ts: one Deployment, one Service',
  'storage-mounted-twice': 'conformance/cluster/rules.test.ts: the second claim is not mounted',
  'storage-place': 'conformance/storage: what the storage initializer refuses; conformance/cluster/rules.test.ts: claims',
  'bucket-name': 'conformance/storage: the storage initializer asks for it',
  'confidential-storage': 'conformance/cluster/rules.test.ts: the storage initializer alone decrypts',
  'canary-percent': "conformance/internal/controller/traffic_test.go: Knative's own validation of the Service that KServe makes",
  'canary-without-requests': 'conformance/cluster/services.test.ts',
};

/** Rules about runtimes that no webhook tells, each with the case that shows it. */
export const RUNTIME_PROOFS: { readonly [rule: string]: string } = {
  'field-too-new': 'conformance/old/fields.test.ts: the CRD before has no such field',
  'runtime-formats': 'conformance/cluster/runtimes.test.ts: no service can have the runtime',
  'runtime-container': 'conformance/cluster/runtimes.test.ts: no service can have the runtime',
  'runtime-protocol-name': 'conformance/cluster/runtimes.test.ts: no service can have the runtime',
  'runtime-priority-unused': 'conformance/cluster/runtimes.test.ts: no service can have the runtime',
  'runtime-priority-ignored': 'conformance/cluster/runtimes.test.ts: a priority is ignored',
  'runtime-priority-built-in': 'conformance/cluster/runtimes.test.ts: the webhook knows the runtimes that KServe ships',
};

/** Rules about files, and what is in them together. */
export const FILE_PROOFS: { readonly [rule: string]: string } = {
  'service-name-clash': 'conformance/test/rule-proofs.test.ts: a graph takes over the Service of its name',
  'unused-acknowledgement': 'none: KServe knows nothing of acknowledgements',
  'duplicate-object': 'conformance/cluster/rules.test.ts: of two graphs of one name the last is there',
  'yaml-read-otherwise': 'conformance/test/yaml.test.ts: what kubectl reads, and the API server takes',
};

/** Releases, each with what it does with the mistaken example of a rule. */
interface Effects<Release extends string> {
  readonly seen: { readonly [release in Release]?: string };
  /** Of the releases that the rule is not about. */
  readonly gone: { readonly [release in Release]?: string };
}

export interface OldRouterProof extends Effects<OldRouter | OlderRouter> {
  readonly trial?: Trial;
  /** What releases in which the effect is seen do with the mended example. */
  readonly mended: string;
}

/** Rules about releases before v0.20.0 that their routers show. */
export const OLD_ROUTER_PROOFS: { readonly [rule: string]: OldRouterProof } = {
  'unmatched-request-comes-back': {
    trial: { request: 'no JSON' },
    seen: { '0.10.2': '200 no JSON' },
    gone: { '0.11.1': '404 {"error":"Failed to process request","cause":"None of the routes matched with the switch condition"}' },
    mended: '200 {"predictions":["dog"]} after a(no JSON)',
  },
  'skipped-step-fails': {
    seen: {
      '0.11.1': '500 {"predictions":["dog"]} after a({"instances":[1]})',
      '0.15.0': '500 {"predictions":["dog"]} after a({"instances":[1]})',
    },
    gone: {
      '0.10.2': '200 {"predictions":["dog"]} after a({"instances":[1]})',
      '0.15.2': '200 {"predictions":["dog"]} after a({"instances":[1]})',
    },
    mended: '200 {"predictions":["dog"]} after a({"instances":[1]}) b({"instances":[1]})',
  },
  'splitter-crash': {
    // 0.19.0 passes over 100, which is above what it may draw
    trial: { draws: [100, 99] },
    seen: { '0.13.0': 'connection dropped', '0.15.2': 'connection dropped', '0.17.0': 'connection dropped' },
    gone: { '0.19.0': '200 {"predictions":["dog"]} after b({"instances":[1]})' },
    mended: '200 {"predictions":["dog"]} after a({"instances":[1]})',
  },
};

/** Of a Splitter with a hundred steps of one percent each, the steps that two thousand requests never reach; 0.12 and before cannot be told what to draw. */
export const NEVER_DRAWN: Effects<OldRouter | OlderRouter> = {
  seen: { '0.10.2': 's99', '0.12.1': 's99' },
  gone: { '0.13.0': '', '0.19.0': '' },
};

/** `0.20.0` is the newest. */
export type AskedController = OlderController | '0.15.0' | '0.15.2' | '0.20.0';

export interface OldControllerProof extends Effects<AskedController> {
  /** What releases in which the effect is seen do with the mended example. */
  readonly mended: string;
}

/** Rules about releases before v0.20.0 that their controllers show, in a cluster whose mode is Serverless. */
export const OLD_CONTROLLER_PROOFS: { readonly [rule: string]: OldControllerProof } = {
  'no-standard-mode-yet': {
    seen: { '0.11.2': 'error: RawDeployment mode is not supported for InferenceGraph' },
    gone: { '0.12.0': 'Deployment calling http://a-predictor.default/v1/models/a:predict; HPA 1 to 1 by cpu 80' },
    mended: 'Knative Service class=kpa.autoscaling.knative.dev min-scale=1 timeout=300',
  },
  'replicas-ignored-in-knative': {
    seen: {
      '0.12.0': 'Knative Service class=kpa.autoscaling.knative.dev min-scale=1',
      '0.15.0': 'Knative Service class=kpa.autoscaling.knative.dev min-scale=1',
    },
    gone: { '0.15.2': 'Knative Service class=kpa.autoscaling.knative.dev max-scale=3 min-scale=1' },
    mended: 'Knative Service class=kpa.autoscaling.knative.dev min-scale=1',
  },
  'mode-name-too-new': {
    seen: { '0.15.2': 'Knative Service class=kpa.autoscaling.knative.dev min-scale=1' },
    gone: { '0.20.0': 'Deployment calling http://a-predictor.default/v1/models/a:predict; HPA 1 to 1 by cpu 80' },
    mended: 'Deployment calling http://a-predictor.default/v1/models/a:predict; HPA 1 to 1 by cpu 80',
  },
};

/** Rules about releases before v0.20.0 that a case of their own shows. */
export const OTHER_OLD_PROOFS: { readonly [rule: string]: string } = {
  'last-share-never-drawn': 'conformance/old/rules.test.ts: the steps that no request reaches',
  'field-too-new': 'conformance/old/rules.test.ts: strict validation of 0.15.2 refuses it',
};
