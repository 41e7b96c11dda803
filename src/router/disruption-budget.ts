import { selectorOf } from './labels';

/** `spec` of the PodDisruptionBudget: one replica at a time, and one that does not work keeps nobody from emptying a cluster node. */
export function disruptionBudgetSpec(name: string): object {
  return { selector: { matchLabels: selectorOf(name) }, maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' };
}
