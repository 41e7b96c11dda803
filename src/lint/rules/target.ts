import { urlProblem } from '../../spec/go-url';
import type { ResolvedService } from '../../spec/resolve';
import { named, sequence } from '../examples';
import { mayShareNamespace, servicesNamed } from '../known-service';
import type { KnownService } from '../known-service';
import type { GraphModel, StepModel } from '../model';
import type { Rule } from '../rule';
import { named as serviceNamed, sklearn } from '../service/examples';
import { Severity } from '../severity';
import { MOST_SUGGESTIONS, nearest, quote } from '../words';
import { LABEL_LENGTH, NAME } from './name';

const serviceName: Rule = {
  id: 'service-name',
  severity: Severity.ERROR,
  title: 'a serviceName that no InferenceService can have',
  why: 'The controller looks the InferenceService up, does not find it, and tries again for ever: the graph never becomes ready.',
  source: 'pkg/controller/v1alpha1/inferencegraph/controller.go and pkg/apis/serving/v1beta1/inference_service_validation.go, v0.20.0',
  byController: true,
  fails: sequence({ serviceName: 'Cat_Dog' }),
  mended: sequence({ serviceName: 'cat-dog' }),
  check: ({ steps }, report) => steps.forEach((step) => {
    if (step.serviceName !== undefined && (!NAME.test(step.serviceName) || step.serviceName.length > LABEL_LENGTH)) {
      report(
        step.at('serviceName'),
        `${step} calls a service whose name is no DNS label of at most ${LABEL_LENGTH} characters, got ${quote(step.serviceName)}`,
        "write the InferenceService's metadata.name",
      );
    }
  }),
};

const serviceUrl: Rule = {
  id: 'service-url',
  severity: Severity.ERROR,
  title: 'a serviceUrl that the router cannot call',
  why: 'The router parses the URL on each request; every request that reaches the step gets 500.',
  source: 'cmd/router/main.go (callService), v0.15.0 to v0.20.0',
  fails: sequence({ serviceUrl: 'cat-dog.default.svc.cluster.local/v1/models/cat-dog:predict' }),
  mended: sequence({ serviceUrl: 'http://cat-dog.default.svc.cluster.local/v1/models/cat-dog:predict' }),
  check: ({ steps }, report) => steps.forEach((step) => {
    const problem = step.serviceUrl === undefined ? undefined : urlProblem(step.serviceUrl);
    if (problem !== undefined) {
      report(
        step.at('serviceUrl'),
        `${step} calls a URL that ${problem}, got ${quote(step.serviceUrl)}`,
        'write it as http://<host>/<path>, with no placeholder left',
      );
    }
  }),
};

const urlWithoutPath: Rule = {
  id: 'url-without-path',
  severity: Severity.WARNING,
  title: 'a serviceUrl without a path',
  why: "The router calls the URL as it is written, at '/', where KServe's model servers answer 404. A '/' that is written is taken to be meant.",
  source: 'cmd/router/main.go (callService), v0.9.0 to v0.20.0',
  fails: sequence({ serviceUrl: 'http://a.default.svc.cluster.local' }),
  mended: sequence({ serviceUrl: 'http://a.default.svc.cluster.local/v1/models/a:predict' }),
  check: ({ steps }, report) => usableUrls(steps).filter(({ step, url }) => isWithoutPath(step, url)).forEach(({ step }) => {
    report(step.at('serviceUrl'), `${step} calls a URL without a path, got ${quote(step.serviceUrl)}`, "add the path, such as '/v1/models/<model>:predict' or '/v2/models/<model>/infer'");
  }),
};

const urlOfThisPod: Rule = {
  id: 'url-of-no-service',
  severity: Severity.WARNING,
  title: 'a serviceUrl with the host of an example or of the router itself',
  why: "'localhost' is the router's own pod. 'example.com' is the domain of KServe's default configuration: a status.url with it leads nowhere.",
  source: 'config/configmap/inferenceservice.yaml (ingressDomain), v0.20.0',
  fails: sequence({ serviceUrl: 'http://a-default.example.com/v1/models/a:predict' }),
  mended: sequence({ serviceUrl: 'http://a-predictor.default.svc.cluster.local/v1/models/a:predict' }),
  check: ({ steps }, report) => usableUrls(steps).filter(({ url: { hostname } }) => isNowhere(hostname)).forEach(({ step }) => {
    report(step.at('serviceUrl'), `${step} calls a host that is no service, got ${quote(step.serviceUrl)}`, 'write the address inside the cluster: http://<service>.<namespace>.svc.cluster.local/<path>');
  }),
};

