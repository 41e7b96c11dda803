import type { Predictor } from './predictor';

/**
 * A second predictor of one InferenceService, with pods and an address of its own. Needs KServe 0.20.0 and Standard mode.
 */
export interface CanaryPredictor {
  /** The predictor. It has a `name`, and what it does not say is as in the service's own predictor. */
  readonly predictor: Predictor;

  /**
   * Percent of the requests, from 0 to 100; all canaries together at most 100. KServe 0.20.0 gives the canary so many of the pods, and none of the
   * requests to the service: a Splitter shares them, with `http://<service>-<name>-predictor` as the canary's address.
   */
  readonly trafficPercent: number;
}
