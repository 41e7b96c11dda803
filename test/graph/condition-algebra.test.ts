import * as fc from 'fast-check';
import { Condition } from '../../src';
import { answer, comparison, condition } from '../arbitraries/condition';
import { gjsonPath, jsonDocument } from '../arbitraries/gjson';

const RUNS = { numRuns: 500 };
const document = answer.map((value) => JSON.stringify(value));

test('not: exactly where the condition does not match, whatever the document', () => {
  fc.assert(fc.property(condition, document, (c, json) => Condition.not(c).matches(json) === !c.matches(json)), RUNS);
});

test('and, or, atLeast: exactly where so many match', () => {
  fc.assert(fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), fc.nat(3), document, (conditions, n, json) => {
    const matching = conditions.filter((c) => c.matches(json)).length;
    const count = (n % conditions.length) + 1;
    expect(Condition.and(...conditions).matches(json)).toBe(matching === conditions.length);
    expect(Condition.or(...conditions).matches(json)).toBe(matching > 0);
    expect(Condition.atLeast(count, ...conditions).matches(json)).toBe(matching >= count);
  }), RUNS);
});

test('any and all: as the condition of each element', () => {
  fc.assert(fc.property(condition, fc.array(answer), (c, elements) => {
    const fit = elements.filter((element) => c.matches(JSON.stringify(element))).length;
    const json = JSON.stringify({ deep: { list: elements } });
    expect(Condition.any('deep.list', c).matches(json)).toBe(fit > 0);
    expect(Condition.all('deep.list', c).matches(json)).toBe(fit === elements.length);
    expect(Condition.all('@this', c).matches(JSON.stringify(elements))).toBe(fit === elements.length);
  }), RUNS);
});

test('any and all match nothing where there is no array', () => {
  fc.assert(fc.property(comparison, fc.oneof(fc.constantFrom(1, 'x', null, true), fc.dictionary(fc.constantFrom('a', 'b'), answer)), (c, value) => {
    const json = JSON.stringify({ list: value });
    expect(Condition.any('list', c).matches(json)).toBe(false);
    expect(Condition.all('list', c).matches(json)).toBe(false);
    expect(Condition.all('missing', c).matches(json)).toBe(false);
  }), RUNS);
});

test('raw paths, broken ones too, can be combined or are refused', () => {
  const utf8 = (bytes: string) => Buffer.from(bytes, 'latin1').toString('utf8');
  let combined = 0;
  fc.assert(fc.property(gjsonPath.map(utf8), jsonDocument.map(utf8), (path, json) => {
    fc.pre(path !== '');
    const c = Condition.gjson(path);
    let negated: Condition;
    try {
      negated = Condition.not(c);
    } catch (e) {
      expect((e as Error).message).toMatch(/^the condition cannot be part of another, got /);
      return;
    }
    combined++;
    expect(negated.matches(json)).toBe(!c.matches(json));
  }), { numRuns: 3_000 });
  expect(combined).toBeGreaterThan(500);
});
