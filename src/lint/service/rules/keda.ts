import { quantityOf } from '../../../spec/quantity';
import { fieldsOf, isMap, nonEmpty } from '../../json';
import type { Fields } from '../../json';
import { Authority } from '../../rule';
import { Severity } from '../../severity';
import { quote } from '../../words';
import { autoscaledBy, sklearn } from '../examples';
import type { ServiceRule } from '../rule';
import { scalerOf } from '../scaler';

const VALIDATION = 'pkg/apis/serving/v1beta1/inference_service_validation.go (validateScalingKedaCompExtension), v0.20.0';

/** A service that KEDA scales by its cpu. */
const byCpu = (target: object) => autoscaledBy('keda', sklearn({ autoScaling: { metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] } }));

const kedaMetric: ServiceRule = {
  id: 'keda-metric',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a metric of which KEDA needs more',
  why: "KServe's webhook refuses the service: cpu is told by its utilization, memory by that or by an average of at least 1Mi, any other metric by a query and a value.",
  source: VALIDATION,
  fails: byCpu({ type: 'AverageValue', averageValue: '1' }),
  mended: byCpu({ type: 'Utilization', averageUtilization: 80 }),
  check: (service, report) => {
    if (scalerOf(service) !== 'keda') {
      return;
    }
    service.components.forEach((component) => component.list('autoScaling', 'metrics').forEach((metric, i) => {
      const lack = lackOf(metric);
      if (lack !== undefined) {
        report(component.at('autoScaling', 'metrics', i), `a metric of ${component} ${lack.problem}`, lack.help);
      }
    }));
  },
};

interface Lack {
  readonly problem: string;
  readonly help: string;
}

/** What KEDA lacks in a metric (validateScalingKedaCompExtension). */
function lackOf(metric: Fields): Lack | undefined {
  const kind = KINDS.get(metric.type);
  if (kind === undefined) {
    return undefined;
  }
  if (!isMap(metric[kind])) {
    return { problem: `of type ${quote(metric.type)} has no ${quote(kind)}`, help: `add '${kind}'` };
  }
  const { name, metric: asked, target } = metric[kind];
  const { type, averageUtilization, averageValue, value } = fieldsOf(target);
  if (kind !== 'resource') {
    return !nonEmpty(fieldsOf(asked).query) ? { problem: 'has no query', help: 'write the query that gives its value' }
      : value === undefined ? { problem: 'has no value as target', help: 'write target.value' }
        : targetLack(type, averageUtilization, averageValue);
  }
  if (type !== 'Utilization' && !(name === 'memory' && type === 'AverageValue')) {
    const [found, resource] = [type === undefined ? 'no target type' : `the target type ${quote(type)}`, typeof name === 'string' ? name : 'a resource'];
    return { problem: `has ${found}, which KEDA does not take for ${resource}`, help: "write 'Utilization'" };
  }
  if (type === 'AverageValue' && (quantityOf(averageValue) ?? 0) < 2 ** 20) {
    return { problem: `must have a memory target of at least 1Mi, got ${quote(averageValue)}`, help: "write it as '512Mi'" };
  }
  return targetLack(type, averageUtilization, averageValue);
}

function targetLack(type: unknown, averageUtilization: unknown, averageValue: unknown): Lack | undefined {
  return type === 'Utilization' && averageUtilization === undefined ? { problem: 'has no averageUtilization', help: 'write it in percent' }
    : type === 'AverageValue' && averageValue === undefined ? { problem: 'has no averageValue', help: 'write it' }
      : undefined;
}

const KINDS: ReadonlyMap<unknown, 'resource' | 'external' | 'podmetric'> = new Map([
  ['Resource', 'resource'], ['External', 'external'], ['PodMetric', 'podmetric'],
]);

export const serviceKedaRules: readonly ServiceRule[] = [kedaMetric];
