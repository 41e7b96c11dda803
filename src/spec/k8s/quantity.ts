const SUFFIXES: { readonly [suffix: string]: number } = {
  '': 1,
  'n': 1e-9,
  'u': 1e-6,
  'm': 1e-3,
  'k': 1e3,
  'M': 1e6,
  'G': 1e9,
  'T': 1e12,
  'P': 1e15,
  'E': 1e18,
  'Ki': 2 ** 10,
  'Mi': 2 ** 20,
  'Gi': 2 ** 30,
  'Ti': 2 ** 40,
  'Pi': 2 ** 50,
  'Ei': 2 ** 60,
};

/** A Kubernetes quantity as a number, as exactly as JavaScript's numbers are; undefined where it is none. */
export function quantityOf(quantity: unknown): number | undefined {
  const [, digits, suffix] = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(String(quantity)) ?? [];
  return digits === undefined || SUFFIXES[suffix] === undefined ? undefined : Number(digits) * SUFFIXES[suffix];
}

const BINARY_UNITS = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/**
 * A quantity as Kubernetes writes it when it has read it. It keeps what it reads, but for a fraction of a binary unit: `1.5Gi` becomes `1536Mi`
 * (ParseQuantity of k8s.io/apimachinery v0.34.3).
 */
export function asWritten(quantity: string): string {
  const [, whole, fraction, unit] = /^\+?(\d*)\.(\d*)([KMGTPE]i)$/.exec(quantity) ?? [];
  if (unit === undefined) {
    return quantity;
  }
  const scale = 10n ** BigInt(fraction.length);
  const bytes = BigInt(`${whole}${fraction}`) * 1024n ** BigInt(BINARY_UNITS.indexOf(unit));
  // what is no whole number is rounded up
  let value = (bytes + scale - 1n) / scale;
  let at = 0;
  while (value !== 0n && value % 1024n === 0n && at < BINARY_UNITS.length - 1) {
    value /= 1024n;
    at++;
  }
  return `${value}${BINARY_UNITS[at]}`;
}
