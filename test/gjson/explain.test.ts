import * as fc from 'fast-check';
import { explainCondition } from '../../src/gjson/explain';
import { gjsonPath } from '../arbitraries/gjson';

test.each([
  ['', 'matches when the document is an object with a member that has an empty name'],
  ['@this', 'matches every document'],
  ['a.b', 'matches when "a.b" exists, whatever its value'],
  ['#(a', 'matches when the first element of the document that is no object and no array (the query is never closed) exists, whatever its value'],
  ['a.#', 'matches when "a" is an array'],
  ['a.#.b', 'matches when the list of "b" of each element in "a" exists, even empty'],
  ['a.#(b==1)#', 'matches when the list of all elements of "a" that fit ("b" of the element is 1) exists, even empty'],
  [
    'a.#(b==1)#.c',
    'matches when the list of "c" of each element in the list of all elements of "a" that fit ("b" of the element is 1) exists, even empty',
  ],
  [
    'a.#(b=="x").c.0',
    'matches when the first element of "c" of the first element of "a" that fits ("b" of the element is the text "x") exists, whatever its value',
  ],
  ['[a,b].1', 'matches when all of these hold: ("a" exists, whatever its value), ("b" exists, whatever its value)'],
  [
    '[a,b,c].1',
    'matches when at least 2 of these hold: ("a" exists, whatever its value), ("b" exists, whatever its value), ("c" exists, whatever its value)',
  ],
  ['[@this].#(a>"m")', 'matches when "a" is a text after "m"'],
  ['[@this].#(a<=m)', 'matches when "a" is a text up to "m"'],
  ['[@this].#(a!=1)', 'matches when "a" is there and is not 1'],
  ['[@this].#(a!%"x*")', 'matches when "a" is a text not like "x*"'],
  ['[@this].#(a==~true)', 'matches when "a" counts as true (true, a number other than 0, "true", "t", "1")'],
  ['[@this].#(a!=~true)', 'matches when "a" does not count as true, or is missing'],
  ['[@this].#(a==~false)', 'matches when "a" counts as false (false, null, 0, "false", "f", "0") or is missing'],
  ['[@this].#(a!=~false)', 'matches when "a" does not count as false'],
  ['[@this].#(a==~null)', 'matches when "a" is null or missing'],
  ['[@this].#(a!=~null)', 'matches when "a" is there and not null'],
  ['[@this].#(a==~*)', 'matches when "a" exists'],
  ['[@this].#(a!=~*)', 'matches when "a" is missing'],
  ['[@this].#(a!)', 'matches when "a" is compared in a way that GJSON does not know, so that it never fits'],
  ['[@this].#(a==true)', 'matches when "a" is true'],
  ['[@this].#(a)', 'matches when "a" exists, whatever its value'],
  ['a.#()', 'matches when an element of "a" fits: the element has any value'],
  ['a.#(b.#(c==1))', 'matches when an element of "a" fits: an element of "b" of the element fits: "c" of the element is 1'],
  ['a*.b', 'matches when "b" of the first member of the document with a name like "a*" exists, whatever its value'],
  ['a.11', 'matches when element 11 (from 0) of "a" exists, whatever its value'],
  ['a|@reverse.0', 'matches when the first element of "a" in reverse order exists, whatever its value'],
  ['a.@keys|0', 'matches when the first element of the list of keys of "a" exists, whatever its value'],
  ['@dig:x|0', 'matches when the first element of the list of every "x" anywhere in the document exists, whatever its value'],
  ['a|@values.0', 'matches when the first element of the list of values of "a" exists, whatever its value'],
  ['a.@flatten.0', 'matches when the first element of "a" without the inner lists exists, whatever its value'],
  ['a.@join.x', 'matches when "x" of the objects in "a" joined to one exists, whatever its value'],
  ['a.@group.0', 'matches when the first element of the lists in "a" grouped to objects exists, whatever its value'],
  ['a.@fromstr.x', 'matches when "x" of the JSON inside of the text "a" exists, whatever its value'],
  ['a.@valid', 'matches when "a", if it is valid JSON, exists, whatever its value'],
  ['..0.a', 'matches when "a" of the first element of the lines of the document exists, whatever its value'],
  ['!true', 'matches every document'],
  ['!{"a":1}.a', 'matches when "a" of the literal {"a":1} exists, whatever its value'],
  ['{a,b}.a', 'matches when "a" of an object of what exists in the document of "a", "b" exists, whatever its value'],
  ['[a].0', 'matches when "a" exists, whatever its value'],
  ['@pretty', 'matches every document'],
  ['a\\.b.c', 'matches when "a\\\\.b.c" exists, whatever its value'],
  ['größe', 'matches when "größe" exists, whatever its value'],
  [
    'a.#(b==1)#|0.c',
    'matches when "c" of the first element of the list of all elements of "a" that fit ("b" of the element is 1) exists, whatever its value',
  ],
  ['[[[@this]].#(0>1)].0', 'matches when the document is more than 1'],
])('%s %s', (path, sentence) => {
  expect(explainCondition(path)).toBe(sentence);
});

test('any path has an explanation, deep ones a short one', () => {
  fc.assert(fc.property(gjsonPath, (path) => {
    expect(explainCondition(path)).toMatch(/^matches /);
  }), { numRuns: 2_000 });
  expect(explainCondition('['.repeat(1000) + 'a' + ']'.repeat(1000) + '.0').length).toBeLessThan(10_000);
  expect(explainCondition('a.#('.repeat(1000) + 'b==1' + ')'.repeat(1000)).length).toBeLessThan(10_000);
});
