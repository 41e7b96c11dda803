import { Command, InvalidArgumentError, Option } from 'commander';
import { runSimulate } from './run-simulate';
import { readInput, type Terminal } from '../terminal';

interface Options {
  readonly input?: string;
  readonly models?: string;
  readonly trace?: boolean;
  readonly format: 'text' | 'json';
  readonly init?: boolean;
  readonly header: string[];
  readonly propagate: string[];
  readonly choose: string[];
  readonly seed?: number;
  readonly graph?: string;
  readonly kserveVersion?: string;
}

export function simulateCommand(terminal: Terminal, end: (code: number) => void): Command {
  return graphOptions(new Command('simulate'))
    .description('send a request through a graph, against stub models, and see what KServe\'s router would answer')
    .argument('<manifest>', 'a file with an InferenceGraph, - for standard input')
    .option('-i, --input <file>', 'the body of the request, - for standard input (default: empty)')
    .option('-t, --trace', 'show each step: what went in and out, and why it ran or not')
    .addOption(new Option('-f, --format <format>', 'how to answer').choices(['text', 'json']).default('text'))
    .option('--init', 'print a file for --models with a stub for each service, and run nothing')
    .option('--header <"Name: value">', 'a header of the request (may be repeated)', collect, [])
    .option('--choose <node=step>', 'the step that a Splitter draws (may be repeated)', collect, [])
    .addHelpText('after', `
Example:
  $ cdk8s-kserve simulate graph.yaml --init > models.yaml
  $ echo '{"instances":["picture"]}' | cdk8s-kserve simulate graph.yaml --models models.yaml --input - --trace

On standard output is the answer, on standard error its status and the trace.
Exit code: 0 the answer has a status of 200 to 299, 1 it has not, 2 the input cannot be used`)
    .action(async (manifest: string, options: Options) => {
      end(await runSimulate({
        graph: manifest,
        input: options.input,
        models: options.models,
        trace: options.trace,
        json: options.format === 'json',
        init: options.init,
        headers: options.header,
        propagate: options.propagate.length > 0 ? options.propagate : undefined,
        choose: options.choose,
        seed: options.seed,
        graphName: options.graph,
        version: options.kserveVersion,
      }, { out: terminal.out, err: terminal.err, read: async (file) => readInput(terminal, file) }));
    });
}

/** What simulate and serve are told alike. */
export function graphOptions(command: Command): Command {
  return command
    .option('-m, --models <file>', 'what the stub models answer, in YAML')
    .option('--graph <name>', 'which InferenceGraph, where the manifest has several')
    .option('--propagate <pattern>', 'headers that go on to the steps, as in KServe\'s ConfigMap (may be repeated)', collect, [])
    .option('--seed <number>', 'what the Splitters draw follows from it', wholeNumber)
    .option('--kserve-version <version>', 'the release whose router is meant: 0.15 to 0.20');
}

export function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

export function wholeNumber(value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new InvalidArgumentError(`It must be a whole number, got '${value}'.`);
  return Number(value);
}

export async function readText(terminal: Terminal, file: string): Promise<string> {
  return Buffer.from(await readInput(terminal, file)).toString('utf8');
}
