import type { Duration } from 'cdk8s';

/**
 * Which autoscaler KServe makes in Standard mode (annotation `serving.kserve.io/autoscalerClass`).
 */
export enum AutoscalerClass {
  /** A HorizontalPodAutoscaler. KServe's default. */
  HPA = 'hpa',
  /** A KEDA ScaledObject: metrics from elsewhere, and none of the pods while nothing happens. */
  KEDA = 'keda',
  /** None: an autoscaler that is none of KServe's. */
  EXTERNAL = 'external',
  /** None: the number of replicas stays at `minReplicas`. Services of several nodes need it. Needs KServe 0.15.1. */
  NONE = 'none',
}

/**
 * A metric that Prometheus or Graphite knows.
 */
export interface ExternalMetricOptions {
  /** Where the metrics server is, such as `http://prometheus.monitoring:9090`. */
  readonly serverAddress: string;

  /** The query; its answer is one number. */
  readonly query: string;

  /** The value of the query that each replica is held at, as a quantity. */
  readonly threshold: string;

  /**
   * The namespace that the query is about, for servers that ask for it.
   *
   * @default - none
   */
  readonly namespace?: string;

  /**
   * How KEDA proves who it is. Needs KServe 0.16.0.
   *
   * @default - not at all
   */
  readonly authentication?: MetricAuthentication;
}

/**
 * How KEDA asks a metrics server that lets not everybody ask.
 */
export interface MetricAuthentication {
  /** The Secret that holds what is asked for, by name, in the namespace of the InferenceService. */
  readonly secretName: string;

  /**
   * The ways, `bearer`, `basic` or `tls`; several with commas.
   *
   * @default - KEDA's
   */
  readonly modes?: string;
}

/**
 * A metric that the pods export by OpenTelemetry.
 */
export interface PodMetricOptions {
  /** The query, such as `sum(vllm:num_requests_running)`. */
  readonly query: string;

  /** The names of the metrics that the collector takes from the pods. */
  readonly metricNames: string[];

  /** The value of the query that each replica is held at, as a quantity. */
  readonly threshold: string;

  /**
   * Where the KEDA OpenTelemetry scaler is.
   *
   * @default - as the cluster's administrator set it
   */
  readonly serverAddress?: string;

  /**
   * How values are put together over time: `last_one`, `avg`, `max`, `min`, `rate` or `count`.
   *
   * @default last_one
   */
  readonly operationOverTime?: string;
}

/**
 * What the number of replicas follows. Of these the HPA knows cpu and memory only; the others need `AutoscalerClass.KEDA`.
 */
export class AutoscalingMetric {
  /**
   * Percent of the requested cpu.
   *
   * @param percent from 1 to 100
   */
  public static cpuUtilization(percent: number): AutoscalingMetric {
    return new AutoscalingMetric({ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: percent } } });
  }

  /**
   * Percent of the requested memory.
   *
   * @param percent from 1 to 100
   */
  public static memoryUtilization(percent: number): AutoscalingMetric {
    return new AutoscalingMetric({ type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: percent } } });
  }

  /**
   * Memory of each pod.
   *
   * @param quantity such as `4Gi`; at least `1Mi`
   */
  public static memoryAverage(quantity: string): AutoscalingMetric {
    return new AutoscalingMetric({ type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: quantity } } });
  }

  /**
   * A Prometheus query. KEDA only.
   *
   * @param options the query, and the value that each replica is held at
   */
  public static prometheus(options: ExternalMetricOptions): AutoscalingMetric {
    return AutoscalingMetric.external('prometheus', options);
  }

  /**
   * A Graphite query. KEDA only.
   *
   * @param options the query, and the value that each replica is held at
   */
  public static graphite(options: ExternalMetricOptions): AutoscalingMetric {
    return AutoscalingMetric.external('graphite', options);
  }

  /**
   * A metric of the pods themselves, by OpenTelemetry. KEDA only.
   *
   * @param options the query, and the value that each replica is held at
   */
  public static openTelemetry(options: PodMetricOptions): AutoscalingMetric {
    const { query, metricNames, threshold, serverAddress, operationOverTime } = options;
    return new AutoscalingMetric({
      type: 'PodMetric',
      podmetric: {
        metric: { backend: 'opentelemetry', serverAddress, metricNames, query, operationOverTime },
        target: { type: 'Value', value: threshold },
      },
    });
  }

  private static external(backend: string, options: ExternalMetricOptions): AutoscalingMetric {
    const { serverAddress, query, threshold, namespace, authentication } = options;
    return new AutoscalingMetric({
      type: 'External',
      external: {
        metric: { backend, serverAddress, query, namespace },
        authenticationRef: authentication && { authModes: authentication.modes, authenticationRef: { name: authentication.secretName } },
        target: { type: 'Value', value: threshold },
      },
    });
  }

  private constructor(private readonly spec: object) {}

  /** @internal */
  public _toSpec(): object {
    return this.spec;
  }
}

/**
 * What a component's number of replicas follows, where one metric with a target (`scaleMetric`, `scaleTarget`) does not say it.
 */
export interface Autoscaling {
  /** The metrics; the one that wants most replicas counts. */
  readonly metrics: AutoscalingMetric[];

  /**
   * How long the wish for more must last before replicas are added. Needs KServe 0.16.0.
   *
   * @default - the autoscaler's own: not at all
   */
  readonly scaleUpAfter?: Duration;

  /**
   * How long the wish for fewer must last before replicas are taken away. Needs KServe 0.16.0.
   *
   * @default - the autoscaler's own: 5 minutes
   */
  readonly scaleDownAfter?: Duration;
}
