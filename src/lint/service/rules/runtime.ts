import { INFERENCE_SERVICE_SHAPE } from '../../../spec/inference-service-shape';
import { defaultProtocolOf, resolveService } from '../../../spec/resolve';
import { PROTOCOLS, runtimeNamed, selectRuntime, supportsFormat, supportsProtocol } from '../../../spec/runtimes';
import { accepts } from '../../../spec/shape';
import { Severity } from '../../severity';
import { fixOfSlip } from '../../slip';
import { alternatives, nearest, quote } from '../../words';
import { sklearn } from '../examples';
import type { ServiceModel } from '../model';
import type { ServiceRule } from '../rule';

const SELECTION = 'pkg/apis/serving/v1beta1/predictor_model.go, v0.20.0, and config/runtimes, v0.15.2 to v0.20.0';

const protocolVersion: ServiceRule = {
  id: 'protocol-version',
  severity: Severity.ERROR,
  title: 'a protocol that does not exist',
  why: 'No runtime lists it, so that the service never gets a pod.',
  source: 'pkg/constants/constants.go, v0.20.0',
  fails: sklearn({}, { protocolVersion: 'V2' }),
  mended: sklearn({}, { protocolVersion: 'v2' }),
  check: (service, report) => {
    const { protocol } = modelOf(service);
    if (protocol !== undefined && !PROTOCOLS.includes(protocol)) {
      const meant = nearest(protocol, PROTOCOLS);
      report(
        service.predictor.at('model', 'protocolVersion'),
        `the protocol must be ${alternatives(PROTOCOLS.map((name) => `'${name}'`))}, got ${quote(protocol)}`,
        meant === undefined ? 'write one of them' : `did you mean '${meant}'?`,
        fixOfSlip(service.predictor.at('model', 'protocolVersion').path, protocol, meant, PROTOCOLS),
      );
    }
  },
};

const unsupportedFormat: ServiceRule = {
  id: 'runtime-format',
  severity: Severity.ERROR,
  title: 'a model format that the named runtime does not serve',
  why: 'The controller refuses the model with InvalidSpec, on every reconcile.',
  source: SELECTION,
  fails: sklearn({}, { runtime: 'kserve-xgbserver' }),
  mended: sklearn({}, { runtime: 'kserve-sklearnserver' }),
  check: (service, report) => {
    const { format, runtime } = modelOf(service);
    const known = runtime === undefined ? undefined : runtimeNamed(runtime, service.runtimes, service.clusterRuntimes);
    if (known !== undefined && format !== undefined && !supportsFormat(known, format)) {
      const others = [...service.runtimes, ...service.clusterRuntimes].filter((other) => supportsFormat(other, format)).map(({ name }) => name);
      report(
        service.predictor.at('model', 'runtime'),
        `the runtime '${runtime}' does not serve ${describe(format)}, but ${alternatives([...new Set(known.formats.map(({ name }) => name))])}`,
        others.length === 0 ? 'change the format, or name another runtime' : `name ${alternatives([...new Set(others)])}, or none`,
      );
    }
  },
};

const unsupportedProtocol: ServiceRule = {
  id: 'runtime-protocol',
  severity: Severity.ERROR,
  title: 'a protocol that the named runtime does not speak',
  why: 'The controller refuses the model with InvalidSpec, on every reconcile.',
  source: SELECTION,
  fails: sklearn({}, { runtime: 'kserve-mlserver', protocolVersion: 'v1' }),
  mended: sklearn({}, { runtime: 'kserve-mlserver', protocolVersion: 'v2' }),
  check: (service, report) => {
    const { runtime, format, protocol } = modelOf(service);
    const known = runtime === undefined ? undefined : runtimeNamed(runtime, service.runtimes, service.clusterRuntimes);
    const spoken = effective(protocol, service);
    if (known !== undefined && format !== undefined && PROTOCOLS.includes(spoken) && !supportsProtocol(known, spoken)) {
      report(
        service.predictor.at('model', 'protocolVersion'),
        `the runtime '${runtime}' does not speak ${quote(spoken)}, but ${alternatives(known.protocolVersions.map((name) => `'${name}'`))}`,
        `set protocolVersion to ${quote(known.protocolVersions[0])}, or name another runtime`,
      );
    }
  },
};

/** More than a cluster serves. */
const MOST_FORMATS = 1_000;

