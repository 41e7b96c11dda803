import { Cluster } from './cluster';

const words = process.argv.slice(2);
const leashed = words.includes('--foreground'); // ends with this process
const name = words.find((word) => !word.startsWith('--')) ?? 'default';
Cluster.up(name, { leashed }).then(
  ({ kubeconfig }) => {
    console.log(`KServe's control plane '${name}' is up: export KUBECONFIG=${kubeconfig}`);
    console.log(leashed ? 'It ends with this process.' : `End it with: npx projen cluster:down ${name}`);
    if (leashed) process.stdin.resume();
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