const urlOutsideCluster: Rule = {
  id: 'url-outside-cluster',
  severity: Severity.INFO,
  title: 'a serviceUrl with a host outside the cluster',
  why: 'The router calls it from its pod: egress policies, DNS and certificates of the cluster apply, and the body leaves the cluster.',
  source: 'cmd/router/main.go (callService), v0.9.0 to v0.20.0',
  fails: sequence({ serviceUrl: 'https://models.acme.io/v1/models/a:predict' }),
  mended: sequence({ serviceUrl: 'http://a-predictor.default.svc/v1/models/a:predict' }),
  check: ({ steps }, report) => usableUrls(steps).filter(({ url: { hostname } }) => isOutside(hostname)).forEach(({ step }) => {
    report(step.at('serviceUrl'), `${step} calls a host outside the cluster, got ${quote(step.serviceUrl)}`, 'make sure that the router may call it, or use the address inside the cluster');
  }),
};

const oldPredictorHost: Rule = {
  id: 'old-predictor-host',
  severity: Severity.WARNING,
  title: "a serviceUrl with the old host '-predictor-default'",
  why: 'The Service of a predictor is named <name>-predictor; the old name ended in -default, and is gone after an upgrade.',
  source: 'pkg/controller/v1beta1/inferenceservice/reconcilers/ingress, v0.11.0 to v0.20.0',
  from: '0.11.0',
  fails: sequence({ serviceUrl: 'http://a-predictor-default.default.svc.cluster.local/v1/models/a:predict' }),
  mended: sequence({ serviceUrl: 'http://a-predictor.default.svc.cluster.local/v1/models/a:predict' }),
  check: ({ steps }, report) => usableUrls(steps).filter(({ url: { hostname } }) => /^[^.]+-(predictor|transformer)-default(\.|$)/.test(hostname)).forEach(({ step }) => {
    report(step.at('serviceUrl'), `${step} calls a Service by its old name, got ${quote(step.serviceUrl)}`, "leave out '-default'");
  }),
};

/** The services beside the examples: each model by its name. */
const services = Object.entries({
  'cat-dog': { modelFormat: { name: 'sklearn' } },
  'by-grpc': { modelFormat: { name: 'triton' }, protocolVersion: 'grpc-v2' },
  'by-runtime': { modelFormat: { name: 'sklearn' }, runtime: 'kserve-sklearnserver', protocolVersion: 'v2' },
  'without-storage': { storageUri: undefined },
  'assistant': { modelFormat: { name: 'huggingface' }, args: ['--task=text_generation'] },
}).map(([name, model]) => serviceNamed(name, sklearn({}, model)));
const calls = (name: string) => sequence({ serviceName: name });

/** A service as the examples of a namespace. */
const inModels = { ...sklearn(), metadata: { ...sklearn().metadata, name: 'cat-dog', namespace: 'models' } };

const misspeltService: Rule = {
  id: 'misspelt-service',
  severity: Severity.WARNING,
  title: 'a serviceName that is nearly that of a known InferenceService',
  why: 'The controller looks the InferenceService up, and the graph never becomes ready while there is none.',
  source: 'pkg/controller/v1alpha1/inferencegraph/controller.go, v0.20.0',
  byController: true,
  fails: calls('cat-dogs'),
  mended: calls('cat-dog'),
  services,
  check: (model, report) => unknownServices(model).forEach(({ step, meant }) => {
    if (meant !== undefined) {
      report(step.at('serviceName'), `${step} calls an InferenceService that is not defined here, got ${quote(step.serviceName)}`, `did you mean '${meant}'?`);
    }
  }),
};

const unknownService: Rule = {
  id: 'unknown-service',
  severity: Severity.INFO,
  title: 'a serviceName of an InferenceService that is not defined beside the graph',
  why: 'The controller looks the InferenceService up, and the graph never becomes ready while there is none.',
  source: 'pkg/controller/v1alpha1/inferencegraph/controller.go, v0.20.0',
  byController: true,
  fails: calls('wholly-other'),
  mended: calls('cat-dog'),
  services,
  check: (model, report) => unknownServices(model).forEach(({ step, meant }) => {
    if (meant === undefined) {
      report(step.at('serviceName'), `${step} calls an InferenceService that is not defined here, got ${quote(step.serviceName)}`, 'make sure that the cluster has it');
    }
  }),
};

