import { can } from '../../../spec/versions';
import type { Path, Located } from '../../diagnostic';
import { Authority } from '../../rule';
import type { Report } from '../../rule';
import { Severity } from '../../severity';
import { alternatives, nearest, quote } from '../../words';
import { sklearn } from '../examples';
import type { ComponentModel, ServiceModel } from '../model';
import type { ServiceRule } from '../rule';

const UTILS = 'pkg/controller/v1beta1/inferenceservice/utils/utils.go (ValidateStorageURI) and python/storage, v0.15.0 to v0.20.0';
const VALIDATION = 'pkg/apis/serving/v1beta1/inference_service_validation.go, v0.16.0 to v0.20.0';

/** The schemes that KServe's storage initializer knows. */
const SCHEMES = ['gs', 's3', 'pvc', 'file', 'https', 'http', 'hdfs', 'webhdfs', 'oci', 'oci+native', 'hf'];

const scheme: ServiceRule = {
  id: 'storage-scheme',
  severity: Severity.ERROR,
  title: 'a storage URI with a scheme that KServe does not know',
  why: 'The controller refuses it on every reconcile, and no pod is made; without a scheme the text is taken for a path in the container.',
  source: UTILS,
  fails: sklearn({}, { storageUri: 'gcs://models/iris' }),
  mended: sklearn({}, { storageUri: 'gs://models/iris' }),
  check: (service, report) => urisOf(service).forEach(({ path, uri }) => {
    const found = /^([^/]*?):\/\//.exec(uri)?.[1];
    if (found === undefined) {
      const meant = /^([a-z0-9+]+):\/?(?!\/)(.+)/.exec(uri);
      report(
        { path },
        `the storage URI has no scheme, got ${quote(uri)}`,
        meant !== null && SCHEMES.includes(meant[1]) ? `write '${meant[1]}://${meant[2]}'` : `begin it with ${alternatives(SCHEMES.map((name) => `'${name}://'`))}`,
      );
    } else if (!SCHEMES.includes(found)) {
      const meant = OTHER_NAMES[found] ?? nearest(found, SCHEMES);
      report(
        { path },
        `the storage URI has a scheme that KServe does not know, got ${quote(uri)}`,
        meant === undefined ? `begin it with ${alternatives(SCHEMES.map((name) => `'${name}://'`))}` : `did you mean '${meant}://'?`,
      );
    } else if (found === 'oci+native' && !can(service.release, 'nativeOci')) {
      report({ path }, `'oci+native://' needs KServe 0.20.0, got ${service.release} as the target`, "use 'oci://', or target a newer KServe once the cluster runs it");
    }
  }),
};

const OTHER_NAMES: { readonly [scheme: string]: string | undefined } = {
  gcs: 'gs', s3a: 's3', s3n: 's3', huggingface: 'hf', hub: 'hf', docker: 'oci', azure: 'https', abfs: 'https', wasbs: 'https',
};

const place: ServiceRule = {
  id: 'storage-place',
  severity: Severity.ERROR,
  title: 'a storage URI whose bucket, claim or repository cannot be',
  why: "The pod's storage initializer fails to fetch the model, and the pod never starts.",
  source: 'python/storage, v0.15.0 to v0.20.0; the naming rules of S3, Google Cloud Storage, Kubernetes and Hugging Face',
  unproven: 'no storage initializer fetches anything beside the tests; this was read in its source.',
  fails: sklearn({}, { storageUri: 's3://My_Models/iris' }),
  mended: sklearn({}, { storageUri: 's3://my-models/iris' }),
  check: (service, report) => urisOf(service).forEach(({ path, uri }) => {
    const [, found, rest] = /^([^/]*?):\/\/(.*)$/s.exec(uri) ?? [];
    const problem = found === undefined ? undefined : PLACES[found]?.(rest);
    if (problem !== undefined) {
      report({ path }, `${problem.message}, got ${quote(uri)}`, problem.help);
    }
  }),
};

interface Problem {
  readonly message: string;
  readonly help: string;
}

