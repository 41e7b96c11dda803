import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { AddressInfo, createServer, Server, Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Api, eventually, Hopeless, KubeObject } from './api';

const HOME = join(__dirname, '..');
const CONFIG = join(HOME, 'build', 'kserve', 'config');

/** How the control plane ends. */
export interface ClusterOptions {
  /** Ends with this process, however that ends. Otherwise it runs until `down`. */
  readonly leashed: boolean;
}

/**
 * A control plane without nodes: etcd, kube-apiserver, and KServe's manager with its webhooks, each on a free port of 127.0.0.1.
 * Its state is one folder, so that several run side by side. No node runs a pod: what a kubelet would report, a test must.
 */
export class Cluster {
  /** @throws when a program is missing or does not start; nothing runs then. */
  static async up(name: string, options: ClusterOptions): Promise<Cluster> {
    const missing = ['kube-apiserver', 'manager', 'certificate'].filter((program) => !existsSync(join(HOME, 'bin', program)));
    if (missing.length > 0) throw new Error(`the control plane is not built, got no ${missing.join(', ')}: run npx projen cluster:build`);
    if (spawnSync('etcd', ['--version'], { env: process.env }).error) {
      throw new Error('etcd is missing: install it (Debian and Ubuntu: apt-get install etcd-server); the control plane keeps its objects in it');
    }
    const folder = Cluster.folder(name);
    if (existsSync(folder)) throw new Error(`a control plane '${name}' is there already, got the folder ${folder}: run npx projen cluster:down ${name}`);
    mkdirSync(folder, { recursive: true });
    if (options.leashed) leash(folder);
    try {
      return await started(folder);
    } catch (error) {
      Cluster.down(name);
      throw error;
    }
  }

  static down(name: string): void {
    spawnSync(join(HOME, 'scripts', 'cluster-down.sh'), [Cluster.folder(name)], { stdio: 'inherit' });
  }

  static folder(name: string): string {
    return join(HOME, 'build', 'clusters', name);
  }

  constructor(readonly folder: string, readonly api: Api) {}

  get kubeconfig(): string {
    return join(this.folder, 'kubeconfig');
  }
}

