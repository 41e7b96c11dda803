/**
 * A taint of cluster nodes that a pod accepts, as in Kubernetes' `v1.Toleration`.
 */
export interface Toleration {
  /**
   * The taint's key.
   *
   * @default - every key; `operator` must then be `TolerationOperator.EXISTS`
   */
  readonly key?: string;

  /**
   * How `value` is compared with the taint's value.
   *
   * @default TolerationOperator.EQUAL
   */
  readonly operator?: TolerationOperator;

  /**
   * The taint's value; leave it out with `TolerationOperator.EXISTS`.
   *
   * @default - the empty text
   */
  readonly value?: string;

  /**
   * The taint's effect.
   *
   * @default - every effect
   */
  readonly effect?: TaintEffect;

  /**
   * For how many seconds the pod stays on a node that gets a `NoExecute` taint.
   *
   * @default - for ever
   */
  readonly tolerationSeconds?: number;
}

/**
 * How a toleration compares its value with a taint's.
 */
export enum TolerationOperator {
  /** The taint's value is the toleration's. */
  EQUAL = 'Equal',
  /** The taint has the key, whatever its value. */
  EXISTS = 'Exists',
}

/**
 * What a taint does to pods that do not tolerate it.
 */
export enum TaintEffect {
  /** New pods are not scheduled on the node. */
  NO_SCHEDULE = 'NoSchedule',
  /** New pods are scheduled on other nodes where that is possible. */
  PREFER_NO_SCHEDULE = 'PreferNoSchedule',
  /** New pods are not scheduled, and running ones are evicted. */
  NO_EXECUTE = 'NoExecute',
}
