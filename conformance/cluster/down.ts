import { Cluster } from './cluster';

Cluster.down(process.argv[2] ?? 'default');
