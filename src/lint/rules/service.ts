import { builtInRuntimes } from '../../spec/runtimes';
import { NEWEST_RELEASE } from '../../spec/versions';
import type { Path } from '../diagnostic';
import { fieldsOf, isMap, listOf, nonEmpty, textOf, wholeOf } from '../json';
import { at, Authority } from '../rule';
import type { Rule } from '../rule';
import { FRAMEWORKS } from '../service-model';
import type { ServiceModel } from '../service-model';
import { Severity } from '../severity';
import { alternatives, nearest, quote } from '../words';
import { LABEL_LENGTH, lintServiceName } from './name';

const WEBHOOK = 'pkg/apis/serving/v1beta1/inference_service_validation.go, v0.20.0';

const STORAGE = 'gs://models/iris';
const iris = { modelFormat: { name: 'sklearn' }, storageUri: STORAGE };

/** An InferenceService for an example. */
function service(predictor: object, name = 'iris'): unknown {
  return {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name, annotations: { 'serving.kserve.io/deploymentMode': 'Standard' } },
    spec: { predictor },
  };
}
const good = service({ model: iris });

const inferenceServiceName: Rule<ServiceModel> = {
  id: 'inference-service-name',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a name of an InferenceService that is no DNS label',
  why: "KServe's webhook refuses the object.",
  source: WEBHOOK,
  fails: service({ model: iris }, 'Iris_1'),
  mended: good,
  check: ({ metadata: { name } }, report) => lintServiceName(name).forEach(({ path, message, help }) => report(at(...path), message, help)),
};

const serviceNameTooLong: Rule<ServiceModel> = {
  id: 'service-name-too-long',
  severity: Severity.ERROR,
  title: 'a name of an InferenceService that leaves no room for what KServe makes of it',
  why: "In Standard mode the Deployment's label 'isvc.<name>-predictor' and the host '<name>-predictor-<namespace>' have room for 63 characters; the controller fails on every reconcile.",
  source: 'pkg/controller/v1beta1/inferenceservice/reconcilers/deployment/deployment_reconciler.go, v0.20.0',
  mode: 'Standard',
  fails: service({ model: iris }, 'a-name-that-is-just-about-too-long-for-its-predictor'),
  mended: good,
  check: ({ metadata: { name, namespace }, transformer }, report) => {
    const component = transformer === undefined ? 'predictor' : 'transformer';
    const parts = [`isvc.${name}-${component}`, ...(namespace === undefined ? [] : [`${name}-predictor-${namespace}`])];
    const longest = parts.sort((a, b) => b.length - a.length)[0];
    if (longest.length > LABEL_LENGTH) {
      report(at('metadata', 'name'), `'${longest}' must be at most ${LABEL_LENGTH} characters long in Standard mode, got ${longest.length}`, 'shorten the name');
    }
  },
};

const noPredictor: Rule<ServiceModel> = {
  id: 'no-model',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a predictor without a model or container',
  why: "KServe's webhook refuses the object: a component has exactly one implementation.",
  source: WEBHOOK,
  fails: service({ minReplicas: 1 }),
  mended: good,
  check: (model, report) => {
    if (implementationsOf(model).length === 0) {
      report(at('spec', 'predictor'), `${model} has no model`, 'add predictor.model, or predictor.containers with an image of your own');
    }
  },
};

const severalModels: Rule<ServiceModel> = {
  id: 'several-models',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a predictor with more than one model',
  why: "KServe's webhook refuses the object: a component has exactly one implementation.",
  source: WEBHOOK,
  fails: service({ model: iris, sklearn: { storageUri: STORAGE } }),
  mended: good,
  check: (model, report) => {
    const found = implementationsOf(model);
    if (found.length > 1) {
      report(at('spec', 'predictor'), `${model} has more than one model, got ${found.join(' and ')}`, 'keep one of them');
    }
  },
};

const frameworkKey: Rule<ServiceModel> = {
  id: 'framework-key',
  severity: Severity.WARNING,
  title: "a predictor written with its framework's key",
  why: "KServe's webhook rewrites it to predictor.model, so that what is in the cluster always differs from what is in Git.",
  source: 'pkg/apis/serving/v1beta1/inference_service_defaults.go, v0.20.0',
  fails: service({ sklearn: { storageUri: STORAGE } }),
  mended: good,
  check: ({ framework, predictor }, report) => {
    if (framework !== undefined && !isMap(predictor.model)) {
      report(at('spec', 'predictor', framework), `KServe rewrites the predictor, got ${quote(framework)}`, `write model: with modelFormat: {name: ${framework}} and the same fields`);
    }
  },
};