function leash(folder: string): void {
  const holder = spawn(join(HOME, 'scripts', 'leash.sh'), [folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  holder.unref();
  (holder.stdin as Socket).unref(); // this process may end; then the pipe does
}

async function started(folder: string): Promise<Cluster> {
  const [etcd, peer, server, webhook, health] = await freePorts(5);
  const loopback = (port: number, scheme = 'http') => `${scheme}://127.0.0.1:${port}`;
  const token = randomBytes(16).toString('hex');
  writeFileSync(join(folder, 'tokens.csv'), `${token},admin,1,"system:masters"\n`, { mode: 0o600 });
  writeFileSync(join(folder, 'kubeconfig'), kubeconfig(loopback(server, 'https'), token, join(folder, 'apiserver', 'apiserver.crt')), { mode: 0o600 });
  const tls = join(folder, 'tmp', 'k8s-webhook-server', 'serving-certs'); // where controller-runtime looks, below TMPDIR
  const made = spawnSync(join(HOME, 'bin', 'certificate'), [tls], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`no certificate: ${made.stderr}`);

  const checkEtcd = run(folder, 'etcd', 'etcd', [
    '--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync',
    '--listen-client-urls', loopback(etcd), '--advertise-client-urls', loopback(etcd),
    '--listen-peer-urls', loopback(peer), '--initial-advertise-peer-urls', loopback(peer), '--initial-cluster', `default=${loopback(peer)}`,
  ]);
  const checkServer = run(folder, 'kube-apiserver', join(HOME, 'bin', 'kube-apiserver'), [
    '--etcd-servers', loopback(etcd), '--bind-address', '127.0.0.1', '--secure-port', `${server}`, '--advertise-address', '127.0.0.1',
    '--cert-dir', join(folder, 'apiserver'), '--token-auth-file', join(folder, 'tokens.csv'), '--authorization-mode', 'RBAC',
    '--disable-admission-plugins', 'ServiceAccount', '--service-cluster-ip-range', '10.0.0.0/24',
    '--feature-gates', 'ImageVolume=true', // for oci+native://
    '--service-account-issuer', 'https://kubernetes.default.svc',
    '--service-account-key-file', join(tls, 'tls.key'), '--service-account-signing-key-file', join(tls, 'tls.key'),
  ]);
  const api = new Api(loopback(server, 'https'), token, () => readFileSync(join(folder, 'apiserver', 'apiserver.crt')));
  await eventually('the API server being ready', async () => {
    checkEtcd();
    checkServer();
    return await api.send('GET', '/readyz') === 'ok' ? true : undefined;
  });

  await install(api);
  const checkManager = run(folder, 'manager', join(HOME, 'bin', 'manager'), [
    '--kubeconfig', join(folder, 'kubeconfig'), '--metrics-addr', '0', '--health-probe-addr', `127.0.0.1:${health}`, '--webhook-port', `${webhook}`,
  ], { TMPDIR: join(folder, 'tmp'), POD_NAMESPACE: 'kserve' });
  await eventually("KServe's manager being ready", async () => {
    checkManager();
    return (await fetch(`${loopback(health)}/readyz`)).ok ? true : undefined;
  });
  await installWebhooks(api, loopback(webhook, 'https'), readFileSync(join(tls, 'tls.crt')).toString('base64'));
  for (const object of manifests('runtimes/kserve-', 'storagecontainers/default')) await api.apply(object);
  return new Cluster(folder, api);
}

/** KServe's CRDs and configuration; no ingress, as there is none that could become ready. */
async function install(api: Api): Promise<void> {
  for (const name of ['kserve', 'default']) await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  const crds = manifests('crd/full/serving.', 'crd/full/clusterstoragecontainer/serving.');
  for (const crd of crds) await api.apply(crd);
  const config = manifests('configmap/inferenceservice')[0] as KubeObject & { data: Record<string, string> };
  const changed = (key: string, change: object) => JSON.stringify({ ...JSON.parse(config.data[key]), ...change });
  await api.apply({
    ...config,
    data: {
      ...config.data,
      ingress: changed('ingress', { disableIngressCreation: true, disableIstioVirtualHost: true }),
      deploy: changed('deploy', { defaultDeploymentMode: 'Standard' }),
    },
  } as KubeObject);
  // the manager exits when discovery, which lags behind the CRDs, does not list its kinds yet
  const expected = crds.flatMap(({ spec }) => (spec.versions as { name: string }[]).map((version) => `${version.name}/${spec.names.plural}`));
  await eventually('discovery listing the CRDs', async () => {
    const listed = await Promise.all([...new Set(expected.map((path) => path.split('/')[0]))].map(async (version) => {
      const { resources } = await api.send('GET', `/apis/serving.kserve.io/${version}`) as { resources: { name: string }[] };
      return resources.map(({ name }) => `${version}/${name}`);
    }));
    return expected.every((path) => listed.flat().includes(path)) ? true : undefined;
  });
}

/** The shipped webhook configurations, reached by URL: there is no Service network. */
async function installWebhooks(api: Api, server: string, caBundle: string): Promise<void> {
  for (const object of manifests('webhook/manifests') as (KubeObject & { webhooks: any[] })[]) {
    const webhooks = object.webhooks.map(({ clientConfig, ...webhook }) => ({
      ...webhook, clientConfig: { url: server + clientConfig.service.path, caBundle },
    }));
    await api.apply({ ...object, webhooks } as KubeObject);
  }
}

/** The objects in those YAML files of KServe's folder config whose path starts so. */
function manifests(...starts: string[]): KubeObject[] {
  return starts
    .map((path) => join(CONFIG, path))
    .flatMap((path) => readdirSync(dirname(path)).sort().map((name) => join(dirname(path), name)).filter((file) => file.startsWith(path)))
    .flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as KubeObject | null))
    .filter((object): object is KubeObject => object !== null);
}

/**
 * Starts a program, its process id in a file that `down` reads, its output in another.
 *
 * @returns a check that throws, with the end of the program's log, once the program has ended
 */
function run(folder: string, name: string, file: string, args: string[], env: NodeJS.ProcessEnv = {}): () => void {
  const log = openSync(join(folder, `${name}.log`), 'a');
  const child = spawn(file, args, { cwd: folder, detached: true, stdio: ['ignore', log, log], env: { ...process.env, ...env } });
  closeSync(log);
  writeFileSync(join(folder, `${name}.pid`), `${child.pid ?? ''}`);
  let ended = false;
  child.once('exit', () => { ended = true; }).once('error', () => { ended = true; }).unref();
  return () => {
    if (!ended) return;
    const lines = readFileSync(join(folder, `${name}.log`), 'utf8').trim().split('\n').slice(-5).join('\n');
    throw new Hopeless(`${name} ended; the end of its log:\n${lines}`);
  };
}

/** Ports that nothing listens on at this moment. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listening));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(closed));
  return ports;
}

function listening(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject).listen(0, '127.0.0.1', () => resolve(server));
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function kubeconfig(server: string, token: string, ca: string): string {
  return JSON.stringify({
    'apiVersion': 'v1',
    'kind': 'Config',
    'clusters': [{ name: 'conformance', cluster: { server, 'certificate-authority': ca } }],
    'users': [{ name: 'admin', user: { token } }],
    'contexts': [{ name: 'conformance', context: { cluster: 'conformance', user: 'admin' } }],
    'current-context': 'conformance',
  });
}
