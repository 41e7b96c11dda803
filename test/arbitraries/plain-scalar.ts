import * as fc from 'fast-check';

/*
 * Texts without quotes: words and numbers of YAML 1.1 and 1.2, and what is nearly one.
 */

/** Those that readers of YAML are known to differ in. */
export const PLAIN_TRAPS: readonly string[] = (
  'y Y yes Yes YES yEs n N no No NO on On ON off Off OFF true True TRUE tRue t false False FALSE f ~ null Null NULL nUll << = '
  + '1_000 _1 1_ 1__0 0_8 +1_0 -1_0 -_1 0_ 1_000m 012 +012 -012 -0_12 08 09.5 00 0777 0644 007 -0 +0 0.0 1.0 '
  + '0o17 0O17 -0o17 +0o17 0o8 0o 0x1F 0X1f 0x_1f -0x1F 0x 0x1G 0x1p4 0b11 0B11 -0b11 0b1_1 0b12 0b 0b-11 0b+1 -0b-1 -0b+1 '
  + '1:30 190:20:30 .5 -.5 +.5 5. 5.e3 .5_0 ._5 .5e1_0 +.5_0 1_0.5 1.5_0 1e3 1E3 1e+3 1e03 1e1_0 1e3_ .e3 . + .. 1e400 -1e400 .1e400 1e-400 .inf -.inf +.Inf .nan .NaN inf NaN Infinity '
  + '9007199254740993 9223372036854775808 18446744073709551615 18446744073709551616 -9223372036854775808 -9223372036854775809 123456789012345678901234567890 '
  + '0x8000000000000000 0xffffffffffffffff 0xfffffffffffffffff -0x8000000000000000 0777777777777777777777777 '
  + '2024-01-01 2024-1-1 2001-12-14t21:59:43.10-05:00 100m 1Gi 1.2.3 1,000 1-1 1000000.0 1234567.5 0.00001 1e20 3.5e39 1.4e-45 0.30000001 123456789.0 16777217.0'
).split(' ');

const of = (characters: string, maxLength = 7) => fc.array(fc.constantFrom(...characters), { minLength: 1, maxLength }).map((all) => all.join(''));

/** Others. None is what YAML has a meaning for, such as `-`. */
export const plainScalarText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...PLAIN_TRAPS),
  ...['0123456789_', '01_b-+', '0123456789.eE+-_', '0x1fF_-+', '0o17O_-+', '.0123456789_eE-+', '123456789e.-', '0bB01-+_', 'yYnNoOeEsSfF', 'nulNUL~', 'trueTRUfalsFAL', '.infINFaN+-'].map((all) => of(all)),
  of('0123456789', 24),
).filter((text) => !/^(?:-+$|---|\.\.\.)/.test(text));

/** Documents that show what else of YAML 1.1 there is: keys, tags, merge keys, flow collections. */
export const YAML_TRAPS: readonly string[] = [
  ...PLAIN_TRAPS.flatMap((text) => [`a: ${text}\n`, `${text}: a\n`]),
  ...['!!int "12"', '!!int 012', '!!bool on', '!!bool "yes"', '!!str on', '!!str 012', '! on', '! 12', '!!float 1', '!!float 012', '!!null ""', '!foo on', '!foo 12'].map((text) => `a: ${text}\n`),
  ...['{b: on, on: 1}', '[a, on, 012]', '[on,]', '{on}', '{b, on}', '&x on\nb: *x', 'on #c', 'on# c', 'on\n  off', '|\n  on', '"on"', "'012'", '"12"', 'b:on'].map((text) => `a: ${text}\n`),
  ...['on', '012', '1.0', '1e3'].map((text) => `{"a": ${text}}\n`),
  '? on\n: 1\n', '!!str on: a\n', '&k on: a\n', '&k 012: a\n', "'on': a\n", '"012": a\n', ': a\n', '? [a]\n: b\n', '? {a: 1}\n: b\n', 'a: on\r\nno: 1\r\n',
  'b: &x {c: 1}\na:\n  <<: *x\n  d: 2\n', 'b: &x {c: 1}\na:\n  <<: [*x, {e: 3}]\n  c: 2\n', 'a:\n  c: 2\n  <<: {c: 1}\n', 'a:\n  <<: {c: 1}\n  <<: {c: 3, d: on}\n', 'a:\n  <<: [{c: 1}, {c: 2}]\n',
  'a:\n  "<<": {b: 1}\n', 'a: <<\n', '<<: 1\n', '<<: [1]\n', '<<: []\n', '<<:\n', 'a: {<<: {<<: {b: 1}, c: 2}}\n', 'x: &x [{a: 1}]\nb: {<<: *x}\n', '<<: &x {a: 1}\nb: *x\n',
];
