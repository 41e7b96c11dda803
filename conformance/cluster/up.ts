import { Cluster } from './cluster';

const name = process.argv[2] ?? 'default';
Cluster.up(name, { leashed: false }).then(
  ({ kubeconfig }) => console.log(`KServe's control plane '${name}' is up: export KUBECONFIG=${kubeconfig}\nEnd it with: npx projen cluster:down ${name}`),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
