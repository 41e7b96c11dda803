import { quote } from '../lint/words';
import { GoPattern } from '../spec/go-regexp';

/** Which headers of a request the steps get: names, whatever their case, and patterns. */
export interface Propagation {
  readonly names?: readonly string[];
  readonly patterns?: readonly string[];
}

/**
 * The patterns for the router, which matches them, anywhere and with case, against canonical names such as `X-Request-Id`
 * (cmd/router/main.go, `callService`, v0.12.0 to v0.20.0): a plain `traceparent` would never match.
 */
export function propagatedPatterns({ names = [], patterns = [] }: Propagation): string[] {
  return [...new Set([...names.map((name) => `(?i)^${name.replace(/[.*+?^$|]/g, '\\$&')}$`), ...patterns])];
}

/** `PROPAGATE_HEADERS`; none where nothing is propagated, since the empty text is a pattern that matches every header. */
export function propagateHeadersVariable(propagation: Propagation): string | undefined {
  return propagatedPatterns(propagation).join(',') || undefined;
}

/** What is wrong with names and patterns, a line each. */
export function propagationProblems({ names = [], patterns = [] }: Propagation): string[] {
  return [
    ...names.filter((name) => !/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name))
      .map((name) => `a header to propagate has a name that no header can have, got ${quote(name)}: write a name such as 'x-request-id'; `
        + 'a pattern belongs into propagateHeaderPatterns  (propagate-headers)'),
    ...patterns.flatMap((pattern) => {
      const [problem, help] = patternProblem(pattern) ?? [];
      return problem === undefined ? [] : [`a pattern of headers to propagate ${problem}, got ${quote(pattern)}: ${help}  (propagate-headers)`];
    }),
  ];
}

function patternProblem(pattern: string): [string, string] | undefined {
  if (pattern === '') {
    return ['is empty and matches every header', "name the headers, or write '.*' if you mean all"];
  }
  if (pattern.includes(',')) {
    return ['has a comma, at which the router splits its patterns', 'write several patterns'];
  }
  return new GoPattern(pattern).isValid
    ? undefined
    : ['is no regular expression of Go (RE2), and the router leaves it out', 'mend it; RE2 has no look-around and no back reference'];
}
