import { at, Authority } from '../../rule';
import { Severity } from '../../severity';
import { quote } from '../../words';
import { named, runtime } from '../examples';
import type { RuntimeRule } from '../rule';

/** Kubernetes' bound for the names of most objects. */
const LENGTH = 253;

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const runtimeName: RuntimeRule = {
  id: 'runtime-name',
  severity: Severity.ERROR,
  authority: Authority.SCHEMA,
  title: 'a name of a runtime that is no DNS subdomain',
  why: 'The API server refuses the object.',
  source: 'k8s.io/apimachinery/pkg/util/validation (IsDNS1123Subdomain), v0.34.5',
  fails: named('Our_Server', runtime()),
  mended: named('our-server', runtime()),
  check: ({ metadata: { name, hasTextAsName }, kind }, report) => {
    if (hasTextAsName && (!SUBDOMAIN.test(name) || name.length > LENGTH)) {
      report(
        at('metadata', 'name'),
        name.length > LENGTH ? `the name of a ${kind} must be at most ${LENGTH} characters long, got ${name.length}`
          : `the name of a ${kind} must be lower-case letters, digits, '-' and '.', got ${quote(name)}`,
        'rename it',
      );
    }
  },
};

export const runtimeNameRules: readonly RuntimeRule[] = [runtimeName];
