import { can } from '../../../spec/versions';
import type { Path, Located } from '../../diagnostic';
import { Authority } from '../../rule';
import type { Report } from '../../rule';
import { Severity } from '../../severity';
import { alternatives, listed, nearest, quote } from '../../words';
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
  why: 'The storage initializer refuses it before it asks any store, and the pod never starts. '
    + 'For a claim with such a name the pod waits for ever; without one the model server gets an empty folder.',
  source: 'python/storage and pkg/utils/storage.go (ParsePvcURI), v0.15.0 to v0.20.0, with the clients of S3, Google Cloud Storage and the Hugging Face hub',
  fails: sklearn({}, { storageUri: 's3:///models/iris' }),
  mended: sklearn({}, { storageUri: 's3://models/iris' }),
  check: (service, report) => urisOf(service).forEach(({ path, uri }) => {
    const problem = placeOf(uri)?.problem;
    if (problem !== undefined) {
      report({ path }, `${problem.message}, got ${quote(uri)}`, problem.help);
    }
  }),
};

const bucketName: ServiceRule = {
  id: 'bucket-name',
  severity: Severity.WARNING,
  title: 'a bucket with a name that its store gives to none',
  why: 'The storage initializer asks the store for it as it stands. S3 has made no such bucket since 2018 and Google Cloud Storage none at all; '
    + 'a store of your own that speaks the protocol of S3 may.',
  source: 'python/storage, v0.15.0 to v0.20.0; the naming rules of S3 and Google Cloud Storage',
  fails: sklearn({}, { storageUri: 's3://My_Models/iris' }),
  mended: sklearn({}, { storageUri: 's3://my-models/iris' }),
  check: (service, report) => urisOf(service).forEach(({ path, uri }) => {
    const found = placeOf(uri);
    if (found?.problem === undefined && found?.unusual !== undefined) {
      report({ path }, `the storage URI names a bucket with a name that ${found.unusual} gives to none, got ${quote(uri)}`, BUCKET_NAMES);
    }
  }),
};

interface Place {
  /** Why nothing can be fetched from there. */
  readonly problem?: { readonly message: string; readonly help: string };
  /** The store that makes no bucket of this name. */
  readonly unusual?: string;
}

function placeOf(uri: string): Place | undefined {
  const [, store, rest] = /^([^/]*?):\/\/(.*)$/s.exec(uri) ?? [];
  return store === undefined ? undefined : PLACES[store]?.(rest);
}

const PLACES: { readonly [scheme: string]: ((rest: string) => Place) | undefined } = {
  s3: (rest) => {
    const [bucket] = rest.split(/[/?#]/);
    return S3_ACCESS_POINT.test(bucket) ? {} : {
      problem: /^[\w.-]{1,255}$/.test(bucket) ? undefined : noBucket(bucket),
      unusual: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) ? undefined : 'S3',
    };
  },
  gs: (rest) => {
    const [bucket] = rest.split('/');
    return {
      problem: /^[\p{L}\p{N}](.*[\p{L}\p{N}])?$/su.test(bucket) ? undefined : noBucket(bucket),
      unusual: /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/.test(bucket) ? undefined : 'Google Cloud Storage',
    };
  },
  pvc: (rest) => ({
    problem: isDnsSubdomain(rest.split('/')[0]) ? undefined : {
      message: 'the storage URI names no PersistentVolumeClaim',
      help: "write it as 'pvc://<claim>/<path>', with the claim's metadata.name",
    },
  }),
  hf: (rest) => ({
    problem: isRepository(rest) ? undefined : {
      message: 'the storage URI names no repository of the Hugging Face hub',
      help: "write it as 'hf://<owner>/<name>' or 'hf://<owner>/<name>:<revision>'",
    },
  }),
};

/** The ARN of an access point, of S3 itself or on Outposts, as botocore takes it. */
const S3_ACCESS_POINT = /^arn:aws[a-z-]*:(s3|s3-object-lambda|s3-outposts):[a-z0-9-]+:\d{12}:(outpost:[a-zA-Z0-9-]{1,63}:)?accesspoint:[a-zA-Z0-9]([a-zA-Z0-9-]{0,48}[a-zA-Z0-9])?$/;

const BUCKET_NAMES = 'bucket names are 3 or more lower-case letters, digits, dots and hyphens, and begin and end with a letter or digit';

function noBucket(bucket: string): Place['problem'] {
  return { message: bucket === '' ? 'the storage URI names no bucket' : `the storage URI names a bucket that cannot be, '${bucket}'`, help: BUCKET_NAMES };
}

function isDnsSubdomain(name: string): boolean {
  return name.length <= 253 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(name);
}

/** As the hub's client takes it. */
function isRepository(rest: string): boolean {
  const [, owner, name] = /^([^/:]*)\/([^/:]*)(:[^/]*)?$/.exec(rest) ?? [];
  return [owner, name].every((part) => part !== undefined && /^\w([\w.-]{0,94}\w)?$/.test(part) && !/--|\.\./.test(part)) && !name.endsWith('.git');
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
      `storages must be mounted under one folder other than '/', got ${listed(files.map(({ path }) => quote(path)), ' and ')}`,
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
    const known = new Set<string>();
    const twice = claims.find(({ path }) => known.size === known.add(path).size);
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

export const serviceStorageRules: readonly ServiceRule[] = [scheme, place, bucketName, storageTwice, mountPath, mountedTwice];
