import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './api';
import { Cluster } from './cluster';

const ROOT = join(__dirname, '..', '..');
const names = ['a', 'b'].map((name) => `${name}-${process.pid}`);
afterAll(() => names.filter((name) => existsSync(Cluster.folder(name))).forEach((name) => Cluster.down(name)));

/** `npx projen cluster:up NAME --foreground`, once it is up. */
async function foreground(name: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [
    join(ROOT, 'node_modules', '.bin', 'ts-node'), '-T', '--project', 'tsconfig.check.json', 'conformance/cluster/up.ts', name, '--foreground',
  ], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  child.stdout!.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  await eventually(`control plane ${name} being up`, async () => (output.includes('is up') ? true : undefined));
  return child;
}

const pids = (name: string): number[] => readdirSync(Cluster.folder(name))
  .filter((file) => file.endsWith('.pid'))
  .map((file) => Number(readFileSync(join(Cluster.folder(name), file), 'utf8')));

const isRunning = (pid: number): boolean => {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
};

test('two run side by side, and each ends with its owner, even one that is killed', async () => {
  const [first, second] = await Promise.all(names.map(foreground));
  const [ofFirst, ofSecond] = names.map(pids);
  expect([...ofFirst, ...ofSecond].filter(isRunning)).toHaveLength(6);

  first.kill('SIGKILL');
  await eventually('the end of the first', async () => (existsSync(Cluster.folder(names[0])) ? undefined : true));
  expect(ofFirst.filter(isRunning)).toEqual([]);
  expect(ofSecond.filter(isRunning)).toHaveLength(3);

  second.kill('SIGTERM');
  await eventually('the end of the second', async () => (existsSync(Cluster.folder(names[1])) ? undefined : true));
  expect(ofSecond.filter(isRunning)).toEqual([]);
});

/** Runs with other environment variables: programs that this process starts see them. */
async function withEnvironment(variables: NodeJS.ProcessEnv, work: () => Promise<void>): Promise<void> {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    await work();
  } finally {
    process.env = before;
  }
}

test('without etcd it says what to install, and leaves nothing behind', async () => {
  await withEnvironment({ PATH: '' }, () => expect(Cluster.up(names[0], { leashed: true })).rejects.toThrow(
    'etcd is missing: install it (Debian and Ubuntu: apt-get install etcd-server); the control plane keeps its objects in it'));

  expect(existsSync(Cluster.folder(names[0]))).toBe(false);
});

test('where a program fails at its start, its own words are shown, and nothing is left behind', async () => {
  await withEnvironment({ ETCD_INITIAL_CLUSTER_STATE: 'none' }, () => expect(Cluster.up(names[0], { leashed: true })).rejects.toThrow(
    /^etcd ended; the end of its log:\n.*invalid value "none" for ETCD_INITIAL_CLUSTER_STATE/));

  expect(existsSync(Cluster.folder(names[0]))).toBe(false);
});
