/** The YAML parser, loaded when a text is first read: who only writes manifests does not wait for it. */
export function yaml(): typeof import('yaml') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('yaml') as typeof import('yaml');
}

/** The first of a text's errors, in one line; those after it mostly come of it. */
export function yamlProblem([first]: readonly { readonly message: string }[]): string | undefined {
  return first?.message.split('\n')[0].replace(/^(.*) at (line \d+, column \d+):?$/, '$2: $1');
}
