import type { DeploymentModeName } from './deployment-mode';
import { FRAMEWORKS } from './inference-service';
import type { InferenceServiceManifest, ModelSpec, PredictorSpec } from './inference-service';
import { runtimeNamed, runtimesOfCluster, selectRuntime } from './runtimes';
import type { RuntimeSpec } from './runtimes';
import { can } from './versions';
import type { Release } from './versions';

/*
 * What a graph makes of a `serviceName`, as KServe's controller does it (GetPredictorEndpoint and GetModelName in
 * pkg/controller/v1beta1/inferenceservice/utils/utils.go; the hosts in …/reconcilers/ingress; v0.15.2 to v0.20.0).
 */

/** The cluster that a service is in, as far as it matters for its address. */
export interface ResolutionContext {
  readonly release: Release;
  /** Undefined where neither the service nor anything else says it. */
  readonly mode?: DeploymentModeName;
  /** Runtimes of the app, beside those that KServe ships; those of the namespace are looked at first. */
  readonly runtimes?: readonly RuntimeSpec[];
  readonly clusterRuntimes?: readonly RuntimeSpec[];
  /** The cluster's domain. @default cluster.local */
  readonly domain?: string;
  /** Whether Services have no cluster address (`service.serviceClusterIPNone` in KServe's configuration). @default false */
  readonly headless?: boolean;
  /** Whether KServe makes no Istio host for the service's own name (`ingress.disableIstioVirtualHost`). @default false */
  readonly withoutIstioHost?: boolean;
}

/** What is known of a service. */
export interface ResolvedService {
  readonly transformer: boolean;
  /** The runtime that the model names, or the one that KServe would choose of those that are known. */
  readonly runtime?: string;
  /** The protocol by which a graph calls the service; undefined where that is not known. */
  readonly protocol?: string;
  readonly modelName: string;
  /** What follows the host in the address; undefined where the protocol is not known. */
  readonly path?: string;
  /** The address that the service's status has; undefined where mode or namespace are not known. */
  readonly address?: string;
  /** The address that a graph calls for the `serviceName`; undefined where it is not known. */
  readonly url?: string;
  /** Whether it serves OpenAI's chat and completions, which a graph reaches by URL only. */
  readonly chat: boolean;
  /** Why a call by `serviceName` cannot work; undefined where it can. */
  readonly problem?: string;
}

/** What a graph in the same namespace makes of a service. */
export function resolveService(service: InferenceServiceManifest, context: ResolutionContext): ResolvedService {
  const { metadata: { name, namespace }, spec } = service;
  const predictor = withModel(spec.predictor, context.release);
  const transformer = spec.transformer !== undefined;
  const modelName = modelNameOf(service, predictor);
  const chat = !transformer && predictor.model !== undefined && isChat(predictor.model);
  const runtime = predictor.model && runtimeOf(predictor, predictor.model, context);
  const call: Call = spec.transformer !== undefined
    ? { protocol: environment(spec.transformer.containers?.[0]?.env).get('PROTOCOL') ?? 'v1' }
    : callOf(predictor, runtime, context.release);
  const path = call.pathless ? '' : call.protocol === undefined ? undefined : predictPath(modelName, call.protocol);
  const address = addressOf(name, namespace, transformer, context, predictor.name);
  return {
    transformer,
    runtime: predictor.model?.runtime ?? runtime?.name,
    protocol: call.protocol,
    modelName,
    path,
    address,
    url: address === undefined || path === undefined ? undefined : address + path,
    chat,
    problem: call.problem ?? (path === '' ? `it speaks '${call.protocol}', and a graph calls by v1 and v2 only` : undefined)
      ?? (chat ? 'it speaks chat, and a graph calls by the paths of v1 and v2 only' : undefined),
  };
}

const FRAMEWORKS_OF_V2: readonly string[] = ['triton', 'onnx', 'huggingface'];

/** The protocol that the webhook sets where a model names none (inference_service_defaults.go, v0.15.2 to v0.20.0). */
export function defaultProtocolOf(format: string | undefined, release: Release): 'v2' | undefined {
  return format === 'triton' || (format === 'vLLM' && can(release, 'vllmByV2')) ? 'v2' : undefined;
}

/** A predictor as the webhook leaves it. */
function withModel(predictor: PredictorSpec, release: Release): PredictorSpec {
  const framework = FRAMEWORKS.find((key) => (predictor as { [key: string]: unknown })[key] !== undefined);
  if (framework !== undefined) {
    const fields = (predictor as { [key: string]: Partial<ModelSpec> })[framework];
    const protocolVersion = fields.protocolVersion ?? (FRAMEWORKS_OF_V2.includes(framework) ? 'v2' : undefined);
    return { ...predictor, model: { ...fields, modelFormat: { name: framework }, protocolVersion } };
  }
  const { model } = predictor;
  return model === undefined
    ? predictor
    : { ...predictor, model: { ...model, protocolVersion: model.protocolVersion ?? defaultProtocolOf(model.modelFormat?.name, release) } };
}

/** The runtime that serves a model, as far as it is known. */
export function runtimeOf(predictor: PredictorSpec, model: ModelSpec, context: ResolutionContext): RuntimeSpec | undefined {
  const { release, runtimes = [], clusterRuntimes } = context;
  const cluster = runtimesOfCluster(release, clusterRuntimes);
  return model.runtime !== undefined
    ? runtimeNamed(model.runtime, runtimes, cluster)
    : selectRuntime(model.modelFormat, model.protocolVersion ?? 'v1', predictor.workerSpec !== undefined, runtimes, cluster);
}

