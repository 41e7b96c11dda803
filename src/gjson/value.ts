import { byteTextToBytes, bytesToByteText, EMPTY } from './bytes';
import { parseFloatBytes } from './float';
import { unescape } from './unescape';

/** The types of a gjson result, with Go's numbers. */
export const NULL = 0;
export const FALSE = 1;
export const NUMBER = 2;
export const STRING = 3;
export const TRUE = 4;
export const JSON_TYPE = 5;

const BACKSLASH = 0x5c;

/** What gjson calls a Result: a piece of JSON text and its type. */
export class Value {
  constructor(public readonly type: number, public readonly raw: Uint8Array, private readonly decoded?: Uint8Array) {}

  /** gjson's one test of presence, and all that KServe asks. */
  public get exists(): boolean {
    return this.type !== NULL || this.raw.length !== 0;
  }

  public get isObject(): boolean {
    return this.type === JSON_TYPE && this.raw[0] === 0x7b;
  }

  public get isArray(): boolean {
    return this.type === JSON_TYPE && this.raw[0] === 0x5b;
  }

  /** The text of a string, without quotes and escapes. */
  public get text(): Uint8Array {
    if (this.type !== STRING) {
      return EMPTY;
    }
    if (this.decoded !== undefined) {
      return this.decoded;
    }
    const inside = this.raw.subarray(1, this.raw.length - 1);
    return inside.includes(BACKSLASH) ? unescape(inside) : inside;
  }

  public get number(): number {
    return this.type === NUMBER ? parseFloatBytes(this.raw) : 0;
  }

  /** Go's `Result.String()`. */
  public asText(): Uint8Array {
    switch (this.type) {
      case FALSE:
        return byteTextToBytes('false');
      case TRUE:
        return byteTextToBytes('true');
      case STRING:
        return this.text;
      case NUMBER:
        return /^-?[0-9]*$/.test(bytesToByteText(this.raw)) ? this.raw : byteTextToBytes(plainDecimal(this.number));
      case JSON_TYPE:
        return this.raw;
      default:
        return EMPTY;
    }
  }

  /** Go's `Result.Bool()`. */
  public asBoolean(): boolean {
    switch (this.type) {
      case TRUE:
        return true;
      case STRING:
        return readBoolean(this.text) === true;
      case NUMBER:
        return this.number !== 0;
      default:
        return false;
    }
  }

  /** Go's `Result.Int()`, as far as a width needs it: whole, and no larger than 64 bits. */
  public asInteger(): number {
    const digits = bytesToByteText(this.type === STRING ? this.text : this.raw);
    switch (this.type) {
      case TRUE:
        return 1;
      case STRING:
        return wrap64(digits);
      case NUMBER:
        if (Math.abs(this.number) <= Number.MAX_SAFE_INTEGER) {
          return Math.trunc(this.number);
        }
        return Number.isFinite(this.number) && /^-?[0-9]+$/.test(digits) ? wrap64(digits) : SMALLEST;
      default:
        return 0;
    }
  }
}

/** What the conversion of a float outside of 64 bits gives on the processors that KServe is built for. */
const SMALLEST = -(2 ** 63);

function wrap64(digits: string): number {
  return /^-?[0-9]{1,1000}$/.test(digits) ? Number(BigInt.asIntN(64, BigInt(digits))) : 0;
}

export const MISSING = new Value(NULL, EMPTY);

/** Go's `strconv.ParseBool` of the lower-case text. */
export function readBoolean(text: Uint8Array): boolean | undefined {
  if (text.length > 5) {
    return undefined;
  }
  switch (bytesToByteText(text).toLowerCase()) {
    case '1': case 't': case 'true':
      return true;
    case '0': case 'f': case 'false':
      return false;
    default:
      return undefined;
  }
}

/** Go's `strconv.FormatFloat(n, 'f', -1, 64)`: the shortest digits that read back the same, with no exponent. */
function plainDecimal(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value < 0 ? '-Inf' : '+Inf';
  }
  const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(
    Object.is(value, -0) ? '-0' : String(value)) as RegExpExecArray;
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  if (point <= 0) {
    return `${sign}0.${'0'.repeat(-point)}${digits}`;
  }
  return point >= digits.length ? sign + digits + '0'.repeat(point - digits.length) : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
