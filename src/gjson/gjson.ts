import { Budget } from './budget';
import { byteText, textOf, utf8 } from './bytes';
import { evaluate } from './evaluate';
import { Path } from './parse';
import { isValidJson } from './valid';
import { Value } from './value';

/** Names of the types, at Go's numbers. */
const TYPE_NAMES = ['Null', 'False', 'Number', 'String', 'True', 'JSON'];

/**
 * What a GJSON path finds in a JSON document: the `Result` of Go's gjson.
 */
export class GjsonResult {
  /** @internal */
  public static _of(value: Value): GjsonResult {
    return new GjsonResult(value.exists, TYPE_NAMES[value.type], textOf(value.raw));
  }

  /**
   * @param exists whether the path leads to a value, `null` and `false` included; this is all that KServe asks
   * @param type `Null` (also where nothing was found), `False`, `Number`, `String`, `True` or `JSON` (an object or array)
   * @param raw the JSON text of the value, empty where nothing was found
   */
  private constructor(public readonly exists: boolean, public readonly type: string, public readonly raw: string) {}
}

/**
 * GJSON paths, evaluated as the router of KServe does it: Go's github.com/tidwall/gjson v1.18.0, in process.
 */
export class Gjson {
  /**
   * What the path finds in the document. The document should be valid JSON (see `isValid`); gjson does not look, and neither do we.
   *
   * @param json the document
   * @param path the GJSON path, any text whatever
   * @throws if the evaluation costs more than is good for anyone (`GjsonLimitError`): more than 64 MiB, or 32 times the document, read and
   * written, or more than 400 levels of steps, queries and multipaths in one another. Go's gjson works on for minutes there, or dies.
   */
  public static get(json: string, path: string): GjsonResult {
    return GjsonResult._of(Gjson._evaluate(utf8(json), path));
  }

  /**
   * Whether the text is one valid JSON document, by the rules of gjson's `ValidBytes`. The router asks this first, and matches nothing if not.
   *
   * @param json the document
   */
  public static isValid(json: string): boolean {
    return isValidJson(utf8(json));
  }

  /** @internal */
  public static _evaluate(json: Uint8Array, path: string): Value {
    return evaluate(json, new Path(byteText(path)), new Budget(json.length));
  }

  private constructor() {}
}
