/** Marks of our constructs; global symbols, so that two copies of this package know each other's. */
export const ROUTER_NODE = Symbol.for('cdk8s-kserve.RouterNode');
export const INFERENCE_GRAPH = Symbol.for('cdk8s-kserve.InferenceGraph');
export const INFERENCE_SERVICE = Symbol.for('cdk8s-kserve.InferenceService');
/** Of what is defined under it, one at a time is in the cluster. */
export const ALTERNATIVES: unique symbol = Symbol.for('cdk8s-kserve.Alternatives');

/** Puts a mark on a construct. */
export function mark(construct: object, symbol: symbol, value: unknown = true): void {
  Object.defineProperty(construct, symbol, { value });
}
