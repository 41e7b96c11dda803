import { checkKey, gjsonOf } from './field-text';
import { escapeKey, textTest } from '../gjson/escape';

/**
 * Writes the path of a field for the factories of `Condition`, from keys that may hold any character.
 *
 * A field path is text: object keys and array indexes (from 0) with dots between them, `predictions.0.label`.
 * Three components mean more, as in GJSON: `#` at the end is the number of elements, `#(name=="score")` is the first element that
 * fits the query, and a backslash makes the character after it a plain one (`image\.size` is the one key `image.size`).
 */
export class FieldPath {
  /**
   * The path through these keys and indexes, each taken as it is: `FieldPath.of('image.size', '0')` is `image\.size.0`.
   *
   * @param keys object keys, and array indexes (from 0) as text
   * @throws if there is no key, or a key is empty or holds half a surrogate pair
   */
  public static of(...keys: string[]): string {
    if (keys.length === 0) {
      throw new Error('the field path has no key, got none: name the field, as in FieldPath.of(\'predictions\', \'0\')');
    }
    keys.forEach(checkKey);
    return keys.map(escapeKey).join('.');
  }

  /**
   * The first prediction in the answer of a model that speaks the v1 protocol: `predictions.0`.
   *
   * @param field path of a field inside of the prediction. Default: the prediction itself
   */
  public static firstPrediction(field?: string): string {
    return under('predictions.0', field);
  }

  /**
   * A value of an output tensor, by the tensor's name, in the answer of a model that speaks the v2 (Open Inference) protocol.
   *
   * @param name name of the output, any text
   * @param index position in the flat `data` of the tensor, from 0. Default: 0
   * @throws if the index is no whole number from 0, or the name holds half a surrogate pair
   */
  public static v2Output(name: string, index?: number): string {
    const at = index ?? 0;
    if (!Number.isSafeInteger(at) || at < 0) {
      throw new Error(`the index into output '${name}' is no position, got ${at}: give a whole number from 0`);
    }
    return `outputs.#(name${textTest(name)}).data.${at}`;
  }

  /**
   * A field of one step's answer in the answer of an Ensemble node, which is one object with a key for each step.
   *
   * @param step name of the step, or its index (from 0) as text where it has no name
   * @param field path of a field inside of that answer. Default: the whole answer of the step
   */
  public static ensembleMember(step: string, field?: string): string {
    return under(FieldPath.of(step), field);
  }

  private constructor() {}
}

function under(parent: string, field?: string): string {
  if (field !== undefined) {
    gjsonOf(field); // refuses what is no field path, with the name that the user gave
  }
  return field === undefined ? parent : `${parent}.${field}`;
}
