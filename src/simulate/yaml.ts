/** The YAML parser, loaded when a text is first read: who only writes manifests does not wait for it. */
export function yaml(): typeof import('yaml') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('yaml') as typeof import('yaml');
}
