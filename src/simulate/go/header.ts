import { GoPattern } from '../../spec/go-regexp';

/** Headers as Go holds them: canonical name to values in the order they came. */
export type GoHeaders = Map<string, string[]>;

/** As most clients write them. */
const CANONICAL = /^[A-Z][a-z0-9]*(?:-[A-Z][a-z0-9]*)*$/;
const TOKEN = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;

/** `content-type` → `Content-Type`; a name that is no HTTP token stays as it is (net/textproto, CanonicalMIMEHeaderKey). */
export function canonicalName(name: string): string {
  if (CANONICAL.test(name) || !TOKEN.test(name)) return name;
  return name.toLowerCase().replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

export function canonicalHeaders(headers: Iterable<readonly [string, readonly string[]]>): GoHeaders {
  const canonical: GoHeaders = new Map();
  for (const [name, values] of headers) {
    const key = canonicalName(name);
    canonical.set(key, [...canonical.get(key) ?? [], ...values]);
  }
  return canonical;
}

/** The headers that the router gives a step: those of the request that a pattern matches, and a Content-Type (main.go, callService). */
export function stepHeaders(request: GoHeaders, patterns: readonly GoPattern[]): GoHeaders {
  const headers: GoHeaders = new Map();
  for (const [name, values] of request) {
    if (values.length > 0 && patterns.some((pattern) => pattern.matches(name))) headers.set(name, [...values]);
  }
  const contentType = headers.get('Content-Type') ?? [];
  if ((contentType[0] ?? '') === '') headers.set('Content-Type', [...contentType, 'application/json']);
  return headers;
}
