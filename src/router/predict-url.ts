/** The fields of an InferenceService that tell its address. Others may stand beside them. */
export interface ServiceManifest {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: { readonly [key: string]: string } };
  readonly spec: { readonly predictor: PredictorFields; readonly transformer?: { readonly containers?: readonly ContainerFields[] } };
}

interface PredictorFields {
  readonly name?: string;
  readonly containers?: readonly ContainerFields[];
  readonly storageUris?: readonly unknown[];
  readonly model?: ContainerFields & {
    readonly modelFormat: { readonly name: string };
    readonly protocolVersion?: string;
    readonly runtime?: string;
    readonly storageUri?: string;
    readonly storage?: unknown;
  };
}

interface ContainerFields {
  readonly name?: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
}

/** The protocols of a runtime, by its name; undefined where it is not known. */
export type Runtimes = (name: string) => readonly string[] | undefined;

/** A URL, or why there is none. */
export interface Resolved {
  readonly url?: string;
  readonly problem?: string;
}

/** What to say instead of the service, where its URL cannot be told. */
const SAY_URL = 'give its URL in serviceUrls';

/**
 * The URL by which a graph calls an InferenceService, as the controller tells it from the service's status
 * (pkg/controller/v1beta1/inferenceservice/utils/utils.go, `GetPredictorEndpoint`; …/reconcilers/ingress; v0.20.0).
 */
export function predictUrl(service: ServiceManifest, mode: string | undefined, clusterDomain: string, runtimes: Runtimes): Resolved {
  const { name, namespace } = service.metadata;
  const { predictor, transformer } = service.spec;
  if (mode === undefined) {
    return { problem: `its deployment mode is the cluster's default: say it by the annotation 'serving.kserve.io/deploymentMode', or ${SAY_URL}` };
  }
  if (mode === 'Knative' && namespace === undefined) {
    return { problem: `Knative knows it by its namespace, and it has none: set the namespace of its chart, or ${SAY_URL}` };
  }
  if (predictor.model === undefined && predictor.containers === undefined) {
    return { problem: `its predictor is written in an old form, got ${Object.keys(predictor).join(', ')}: write it as 'model', or ${SAY_URL}` };
  }
  const entry = mode === 'Knative' ? name : entryOf(name, predictor, transformer !== undefined);
  const host = namespace === undefined ? entry : `${entry}.${namespace}.svc.${clusterDomain}`;
  const { path, problem } = pathOf(service, runtimes);
  return path === undefined ? { problem } : { url: `http://${host}${path}` };
}

/** The Service that requests to an InferenceService in Standard mode go to. */
function entryOf(name: string, predictor: PredictorFields, transformed: boolean): string {
  const suffix = predictor.name ? `-${predictor.name}-predictor` : '-predictor';
  return `${name}${transformed ? '-transformer' : suffix}`;
}

function pathOf(service: ServiceManifest, runtimes: Runtimes): { readonly path?: string; readonly problem?: string } {
  const { predictor, transformer } = service.spec;
  if (transformer === undefined && servesManyModels(predictor)) {
    return { path: '' };
  }
  const protocol = transformer === undefined ? predictorProtocol(predictor, runtimes) : protocolOfContainer(transformer.containers?.[0]);
  switch (protocol) {
    case 'v1':
      return { path: `/v1/models/${modelName(service)}:predict` };
    case 'v2':
      return { path: `/v2/models/${modelName(service)}/infer` };
    case undefined:
      return { problem: `the protocols of its runtime '${predictor.model?.runtime}' are not known: define the runtime in this app, or ${SAY_URL}` };
    default:
      return { problem: `it is called by '${protocol}', and a router speaks v1 and v2 only: set another protocolVersion, or another runtime` };
  }
}

/** What KServe takes for a server of many models: it is then called without a path (utils.go, `IsMMSPredictor`). */
function servesManyModels({ model, containers = [], storageUris = [] }: PredictorFields): boolean {
  if (containers.length > 0 || model === undefined) {
    return containers[0]?.env?.some(({ name, value }) => name === 'MULTI_MODEL_SERVER' && value === 'true') ?? false;
  }
  return model.modelFormat.name !== 'huggingface' && model.storageUri === undefined && model.storage === undefined && storageUris.length === 0;
}

/** Undefined where the runtime is not known. */
function predictorProtocol({ model, containers = [] }: PredictorFields, runtimes: Runtimes): string | undefined {
  if (model === undefined) {
    return protocolOfContainer(containers.find(({ name }) => name === 'transformer-container') ?? containers[0]);
  }
  // KServe's webhook sets v2 for these (inference_service_defaults.go)
  const own = model.protocolVersion ?? (['triton', 'vLLM'].includes(model.modelFormat.name) ? 'v2' : 'v1');
  if (model.runtime === undefined) {
    return own;
  }
  const protocols = runtimes(model.runtime);
  return protocols?.length === 0 ? own : protocols?.find((protocol) => protocol === 'v1' || protocol === 'v2') ?? protocols?.[0];
}

function protocolOfContainer(container?: ContainerFields): string {
  return container?.env?.find(({ name }) => name === 'PROTOCOL')?.value ?? 'v1';
}

function modelName({ metadata: { name }, spec: { predictor, transformer } }: ServiceManifest): string {
  const { model, containers = [] } = predictor;
  return nameInArgs(transformer?.containers?.[0]?.args)
    ?? (model === undefined
      ? nameInArgs(containers[0]?.args)
      : model.env?.find((variable) => variable.name === 'MLSERVER_MODEL_NAME')?.value ?? nameInArgs(model.args))
    ?? name;
}

/** The last `--model_name=<name>` or `--model_name <name>`, read as KServe reads it. */
function nameInArgs(args: readonly string[] = []): string | undefined {
  let found = '';
  args.forEach((arg, i) => {
    if (arg.startsWith('--model_name')) {
      const parts = arg.split('=');
      found = parts.length === 2 ? parts[1] : found;
      found = i + 1 < args.length && !args[i + 1].startsWith('--') ? args[i + 1] : found;
    }
  });
  return found || undefined;
}
