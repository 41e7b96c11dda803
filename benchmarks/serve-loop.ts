/* A program of benchmarks/serve.ts: our local router on the graph and the port that it is given. */
import { GraphServer } from '../lib/cli/serve/graph-server';
import { GraphSimulator } from '../lib/simulate';

const [spec, port] = process.argv.slice(2);
const simulator = GraphSimulator.of({ name: 'benchmark', specAsJson: () => spec });
void new GraphServer(simulator, { port: Number(port), log: (line) => process.stderr.write(`${line}\n`) }).start();
