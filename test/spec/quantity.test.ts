import { quantityOf } from '../../src/spec/quantity';

test.each([
  ['1', 1], ['100m', 0.1], ['0.5', 0.5], ['.5', 0.5], ['1.', 1], ['1e3', 1000], ['2k', 2000], ['1Ki', 1024], ['1.5Gi', 1610612736], ['-1', -1], ['+2M', 2e6], [3, 3],
])('%s is the number %d', (quantity, number) => {
  expect(quantityOf(quantity)).toBeCloseTo(number, 9);
});

test.each(['', 'much', '1GB', '1 Gi', undefined])('%s is no number', (quantity) => {
  expect(quantityOf(quantity)).toBeUndefined();
});