/** How a graph calls a service. */
interface Call {
  readonly protocol?: string;
  readonly pathless?: boolean;
  readonly problem?: string;
}

/** The protocol by which a graph calls a predictor. */
function callOf(predictor: PredictorSpec, runtime: RuntimeSpec | undefined, release: Release): Call {
  if (isMultiModel(predictor)) {
    return { pathless: true, problem: 'its model has no storage, so KServe takes it for a server of many models and calls it without a path' };
  }
  const { model } = predictor;
  if (model === undefined) {
    return { protocol: protocolOfContainers(predictor) };
  }
  if (model.runtime === undefined || !can(release, 'protocolOfExplicitRuntime')) {
    return { protocol: model.protocolVersion ?? 'v1' };
  }
  if (runtime === undefined) {
    return {};
  }
  if (runtime.protocolVersions.length === 0) {
    return { protocol: model.protocolVersion ?? 'v1' };
  }
  const protocol = runtime.protocolVersions.find((version) => version === 'v1' || version === 'v2');
  return protocol === undefined ? { problem: `its runtime '${runtime.name}' speaks neither v1 nor v2, and the graph's controller fails` } : { protocol };
}

function protocolOfContainers({ containers = [] }: PredictorSpec): string {
  const spokenTo = containers.find(({ name }) => name === 'transformer-container') ?? containers[0];
  return environment(spokenTo?.env).get('PROTOCOL') ?? 'v1';
}

function isMultiModel(predictor: PredictorSpec): boolean {
  if (predictor.containers !== undefined && predictor.containers.length > 0) {
    return environment(predictor.containers[0].env).get('MULTI_MODEL_SERVER') === 'true';
  }
  const { model, storageUris = [] } = predictor;
  return model !== undefined
    && model.modelFormat?.name !== 'huggingface'
    && model.storageUri === undefined
    && model.storage === undefined
    && storageUris.length === 0;
}

/** `PredictPath` of pkg/constants/constants.go. */
function predictPath(model: string, protocol: string): string {
  switch (protocol) {
    case 'v1':
      return `/v1/models/${model}:predict`;
    case 'v2':
      return `/v2/models/${model}/infer`;
    default:
      return '';
  }
}

function modelNameOf({ metadata, spec }: InferenceServiceManifest, { model, containers = [] }: PredictorSpec): string {
  const ofTransformer = modelNameFromArgs(spec.transformer?.containers?.[0]?.args);
  if (ofTransformer !== '') {
    return ofTransformer;
  }
  if (model === undefined) {
    return modelNameFromArgs(containers[0]?.args) || metadata.name;
  }
  const ofMlServer = model.env?.find(({ name }) => name === 'MLSERVER_MODEL_NAME');
  return ofMlServer === undefined ? modelNameFromArgs(model.args) || metadata.name : ofMlServer.value ?? '';
}

/** Follows getModelNameFromArgs to the letter: any argument that begins so counts, and a following one that is no flag wins. */
function modelNameFromArgs(args: readonly string[] = []): string {
  return args.reduce((found, arg, i) => {
    if (!arg.startsWith('--model_name')) {
      return found;
    }
    const parts = arg.split('=');
    const next = args[i + 1];
    return next !== undefined && !next.startsWith('--') ? next : parts.length === 2 ? parts[1] : found;
  }, '');
}

/** vLLM, and Hugging Face's server where it is told to generate texts, serve OpenAI's paths and none of v1 or v2; other runtimes may. */
function isChat({ modelFormat, args = [], runtime }: ModelSpec): boolean {
  if (runtime !== undefined && !runtime.startsWith('kserve-')) {
    return false;
  }
  const flags = args.flatMap((arg, i) => arg.includes('=') ? arg : `${arg}=${args[i + 1] ?? ''}`);
  return modelFormat?.name === 'vLLM'
    || (modelFormat?.name === 'huggingface' && flags.some((flag) => CHAT_FLAGS.includes(flag)));
}

const CHAT_FLAGS = ['--backend=vllm', '--task=text_generation', '--task=text2text_generation'];

function addressOf(
  name: string,
  namespace: string | undefined,
  transformer: boolean,
  context: ResolutionContext,
  predictorName?: string,
): string | undefined {
  const { mode, release, domain = 'cluster.local', headless = false, withoutIstioHost = false } = context;
  if (mode === undefined || namespace === undefined) {
    return undefined;
  }
  const component = transformer ? 'transformer' : predictorName === undefined ? 'predictor' : `${predictorName}-predictor`;
  const host = mode === 'Knative' && !withoutIstioHost ? name : `${name}-${component}`;
  const port = mode === 'Standard' && headless && can(release, 'portOfHeadlessService') ? ':8080' : '';
  return `http://${host}.${namespace}.svc.${domain}${port}`;
}

/** Variables with a plain value; of two of one name the first counts. */
function environment(env: readonly { readonly name: string; readonly value?: string }[] = []): ReadonlyMap<string, string> {
  return new Map([...env].reverse().map(({ name, value = '' }) => [name, value]));
}
