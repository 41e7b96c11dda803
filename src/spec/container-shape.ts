import { resources, texts } from './k8s-shape';
import { optional, required } from './shape';
import type { ObjectShape } from './shape';

/*
 * Kubernetes' containers as KServe's CRDs have them. Fields that this package does not write pass unchecked.
 */

const probe: ObjectShape = {
  fields: optional({
    initialDelaySeconds: 'int32', periodSeconds: 'int32', timeoutSeconds: 'int32', failureThreshold: 'int32', successThreshold: 'int32',
  }),
  open: true,
};
const port: ObjectShape = { fields: { ...required({ containerPort: 'int32' }), ...optional({ name: 'text', protocol: 'text' }) }, open: true };
const mount: ObjectShape = {
  fields: { ...required({ name: 'text', mountPath: 'text' }), ...optional({ subPath: 'text', readOnly: 'boolean' }) },
  open: true,
};
export const variable: ObjectShape = { fields: { ...required({ name: 'text' }), ...optional({ value: 'text' }) }, open: true };

export const seccompProfile: ObjectShape = { fields: required({ type: 'text' }), open: true };
const securityContext: ObjectShape = {
  fields: optional({
    runAsUser: 'int64',
    runAsGroup: 'int64',
    runAsNonRoot: 'boolean',
    readOnlyRootFilesystem: 'boolean',
    allowPrivilegeEscalation: 'boolean',
    capabilities: { fields: optional({ add: texts, drop: texts }) },
    seccompProfile,
  }),
  open: true,
};

/** The fields of a container that this package writes; a model is one whose name KServe chooses. */
export const CONTAINER = optional({
  name: 'text',
  image: 'text',
  command: texts,
  args: texts,
  workingDir: 'text',
  env: { items: variable, keys: { name: undefined } },
  resources,
  ports: { items: port, keys: { containerPort: undefined, protocol: 'TCP' } },
  readinessProbe: probe,
  livenessProbe: probe,
  startupProbe: probe,
  volumeMounts: { items: mount, keys: { mountPath: undefined } },
  securityContext,
  imagePullPolicy: 'text',
});

/** A container in a list of a pod. */
export const namedContainer: ObjectShape = { fields: { ...CONTAINER, ...required({ name: 'text' }) }, open: true };

/** A volume; what kind it is of is not checked. */
export const volume: ObjectShape = { fields: required({ name: 'text' }), open: true };
