import { Authority } from '../../rule';
import { NAME } from '../../rules/name';
import { Severity } from '../../severity';
import { quote } from '../../words';
import { service, sklearn } from '../examples';
import type { ComponentModel } from '../model';
import type { ServiceRule } from '../rule';

const predictorName: ServiceRule = {
  id: 'predictor-name',
  severity: Severity.ERROR,
  authority: Authority.SCHEMA,
  title: 'a name of a predictor that is no DNS label',
  why: 'The API server refuses the object: the name becomes part of the names of a Deployment and a Service.',
  source: 'config/crd/full/serving.kserve.io_inferenceservices.yaml, v0.20.0',
  fails: sklearn({ name: 'Blue_1' }),
  mended: sklearn({ name: 'blue-1' }),
  check: ({ predictor, canaries }, report) => [predictor, ...canaries.map((canary) => canary.predictor)].forEach((found) => {
    const name = found.text('name') ?? '';
    if (name !== '' && !NAME.test(name)) {
      report(
        found.at('name'),
        `the name of a predictor must be lower-case letters, digits and '-', begin with a letter and not end with '-', got ${quote(name)}`,
        'rename it',
      );
    }
  }),
};

const confidential: ServiceRule = {
  id: 'confidential-model',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'an encrypted model without a storage URI, or with a key that cannot be',
  why: "KServe's webhook refuses the service: the storage initializer decrypts what it fetches from storageUri, with the key kbs:///<repository>/<type>/<tag>.",
  source: 'pkg/apis/serving/v1beta1/inference_service_validation.go (validateConfidential) and pkg/validation/confidential.go, v0.20.0',
  fails: sklearn({}, { confidential: { enabled: true, resourceId: 'kbs://iris' } }),
  mended: sklearn({}, { confidential: { enabled: true, resourceId: 'kbs:///models/key/iris' } }),
  check: ({ predictor }, report) => {
    const model = predictor.map('model');
    const { enabled, resourceId } = (model.confidential ?? {}) as { [key: string]: unknown };
    if (enabled !== true) {
      return;
    }
    if (model.storageUri === undefined || model.storageUri === '') {
      report(predictor.at('model', 'confidential'), 'an encrypted model must have a storageUri, got none', 'use a ModelStorage with an address');
    } else if (typeof resourceId === 'string' && resourceId !== '' && !KEY.test(resourceId)) {
      report(
        predictor.at('model', 'confidential', 'resourceId'),
        `the key of an encrypted model must be a place in a Key Broker Service, got ${quote(resourceId)}`,
        "write it as 'kbs:///<repository>/<type>/<tag>'",
      );
    }
  },
};

const KEY = /^kbs:\/\/\/[\w.-]+\/[\w.-]+\/[\w.-]+$/;

const confidentialStorage: ServiceRule = {
  id: 'confidential-storage',
  severity: Severity.WARNING,
  title: 'an encrypted model in a place where KServe decrypts nothing',
  why: 'The storage initializer, which decrypts, has no part in volumes and images: the container gets the files as they are.',
  source: 'pkg/validation/confidential.go and pkg/webhook/admission/pod/storage_initializer_injector.go, v0.20.0',
  fails: sklearn({}, { storageUri: 'pvc://models/iris', confidential: { enabled: true } }),
  mended: sklearn({}, { storageUri: 's3://models/iris', confidential: { enabled: true } }),
  check: ({ predictor }, report) => {
    const { storageUri, confidential: wanted } = predictor.map('model');
    const [scheme] = typeof storageUri === 'string' ? /^(pvc|oci|oci\+native):\/\//.exec(storageUri) ?? [] : [];
    if (scheme !== undefined && (wanted as { enabled?: unknown } | undefined)?.enabled === true) {
      report(predictor.at('model', 'confidential'), `KServe decrypts nothing from '${scheme}', got ${quote(storageUri)}`, "keep the files in a store, or leave 'confidential' out");
    }
  },
};

const containerNames: ServiceRule = {
  id: 'container-name-twice',
  severity: Severity.ERROR,
  title: 'two containers of a pod with one name',
  why: 'The API server refuses the pods. The container that answers is always kserve-container.',
  source: "Kubernetes' validation of pods; pkg/constants/constants.go, v0.20.0",
  fails: service({ ...sklearn().spec, transformer: { containers: [{ name: 'kserve-container', image: 'a' }, { name: 'cache', image: 'b' }, { name: 'cache', image: 'c' }] } }),
  mended: service({ ...sklearn().spec, transformer: { containers: [{ name: 'kserve-container', image: 'a' }, { name: 'cache', image: 'b' }] } }),
  check: ({ everyComponent }, report) => everyComponent.forEach((component) => {
    const known = new Set<unknown>();
    for (const { name, key, index } of containersOf(component)) {
      if (name !== undefined && known.has(name)) {
        report(component.at(key, index, 'name'), `${component} has two containers with one name, got ${quote(name)}`, 'give each a name of its own');
      }
      known.add(name);
    }
  }),
};

function containersOf(component: ComponentModel): { name: unknown; key: string; index: number }[] {
  return ['containers', 'initContainers'].flatMap((key) => component.list(key).map(({ name }, index) => ({ name, key, index })));
}

export const servicePredictorRules: readonly ServiceRule[] = [predictorName, confidential, confidentialStorage, containerNames];
