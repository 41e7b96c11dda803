import { bytesToByteText } from './bytes';

/**
 * Go's `strconv.ParseFloat(text, 64)` with its error dropped, as gjson calls it: 0 for what is no number, infinity for what is too large.
 * Beyond JSON's numbers it reads `inf`, `nan`, hexadecimal floats, a leading `+`, `.5`, `5.` and underscores between digits.
 */
export function parseFloatGo(text: string): number {
  if (PLAIN.test(text)) {
    return Number(text);
  }
  const special = /^(?:([+-]?)inf(?:inity)?|(nan))$/i.exec(text);
  if (special !== null) {
    return special[2] !== undefined ? NaN : special[1] === '-' ? -Infinity : Infinity;
  }
  const parts = /^([+-]?)(0x)?([0-9a-f_]*)(?:(\.)([0-9a-f_]*))?(?:[ep]([+-]?)([0-9][0-9_]*))?$/i.exec(text);
  if (parts === null || (text.includes('_') && !underscoresSeparateDigits(text))) {
    return 0;
  }
  return parts[2] === undefined ? decimal(text) : hexadecimal(text);
}

/** The same for bytes. */
export function parseFloatBytes(bytes: Uint8Array): number {
  const short = shortDecimal(bytes);
  return short === undefined ? parseFloatGo(bytesToByteText(bytes)) : short;
}

/** Fifteen digits fit a double, and so does the power of ten: one division then rounds as it should. */
const EXACT_DIGITS = 15;
const ZERO = 0x30;
const MINUS = 0x2d;
const DOT = 0x2e;

/** A decimal without exponent and of few digits; undefined for any other text. */
function shortDecimal(bytes: Uint8Array): number | undefined {
  const negative = bytes[0] === MINUS;
  let digits = 0;
  let mantissa = 0;
  let point = -1;
  for (let i = negative ? 1 : 0; i < bytes.length; i++) {
    const digit = bytes[i] - ZERO;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
    } else if (bytes[i] === DOT && point === -1 && digits > 0) {
      point = digits;
    } else {
      return undefined;
    }
  }
  if (digits === 0 || digits > EXACT_DIGITS) {
    return undefined;
  }
  const value = point === -1 ? mantissa : mantissa / 10 ** (digits - point);
  return negative ? -value : value;
}

/** What JSON writes, exponents short enough that Go and JavaScript cut nothing. */
const PLAIN = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,4})?$/;

function decimal(text: string): number {
  const parts = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:e([+-]?)(\d+))?$/i.exec(text.replace(/_/g, ''));
  if (parts === null) {
    return 0;
  }
  return Number(parts[3] === undefined ? parts[1] : `${parts[1]}e${parts[2]}${cappedExponent(parts[3])}`);
}

/** Go stops reading the digits of an exponent when it has reached 10000. */
function cappedExponent(digits: string): number {
  let exponent = 0;
  for (let i = 0; i < digits.length && exponent < 10000; i++) {
    exponent = exponent * 10 + Number(digits[i]);
  }
  return exponent;
}

function hexadecimal(text: string): number {
  const parts = /^([+-]?)0x([0-9a-f]*)\.?([0-9a-f]*)p([+-]?)(\d+)$/i.exec(text.replace(/_/g, ''));
  if (parts === null || parts[2] + parts[3] === '' || !/^[^.]*\.?[^.]*$/.test(text)) {
    return 0;
  }
  const exponent = cappedExponent(parts[5]) * (parts[4] === '-' ? -1 : 1) - 4 * parts[3].length;
  const value = scaled(BigInt(`0x${parts[2]}${parts[3]}`), exponent);
  return parts[1] === '-' ? -value : value;
}

/** mantissa × 2^exponent, rounded once, to the nearest, ties to even. */
function scaled(mantissa: bigint, exponent: number): number {
  if (mantissa === 0n) {
    return 0;
  }
  const bits = mantissa.toString(16).length * 4 - Math.clz32(Number.parseInt(mantissa.toString(16)[0], 16)) + 28;
  const drop = Math.max(bits - 53, -1074 - exponent); // how many low bits the 53 of a double, or the smallest of all, cannot hold
  if (bits + exponent > 1024) {
    return Infinity;
  }
  if (drop <= 0) {
    return Number(mantissa) * 2 ** exponent;
  }
  if (drop > bits + 1) {
    return 0;
  }
  const half = 1n << BigInt(drop - 1);
  const rest = mantissa & ((1n << BigInt(drop)) - 1n);
  let kept = mantissa >> BigInt(drop);
  if (rest > half || (rest === half && (kept & 1n) === 1n)) {
    kept += 1n;
  }
  // two factors, because 2^-1074 times a small power would round twice and 2^1024 is infinite
  const power = exponent + drop;
  return power > 971 ? Number(kept) * 2 ** 971 * 2 ** (power - 971) : Number(kept) * 2 ** power;
}

/** Go allows an underscore only between digits, where the prefix `0x` counts as one. */
function underscoresSeparateDigits(text: string): boolean {
  const hex = /^[+-]?0x/i.test(text);
  const digits = text.replace(/^[+-]/, '').replace(/^0[box]/i, '0');
  return hex ? !/(?:^|[^0-9a-f])_|_(?:[^0-9a-f]|$)/i.test(digits) : !/(?:^|[^0-9])_|_(?:[^0-9]|$)/.test(digits);
}