const noModelFormat: Rule<ServiceModel> = {
  id: 'no-model-format',
  severity: Severity.ERROR,
  authority: Authority.SCHEMA,
  title: 'a model without a format',
  why: 'The API server refuses the object: the schema of the CRD requires modelFormat.name.',
  source: 'config/crd/full/serving.kserve.io_inferenceservices.yaml, v0.20.0',
  fails: service({ model: { storageUri: STORAGE } }),
  mended: good,
  check: ({ predictor }, report) => {
    if (isMap(predictor.model) && textOf(fieldsOf(predictor.model.modelFormat).name) === undefined) {
      report(at('spec', 'predictor', 'model'), 'the model has no modelFormat.name', 'add it, such as sklearn, onnx or huggingface');
    }
  },
};

const noRuntimeForFormat: Rule<ServiceModel> = {
  id: 'no-runtime-for-format',
  severity: Severity.WARNING,
  title: "a model that none of KServe's runtimes chooses",
  why: 'Without a runtime KServe looks for one that supports the format and speaks the protocol (v1 by default). Its own have none; one of yours may.',
  source: 'pkg/apis/serving/v1beta1/predictor_model.go and config/runtimes, v0.20.0',
  fails: service({ model: { modelFormat: { name: 'onnx' }, storageUri: STORAGE } }),
  mended: service({ model: { modelFormat: { name: 'onnx' }, protocolVersion: 'v2', storageUri: STORAGE } }),
  check: ({ predictor, format, runtime, framework, ownProtocol }, report) => {
    if (framework !== undefined || format === undefined || runtime !== undefined) {
      return;
    }
    const chosen = builtInRuntimes(NEWEST_RELEASE).map(({ formats, protocolVersions }) => ({
      formats: formats.filter(({ autoSelect }) => autoSelect).map(({ name }) => name),
      protocols: protocolVersions.length === 0 ? [ownProtocol] : protocolVersions,
    }));
    const protocols = chosen.filter(({ formats }) => formats.includes(format)).flatMap((found) => found.protocols);
    const isWritten = isMap(predictor.model) && predictor.model.protocolVersion !== undefined;
    if (protocols.length === 0) {
      const meant = nearest(format, chosen.flatMap(({ formats }) => formats));
      report(
        at('spec', 'predictor', 'model', 'modelFormat', 'name'),
        `no runtime of KServe's own supports the format, got ${quote(format)}`,
        meant === undefined ? 'name the runtime that does' : `did you mean '${meant}'?`,
      );
    } else if (!protocols.includes(ownProtocol)) {
      report(
        at('spec', 'predictor', 'model', ...(isWritten ? ['protocolVersion'] : [])),
        `no runtime of KServe's own serves ${format} by the protocol, got ${quote(ownProtocol)}${isWritten ? '' : ', which is the default'}`,
        `write protocolVersion: ${alternatives([...new Set(protocols)])}, or name the runtime that does`,
      );
    }
  },
};

/** In the order of KServe's own list; the version is the first that has it. */
const SCHEMES = ['gs://', 's3://', 'pvc://', 'file://', 'https://', 'http://', 'hdfs://', 'webhdfs://', 'oci://', 'oci+native://', 'hf://'];

const storageScheme: Rule<ServiceModel> = {
  id: 'storage-scheme',
  severity: Severity.ERROR,
  title: 'a storageUri with a scheme that KServe does not know',
  why: 'The object is admitted, and the controller fails on every reconcile, unless the cluster has a ClusterStorageContainer for it.',
  source: 'pkg/controller/v1beta1/inferenceservice/utils/utils.go (ValidateStorageURI), v0.20.0',
  fails: service({ model: { ...iris, storageUri: 'gcs://models/iris' } }),
  mended: good,
  check: (model, report) => storageUris(model).forEach(({ uri, path }) => {
    const scheme = /^[A-Za-z0-9_+.-]+?:\/\//.exec(uri)?.[0];
    if (scheme !== undefined && !SCHEMES.includes(scheme)) {
      const meant = scheme === 'gcs://' ? 'gs://' : nearest(scheme, SCHEMES);
      report(
        at(...path),
        `KServe has no storage for the scheme, got ${quote(uri)}`,
        meant === undefined ? `write one of ${SCHEMES.join(', ')}, or define a ClusterStorageContainer for it` : `did you mean '${meant}${uri.slice(scheme.length)}'?`,
      );
    }
  }),
};

const serviceReplicaBounds: Rule<ServiceModel> = {
  id: 'service-replica-bounds',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'replicas of a component that contradict each other',
  why: "KServe's webhook refuses the object.",
  source: WEBHOOK,
  fails: service({ model: iris, minReplicas: 3, maxReplicas: 2 }),
  mended: service({ model: iris, minReplicas: 2, maxReplicas: 3 }),
  check: ({ components }, report) => components.forEach(([name, component]) => {
    const [min = 0, max = 0] = [wholeOf(component.minReplicas), wholeOf(component.maxReplicas)];
    if (min < 0 || max < 0) {
      report(at('spec', name, min < 0 ? 'minReplicas' : 'maxReplicas'), `the number of replicas must not be negative, got ${min < 0 ? min : max}`, 'write 0 or more');
    } else if (max !== 0 && min > max) {
      report(at('spec', name, 'minReplicas'), `minReplicas must not be above maxReplicas, got ${min} and ${max}`, 'raise maxReplicas, or lower minReplicas');
    }
  }),
};

