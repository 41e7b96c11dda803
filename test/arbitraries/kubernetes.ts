import * as fc from 'fast-check';

/*
 * Kubernetes' parts of an InferenceGraph's spec, valid by the CRD. Each field is there or not.
 */

const DNS_LABEL = fc.stringMatching(/^[a-z]([-a-z0-9]{0,9}[a-z0-9])?$/); // once: the expression is slow to take apart

/** A DNS label: the name of an InferenceGraph, an InferenceService, a node. */
export const dnsLabel = (): fc.Arbitrary<string> => DNS_LABEL;

/** Quantities that both the CRD's pattern and Kubernetes' parser take. */
export const quantity = (): fc.Arbitrary<string | number> =>
  fc.constantFrom<string | number>('1', '100m', '1Gi', '256Mi', '.5', '1.', '+2', '0', '1e3', '5k', '3E', '1.5Gi', 1, 0, 16);

const labels = (): fc.Arbitrary<Record<string, string>> => fc.dictionary(dnsLabel(), dnsLabel(), { maxKeys: 2, noNullPrototype: true });
const int32 = (): fc.Arbitrary<number> => fc.integer({ min: 0, max: 2 ** 31 - 1 });
const names = (): fc.Arbitrary<string[]> => fc.array(dnsLabel(), { maxLength: 2 });

/** An object of which each field but the required ones may be missing. */
function some<T extends object, Required extends keyof T = never>(
  fields: { [K in keyof T]: fc.Arbitrary<T[K]> },
  ...required: Required[]
): fc.Arbitrary<Partial<T>> {
  return fc.record(fields, { requiredKeys: required, noNullPrototype: true }) as unknown as fc.Arbitrary<Partial<T>>;
}

/** `spec.resources` */
export const resources = (): fc.Arbitrary<object> => some({
  limits: fc.dictionary(fc.constantFrom('cpu', 'memory', 'nvidia.com/gpu'), quantity(), { noNullPrototype: true }),
  requests: fc.dictionary(fc.constantFrom('cpu', 'memory'), quantity(), { noNullPrototype: true }),
  claims: fc.uniqueArray(some({ name: dnsLabel(), request: dnsLabel() }, 'name'), { maxLength: 2, selector: (claim) => claim.name }),
});

const requirement = (): fc.Arbitrary<object> =>
  some({ key: dnsLabel(), operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'), values: names() }, 'key', 'operator');
const requirements = (): fc.Arbitrary<object[]> => fc.array(requirement(), { maxLength: 2 });
const labelSelector = (): fc.Arbitrary<object> => some({ matchExpressions: requirements(), matchLabels: labels() });
const nodeTerm = (): fc.Arbitrary<object> => some({ matchExpressions: requirements(), matchFields: requirements() });
const podTerm = (): fc.Arbitrary<object> => some({
  topologyKey: fc.constantFrom('kubernetes.io/hostname', 'topology.kubernetes.io/zone'),
  labelSelector: labelSelector(),
  namespaceSelector: labelSelector(),
  namespaces: names(),
  matchLabelKeys: names(),
  mismatchLabelKeys: names(),
}, 'topologyKey');
const podAffinity = (): fc.Arbitrary<object> => some({
  requiredDuringSchedulingIgnoredDuringExecution: fc.array(podTerm(), { maxLength: 2 }),
  preferredDuringSchedulingIgnoredDuringExecution: fc.array(
    some({ weight: int32(), podAffinityTerm: podTerm() }, 'weight', 'podAffinityTerm'), { maxLength: 2 }),
});

/** `spec.affinity` */
export const affinity = (): fc.Arbitrary<object> => some({
  nodeAffinity: some({
    requiredDuringSchedulingIgnoredDuringExecution: some({ nodeSelectorTerms: fc.array(nodeTerm(), { maxLength: 2 }) }, 'nodeSelectorTerms'),
    preferredDuringSchedulingIgnoredDuringExecution: fc.array(
      some({ weight: int32(), preference: nodeTerm() }, 'weight', 'preference'), { maxLength: 2 }),
  }),
  podAffinity: podAffinity(),
  podAntiAffinity: podAffinity(),
});

/** `spec.tolerations` */
export const tolerations = (): fc.Arbitrary<object[]> => fc.array(some({
  key: dnsLabel(),
  operator: fc.constantFrom('Exists', 'Equal'),
  value: dnsLabel(),
  effect: fc.constantFrom('NoSchedule', 'PreferNoSchedule', 'NoExecute'),
  tolerationSeconds: fc.integer({ min: 0, max: 86_400 }),
}), { maxLength: 2 });

export { labels as labelMap, some };
