import type { SimulationResult } from '../../simulate';
import { loadSimulator, pairs } from '../load-simulator';
import { Unusable } from '../terminal';

/** What `cdk8s-kserve simulate` is told. */
export interface SimulateArguments {
  /** The manifest: a file, or `-`. */
  readonly graph: string;
  /** The request's body: a file, or `-`. Empty where there is none. */
  readonly input?: string;
  readonly models?: string;
  readonly trace?: boolean;
  readonly json?: boolean;
  /** Prints a models.yaml for the graph, and runs nothing. */
  readonly init?: boolean;
  /** `Name: value` */
  readonly headers?: readonly string[];
  /** Patterns of the headers that go on to the steps. */
  readonly propagate?: readonly string[];
  /** `<node>=<step>` for Splitters */
  readonly choose?: readonly string[];
  readonly seed?: number;
  readonly graphName?: string;
  readonly version?: string;
}

/** Where a command writes, and how it reads. */
export interface SimulateStreams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** A file's bytes; `-` is standard input. Throws where there is none. */
  readonly read: (file: string) => Promise<Uint8Array>;
}

/**
 * Sends one request through a graph. On standard output stands the answer's body (or all as JSON), on standard error status and trace.
 * @returns 0 for a status of 200 to 299, 1 for any other end
 * @throws for input that cannot be used
 */
export async function runSimulate(args: SimulateArguments, { out, err, read }: SimulateStreams): Promise<number> {
  if (args.graph === '-' && args.input === '-') throw new Unusable('the graph and --input cannot both be standard input: give a file for one');
  const { graph, models, graphName, version, seed, propagate } = args;
  const options = { graphName, version, seed, propagateHeaders: propagate && [...propagate] };
  const simulator = await loadSimulator({ graph, models: args.init ? undefined : models, options }, async (file) => utf8Text(await read(file)));
  if (args.init) {
    out(simulator.modelsTemplate());
    return 0;
  }
  const headers = Object.fromEntries(pairs('--header', args.headers ?? [], ':'));
  const choose = Object.fromEntries([...pairs('--choose', args.choose ?? [])].map(([node, steps]) => [node, steps[0]]));
  const request = args.input === undefined ? new Uint8Array() : await read(args.input);
  const result = sent(() => simulator._send(request, { headers, choose }));
  if (args.json) out(`${JSON.stringify(asJson(result, args.trace ?? false), undefined, 2)}\n`);
  else print(result, args.trace ?? false, out, err);
  return result.status >= 200 && result.status <= 299 ? 0 : 1;
}

function utf8Text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

/** What the simulator throws is about the input, and says what to do. */
function sent(send: () => SimulationResult): SimulationResult {
  try {
    return send();
  } catch (error) {
    throw new Unusable((error as Error).message);
  }
}

function print(result: SimulationResult, withTrace: boolean, out: (text: string) => void, err: (text: string) => void): void {
  if (withTrace) err(`${result.traceText()}\n`);
  else if (result.dropped !== undefined) err(`no answer: ${result.dropped}\n`);
  else err(`${result.status} ${result.contentType}\n`.replace(/ \n$/, '\n'));
  if (result.body !== '') out(result.body.endsWith('\n') ? result.body : `${result.body}\n`);
}

function asJson(result: SimulationResult, withTrace: boolean): object {
  const { status, contentType, body, dropped, elapsedMillis, calls } = result;
  return { status, contentType, body, dropped, elapsedMillis, calls, ...(withTrace && { trace: result.trace }) };
}