const loggerMode: Rule<ServiceModel> = {
  id: 'no-logger-mode',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a logger without a mode',
  why: "The comment in KServe's API says that 'all' is the default; the webhook refuses the object.",
  source: 'pkg/apis/serving/v1beta1/component.go, v0.20.0',
  fails: service({ model: iris, logger: { url: 'http://log' } }),
  mended: service({ model: iris, logger: { url: 'http://log', mode: 'all' } }),
  check: ({ components }, report) => components.forEach(([name, component]) => {
    if (isMap(component.logger) && nonEmpty(component.logger.mode) === undefined) {
      report(at('spec', name, 'logger'), 'the logger has no mode', 'write mode: all, request or response');
    }
  }),
};

const storageTwice: Rule<ServiceModel> = {
  id: 'storage-twice',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'both storageUri and storageUris',
  why: "KServe's webhook refuses the object.",
  source: `${WEBHOOK.replace(', v0.20.0', '')}, v0.16.0 to v0.20.0`,
  fails: service({ model: iris, storageUris: [{ uri: STORAGE }] }),
  mended: good,
  check: (model, report) => {
    if (nonEmpty(model.model?.storageUri) !== undefined && listOf(model.predictor.storageUris).length > 0) {
      report(at('spec', 'predictor', 'storageUris'), `${model} has a storageUri and storageUris`, 'keep one of them');
    }
  },
};

const modelName: Rule<ServiceModel> = {
  id: 'name-in-model',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a name inside the model of a predictor',
  why: "KServe's webhook refuses the object: the container's name is KServe's.",
  source: WEBHOOK,
  fails: service({ model: { ...iris, name: 'iris' } }),
  mended: good,
  check: ({ predictor, framework }, report) => [...(isMap(predictor.model) ? ['model'] : []), ...(framework === undefined ? [] : [framework])].forEach((key) => {
    const name = nonEmpty(fieldsOf(predictor[key]).name);
    if (name !== undefined) {
      report(at('spec', 'predictor', key, 'name'), `predictor.${key} must have no name, got ${quote(name)}`, 'remove it');
    }
  }),
};

const pythonPath: Rule<ServiceModel> = {
  id: 'python-path',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'the environment variable PYTHONPATH',
  why: "KServe's webhook refuses the object.",
  source: WEBHOOK,
  fails: service({ model: { ...iris, env: [{ name: 'PYTHONPATH', value: '/models' }] } }),
  mended: good,
  check: ({ components }, report) => components.forEach(([name, component]) => {
    const containers: (readonly [Path, unknown])[] = [
      ...['model', ...FRAMEWORKS].map((key) => [['spec', name, key], component[key]] as const),
      ...listOf(component.containers).map((container, i) => [['spec', name, 'containers', i], container] as const),
    ];
    containers.forEach(([path, container]) => listOf(fieldsOf(container).env).forEach((variable, i) => {
      if (fieldsOf(variable).name === 'PYTHONPATH') {
        report(at(...path, 'env', i), 'the environment must not have PYTHONPATH', 'remove it, or set it in the image');
      }
    }));
  }),
};

export const serviceRules: readonly Rule<ServiceModel>[] = [
  inferenceServiceName, serviceNameTooLong, noPredictor, severalModels, frameworkKey, noModelFormat, noRuntimeForFormat, storageScheme, serviceReplicaBounds,
  loggerMode, storageTwice, modelName, pythonPath,
];

function implementationsOf({ predictor }: ServiceModel): string[] {
  const named = ['model', ...FRAMEWORKS].filter((key) => isMap(predictor[key]));
  return named.length === 0 && listOf(predictor.containers).length > 0 ? ['containers'] : named;
}

function storageUris({ components }: ServiceModel): { uri: string; path: Path }[] {
  return components.flatMap(([name, component]) => [
    ...['model', ...FRAMEWORKS].map((key) => ({ uri: textOf(fieldsOf(component[key]).storageUri), path: ['spec', name, key, 'storageUri'] })),
    ...listOf(component.storageUris).map((entry, i) => ({ uri: textOf(fieldsOf(entry).uri), path: ['spec', name, 'storageUris', i, 'uri'] })),
  ].flatMap(({ uri, path }) => uri === undefined ? [] : [{ uri, path }]));
}
