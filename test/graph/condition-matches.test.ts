import { Condition, FieldPath } from '../../src';

/** What each comparison finds in `{"v": …}`, a value of every type that JSON has. */
const VALUES = ['"dog"', '"10"', '"true"', '""', '0', '1', '10', '-1.5', '1e400', 'true', 'false', 'null', '{"a":1}', '[]'];

const matching = (condition: Condition) => VALUES.filter((value) => condition.matches(`{"v":${value}}`)).join(' ');

test.each<[Condition, string]>([
  [Condition.always(), VALUES.join(' ')],
  [Condition.exists('v'), VALUES.join(' ')],
  [Condition.exists('w'), ''],
  [Condition.stringEquals('v', 'dog'), '"dog" 0'], // gjson reads `dog` as 0 beside a number
  [Condition.stringEquals('v', '10'), '"10" 10'],
  [Condition.stringEquals('v', 'true'), '"true" 0 true'],
  [Condition.stringMatches('v', '*o?'), '"dog"'],
  [Condition.stringMatches('v', '*'), '"dog" "10" "true" ""'],
  [Condition.stringLessThan('v', 'dog'), '"10" "" -1.5'],
  [Condition.stringGreaterThanEquals('v', 'dog'), '"dog" "true" 0 1 10 1e400 true'],
  [Condition.numberEquals('v', 10), '"10" 10'],
  [Condition.numberGreaterThan('v', 0), '"dog" "10" "true" 1 10 1e400'],
  [Condition.numberGreaterThanEquals('v', 10), '"dog" "10" "true" 10 1e400 true'],
  [Condition.numberLessThan('v', 0), '"" -1.5'],
  [Condition.numberLessThanEquals('v', 0), '"" 0 -1.5 false'],
  [Condition.numberBetween('v', 0, 1), '0 1'],
  [Condition.booleanEquals('v', true), 'true'],
  [Condition.isTrue('v'), 'true'],
  [Condition.isFalse('v'), 'false'],
  [Condition.isNull('v'), 'null'],
  [Condition.any('v', Condition.always()), ''],
  [Condition.all('v', Condition.stringEquals('@this', 'dog')), '[]'],
])('%#: of the values of v, it matches these', (condition, values) => {
  expect(matching(condition)).toBe(values);
});

test('no condition is met by what is no valid JSON', () => {
  expect(Condition.always().matches('')).toBe(false);
  expect(Condition.exists('a').matches('{"a":1')).toBe(false);
});

test('the protocols\' paths lead where they say', () => {
  const v2 = JSON.stringify({ outputs: [{ name: 'x.y', data: [0.1] }, { name: '~score"', data: [0.2, 0.9] }] });
  expect(Condition.numberEquals(FieldPath.v2Output('x.y'), 0.1).matches(v2)).toBe(true);
  expect(Condition.numberEquals(FieldPath.v2Output('~score"', 1), 0.9).matches(v2)).toBe(true);
  const votes = JSON.stringify({ 'a.b': { predictions: ['dog'] }, '1': { predictions: ['cat'] } });
  expect(Condition.stringEquals(FieldPath.ensembleMember('a.b', FieldPath.firstPrediction()), 'dog').matches(votes)).toBe(true);
  expect(Condition.stringEquals(FieldPath.ensembleMember('1', 'predictions.0'), 'cat').matches(votes)).toBe(true);
});

test('explains itself in a sentence', () => {
  const sentences: Array<[Condition, string]> = [
    [Condition.always(), 'matches every document'],
    [Condition.exists('a.b'), 'matches when "a.b" exists, whatever its value'],
    [Condition.stringEquals('predictions.0', 'dog'), 'matches when the first element of "predictions" is the text "dog"'],
    [Condition.stringMatches('label', 'd*'), 'matches when "label" is a text like "d*"'],
    [Condition.numberBetween('score', 0.5, 0.9), 'matches when "score" is at least 0.5 and "score" is at most 0.9'],
    [Condition.isTrue('isDog'), 'matches when "isDog" is true'],
    [Condition.not(Condition.isNull('error')), 'matches when this does not hold: ("error" is null)'],
    [Condition.or(Condition.stringEquals('l', 'cat'), Condition.stringEquals('l', 'dog')),
      'matches when at least one of these holds: ("l" is the text "cat"), ("l" is the text "dog")'],
    [Condition.and(Condition.numberGreaterThan('predictions.#', 2), Condition.exists('x')),
      'matches when all of these hold: (the number of elements of "predictions" is more than 2), ("x" exists, whatever its value)'],
    [Condition.any('predictions', Condition.stringEquals('@this', 'dog')), 'matches when an element of "predictions" fits: the element is the text "dog"'],
    [Condition.all('predictions', Condition.numberLessThan('score', 1)),
      'matches when every element of "predictions" fits: ("score" of the element is less than 1)'],
    [Condition.numberGreaterThan(FieldPath.v2Output('score'), 0.9),
      'matches when the first element of "data" of the first element of "outputs" that fits ("name" of the element is the text "score") is more than 0.9'],
  ];
  expect(sentences.map(([condition]) => condition.explain())).toEqual(sentences.map(([, sentence]) => sentence));
});

test.each<[() => unknown, string]>([
  [() => Condition.and(), 'there is no condition to combine, got none: give at least one'],
  [() => Condition.atLeast(3, Condition.always(), Condition.exists('a')),
    'the number of conditions that must hold is out of range, got 3: give a whole number from 1 to 2'],
  [() => Condition.not(Condition.gjson('a.#(b==1')), 'the condition cannot be part of another, got \'a.#(b==1\': balance its brackets and quotes, '
    + 'or put it on a step of its own (a Switch in front of this one)'],
])('refused at the call: %s', (call, message) => {
  expect(call).toThrow(new Error(message));
});
