/**
 * A Kubernetes quantity as the API machinery writes it back: `0.5` is `500m`, `1000` is `1k`, `1024Mi` is `1Gi`; what is canonical already
 * stays, and so does what is no quantity (apimachinery, pkg/api/resource/quantity.go, v0.34.3).
 */
export function canonicalQuantity(text: string): string {
  const parts = partsOf(text);
  if (parts === undefined) {
    return text;
  }
  const { sign, whole, fraction, unit } = parts;
  if (isKept(whole || '0', fraction, unit)) {
    return text;
  }
  const magnitude = amountOf(whole + fraction, fraction.length, unit);
  const written = magnitude.unscaled === 0n ? '0' : write(magnitude, unit);
  return sign === '-' && written !== '0' ? `-${written}` : written;
}

/** A Kubernetes quantity as a number, as exactly as JavaScript's numbers are; undefined where it is none. */
export function quantityOf(quantity: unknown): number | undefined {
  const parts = partsOf(String(quantity));
  if (parts === undefined) {
    return undefined;
  }
  const { sign, whole, fraction, unit: { format, exponent } } = parts;
  return Number(`${sign}${whole || '0'}.${fraction || '0'}`) * (format === 'binary' ? 2 ** exponent : 10 ** exponent);
}

/** What a quantity is written of. */
interface Parts {
  readonly sign: string;
  /** Digits before the point, without leading zeros. */
  readonly whole: string;
  readonly fraction: string;
  readonly unit: Unit;
}

function partsOf(text: string): Parts | undefined {
  const [, sign, whole, fraction = '', suffix] = /^([+-]?)0*([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/.exec(text) ?? [];
  const unit = suffix === undefined || whole + fraction === '' && !/0/.test(text) ? undefined : unitOf(suffix);
  return unit === undefined ? undefined : { sign, whole, fraction, unit };
}

type Format = 'decimal' | 'exponent' | 'binary';

/** What a suffix multiplies by: 10 or 2 to the power of `exponent`. */
interface Unit {
  readonly format: Format;
  readonly exponent: number;
}

/** `unscaled` · 10^-`scale`. */
interface Decimal {
  readonly unscaled: bigint;
  readonly scale: number;
}

const DECIMAL: { readonly [suffix: string]: number } = { 'n': -9, 'u': -6, 'm': -3, '': 0, 'k': 3, 'M': 6, 'G': 9, 'T': 12, 'P': 15, 'E': 18 };
const BINARY: { readonly [suffix: string]: number } = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
/** Go keeps no more digits than these after the point, and rounds away from zero. */
const NANO = 9;
/** Binary quantities end at the largest int64. */
const MOST = 2n ** 63n - 1n;

function unitOf(suffix: string): Unit | undefined {
  if (Object.hasOwn(DECIMAL, suffix)) {
    return { format: 'decimal', exponent: DECIMAL[suffix] };
  }
  if (Object.hasOwn(BINARY, suffix)) {
    return { format: 'binary', exponent: BINARY[suffix] };
  }
  return /^[eE][+-]?[0-9]{1,9}$/.test(suffix) ? { format: 'exponent', exponent: Number(suffix.slice(1)) } : undefined;
}

/** Whether Go's fast path takes the text for canonical and keeps it. */
function isKept(whole: string, fraction: string, { format, exponent }: Unit): boolean {
  const digits = whole + fraction;
  if (format === 'binary') {
    const precision = 15 - whole.length - Math.trunc(exponent * 3 / 10) - 1;
    const fits = fraction === '' && precision >= 0 && BigInt(digits) * 2n ** BigInt(exponent) <= MOST;
    return fits && BigInt(digits) % 8n !== 0n;
  }
  const scale = exponent - fraction.length;
  return digits.length <= 18 && scale >= -NANO && scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0');
}

function amountOf(digits: string, places: number, { format, exponent }: Unit): Decimal {
  const number = BigInt(digits || '0');
  const exact = format === 'binary'
    ? { unscaled: number * 2n ** BigInt(exponent), scale: places }
    : { unscaled: number, scale: places - exponent };
  const rounded = exact.scale > NANO ? { unscaled: divideUp(exact.unscaled, 10n ** BigInt(exact.scale - NANO)), scale: NANO } : exact;
  return format === 'binary' && rounded.unscaled > MOST * 10n ** BigInt(rounded.scale) ? { unscaled: MOST, scale: 0 } : rounded;
}

function write(amount: Decimal, { format }: Unit): string {
  if (format === 'binary') {
    const one = 10n ** BigInt(amount.scale);
    // below 1024, or with a fraction, Go writes a binary quantity as a decimal one
    if (amount.unscaled >= 1024n * one && amount.unscaled % one === 0n) {
      const [number, times] = withoutFactor(amount.unscaled / one, 1024n);
      return `${number}${Object.keys(BINARY)[times - 1] ?? ''}`;
    }
  }
  const [digits, times] = withoutFactor(amount.unscaled, 10n);
  const exponent = times - amount.scale;
  const rest = ((exponent % 3) + 3) % 3;
  const number = digits * 10n ** BigInt(rest);
  return `${number}${suffixOf(exponent - rest, format)}`;
}

function suffixOf(exponent: number, format: Format): string {
  if (format === 'exponent') {
    return exponent === 0 ? '' : `e${exponent}`;
  }
  // Go leaves the suffix out where it has none
  return Object.keys(DECIMAL).find((suffix) => DECIMAL[suffix] === exponent) ?? '';
}

function withoutFactor(number: bigint, factor: bigint): [bigint, number] {
  let times = 0;
  let rest = number;
  while (rest !== 0n && rest % factor === 0n) {
    rest /= factor;
    times++;
  }
  return [rest, times];
}

function divideUp(number: bigint, by: bigint): bigint {
  return (number + by - 1n) / by;
}
