import { propagatedPatterns, propagateHeadersVariable, propagationProblems } from '../../src/router/header-patterns';
import { GoPattern } from '../../src/spec/go-regexp';

test.each<[string, string, boolean]>([
  ['traceparent', 'Traceparent', true],
  ['X-Request-ID', 'X-Request-Id', true],
  ['auth', 'Authorization', false],
  ['a.b', 'A.b', true],
  ['a.b', 'Axb', false],
  ['a*b', 'A*b', true],
  ["!#$%&'*+-.^_`|~z", "!#$%&'*+-.^_`|~Z", true],
])('the name %s takes the header %s: %s', (name, header, taken) => {
  expect(propagationProblems({ names: [name] })).toEqual([]);
  expect(new GoPattern(propagatedPatterns({ names: [name] })[0]).matches(header)).toBe(taken);
});

test('a pattern is handed on as it is, each once', () => {
  expect(propagateHeadersVariable({ names: ['a', 'a'], patterns: ['^X-', '^X-'] })).toBe('(?i)^a$,^X-');
});

test('nothing is not the empty text, which would be a pattern that takes every header', () => {
  expect([{}, { names: [] }, { patterns: [] }].map(propagateHeadersVariable)).toEqual([undefined, undefined, undefined]);
});

test.each(['*Trace-Id*', '(a', 'a**', '[z-a]', '\\1', 'a(?!b)', 'a{1001}', '\\p{Klingon}', '\\C'])('Go refuses the pattern %s', (pattern) => {
  expect(propagationProblems({ patterns: [pattern] })).toEqual([
    `a pattern of headers to propagate is no regular expression of Go (RE2), and the router leaves it out, got '${pattern}': `
    + 'mend it; RE2 has no look-around and no back reference  (propagate-headers)',
  ]);
});

test.each(['.*', '(?i)^x-(tenant|user)$', '[[:alpha:]-]+', 'a{2}', '^X-(?i:tenant)$', '\\p{Lu}', '\\QX-A.b\\E'])('Go takes the pattern %s', (pattern) => {
  expect(propagationProblems({ patterns: [pattern] })).toEqual([]);
});
