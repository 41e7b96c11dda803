import '../serve/young-generation'; // before all that is loaded
import { Command } from 'commander';
import { runServe } from './run-serve';
import { collect, graphOptions, readText, wholeNumber } from './simulate';
import { EXIT, type Terminal } from '../terminal';

interface Options {
  readonly models?: string;
  readonly map: string[];
  readonly host: string;
  readonly port: number;
  readonly propagate: string[];
  readonly seed?: number;
  readonly graph?: string;
  readonly kserveVersion?: string;
  readonly maxBody: number;
  readonly maxConnections: number;
}

export function serveCommand(terminal: Terminal, end: (code: number) => void): Command {
  return graphOptions(new Command('serve'))
    .description('serve a graph over HTTP on this machine, as KServe\'s router would')
    .argument('<manifest>', 'a file with an InferenceGraph, - for standard input')
    .option('--map <name=url>', 'the address of a service, URL or step of the graph (may be repeated)', collect, [])
    .option('-p, --port <number>', 'where to listen, 0 for any free port', wholeNumber, 8080)
    .option('--host <address>', 'where to listen', '127.0.0.1')
    .option('--max-body <bytes>', 'the largest body of a request or an answer', wholeNumber, 64 * 1024 * 1024)
    .option('--max-connections <number>', 'the most connections at a time', wholeNumber, 1024)
    .addHelpText('after', `
Example:
  $ cdk8s-kserve serve graph.yaml --models models.yaml
  $ kubectl port-forward service/cat-dog-classifier-predictor 9000:80 &
  $ cdk8s-kserve serve graph.yaml --models models.yaml --map cat-dog-classifier=http://127.0.0.1:9000/v1/models/cat-dog-classifier:predict

/readyz tells when it is ready. A request with the header X-Graph-Trace gets the trace in a header of that name, URL-encoded.
Changed files are taken over. SIGINT or SIGTERM: what is on its way is answered, then it ends; a second one ends it at once.
Exit code: 0 it was stopped, 2 the input or the port cannot be used`)
    .action(async (manifest: string, options: Options) => {
      const { models, map, host, port, propagate, seed, graph, kserveVersion, maxBody, maxConnections } = options;
      const args = {
        graph: manifest,
        models,
        map,
        host,
        port,
        seed,
        maxBody,
        maxConnections,
        graphName: graph,
        version: kserveVersion,
        propagate: propagate.length > 0 ? propagate : undefined,
      };
      await runServe(args, { err: terminal.err, read: async (file) => readText(terminal, file), stopped: signal() });
      end(EXIT.GOOD);
    });
}

/** The first signal is a wish to stop; a second one is handled by nobody, and ends the process. */
async function signal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
