import * as fc from 'fast-check';
import { Gjson } from '../../../src/gjson/gjson';
import { holdsWith } from '../../../src/lint/flow/condition-truth';

test.each([
  ['a', 'a', true],
  ['a', 'a.b', true],
  ['a.b', 'a', false],
  ['a', '[@this].#(a.b>1)', true],
  ['[@this].#(score>0.5)', '[@this].#(score>0.9)', true],
  ['[@this].#(score>0.9)', '[@this].#(score>0.5)', false],
  ['[@this].#(score<=0.9)', '[@this].#(score<=0.5)', true],
  ['[@this].#(score<=0.5)', '[@this].#(score<=0.9)', false],
  ['[@this].#(score>0.5)', '[@this].#(score>=0.9)', false], // true is at least any number, and more than none
  ['[@this].#(score>9)', '[@this].#(score>10)', false], // the text "5" is more than "10", and not more than "9"
  ['[@this].#(score>0.5)', '[@this].#(other>0.9)', false],
])('%s holds wherever %s does: %s', (condition, other, holds) => {
  expect(holdsWith(condition, other)).toBe(holds);
});

test('where it is said to hold, it does', () => {
  const number = fc.oneof(fc.integer({ min: -20, max: 20 }).map(String), fc.constantFrom('0.5', '0.50', '-0.5', '0.9', '1.0', '10.25'));
  const path = fc.constantFrom('a', 'a.b');
  const operator = fc.constantFrom('<', '<=', '>', '>=');
  const comparison = fc.tuple(path, operator, number).map(([field, sign, bound]) => `[@this].#(${field}${sign}${bound})`);
  const condition = fc.oneof(path, comparison);
  const pair = fc.oneof(
    fc.tuple(condition, condition),
    fc.tuple(path, operator, number, number).map(([field, sign, ...bounds]) => bounds.map((bound) => `[@this].#(${field}${sign}${bound})`)),
  );
  const value = fc.oneof(number.map(Number), number, fc.constantFrom(true, false, null, '', 'x', [], {}));
  fc.assert(fc.property(pair, fc.oneof(value, fc.record({ b: value })), ([one, other], a) => {
    const matches = (gjson: string) => Gjson.get(JSON.stringify({ a }), gjson).exists;
    expect(holdsWith(one, other) && matches(other) && !matches(one)).toBe(false);
  }), { numRuns: 10_000 });
});