const llmServiceByName: Rule = {
  id: 'llm-service-by-name',
  severity: Severity.WARNING,
  title: 'a serviceName that is an LLMInferenceService',
  why: 'The controller looks for an InferenceService of that name, and the graph never becomes ready while there is none.',
  source: 'pkg/controller/v1alpha1/inferencegraph/controller.go, v0.9.0 to v0.20.0',
  byController: true,
  fails: calls('assistant'),
  mended: calls('cat-dog'),
  context: { llmServices: [{ name: 'assistant' }] },
  check: (model, report) => model.steps.forEach((step) => {
    if (isLlmService(model, step)) {
      report(
        step.at('serviceName'),
        `${step} calls an LLMInferenceService by its name, got ${quote(step.serviceName)}`,
        'call it by serviceUrl, with the path of its API: it has none of v1 or v2',
      );
    }
  }),
};

const serviceInOtherNamespace: Rule = {
  id: 'service-in-other-namespace',
  severity: Severity.WARNING,
  title: 'a serviceName of an InferenceService in another namespace',
  why: "The controller looks in the graph's own namespace only, and the graph never becomes ready while there is none of that name.",
  source: 'pkg/controller/v1alpha1/inferencegraph/controller.go, v0.9.0 to v0.20.0',
  byController: true,
  fails: named('pipeline', calls('cat-dog'), 'other'),
  mended: named('pipeline', calls('cat-dog'), 'models'),
  services: [inModels],
  check: (model, report) => model.steps.forEach((step) => {
    const [elsewhere] = step.serviceName === undefined || model.serviceOf(step) !== undefined ? [] : servicesNamed(model.services, step.serviceName);
    if (elsewhere !== undefined) {
      report(
        step.at('serviceName'),
        `${step} calls ${elsewhere}, which is in namespace '${elsewhere.namespace}' and the graph in '${model.metadata.namespace}'`,
        'put both into one namespace, or call it by serviceUrl',
      );
    }
  }),
};

const ENDPOINT = 'pkg/controller/v1beta1/inferenceservice/utils/utils.go (GetPredictorEndpoint)';

const serviceWithoutHttp: Rule = {
  id: 'service-without-http',
  severity: Severity.ERROR,
  title: 'a serviceName of an InferenceService that speaks neither v1 nor v2',
  why: 'The router speaks HTTP. The controller gives it the bare host of a gRPC server, at which no request gets an answer, or refuses the runtime and fails on every reconcile.',
  source: `${ENDPOINT}, v0.15.2 to v0.20.0`,
  byController: true,
  fails: calls('by-grpc'),
  mended: calls('cat-dog'),
  services,
  check: (model, report) => eachService(model, (step, service, { protocol, path, problem, chat }) => {
    const speaksNeither = protocol === undefined ? problem !== undefined && path === undefined : path === '';
    if (!chat && speaksNeither) {
      report(step.at('serviceName'), `${step} calls ${service} by its name, but ${problem}`, 'serve the model on v1 or v2, or call it by serviceUrl');
    }
  }),
};

const serviceWithoutPath: Rule = {
  id: 'service-without-path',
  severity: Severity.WARNING,
  title: 'a serviceName of an InferenceService whose model has no storage',
  why: "The controller takes it for a server of many models and gives the router the bare host: the request goes to '/', where KServe's model servers answer 404.",
  source: `${ENDPOINT}, v0.15.2 to v0.20.0`,
  fails: calls('without-storage'),
  mended: calls('cat-dog'),
  services,
  check: (model, report) => eachService(model, (step, service, { protocol, path, problem, chat }) => {
    if (!chat && protocol === undefined && path === '') {
      report(step.at('serviceName'), `${step} calls ${service} by its name, but ${problem}`, 'give the model its storage, or call it by serviceUrl');
    }
  }),
};

const runtimeDecidesProtocol: Rule = {
  id: 'runtime-decides-protocol',
  severity: Severity.WARNING,
  title: 'an InferenceService that the graph calls by another protocol than it says',
  why: "With an explicit runtime the graph takes the first HTTP protocol of the runtime, whatever the service's protocolVersion is.",
  source: `${ENDPOINT}, v0.16.0 to v0.20.0`,
  from: '0.16.0',
  fails: calls('by-runtime'),
  mended: calls('cat-dog'),
  services,
  check: (model, report) => eachService(model, (step, service, { protocol, runtime, transformer, chat }) => {
    const { protocolVersion } = service;
    if (!transformer && !chat && protocol !== undefined && protocolVersion !== undefined && protocolVersion !== protocol) {
      report(
        step.at('serviceName'),
        `${step} calls ${service} by ${protocol}, since that is the first of runtime '${runtime}', got protocolVersion '${protocolVersion}'`,
        `write protocolVersion: ${protocol}, leave out the runtime, or call the service by serviceUrl`,
      );
    }
  }),
};

