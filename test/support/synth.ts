import { ApiObject, App, Chart } from 'cdk8s';
import type { ChartProps } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { InferenceGraph } from '../../src';
import type { InferenceGraphProps } from '../../src';

/** A chart `test` in an app of its own; nothing is written to disk. */
export function chart(props?: ChartProps): Chart {
  return new Chart(new App(), 'test', props);
}

/** A graph `pipeline` in a chart of its own. */
export function graph(props?: InferenceGraphProps): InferenceGraph {
  return new InferenceGraph(chart(), 'pipeline', props);
}

/** The objects of the construct's chart. */
export function manifests(construct: InferenceGraph | Chart): any[] {
  return Chart.of(construct).toJson();
}

/** The object of a construct, as it goes into the YAML. */
export function manifestOf(construct: IConstruct): any {
  return ApiObject.of(construct).toJson();
}

/** What synth says is wrong, a line each. */
export function problems(construct: InferenceGraph | Chart): string[] {
  try {
    manifests(construct);
    return [];
  } catch (error) {
    const [first, ...lines] = (error as Error).message.split('\n');
    expect(first).toBe('Validation failed with the following errors:');
    return lines.map((line) => line.trim());
  }
}
