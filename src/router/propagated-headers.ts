/**
 * Sets of request headers that are often handed on to the steps.
 *
 * @example
 * new StandaloneInferenceGraph(chart, 'pipeline', {
 *   propagateHeaders: PropagatedHeaders.TRACING.concat('x-tenant'),
 * });
 */
export class PropagatedHeaders {
  /** Trace context: W3C's and Zipkin's B3. */
  public static readonly TRACING: string[] = [
    'traceparent', 'tracestate', 'baggage', 'b3', 'x-b3-traceid', 'x-b3-spanid', 'x-b3-parentspanid', 'x-b3-sampled', 'x-b3-flags',
  ];

  /** The id that a gateway gives to each request. */
  public static readonly REQUEST_ID: string[] = ['x-request-id'];

  /** Who asks. Every step gets it, those outside the cluster too. */
  public static readonly AUTHORIZATION: string[] = ['authorization'];

  private constructor() {}
}
