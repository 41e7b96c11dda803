import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { constructsOf, perValidation } from './per-validation';
import { KnownRuntimes } from '../lint/runtime/known-runtimes';
import { Priorities } from '../lint/runtime/priorities';
import { CLUSTER_SERVING_RUNTIME_KIND, SERVING_RUNTIME_KIND } from '../spec/runtimes';

/** The ServingRuntimes and ClusterServingRuntimes among constructs, whoever makes them. */
export function runtimesAmong(constructs: readonly IConstruct[]): KnownRuntimes {
  return new KnownRuntimes(objectsAmong(constructs).map((object) => object.toJson()));
}

function objectsAmong(constructs: readonly IConstruct[]): readonly ApiObject[] {
  return constructs.filter((child): child is ApiObject => ApiObject.isApiObject(child) && KINDS.includes(child.kind));
}

const KINDS: readonly string[] = [SERVING_RUNTIME_KIND, CLUSTER_SERVING_RUNTIME_KIND];

/** Those of an app, found once for each validation. */
export const runtimesOf = perValidation((root) => runtimesAmong(constructsOf(root)));

const prioritiesByChart = perValidation((root) => {
  const objects = new Map<Chart, ApiObject[]>();
  for (const object of objectsAmong(constructsOf(root))) {
    objects.get(object.chart)?.push(object) ?? objects.set(object.chart, [object]);
  }
  return new Map([...objects].map(([chart, inChart]) => [chart, Priorities.of(inChart.map((object): unknown => object.toJson()))]));
});

/** The priorities of the runtimes in the chart of a construct. */
export function prioritiesBeside(construct: IConstruct): Priorities | undefined {
  return prioritiesByChart(construct).get(Chart.of(construct));
}
