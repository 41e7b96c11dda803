import { InferenceTarget } from '../graph/target';
import type { InferenceTargetSpec } from '../spec/inference-graph';
import type { ResolvedService } from '../spec/resolve';

/** What a step needs to know of an InferenceService. */
export interface CallableService {
  readonly name: string;
  readonly namespace?: string;
  _resolve(): ResolvedService;
}

/** An InferenceService as the target of a step: by name, or by address where the graph is in another namespace. */
export class ServiceTarget extends InferenceTarget {
  constructor(private readonly service: CallableService) {
    super();
  }

  /** @internal */
  public _problemFor(namespace?: string): { readonly message: string; readonly help: string } | undefined {
    const { problem, url } = this.service._resolve();
    // what is wrong with a call by its name is told by the linter
    if (!this.isElsewhere(namespace) || (url !== undefined && problem === undefined)) {
      return undefined;
    }
    return {
      message: `InferenceService '${this.service.name}' of namespace '${this.service.namespace}' from namespace '${namespace}', but ${problem ?? 'its address is not known'}`,
      help: 'call it by InferenceTarget.url()',
    };
  }

  /** @internal */
  public _toSpec(namespace?: string): InferenceTargetSpec {
    const { url, problem } = this.service._resolve();
    // KServe looks a serviceName up in the graph's own namespace
    return this.isElsewhere(namespace) && url !== undefined && problem === undefined ? { serviceUrl: url } : { serviceName: this.service.name };
  }

  private isElsewhere(namespace?: string): boolean {
    return namespace !== undefined && this.service.namespace !== undefined && this.service.namespace !== namespace;
  }
}
