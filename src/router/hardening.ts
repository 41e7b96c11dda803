/**
 * How far a `StandaloneInferenceGraph` goes beyond what KServe's controller makes.
 */
export enum Hardening {
  /** Pod Security "restricted", probes, drain time, disruption budget, network policy, spreading: everything. */
  RESTRICTED = 'restricted',
  /**
   * What KServe's controller makes, field by field, with its faults: 30 seconds to end, which is all that the router's drain takes; and an
   * autoscaler from 1 to 1 replicas, which cannot scale, where `maxReplicas` is not set.
   */
  NONE = 'none',
}
