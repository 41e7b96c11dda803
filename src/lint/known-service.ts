import type { Located, Path } from './diagnostic';
import { fieldsOf, isMap, listOf, nonEmpty, textOf, wholeOf } from './json';
import type { Fields } from './json';
import { MetadataModel } from './metadata';
import type { DeploymentModeName } from './metadata';
import { builtInRuntimes } from '../spec/runtimes';
import { NEWEST_RELEASE } from '../spec/versions';

/** The protocols of KServe's HTTP API. */
export type HttpProtocol = 'v1' | 'v2';

/** The keys of a predictor that name a framework; the webhook rewrites them to `model` (inference_service_defaults.go, v0.20.0). */
export const FRAMEWORKS = ['sklearn', 'xgboost', 'tensorflow', 'pytorch', 'triton', 'onnx', 'huggingface', 'pmml', 'lightgbm', 'paddle'] as const;

/** Formats whose models the webhook puts on v2 where no protocol is set (predictor_model.go and inference_service_defaults.go, v0.20.0). */
const V2_FORMATS: ReadonlySet<string> = new Set(['triton', 'vLLM']);
const V2_FRAMEWORKS: ReadonlySet<string> = new Set(['triton', 'onnx', 'huggingface']);

/** An InferenceService as the rules see it. What is not of the right type is left out. */
export class KnownService implements Located {
  public readonly path: Path = [];
  public readonly metadata: MetadataModel;
  public readonly predictor: Fields;
  public readonly transformer?: Fields;

  /**
   * @param document the object as in a manifest
   * @param where where the user finds it: a construct path, or a file and line
   */
  constructor(public readonly document: unknown, public readonly where: string = '', clusterDefault?: DeploymentModeName) {
    const top = fieldsOf(document);
    const spec = fieldsOf(top.spec);
    this.metadata = new MetadataModel(fieldsOf(top.metadata), clusterDefault);
    this.predictor = fieldsOf(spec.predictor);
    this.transformer = isMap(spec.transformer) ? spec.transformer : undefined;
  }

  /** The components that the document has, by their keys. */
  public get components(): readonly (readonly [string, Fields])[] {
    const spec = fieldsOf(fieldsOf(this.document).spec);
    return ['predictor', 'transformer', 'explainer'].flatMap((key) => isMap(spec[key]) ? [[key, spec[key]] as const] : []);
  }

  /** The model of the predictor, also where it is written under its framework's name. */
  public get model(): Fields | undefined {
    const framework = this.framework;
    if (isMap(this.predictor.model)) {
      return this.predictor.model;
    }
    return framework === undefined ? undefined : fieldsOf(this.predictor[framework]);
  }

  /** The framework's key, where the predictor is written with one. */
  public get framework(): string | undefined {
    return FRAMEWORKS.find((key) => isMap(this.predictor[key]));
  }

  public get format(): string | undefined {
    return this.framework ?? nonEmpty(fieldsOf(this.model?.modelFormat).name);
  }

  public get runtime(): string | undefined {
    return nonEmpty(this.model?.runtime);
  }

  /** `protocolVersion` as written. */
  public get protocolVersion(): string | undefined {
    return nonEmpty(this.model?.protocolVersion);
  }

  /**
   * The protocol that a graph calls it with; `none` where the graph gets a bare host, undefined where it is not known.
   *
   * A transformer or container of the user's own says so in its environment. With a `runtime`, the first HTTP protocol of the
   * runtime counts and not the service's (`GetPredictorEndpoint`, pkg/controller/v1beta1/inferenceservice/utils/utils.go, v0.16.0 to v0.20.0).
   */
  public get graphProtocol(): HttpProtocol | 'none' | undefined {
    if (this.transformer !== undefined) {
      return environmentProtocol(this.transformer);
    }
    if (this.model === undefined) {
      return environmentProtocol(this.predictor);
    }
    if (this.runtime !== undefined) {
      const runtime = builtInRuntimes(NEWEST_RELEASE).find(({ name }) => name === this.runtime);
      return runtime === undefined ? undefined : runtime.protocolVersions.find(isHttp) ?? httpOrNone(this.ownProtocol);
    }
    return httpOrNone(this.ownProtocol);
  }

  /** The protocol by which KServe chooses a runtime. */
  public get ownProtocol(): string {
    const isV2 = this.framework === undefined ? V2_FORMATS.has(this.format ?? '') : V2_FRAMEWORKS.has(this.framework);
    return this.protocolVersion ?? (isV2 ? 'v2' : 'v1');
  }

  /** Whether it answers chats and completions, whose addresses a `serviceName` never leads to. */
  public get isChat(): boolean {
    if (this.format === 'vLLM' || this.runtime === 'kserve-vllmserver') {
      return true;
    }
    const args = listOf(this.model?.args).map((arg) => textOf(arg) ?? '');
    return this.format === 'huggingface' && /--(task[= ]text(2text)?[_-]generation|backend[= ]vllm)/.test(args.join(' '));
  }

  /** The longest that the service works on a request, in seconds; undefined where nothing bounds it. */
  public get timeout(): number | undefined {
    const timeouts = [this.predictor, ...(this.transformer === undefined ? [] : [this.transformer])].map(({ timeout }) => wholeOf(timeout));
    return timeouts.every((timeout) => timeout !== undefined) ? timeouts[0] : undefined;
  }

  public toString(): string {
    return `InferenceService '${this.metadata.name}'`;
  }
}

function isHttp(protocol: string): protocol is HttpProtocol {
  return protocol === 'v1' || protocol === 'v2';
}

function httpOrNone(protocol: string): HttpProtocol | 'none' {
  return isHttp(protocol) ? protocol : 'none';
}

function environmentProtocol(component: Fields): HttpProtocol | 'none' {
  const [container] = listOf(component.containers).filter(isMap);
  const [protocol] = listOf(container?.env).filter(isMap).filter(({ name }) => name === 'PROTOCOL');
  return httpOrNone(nonEmpty(protocol?.value) ?? 'v1');
}
