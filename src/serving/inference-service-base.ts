import { Construct } from 'constructs';
import { ServiceTarget } from './service-target';
import type { DeploymentMode } from '../graph/deployment-mode';
import { KServeVersion } from '../graph/kserve-version';
import type { IInferenceTarget, InferenceTarget } from '../graph/target';
import { runtimesAmong } from '../private/runtimes';
import { INFERENCE_SERVICE, mark } from '../private/symbols';
import type { InferenceServiceManifest } from '../spec/inference-service';
import { resolveService } from '../spec/resolve';
import type { ResolvedService } from '../spec/resolve';

/**
 * An InferenceService, defined in this app or elsewhere, and what a graph makes of it.
 */
export abstract class InferenceServiceBase extends Construct implements IInferenceTarget {
  /** The service's name. */
  public readonly name: string;

  /** The namespace, where the service or its chart has one. */
  public readonly namespace?: string;

  /** How KServe deploys the service. */
  public readonly deploymentMode: DeploymentMode;

  /** How a step calls the service: by name, or by `url` where the graph is in another namespace. */
  public readonly stepTarget: InferenceTarget;

  /**
   * @param scope where the service is defined, in or under a chart
   * @param id the construct id
   * @param name the service's name
   * @param deploymentMode how KServe deploys it
   * @param namespace its namespace, if it is known
   */
  protected constructor(scope: Construct, id: string, name: string, deploymentMode: DeploymentMode, namespace?: string) {
    super(scope, id);
    this.name = name;
    this.namespace = namespace;
    this.deploymentMode = deploymentMode;
    this.stepTarget = new ServiceTarget(this);
    mark(this, INFERENCE_SERVICE);
  }

  /** The model's name in addresses. */
  public get modelName(): string {
    return this._resolve().modelName;
  }

  /**
   * The protocol by which a graph calls the service: `v1` or `v2` as a rule. Undefined where the service names a runtime that neither KServe
   * ships nor this app defines.
   */
  public get protocolVersion(): string | undefined {
    return this._resolve().protocol;
  }

  /** The runtime: the one that the model names, or the one that KServe would choose of those that it ships and this app defines. */
  public get runtime(): string | undefined {
    return this._resolve().runtime;
  }

  /**
   * The address in the cluster at which a graph, or a client, gets answers from the model. Undefined where namespace or protocol are not known.
   *
   * It is that of a cluster as shipped: domain `cluster.local`, Services with an address of their own, Istio's host in Knative mode.
   */
  public get url(): string | undefined {
    return this._resolve().url;
  }

  /** Whether it serves OpenAI's chat and completions. A graph reaches them by `InferenceTarget.url(service.openAiUrl)` only. */
  public get speaksChat(): boolean {
    return this._resolve().chat;
  }

  /**
   * The address in the cluster of OpenAI's chat completions, for services that have them: `…/openai/v1/chat/completions`.
   * vLLM's own image has them at `/v1/chat/completions`.
   *
   * @throws when the namespace is not known
   */
  public get openAiUrl(): string {
    const { address, runtime } = this._resolve();
    if (address === undefined) {
      throw new Error(`[${this.node.path}] the address of '${this.name}' needs its namespace, got none: set metadata.namespace, or the chart's namespace`);
    }
    return `${address}${runtime === 'kserve-vllmserver' ? '' : '/openai'}/v1/chat/completions`;
  }

  /**
   * Why a graph cannot call the service by its name; undefined where it can.
   */
  public get callProblem(): string | undefined {
    return this._resolve().problem;
  }

  /**
   * What a graph makes of the service.
   *
   * @internal
   */
  public _resolve(): ResolvedService {
    const release = KServeVersion.of(this)._release;
    const runtimes = runtimesAmong(this.node.root.node.findAll()).for(this.namespace);
    return resolveService(this._toManifest(), { release, mode: this.deploymentMode, ...runtimes });
  }

  /**
   * The service as in a manifest.
   *
   * @internal
   */
  public abstract _toManifest(): InferenceServiceManifest;
}
