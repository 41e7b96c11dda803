import { statSync } from 'node:fs';
import { urlProblem } from '../../spec/go-url';
import { loadSimulator, pairs } from '../load-simulator';
import { GraphServer } from '../serve/graph-server';
import { rehearse } from '../serve/rehearsal';
import { Unusable } from '../terminal';

/** What `cdk8s-kserve serve` is told. */
export interface ServeArguments {
  readonly graph: string;
  readonly models?: string;
  /** `<service, URL or step>=<address>` */
  readonly map?: readonly string[];
  readonly host?: string;
  readonly port?: number;
  readonly propagate?: readonly string[];
  readonly seed?: number;
  readonly graphName?: string;
  readonly version?: string;
  /** Bytes. */
  readonly maxBody?: number;
  readonly maxConnections?: number;
}

export interface ServeStreams {
  readonly err: (text: string) => void;
  readonly read: (file: string) => Promise<string>;
  /** Resolves when the program shall end. */
  readonly stopped: Promise<unknown>;
}

const LOOK_MILLIS = 500;

/**
 * Serves a graph over HTTP until it is stopped; takes over a changed file, and keeps the old graph where the new one is broken.
 * @throws for input that cannot be used, or a port that is taken
 */
export async function runServe(args: ServeArguments, { err, read, stopped }: ServeStreams): Promise<void> {
  const { graph, models, graphName, version, seed, propagate, host, port, maxBody, maxConnections } = args;
  const map = new Map([...pairs('--map', args.map ?? [])].map(([target, addresses]) => [target, address(target, addresses[0])]));
  const options = { graphName, version, seed, propagateHeaders: propagate && [...propagate], maxBodyBytes: maxBody };
  const standardInput = graph === '-' ? await read('-') : ''; // it can be read once
  const load = async () => {
    const simulator = await loadSimulator({ graph, models, options }, async (file) => (file === '-' ? standardInput : read(file)));
    const strange = [...map.keys()].filter((name) => !simulator._targets().includes(name));
    if (strange.length > 0) {
      throw new Unusable(`${graph}: nothing is called ${strange.map((name) => `'${name}'`).join(', ')}, which --map gives an address: give one of ${simulator._targets().join(', ') || 'a graph with services'}`);
    }
    const unanswered = simulator._unanswered([...map.keys()]);
    if (unanswered.length > 0) {
      throw new Unusable(`${graph}: no model answers for ${unanswered.join(', ')}: give an address with --map <name>=<url>, or a stub in a file for --models`);
    }
    return simulator;
  };
  const server = new GraphServer(await load(), { host, port, map, maxBodyBytes: maxBody, maxConnections, log: (line) => err(`${line}\n`) });
  await rehearse();
  await server.start();
  err(`listening on ${server.url}\n`);

  const files = [graph, models].filter((file) => file !== undefined && file !== '-') as string[];
  let seen = stamps(files);
  const look = setInterval(() => {
    const now = stamps(files);
    if (now === seen) return;
    seen = now;
    load().then((simulator) => {
      server.replace(simulator);
      err('the files have changed: the new graph is served\n');
    }, (error: Error) => err(`the files have changed, and the old graph is served on: ${error.message}\n`));
  }, LOOK_MILLIS);
  await stopped;
  clearInterval(look);
  err('stopping: what is on its way is answered\n');
  await server.stop();
}

function stamps(files: readonly string[]): string {
  return files.map((file) => statSync(file, { throwIfNoEntry: false })).map((stat) => `${stat?.mtimeMs} ${stat?.size}`).join();
}

function address(target: string, url: string): string {
  const problem = urlProblem(url);
  if (problem !== undefined) throw new Unusable(`--map ${target}: the address ${problem}, got '${url}': write it as http://<host>:<port>/<path>`);
  return url;
}
