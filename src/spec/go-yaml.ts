/*
 * What the YAML reader of kubectl, Helm and Argo CD makes of a text without quotes: YAML 1.1 in part (resolve.go of go.yaml.in/yaml/v2 v2.4.3, by
 * sigs.k8s.io/yaml v1.6.0). conformance/test/yaml.test.ts compares.
 */

/** What a text without quotes stands for: `on` is true, `012` is 10. */
export function plainScalar(text: string): string | number | boolean | null {
  const word = GO_WORDS.get(text);
  if (word !== undefined) {
    return word;
  }
  if (!BEGINS_NUMBER.test(text)) {
    return text;
  }
  const integer = integerOf(text);
  return integer !== undefined ? Number(integer) : floatOf(text) ?? text;
}

/** The key that it becomes in JSON; undefined where JSON has none and kubectl refuses the file. */
export function plainKey(text: string): string | undefined {
  const value = plainScalar(text);
  if (typeof value !== 'number') {
    return value === null ? undefined : String(value);
  }
  const integer = integerOf(text);
  return integer === undefined ? floatKey(value) : integer < TWO_63 ? String(integer) : undefined;
}

/** Whether it is something else than to readers of YAML 1.2 (its core schema), and to most people. */
export function isReadOtherwise(text: string): boolean {
  const value = plainScalar(text);
  return typeof value === 'boolean' ? !/^(?:true|false)$/i.test(text)
    : typeof value === 'number' && Number.isFinite(value) && (!CORE_NUMBER.test(text) || Number(text) !== value);
}

/**
 * A character with which kubectl reads no YAML, or which ends a line there: as a pattern, of what a text may not have.
 * Written as an escape in double quotes, or in JSON, each is well.
 */
// eslint-disable-next-line no-control-regex
export const NO_YAML_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]/;

/** What kubectl does with such a character, as the end of "kubectl …". */
export function fateOf(character: string): string {
  const name = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return /[\u0085\u2028\u2029]/.test(character) ? `takes the character ${name} for the end of a line` : `refuses the character ${name}`;
}

/** Words that are no texts. */
export const GO_WORDS: ReadonlyMap<string, boolean | number | null> = new Map<string, boolean | number | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);

const BEGINS_NUMBER = /^[-+.\d]/;

/** As Go's strconv.ParseInt takes it with base 0. */
const INTEGER = /^([-+]?)(0[bB][01]+|0[oO][0-7]+|0[xX][\da-fA-F]+|0[0-7]*|[1-9]\d*)$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const FLOAT_FROM_DOT = /^\.\d+(?:_\d+)*(?:[eE][-+]?\d+(?:_\d+)*)?$/;
const CORE_NUMBER = /^(?:0o[0-7]+|0x[\da-fA-F]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?)$/;

const TWO_63 = 2n ** 63n;

/** Much longer than what 64 bits hold: longer ones cost time. */
const LONGEST_INTEGER = 1000;

function integerOf(text: string): bigint | undefined {
  const plain = text.replaceAll('_', '');
  // 0b is also cut off before what is read with base 2, which may then have a sign
  const [, sign, digits] = INTEGER.exec(plain) ?? /^0b([-+])([01]+)$/.exec(plain) ?? [];
  if (digits === undefined || digits.length > LONGEST_INTEGER || text.startsWith('.')) {
    return undefined;
  }
  const prefix = plain.startsWith('0b') && sign !== '' ? '0b' : /^0[0-7]+$/.test(digits) ? '0o' : '';
  const size = BigInt(prefix + digits.toLowerCase());
  const isHeld = sign === '-' ? size <= TWO_63 : size < (sign === '+' ? TWO_63 : 2n * TWO_63);
  return isHeld ? (sign === '-' ? -size : size) : undefined;
}

function floatOf(text: string): number | undefined {
  const plain = text.replaceAll('_', '');
  const value = (text.startsWith('.') ? FLOAT_FROM_DOT.test(text) : FLOAT.test(plain)) ? Number(plain) : NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** As strconv.FormatFloat writes it with format g, the shortest precision, and 32 bits. */
function floatKey(value: number): string {
  if (!Number.isFinite(Math.fround(value))) {
    return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
  }
  const single = Math.fround(value);
  const shortest = Array.from({ length: 9 }, (_, digits) => single.toExponential(digits)).find((text) => Math.fround(Number(text)) === single)!;
  const [mantissa, exponent] = shortest.split('e').map((part) => part.replace('+', ''));
  const isNegative = Object.is(single, -0) ? '-' : '';
  const power = Number(exponent);
  return isNegative + (power < -4 || power >= 6
    ? `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
    : String(Number(shortest)));
}
