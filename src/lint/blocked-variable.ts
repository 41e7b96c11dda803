import type { ContainerModel } from './container';
import { Authority } from './rule';
import type { Report } from './rule';
import { Severity } from './severity';

/** What the rules about services and runtimes have in common (pkg/validation/env_policy.go, v0.19.0 and v0.20.0, and not up to v0.17.0). */
export const BLOCKED_VARIABLE = {
  id: 'blocked-variable',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'the environment variable PYTHONPATH',
  from: '0.19.0', // v0.18 is not to be had
};

/** Reports the variable in a container, which the words are about. */
export function reportBlocked(container: ContainerModel, words: string, report: Report): void {
  container.env.filter(({ name }) => name === 'PYTHONPATH').forEach(({ index }) => {
    report(container.at('env', index), `${words} sets PYTHONPATH, which KServe does not allow`, "put the code into the image's own path");
  });
}
