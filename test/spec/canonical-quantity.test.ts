import { canonicalQuantity } from '../../src/spec/quantity';

test.each([
  ['0.5', '500m'], ['1000m', '1'], ['1000', '1k'], ['1024Mi', '1Gi'], ['1.5Gi', '1536Mi'], ['0.5Ki', '512'], ['1e4', '10e3'], ['-0.5', '-500m'], ['-0', '0'],
  ['0.0000000001', '1n'], // no more than nine digits, rounded away from zero
  ['16Ei', '9223372036854775807'], // the largest int64
])('%s is %s', (text, canonical) => {
  expect(canonicalQuantity(text)).toBe(canonical);
});

test.each(['', 'abc', '1x', '1 Gi', '--1', '1e'])('%j is no quantity, and stays as it is for others to refuse', (text) => {
  expect(canonicalQuantity(text)).toBe(text);
});
