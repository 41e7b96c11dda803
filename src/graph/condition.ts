import { any, atLeast, not } from './combine';
import { checkWellFormed, gjsonOf, ITSELF } from './field-text';
import { globTest, quoteText, textTest } from '../gjson/escape';
import { explainCondition } from '../gjson/explain';
import { Gjson } from '../gjson/gjson';

/**
 * When a step runs (Sequence) or is chosen (Switch): a test on a JSON document, written as a GJSON path.
 *
 * KServe's router takes the step if the path *exists* in the document (`gjson.GetBytes(body, condition).Exists()`, cmd/router/main.go,
 * v0.9.0 to v0.20.0). In a Sequence the document is the answer of the step before, in a Switch it is the input of the node.
 *
 * Wherever a factory asks for a `field`, it is the path of that field: keys and indexes with dots between them, `predictions.0.label`.
 * See `FieldPath` for keys that hold dots or other special characters. `@this` alone is the document itself.
 */
export class Condition {
  /** Always holds: `@this`. The last step of a Switch with it is what "default" is elsewhere. */
  public static always(): Condition {
    return new Condition('@this');
  }

  /**
   * The field is there, with any value, `false`, `0` and `null` included.
   *
   * @throws if `field` is no field path
   */
  public static exists(field: string): Condition {
    return new Condition(gjsonOf(field));
  }

  /**
   * The field is this text.
   *
   * GJSON compares by the type that it finds in the document, so a number matches where this text reads as that number, the number 0
   * where the text reads as no number, and a boolean where the text is its name. `stringMatches` looks at texts only.
   *
   * @throws if `field` is no field path, or `value` holds half a surrogate pair
   */
  public static stringEquals(field: string, value: string): Condition {
    checkWellFormed('value', value);
    return test(field, textTest(value));
  }

  /**
   * The field is a text that matches this pattern: `*` is any run of characters, `?` is one character, a backslash makes the next one plain.
   * Numbers and booleans never match.
   *
   * gjson gives up after 10,000 steps for each character of the text, which then does not match.
   *
   * @throws if `field` is no field path, or `pattern` holds half a surrogate pair or ends in a single backslash
   */
  public static stringMatches(field: string, pattern: string): Condition {
    checkWellFormed('pattern', pattern);
    if (/^(?:[^\\]|\\[^])*\\$/.test(pattern)) {
      throw new Error(`the pattern ends in a backslash, got '${pattern}': write '\\\\' for a text that ends in one`);
    }
    return test(field, globTest(pattern));
  }

  /**
   * The field is a text that stands before this one, by the bytes of their UTF-8.
   *
   * @throws if `field` is no field path, or GJSON cannot compare with `value` (it begins with `~`, or holds half a surrogate pair)
   */
  public static stringLessThan(field: string, value: string): Condition {
    return textOrder(field, '<', value);
  }

  /**
   * The field is this text or one that stands before it, by the bytes of their UTF-8.
   *
   * @throws if `field` is no field path, or GJSON cannot compare with `value` (it begins with `~`, or holds half a surrogate pair)
   */
  public static stringLessThanEquals(field: string, value: string): Condition {
    return textOrder(field, '<=', value);
  }

  /**
   * The field is a text that stands after this one, by the bytes of their UTF-8.
   *
   * @throws if `field` is no field path, or GJSON cannot compare with `value` (it begins with `~`, or holds half a surrogate pair)
   */
  public static stringGreaterThan(field: string, value: string): Condition {
    return textOrder(field, '>', value);
  }

  /**
   * The field is this text or one that stands after it, by the bytes of their UTF-8.
   *
   * @throws if `field` is no field path, or GJSON cannot compare with `value` (it begins with `~`, or holds half a surrogate pair)
   */
  public static stringGreaterThanEquals(field: string, value: string): Condition {
    return textOrder(field, '>=', value);
  }

