import { Unusable } from './terminal';
import { GraphSimulator } from '../simulate';
import type { GraphSimulatorOptions } from '../simulate';

/** Where a graph and its models come from. */
export interface SimulatorSource {
  /** A file, or `-` for standard input. */
  readonly graph: string;
  readonly models?: string;
  readonly options: GraphSimulatorOptions;
}

/**
 * A simulator from files.
 * @param read a file's text; throws where there is none
 * @throws with the file's name in front
 */
export async function loadSimulator({ graph, models, options }: SimulatorSource, read: (file: string) => Promise<string>): Promise<GraphSimulator> {
  const manifest = await read(graph);
  const stubs = models === undefined ? undefined : await read(models);
  const simulator = named(graph, () => GraphSimulator.fromYaml(manifest, options));
  if (models !== undefined) named(models, () => simulator.withModelsYaml(stubs!));
  return simulator;
}

function named<T>(file: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new Unusable(`${file === '-' ? 'standard input' : file}: ${(error as Error).message}`);
  }
}

/**
 * `name=value`, given as often as need be.
 * @throws when one has no `=`
 */
export function pairs(option: string, values: readonly string[], separator = '='): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const value of values) {
    const at = value.indexOf(separator);
    if (at < 1) throw new Unusable(`${option} must be <name>${separator}<value>, got '${value}'`);
    const name = value.slice(0, at).trim();
    found.set(name, [...found.get(name) ?? [], value.slice(at + separator.length).trim()]);
  }
  return found;
}
