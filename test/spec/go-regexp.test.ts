import { recorded } from '../../conformance/client/vectors';
import { GoPattern } from '../../src/spec/go-regexp';
import type { PatternQuestion } from '../arbitraries/go-pattern';

test.each([
  '*Trace-Id*', '(', ')', '[', 'a**', 'a*+', '|*', '(*)', 'a{1001}', 'a{3,1}', '(a{500}){3}', '(?=a)', '(?!a)', '(?<=a)', '(?P=n)', '(?P<>a)', '(?i-)', '(?x)', '\\1', '\\8', '\\y', '\\C', '\\E', '[\\b]',
  '[z-a]', '[a-\\d]', 'a\\', '[[:nope:]]', '\\x', '\\x{110000}', '\\p', '\\p{Greek', '\\p{Klingon}', '\\pX', '\\p{}',
])('%j is none for Go', (source) => {
  expect(new GoPattern(source).isValid).toBe(false);
  expect(new GoPattern(source).matches('Trace-Id')).toBe(false);
});

test.each([
  // places
  ['^X-', 'X-A', true], ['^X-', 'A-X-', false], ['\\Aa\\z', 'a', true], ['\\Aa\\z', 'aa', false], ['\\bTrace\\b', 'X-Trace-Id', true], ['\\bTrace\\b', 'Traces', false], ['a\\Bb', 'ab', true],
  ['^*a', 'a', true], ['(?m)^b$', 'a\nb\nc', true], ['^b$', 'a\nb\nc', false],
  // repetitions
  ['Test-Header-*', 'Test-Header', true], ['^a{2}$', 'aa', true], ['^a{2}$', 'aaa', false], ['^a{1,2}$', 'aa', true], ['^a{2,}$', 'a', false], ['^a{0}$', '', true], ['{', '{', true], ['a{,2}', 'a{,2}', true],
  ['^(a|b)+?$', 'abab', true], ['a|b', 'xbx', true], ['^(|a)*$', 'aa', true], ['a(?i)*', 'x', true],
  // classes
  ['[[:digit:]]+$', 'Id9', true], ['^[[:^digit:]]$', '9', false], ['[]a]', ']', true], ['^[^a-c]$', 'b', false], ['^[a-]$', '-', true], ['^[\\w-]+$', 'X-A', true], ['.', '\n', false], ['(?s).', '\n', true],
  // Unicode
  ['^\\p{Lu}$', 'X', true], ['^\\P{Lu}$', 'X', false], ['^\\p{^Lu}$', 'X', false], ['^\\pN$', '7', true], ['^\\p{Greek}$', 'a', false], ['^\\p{latin}$', 'a', true], ['^\\p{Dash_Punctuation}$', '-', true],
  ['^[\\p{L}\\d]+$', 'a1', true], ['é', 'e', false],
  // flags
  ['(?i)cookie', 'Cookie', true], ['x(?i)id', 'xID', true], ['x(?i)id', 'XID', false], ['(?i:x)-id', 'X-id', true], ['(?i:x)-id', 'X-ID', false], ['(?i)a(?-i)b', 'AB', false], ['(a(?i)b)c', 'aBC', false],
  ['(?i)a|b', 'B', true], ['(?i)\\p{Lu}', 'x', true], ['(?i)[^a]', 'A', false], ['(?i)\\x{212A}', 'k', true], ['(?i)ſ', 'S', true],
  // escapes
  ['\\x41', 'A', true], ['\\x{2d}', '-', true], ['\\101', 'A', true], ['\\0', '\0', true], ['\\Qa.b\\E', 'axb', false], ['\\Qa.b', 'a.b', true], ['\\Qa\\E*', '', true], ['\\_', '_', true],
  // groups
  ['(?P<n>a)(?<m>b)', 'ab', true], ['(?:a|b)c', 'bc', true],
])('%j on %j: %s', (source, name, matches) => {
  expect(new GoPattern(source).isValid).toBe(true);
  expect(new GoPattern(source).matches(name)).toBe(matches);
});

test('a pattern on which others take for ever is followed on all ways at once', () => {
  expect(new GoPattern('^(a|a|a+)*(a+)+$').matches(`${'a'.repeat(5_000)}!`)).toBe(false);
});

test('random patterns, as Go answered', () => {
  const vectors = recorded<PatternQuestion, { refused?: string; matches?: string[] }>('regexp');
  expect(vectors.length).toBeGreaterThan(300);
  for (const { question: { text, names }, answer } of vectors) {
    const pattern = new GoPattern(text);
    expect({ text, refused: !pattern.isValid, matches: names.filter((name) => pattern.matches(name)) })
      .toEqual({ text, refused: answer.refused !== undefined, matches: answer.matches ?? [] });
  }
});