  /**
   * The field is this number, compared as 64-bit floating point.
   *
   * GJSON compares by the type that it finds in the document: a text is compared as text with the digits of `value`.
   *
   * @throws if `field` is no field path, or `value` is not finite
   */
  public static numberEquals(field: string, value: number): Condition {
    return numberTest(field, '==', value);
  }

  /**
   * The field is less than this number. (A text is compared as text.)
   *
   * @throws if `field` is no field path, or `value` is not finite
   */
  public static numberLessThan(field: string, value: number): Condition {
    return numberTest(field, '<', value);
  }

  /**
   * The field is at most this number. (A text is compared as text, and `false` counts as at most anything.)
   *
   * @throws if `field` is no field path, or `value` is not finite
   */
  public static numberLessThanEquals(field: string, value: number): Condition {
    return numberTest(field, '<=', value);
  }

  /**
   * The field is more than this number. (A text is compared as text.)
   *
   * @throws if `field` is no field path, or `value` is not finite
   */
  public static numberGreaterThan(field: string, value: number): Condition {
    return numberTest(field, '>', value);
  }

  /**
   * The field is at least this number. (A text is compared as text, and `true` counts as at least anything.)
   *
   * @throws if `field` is no field path, or `value` is not finite
   */
  public static numberGreaterThanEquals(field: string, value: number): Condition {
    return numberTest(field, '>=', value);
  }

  /**
   * The field is at least `low` and at most `high`.
   *
   * @throws if `field` is no field path, a limit is not finite, or `low` is above `high`
   */
  public static numberBetween(field: string, low: number, high: number): Condition {
    if (low > high) {
      throw new Error(`the limits for '${field}' are the wrong way round, got ${low} to ${high}: give the lower one first`);
    }
    // the first query keeps the document in an array, the second asks the same document again
    return new Condition(`${numberTest(field, '>=', low).gjson}#|#(${operand(field)}<=${digits(field, high)})`);
  }

  /**
   * The field is this boolean, and no text or number that reads like it.
   *
   * @throws if `field` is no field path
   */
  public static booleanEquals(field: string, value: boolean): Condition {
    return isLiteral(field, String(value));
  }

  /**
   * The field is the boolean `true`. (A path alone asks only whether the field is there: `false` would match as well.)
   *
   * @throws if `field` is no field path
   */
  public static isTrue(field: string): Condition {
    return isLiteral(field, 'true');
  }

  /**
   * The field is the boolean `false`.
   *
   * @throws if `field` is no field path
   */
  public static isFalse(field: string): Condition {
    return isLiteral(field, 'false');
  }

  /**
   * The field is there and is `null`.
   *
   * @throws if `field` is no field path
   */
  public static isNull(field: string): Condition {
    return isLiteral(field, 'null');
  }

  /**
   * Any GJSON path, taken as it is. It holds for the documents in which the path exists.
   *
   * @throws if the path is empty
   */
  public static gjson(path: string): Condition {
    checkWellFormed('condition', path);
    if (path === '') {
      throw new Error('the condition is empty, got \'\': it would never match; use Condition.always() for a step that runs in any case');
    }
    return new Condition(path);
  }

  /**
   * All of these conditions hold.
   *
   * @throws if there is none, or one of them cannot be part of another (a raw path with open brackets)
   */
  public static and(...conditions: Condition[]): Condition {
    return Condition.atLeast(conditions.length, ...conditions);
  }

  /**
   * At least one of these conditions holds.
   *
   * @throws if there is none, or one of them cannot be part of another (a raw path with open brackets)
   */
  public static or(...conditions: Condition[]): Condition {
    return Condition.atLeast(1, ...conditions);
  }

  /**
   * At least so many of these conditions hold: `atLeast(2, a, b, c)` is a majority.
   *
   * @param count how many, from 1 to the number of conditions
   * @param conditions the conditions to count
   * @throws if `count` is out of its range, or a condition cannot be part of another (a raw path with open brackets)
   */
  public static atLeast(count: number, ...conditions: Condition[]): Condition {
    return new Condition(atLeast(count, conditions.map((condition) => condition.gjson)));
  }

