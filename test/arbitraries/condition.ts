import * as fc from 'fast-check';
import { Condition } from '../../src';

const field = fc.constantFrom('a', 'b', 'a.b', 'a.0', '0', '0.a', 'b.1', 'a.#', 'a.#(b==1).a', 'a.#(=="x").b', 'a\\.b', 'a\\:b', ' k', 'k ', '@this', 'b.c');
const word = fc.constantFrom('x', 'y', '', 'true', '1', '~true', 'a"b', 'ä', '|', '\\', 'null', ',', ']', '#(');
const number = fc.constantFrom(0, 1, -1, 0.5, 2, 1e21, 12345678901234567890);

/** One comparison of one field. */
export const comparison: fc.Arbitrary<Condition> = fc.oneof(
  fc.tuple(field, word).map(([f, w]) => Condition.stringEquals(f, w)),
  fc.tuple(field, fc.constantFrom('*', 'x*', '?', '~*', '\\*', '*"*')).map(([f, w]) => Condition.stringMatches(f, w)),
  fc.tuple(field, fc.constantFrom('x', '', '1')).map(([f, w]) => Condition.stringGreaterThanEquals(f, w)),
  fc.tuple(field, number).map(([f, n]) => Condition.numberEquals(f, n)),
  fc.tuple(field, number).map(([f, n]) => Condition.numberGreaterThan(f, n)),
  fc.tuple(field, number).map(([f, n]) => Condition.numberBetween(f, n, n + 1)),
  field.map((f) => Condition.isTrue(f)),
  field.map((f) => Condition.isFalse(f)),
  field.map((f) => Condition.isNull(f)),
  field.map((f) => Condition.exists(f)),
  fc.constant(Condition.always()),
);

/** Conditions of conditions. */
export const condition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 3, arbitrary: comparison },
    { weight: 1, arbitrary: tie('condition').map((c) => Condition.not(c)) },
    { weight: 1, arbitrary: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((c) => Condition.and(...c)) },
    { weight: 1, arbitrary: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((c) => Condition.or(...c)) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('a', 'b', '@this'), tie('condition')).map(([f, c]) => Condition.any(f, c)) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('a', 'b', '@this'), tie('condition')).map(([f, c]) => Condition.all(f, c)) },
  ),
})).condition;

/** Documents with the fields and values that the conditions ask for. */
export const answer: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'medium' },
    { weight: 2, arbitrary: fc.oneof(word, number, fc.constantFrom(true, false, null)) },
    { weight: 3, arbitrary: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'a.b', 'a:b', ' k', 'k ', '0'), tie('value'), { maxKeys: 4 }) },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 4 }) },
  ),
})).value;
