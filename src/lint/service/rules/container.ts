import { can } from '../../../spec/versions';
import { BLOCKED_VARIABLE, reportBlocked } from '../../blocked-variable';
import { ContainerModel } from '../../container';
import { Authority } from '../../rule';
import type { Report } from '../../rule';
import { Severity } from '../../severity';
import { quote } from '../../words';
import { reportWorkers } from '../../workers';
import { service, sklearn } from '../examples';
import { eachContainer } from '../model';
import type { ComponentModel } from '../model';
import type { ServiceRule } from '../rule';

const VALIDATION = 'pkg/apis/serving/v1beta1/inference_service_validation.go, v0.20.0';

const blockedVariable: ServiceRule = {
  ...BLOCKED_VARIABLE,
  why: "KServe's webhook refuses the service: the variable would let other code run in KServe's servers.",
  source: `${VALIDATION}, and not up to v0.17.0`,
  fails: sklearn({}, { env: [{ name: 'PYTHONPATH', value: '/code' }] }),
  mended: sklearn({}, { env: [{ name: 'CODE', value: '/code' }] }),
  // the webhook does not look into canaries
  check: (model, report) => eachContainer(model, (container, where) => reportBlocked(container, `${where}`, report), model.components),
};

const plainSecret: ServiceRule = {
  id: 'secret-in-plain-text',
  severity: Severity.WARNING,
  title: 'a secret as plain text in the manifest',
  why: 'Whoever reads the manifest, in the repository or in the cluster, reads the secret.',
  source: 'names of variables that KServe and its model servers read secrets from (pkg/credentials, v0.20.0), and names that say so',
  fails: sklearn({}, { env: [{ name: 'HF_TOKEN', value: 'hf_abc' }] }),
  mended: sklearn({}, { env: [{ name: 'HF_TOKEN', valueFrom: { secretKeyRef: { name: 'hub', key: 'HF_TOKEN' } } }] }),
  check: (model, report) => eachContainer(model, (container, where) => container.env.forEach(({ name, value, index }) => {
    if (value !== undefined && value !== '' && SECRET.test(name)) {
      report(
        container.at('env', index, 'value'),
        `${where} has the secret '${name}' as plain text`, // the value is not repeated
        'put it into a Secret, and name its key with envFromSecrets',
      );
    }
  })),
};

const SECRET = /^(HF_TOKEN|HUGGING_FACE_HUB_TOKEN|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AZ_CLIENT_SECRET|AZURE_CLIENT_SECRET|AZURE_STORAGE_ACCESS_KEY|AZURE_ACCESS_TOKEN)$|(PASSWORD|PASSWD|CLIENT_SECRET|SECRET_KEY|API_KEY|APIKEY|PRIVATE_KEY|AUTH_TOKEN)$/i;

const ownProtocol: ServiceRule = {
  id: 'own-container-protocol',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a predictor of its own container with a protocol other than v1 and v2',
  why: "KServe's webhook refuses the predictor.",
  source: 'pkg/apis/serving/v1beta1/predictor_custom.go, v0.20.0',
  fails: service({ predictor: { containers: [{ name: 'kserve-container', image: 'own:1', env: [{ name: 'PROTOCOL', value: 'grpc-v2' }] }] } }),
  mended: service({ predictor: { containers: [{ name: 'kserve-container', image: 'own:1', env: [{ name: 'PROTOCOL', value: 'v2' }] }] } }),
  check: ({ predictor }, report) => {
    if (predictor.fields.model === undefined) {
      reportProtocol(predictor, report);
    }
  },
};

const transformerProtocol: ServiceRule = {
  id: 'transformer-protocol',
  severity: Severity.ERROR,
  title: 'a transformer with a protocol other than v1 and v2',
  why: 'KServe accepts it, and a graph calls the transformer without a path.',
  source: 'pkg/controller/v1beta1/inferenceservice/utils/utils.go (GetPredictorEndpoint), v0.20.0',
  fails: service({ ...sklearn().spec, transformer: { containers: [{ name: 'kserve-container', image: 'own:1', env: [{ name: 'PROTOCOL', value: 'grpc-v2' }] }] } }),
  mended: service({ ...sklearn().spec, transformer: { containers: [{ name: 'kserve-container', image: 'own:1', env: [{ name: 'PROTOCOL', value: 'v2' }] }] } }),
  check: ({ transformer }, report) => {
    if (transformer !== undefined) {
      reportProtocol(transformer, report);
    }
  },
};

