import { FRAMEWORKS } from '../../../spec/inference-service';
import { nonEmpty } from '../../json';
import { Authority } from '../../rule';
import { Severity } from '../../severity';
import { quote } from '../../words';
import { service, sklearn } from '../examples';
import type { ServiceRule } from '../rule';

const VALIDATION = 'pkg/apis/serving/v1beta1/inference_service_validation.go, v0.20.0';

const modelName: ServiceRule = {
  id: 'model-container-name',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a model with a name of its own',
  why: "KServe's webhook refuses the service: a model is a container whose name KServe chooses. Its name in addresses is that of the service.",
  source: `${VALIDATION} (validatePredictor)`,
  fails: sklearn({}, { name: 'iris' } as object),
  mended: sklearn({}, { args: ['--model_name=iris'] }),
  check: ({ predictor }, report) => predictor.modelKeys.forEach((key) => {
    const name = nonEmpty(predictor.map(key).name);
    if (name !== undefined) {
      report(predictor.at(key, 'name'), `the model must not have a name, got ${quote(name)}`, "remove it; another name in addresses is the argument '--model_name'");
    }
  }),
};

const frameworkKey: ServiceRule = {
  id: 'framework-key',
  severity: Severity.INFO,
  title: 'a predictor under the old key of its framework',
  why: "KServe's webhook rewrites it to 'model', so that the object in the cluster is never the one in the repository, and new fields such as 'runtime' are missing.",
  source: 'pkg/apis/serving/v1beta1/inference_service_defaults.go, v0.15.2 to v0.20.0',
  fails: service({ predictor: { sklearn: { storageUri: 'gs://models/iris' } } as object }),
  mended: sklearn(),
  check: ({ predictor }, report) => FRAMEWORKS.filter((key) => predictor.modelKeys.includes(key)).forEach((key) => {
    report(predictor.at(key), `the predictor has the old key '${key}'`, `write model, with modelFormat.name: ${key}`);
  }),
};

const transformerStorage: ServiceRule = {
  id: 'transformer-storage-variable',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'STORAGE_URI in a transformer beside its predictor',
  why: "KServe's webhook refuses the service: of the containers of one pod, the predictor's alone gets a model.",
  source: `${VALIDATION} (validateCollocationStorageURI)`,
  fails: besides([{ name: 'STORAGE_URI', value: 'gs://models/words' }]),
  mended: besides([]),
  check: ({ predictor }, report) => predictor.containers.filter(({ fields }) => fields.name === 'transformer-container').forEach((container) => {
    container.env.filter(({ name }) => name === 'STORAGE_URI').forEach(({ index }) => {
      report(container.at('env', index), "'transformer-container' must not set STORAGE_URI", "put the model into its image, or into the predictor's container");
    });
  }),
};

/** A predictor with a transformer in its own pod. */
function besides(env: { name: string; value: string }[]): ReturnType<typeof service> {
  return service({ predictor: { containers: [{ name: 'kserve-container', image: 'own:1' }, { name: 'transformer-container', image: 'own:2', env }] } });
}

export const serviceModelRules: readonly ServiceRule[] = [modelName, frameworkKey, transformerStorage];