const chatByName: Rule = {
  id: 'chat-service-by-name',
  severity: Severity.ERROR,
  title: 'a chat model that is called by serviceName',
  why: "A serviceName leads to the model's predict or infer address, which these servers answer with an error. Chats and completions have addresses of their own, such as /openai/v1/chat/completions.",
  source: 'pkg/constants/constants.go (PredictPath) and python/kserve/kserve/protocol/dataplane.py (infer), v0.15.2 to v0.20.0',
  fails: calls('assistant'),
  mended: calls('cat-dog'),
  services,
  check: (model, report) => eachService(model, (step, service, { chat, runtime }) => {
    if (chat) {
      const { name, namespace = '<namespace>', deploymentMode } = service;
      const host = `${deploymentMode === 'Knative' ? name : `${name}-predictor`}.${namespace}.svc.cluster.local`;
      report(
        step.at('serviceName'),
        `${step} calls ${service}, which is a chat model, by its predict address`,
        `call it by serviceUrl: http://${host}${runtime === 'kserve-vllmserver' ? '' : '/openai'}/v1/chat/completions`,
      );
    }
  }),
};

export const targetRules: readonly Rule[] = [
  serviceName, serviceUrl, urlWithoutPath, urlOfThisPod, urlOutsideCluster, oldPredictorHost, misspeltService, unknownService, llmServiceByName,
  serviceInOtherNamespace, serviceWithoutHttp, serviceWithoutPath, runtimeDecidesProtocol, chatByName,
];

/** The URLs that the router can call. */
function usableUrls(steps: readonly StepModel[]): { step: StepModel; url: URL }[] {
  return steps.flatMap((step) => step.serviceUrl !== undefined && urlProblem(step.serviceUrl) === undefined && URL.canParse(step.serviceUrl)
    ? [{ step, url: new URL(step.serviceUrl) }] : []);
}

function isNowhere(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host) || /(^|\.)example\.(com|org|net)$/.test(host);
}

/** Of a host that is no service its own rule tells. */
function isWithoutPath({ serviceUrl: written = '' }: StepModel, { hostname, pathname, search }: URL): boolean {
  return pathname === '/' && search === '' && !written.endsWith('/') && !isNowhere(hostname);
}

/** A name with a top level of the internet; cluster names end in `svc` or `local`, or have at most a namespace. */
function isOutside(host: string): boolean {
  const parts = host.split('.');
  return parts.length > 2 && !isNowhere(host) && !parts.includes('svc') && parts[parts.length - 1] !== 'local' && !/^[\d.]+$/.test(host);
}

/** The steps that call a known service, with what a graph makes of it. */
function eachService(model: GraphModel, visit: (step: StepModel, service: KnownService, resolved: ResolvedService) => void): void {
  model.steps.forEach((step) => {
    const service = model.serviceOf(step);
    if (service?.resolved !== undefined) {
      visit(step, service, service.resolved);
    }
  });
}

/** Steps whose service is not among those that are known, and the one that was meant. */
function unknownServices(model: GraphModel): { step: StepModel; meant?: string }[] {
  const { services: known } = model;
  if (known.length === 0) {
    return [];
  }
  const names = known.map(({ name }) => name);
  return model.steps
    .filter((step) => step.serviceName !== undefined && servicesNamed(known, step.serviceName).length === 0 && !isLlmService(model, step))
    .map((step, i) => ({ step, meant: i < MOST_SUGGESTIONS ? meantBy(step.serviceName!, names) : undefined }));
}

/** Whether the name that a step calls is that of an LLMInferenceService, and of no InferenceService. */
function isLlmService(model: GraphModel, step: StepModel): boolean {
  const { serviceName: called } = step;
  return model.llmServices.some(({ name, namespace }) => name === called && mayShareNamespace(namespace, model.metadata.namespace))
    && model.serviceOf(step) === undefined;
}

/** Names that differ in their numbers alone, and short ones, are no slips of each other. */
function meantBy(name: string, names: readonly string[]): string | undefined {
  const withoutNumbers = (text: string) => text.replace(/\d+/g, '0');
  return name.length < 4 ? undefined : nearest(name, names.filter((other) => withoutNumbers(other) !== withoutNumbers(name)));
}