  /**
   * The condition does not hold.
   *
   * @throws if the condition cannot be part of another (a raw path with open brackets)
   */
  public static not(condition: Condition): Condition {
    return new Condition(not(condition.gjson));
  }

  /**
   * At least one element of an array fits. What the condition asks is asked of the element: its fields, or `@this` for the element itself.
   *
   * (Asked for itself, an object that has a member with an empty name is taken for that member.)
   *
   * @param field path of the array
   * @param element what an element must fit
   * @throws if `field` is no field path, or the condition cannot be part of another (a raw path with open brackets)
   */
  public static any(field: string, element: Condition): Condition {
    return new Condition(any(gjsonOf(field), element.gjson));
  }

  /**
   * The field is an array, and every element fits; an empty array does. What the condition asks is asked of the element.
   *
   * @param field path of the array
   * @param element what an element must fit
   * @throws if `field` is no field path, or the condition cannot be part of another (a raw path with open brackets)
   */
  public static all(field: string, element: Condition): Condition {
    const array = gjsonOf(field);
    const misfit = any(array, not(element.gjson));
    return new Condition(atLeast(2, [array === ITSELF ? '#' : `${array}.#`, not(misfit)]));
  }

  private constructor(private readonly gjson: string) {}

  /** The GJSON path, as it stands in the manifest. */
  public toGjson(): string {
    return this.gjson;
  }

  /** When it matches, in a sentence: `matches when the first element of "predictions" is the text "dog"`. */
  public explain(): string {
    return explainCondition(this.gjson);
  }

  /**
   * Whether the router finds the condition met in this document.
   *
   * @param json the document; what is no valid JSON meets no condition (a Sequence answers it with status 500)
   * @throws if the evaluation costs too much, see `Gjson.get`
   */
  public matches(json: string): boolean {
    return Gjson.isValid(json) && Gjson.get(json, this.gjson).exists;
  }
}

/** The router asks whether a path exists, so a comparison must be a query, and a query needs an array: the document in one. */
function test(field: string, comparison: string): Condition {
  return Condition.gjson(`${field === ITSELF ? '[[@this]]' : '[@this]'}.#(${operand(field)}${comparison})`);
}

/** A field path inside of a query, where gjson drops the white space at both ends. The document itself is in one more array there. */
function operand(field: string): string {
  return field === ITSELF ? '0' : guarded(field).replace(/[\0- ]$/, '$&|@this');
}

function guarded(field: string): string {
  return gjsonOf(field).replace(/^[\0- ]/, '\\$&');
}

/** Compares the JSON text of the value, because `==true` matches the number 0 and `==~true` matches 1 and "true". */
function isLiteral(field: string, literal: string): Condition {
  return field === ITSELF
    ? Condition.gjson(`[[@this]].#(0|@tostr==${quoteText(literal)})`)
    : Condition.gjson(`[@this].#(${guarded(field)}|@tostr==${quoteText(literal)})`);
}

function textOrder(field: string, operator: string, value: string): Condition {
  checkWellFormed('value', value);
  if (value.startsWith('~')) {
    throw new Error(`GJSON cannot order texts against one that begins with '~', got '${value}': it reads that as a test of truth; `
      + 'compare with another text, or use stringEquals or stringMatches, which can say it');
  }
  return test(field, `${operator}${quoteText(value)}`);
}

function numberTest(field: string, operator: string, value: number): Condition {
  return test(field, `${operator}${digits(field, value)}`);
}

function digits(field: string, value: number): string {
  if (!Number.isFinite(value)) {
    throw new Error(`the number to compare '${field}' with is not finite, got ${value}: JSON holds finite numbers only`);
  }
  return String(value);
}