/** KServe reads the first variable of that name, of the first container. */
function reportProtocol(component: ComponentModel, report: Report): void {
  const [container] = component.containers;
  const variable = container?.env.find(({ name }) => name === 'PROTOCOL');
  if (variable?.value !== undefined && variable.value !== 'v1' && variable.value !== 'v2') {
    report(
      container.at('env', variable.index, 'value'),
      `${component} must speak 'v1' or 'v2', got ${quote(variable.value)}`,
      'set its protocolVersion to one of them',
    );
  }
}

const workers: ServiceRule = {
  id: 'worker-spec',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'workers of which something is missing, or too much',
  why: "KServe's webhook refuses the service: workers need a model on a volume or in an OCI image, no autoscaler, and sizes from 1.",
  source: `${VALIDATION}, validateMultiNodeVariables`,
  fails: sklearn({ workerSpec: { pipelineParallelSize: 0 } }, { modelFormat: { name: 'huggingface' }, storageUri: 'hf://owner/name' }),
  mended: (() => {
    const manifest = sklearn({ workerSpec: { pipelineParallelSize: 2 } }, { modelFormat: { name: 'huggingface' }, storageUri: 'pvc://models/llm' });
    return { ...manifest, metadata: { ...manifest.metadata, annotations: { ...manifest.metadata.annotations, 'serving.kserve.io/autoscalerClass': 'none' } } };
  })(),
  check: (model, report) => {
    const { predictor } = model;
    if (predictor.fields.workerSpec === undefined) {
      return;
    }
    const further = ContainerModel.listAt([...predictor.path, 'workerSpec', 'containers'], predictor.map('workerSpec').containers);
    if (further.length > 1) {
      report(predictor.at('workerSpec', 'containers', 1), `a worker must have one container, got ${further.length}`, 'remove the others');
    }
    reportWorkers({
      path: [...predictor.path, 'workerSpec'],
      spec: predictor.map('workerSpec'),
      words: 'a model with workers',
      first: predictor.containers.filter(({ path }) => path[path.length - 1] === 'model'),
      further,
      annotations: model.annotations,
      annotationsAt: ['metadata', 'annotations'],
    }, report);
    if (predictor.fields.model === undefined) {
      return;
    }
    const uri = predictor.map('model').storageUri;
    if (uri === undefined) {
      report(predictor.at('model'), 'a model with workers must have a storageUri, got none', 'use ModelStorage.pvc() or ModelStorage.oci()');
    } else if (typeof uri === 'string' && !/^(pvc|oci):\/\//.test(uri)) {
      report(predictor.at('model', 'storageUri'), `a model with workers must be on a volume or in an OCI image, got ${quote(uri)}`, 'use ModelStorage.pvc() or ModelStorage.oci()');
    } else if (typeof uri === 'string' && uri.startsWith('oci') && !can(model.release, 'workersFromOci')) {
      report(
        predictor.at('model', 'storageUri'),
        `a model with workers in an OCI image needs KServe 0.16.0, got ${model.release} as the target`,
        'use ModelStorage.pvc(), or target a newer KServe once the cluster runs it',
      );
    }
    if (model.autoscalerClass !== 'none') {
      report(
        predictor.at('workerSpec'),
        `a service with workers must have the autoscaler class 'none', got ${model.autoscalerClass === undefined ? 'no class' : quote(model.autoscalerClass)}`,
        'set autoscaler to AutoscalerClass.NONE',
      );
    }
  },
};

export const serviceContainerRules: readonly ServiceRule[] = [
  blockedVariable, plainSecret, ownProtocol, transformerProtocol, workers,
];
