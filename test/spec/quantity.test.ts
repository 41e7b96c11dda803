import { asWritten, quantityOf } from '../../src/spec/k8s/quantity';

test.each([
  ['1', 1], ['100m', 0.1], ['0.5', 0.5], ['.5', 0.5], ['1.', 1], ['1e3', 1000], ['2k', 2000], ['1Ki', 1024], ['1.5Gi', 1610612736], ['-1', -1], ['+2M', 2e6], [3, 3],
])('%s is %d', (quantity, number) => {
  expect(quantityOf(quantity)).toBeCloseTo(number, 9);
});

test.each(['', 'much', '1GB', '1 Gi', undefined])('%s is no quantity', (quantity) => {
  expect(quantityOf(quantity)).toBeUndefined();
});

test.each([
  ['1.5Gi', '1536Mi'], ['0.5Gi', '512Mi'], ['2.0Gi', '2Gi'], ['1.Gi', '1Gi'], ['.5Ki', '512'], ['1.1Mi', '1153434'], ['+1.5Ki', '1536'], ['0.0Gi', '0'],
  ['1024Mi', '1024Mi'], ['1.5', '1.5'], ['1000m', '1000m'], ['1G', '1G'],
])('%s is written %s', (quantity, written) => {
  expect(asWritten(quantity)).toBe(written);
});