const PLACES: { readonly [scheme: string]: ((rest: string) => Problem | undefined) | undefined } = {
  gs: (rest) => bucketProblem(rest, /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/),
  s3: (rest) => bucketProblem(rest, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  pvc: (rest) => /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(rest.split('/')[0]) ? undefined : {
    message: 'the storage URI names no PersistentVolumeClaim',
    help: "write it as 'pvc://<claim>/<path>', with the claim's metadata.name",
  },
  hf: (rest) => /^[\w.-]+\/[\w.-]+(:[^/:]+)?$/.test(rest) ? undefined : {
    message: 'the storage URI names no repository of the Hugging Face hub',
    help: "write it as 'hf://<owner>/<name>' or 'hf://<owner>/<name>:<revision>'",
  },
};

function bucketProblem(rest: string, pattern: RegExp): Problem | undefined {
  const [bucket] = rest.split('/');
  return pattern.test(bucket) ? undefined : {
    message: bucket === '' ? 'the storage URI names no bucket' : `the storage URI names a bucket that cannot be, '${bucket}'`,
    help: 'bucket names are 3 or more lower-case letters, digits, dots and hyphens, and begin and end with a letter or digit',
  };
}

const storageTwice: ServiceRule = {
  id: 'storage-twice',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'storageUri and storageUris at once',
  why: "KServe's webhook refuses the service.",
  source: VALIDATION,
  fails: sklearn({ storageUris: [{ uri: 'gs://models/iris', mountPath: '/mnt/models' }] }),
  mended: sklearn({ storageUris: [{ uri: 'gs://models/iris', mountPath: '/mnt/models' }] }, { storageUri: undefined }),
  check: ({ components }, report) => components.forEach((component) => {
    if (component.fields.storageUris !== undefined && hasOwnStorage(component)) {
      report(component.at('storageUris'), `${component} has both storageUri and storageUris`, 'keep one of them');
    }
  }),
};

/** An own container has its storageUri in a variable. */
function hasOwnStorage(component: ComponentModel): boolean {
  return component.modelKeys.some((key) => component.map(key).storageUri !== undefined)
    || component.containers.some(({ fields, env }) => fields.name === 'kserve-container' && env.some(({ name }) => name === 'STORAGE_URI'));
}

const mountPath: ServiceRule = {
  id: 'storage-mount-path',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a storage mounted where it cannot be',
  why: "KServe's webhook refuses the service.",
  source: VALIDATION,
  fails: sklearn({ storageUris: [{ uri: 'gs://models/iris', mountPath: 'models' }] }, { storageUri: undefined }),
  mended: sklearn({ storageUris: [{ uri: 'gs://models/iris', mountPath: '/mnt/models' }] }, { storageUri: undefined }),
  check: ({ components }, report) => components.forEach((component) => {
    const mounts = mountsOf(component);
    if (component.fields.storageUris !== undefined && mounts.length === 0) {
      report(component.at('storageUris'), `the list of storages of ${component} is empty`, 'name a storage, or leave the list out');
    }
    for (const mount of mounts) {
      if (!mount.path.startsWith('/') || mount.path.includes('..') || mount.path === '/' || mount.path.length > 255) {
        report(
          mount.at,
          `a storage must be mounted at an absolute path of at most 255 characters other than '/' and without '..', got ${quote(mount.path)}`,
          "write it as '/mnt/models/<name>'",
        );
      }
    }
    reportParents(mounts.filter(({ path }) => path.startsWith('/') && path !== '/'), report);
  }),
};

function reportParents(mounts: readonly Mount[], report: Report): void {
  const files = mounts.filter(({ uri }) => !uri.startsWith('pvc://'));
  const tops = new Set(files.map(({ path }) => path.split('/')[1]));
  if (tops.size > 1) {
    report(
      files[files.length - 1].at,
      `storages must be mounted under one folder other than '/', got ${files.map(({ path }) => quote(path)).join(' and ')}`,
      "mount them all under '/mnt/models'",
    );
  }
}

const mountedTwice: ServiceRule = {
  id: 'storage-mounted-twice',
  severity: Severity.WARNING,
  title: 'two PersistentVolumeClaims mounted at one path',
  why: 'KServe mounts the first and says nothing of the others. Only where storages of other kinds are mounted too does its webhook refuse the service.',
  source: VALIDATION,
  fails: sklearn({ storageUris: [{ uri: 'pvc://a', mountPath: '/mnt/models' }, { uri: 'pvc://b', mountPath: '/mnt/models' }] }, { storageUri: undefined }),
  mended: sklearn({ storageUris: [{ uri: 'pvc://a', mountPath: '/mnt/a' }, { uri: 'pvc://b', mountPath: '/mnt/b' }] }, { storageUri: undefined }),
  check: ({ components }, report) => components.forEach((component) => {
    const claims = mountsOf(component).filter(({ uri }) => uri.startsWith('pvc://'));
    const twice = claims.find(({ path }, i) => claims.findIndex((other) => other.path === path) < i);
    if (twice !== undefined) {
      report(twice.at, `two PersistentVolumeClaims must not be mounted at one path, got ${quote(twice.path)}`, 'give each a path of its own');
    }
  }),
};

interface Mount {
  readonly uri: string;
  readonly path: string;
  readonly at: Located;
}

function mountsOf(component: ComponentModel): Mount[] {
  return component.list('storageUris').map(({ uri, mountPath: path = '/mnt/models' }, i) => ({
    uri: String(uri), path: String(path), at: component.at('storageUris', i),
  }));
}

/** Every storage URI of a service, with its place. */
function urisOf({ everyComponent }: ServiceModel): { path: Path; uri: string }[] {
  const found: [Located, unknown][] = everyComponent.flatMap((component) => [
    ...component.modelKeys.map((key): [Located, unknown] => [component.at(key, 'storageUri'), component.map(key).storageUri]),
    ...component.list('storageUris').map(({ uri }, i): [Located, unknown] => [component.at('storageUris', i, 'uri'), uri]),
    ...component.containers.flatMap((container) => container.env
      .filter(({ name }) => name === 'STORAGE_URI')
      .map(({ index, value }): [Located, unknown] => [container.at('env', index, 'value'), value])),
  ]);
  return found.flatMap(([{ path }, uri]) => typeof uri === 'string' ? { path, uri } : []);
}

export const serviceStorageRules: readonly ServiceRule[] = [scheme, place, storageTwice, mountPath, mountedTwice];