const noRuntime: ServiceRule = {
  id: 'no-runtime',
  severity: Severity.WARNING,
  title: 'a model that no known runtime serves',
  why: 'KServe chooses a runtime by format and protocol. None that it ships, and none of this app, fits; unless the cluster has one, no pod is ever made.',
  source: SELECTION,
  fails: sklearn({}, { modelFormat: { name: 'onnx' } }),
  mended: sklearn({}, { modelFormat: { name: 'onnx' }, protocolVersion: 'v2' }),
  check: (service, report) => {
    const { format, runtime, protocol } = modelOf(service);
    if (format === undefined || runtime !== undefined || (protocol !== undefined && !PROTOCOLS.includes(protocol))) {
      return;
    }
    const multiNode = service.predictor.fields.workerSpec !== undefined;
    const choose = (by: string, wanted = format) => selectRuntime(wanted, by, multiNode, service.runtimes, service.clusterRuntimes);
    const spoken = effective(protocol, service);
    if (choose(spoken) === undefined) {
      const other = PROTOCOLS.find((name) => choose(name) !== undefined);
      const served = [...service.runtimes, ...service.clusterRuntimes].flatMap((known) => known.formats.map(({ name }) => name));
      const formats = [...new Set(served)].slice(0, MOST_FORMATS);
      const meant = formats.includes(format.name) ? undefined : nearest(format.name, formats);
      report(
        service.predictor.at('model', 'modelFormat'),
        `no runtime is known that serves ${describe(format)} by protocol '${spoken}'`,
        meant !== undefined ? `did you mean '${meant}'?` : other !== undefined ? `set protocolVersion to '${other}'` : "name the cluster's runtime with 'runtime'",
      );
    }
  },
};

const protocolOfRuntime: ServiceRule = {
  id: 'graph-protocol',
  // for clients other than graphs it is well so; the graph's own rule warns
  severity: Severity.INFO,
  title: 'a protocol that graphs do not call by',
  why: "Where a model names its runtime, a graph calls by the first of the runtime's protocols, whatever protocolVersion says.",
  source: 'pkg/controller/v1beta1/inferenceservice/utils/utils.go (GetPredictorEndpoint), v0.16.0 to v0.20.0',
  fails: sklearn({}, { runtime: 'kserve-sklearnserver', protocolVersion: 'v2' }),
  mended: sklearn({}, { runtime: 'kserve-sklearnserver', protocolVersion: 'v1' }),
  check: (service, report) => {
    const { runtime, protocol } = modelOf(service);
    const known = runtime === undefined ? undefined : runtimeNamed(runtime, service.runtimes, service.clusterRuntimes);
    const isWhole = accepts(INFERENCE_SERVICE_SHAPE, service.document) && service.manifest.metadata !== undefined;
    if (known === undefined || protocol === undefined || !supportsProtocol(known, protocol) || !isWhole) {
      return;
    }
    const called = resolveService(service.manifest, service).protocol;
    if (service.transformer === undefined && called !== undefined && called !== protocol) {
      report(
        service.predictor.at('model', 'protocolVersion'),
        `a graph calls the service by protocol '${called}', because it is the first one of runtime '${runtime}', got '${protocol}'`,
        `set protocolVersion to '${called}', or leave 'runtime' out and let KServe choose`,
      );
    }
  },
};

interface Model {
  readonly format?: { readonly name: string; readonly version?: string };
  readonly runtime?: string;
  readonly protocol?: string;
}

function modelOf({ predictor }: ServiceModel): Model {
  const model = predictor.map('model');
  const { name, version } = (model.modelFormat ?? {}) as { [key: string]: unknown };
  return {
    format: typeof name === 'string' ? { name, version: typeof version === 'string' ? version : undefined } : undefined,
    runtime: typeof model.runtime === 'string' ? model.runtime : undefined,
    protocol: typeof model.protocolVersion === 'string' ? model.protocolVersion : undefined,
  };
}

/** The protocol after KServe's webhook. */
function effective(protocol: string | undefined, service: ServiceModel): string {
  return protocol ?? defaultProtocolOf(modelOf(service).format?.name, service.release) ?? 'v1';
}

function describe({ name, version }: { readonly name: string; readonly version?: string }): string {
  return version === undefined ? `the format '${name}'` : `the format '${name}' in version '${version}'`;
}

export const serviceRuntimeRules: readonly ServiceRule[] = [protocolVersion, unsupportedFormat, unsupportedProtocol, noRuntime, protocolOfRuntime];
