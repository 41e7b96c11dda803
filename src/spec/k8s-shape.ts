import { optional, required } from './shape';
import type { ObjectShape, Shape } from './shape';

/*
 * The parts of KServe's CRDs that are Kubernetes' own types.
 */

export const list = (items: Shape): Shape => ({ items });
export const map = (entries: Shape): Shape => ({ entries });
export const texts = list('text');

export const resources: ObjectShape = {
  fields: {
    ...optional({ limits: map('quantity'), requests: map('quantity') }),
    claims: { shape: { items: { fields: { ...required({ name: 'text' }), ...optional({ request: 'text' }) } }, keys: { name: undefined } } },
  },
};

const requirements = list({ fields: { ...required({ key: 'text', operator: 'text' }), ...optional({ values: texts }) } });
const nodeSelectorTerm: ObjectShape = { fields: optional({ matchExpressions: requirements, matchFields: requirements }) };
const labelSelector: ObjectShape = { fields: optional({ matchExpressions: requirements, matchLabels: map('text') }) };
const podAffinityTerm: ObjectShape = {
  fields: {
    ...required({ topologyKey: 'text' }),
    ...optional({
      labelSelector, namespaceSelector: labelSelector, matchLabelKeys: texts, mismatchLabelKeys: texts, namespaces: texts,
    }),
  },
};
const podAffinity: ObjectShape = {
  fields: optional({
    preferredDuringSchedulingIgnoredDuringExecution: list({ fields: required({ podAffinityTerm, weight: 'int32' }) }),
    requiredDuringSchedulingIgnoredDuringExecution: list(podAffinityTerm),
  }),
};
const nodeAffinity: ObjectShape = {
  fields: optional({
    preferredDuringSchedulingIgnoredDuringExecution: list({ fields: required({ preference: nodeSelectorTerm, weight: 'int32' }) }),
    requiredDuringSchedulingIgnoredDuringExecution: { fields: required({ nodeSelectorTerms: list(nodeSelectorTerm) }) },
  }),
};

export const affinity: ObjectShape = { fields: optional({ nodeAffinity, podAffinity, podAntiAffinity: podAffinity }) };

export const toleration: ObjectShape = {
  fields: optional({ effect: 'text', key: 'text', operator: 'text', tolerationSeconds: 'seconds', value: 'text' }),
};
