/** The newest KServe that this package knows, and the one that is meant where none is named. */
export const NEWEST_KSERVE = '0.20.0';

/** Whether a KServe version is below another; both as `major.minor.patch`, with or without a leading `v`. */
export function isBelow(version: string, bound: string): boolean {
  const [a, b] = [version, bound].map((text) => text.replace(/^v/, '').split('.').map((part) => Number.parseInt(part, 10) || 0));
  const differs = [0, 1, 2].find((i) => (a[i] ?? 0) !== (b[i] ?? 0));
  return differs !== undefined && (a[differs] ?? 0) < (b[differs] ?? 0);
}
