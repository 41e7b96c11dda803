import { optional } from '../shape';
import type { ObjectShape } from '../shape';

/**
 * `metadata` of any object (k8s.io/apimachinery/pkg/apis/meta/v1/types.go, `ObjectMeta`, v0.34.5). What its texts may hold (names, label
 * values) is not said here.
 */
export const OBJECT_META_SHAPE: ObjectShape = {
  fields: optional({
    name: 'text',
    generateName: 'text',
    namespace: 'text',
    selfLink: 'text',
    uid: 'text',
    resourceVersion: 'text',
    generation: 'int64',
    creationTimestamp: 'text',
    deletionTimestamp: 'text',
    deletionGracePeriodSeconds: 'seconds',
    labels: { entries: 'text' },
    annotations: { entries: 'text' },
    ownerReferences: {
      items: {
        fields: optional({ apiVersion: 'text', kind: 'text', name: 'text', uid: 'text', controller: 'boolean', blockOwnerDeletion: 'boolean' }),
      },
    },
    finalizers: { items: 'text' },
    managedFields: { items: { fields: {}, open: true } },
  }),
};
