import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { inferenceGraph } from './graph';
import { inferenceService } from './inference-service';

/*
 * YAML texts: lines of pieces that mean something to YAML, manifests as they are written, and manifests that were damaged. About half are no YAML,
 * or use more of it than manifests do.
 */

const WORDS = [
  'a', 'b1', 'kind', 'x.y/z', 'null', 'Null', '~', 'true', 'False', 'yes', 'on', 'y', '0', '-0', '12', '007', '0x1F', '0o17', '1.5', '.5', '1.', '1e3', '+1', '-1', '1_000',
  '.inf', '-.INF', '.nan', '1:30', '2024-01-01', '100m', '1Gi', '1.2.3', '12345678901234567890', '0.1234567891', 'http://a/b', '$response', '@this', '"a"', "'b'", '"it\\"s"', "'it''s'", '"\\n"',
  '"\\u0041"', '"', "'", '""', "''", '""""', '[]', '{}', '[a, b]', '{ a: 1 }', '[', ']', '{', '}', '&a', '*a', '!t', '!!str', '|', '|-', '|+', '>', '|2', '? a', '%', '`', 'a b', 'a:b', 'a#b', 'é', '日本',
  '\u00a0', '\u0085', '\u2028', '\ud83d\ude00', '<<', '=', '__proto__', 'constructor', '---', '--- a', '...', '--x', '-x', '-', ',', 'a,b', '(x)', '/', '\\', ':', '::', '#', '\ufeff', '\u007f', 'x'.repeat(220),
];

const word = fc.constantFrom(...WORDS);
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom('a', 'b', 'c', 'kind', 'items'), fc.constantFrom(': ', ':', ':  ', ' : '), word).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.constantFrom('a:', 'b:', 'c:', 'kind:', 'a: |', 'b: |-', '-', '---', '...') },
  { weight: 2, arbitrary: word },
  { weight: 1, arbitrary: fc.tuple(word, fc.constantFrom(': ', ':', ' '), word).map((parts) => parts.join('')) },
);
const line = fc.tuple(
  fc.constantFrom('', '', '', '  ', '  ', '    ', ' ', '   ', '      ', '\t'),
  fc.constantFrom('', '', '', '- ', '- ', '-   ', '- - '),
  piece,
  fc.constantFrom('', '', '', '', ' ', ' # c', '# c', ': '),
).map((parts) => parts.join(''));
const otherLine = fc.constantFrom('', '', '   ', '# comment', '  # comment', '---', '--- # c', '\t');
const lines: fc.Arbitrary<string> = fc.tuple(
  fc.array(fc.oneof({ weight: 8, arbitrary: line }, { weight: 1, arbitrary: otherLine }), { maxLength: 8 }),
  fc.constantFrom('\n', '\n', '\n', '\r\n'),
  fc.constantFrom('', '\n', '\n\n', '\n  '),
).map(([all, newline, last]) => all.join(newline) + last);

const manifest: fc.Arbitrary<string> = fc.tuple(
  fc.oneof<fc.Arbitrary<object>[]>(inferenceGraph(), inferenceService()),
  fc.record({ indentSeq: fc.boolean(), indent: fc.constantFrom(2, 3, 4), lineWidth: fc.constantFrom(0, 80), singleQuote: fc.boolean() }),
).map(([document, options]) => stringify(document, options));

/** One manifest or several, as tools write them. */
export const manifestText: fc.Arbitrary<string> = fc.array(manifest, { minLength: 1, maxLength: 3 }).map((texts) => texts.join('---\n'));

const damage = fc.record({
  at: fc.nat(),
  length: fc.constantFrom(0, 0, 1, 1, 2, 5, 20),
  text: fc.oneof(fc.constantFrom('', ' ', '  ', '\n', '\n  ', '\n\n', ':', ': ', ' #', '#', '- ', '-', '\t', '"', "'", '|', '\\', '&a ', '*a', '\r', '---\n', '\n---', '{', '[', ','), word),
});

/** A manifest with some mistakes in its text. */
export const damagedManifestText: fc.Arbitrary<string> = fc.tuple(
  manifestText,
  fc.array(damage, { minLength: 1, maxLength: 3 }),
).map(([text, damages]) => damages.reduce((whole, { at, length, text: added }) => {
  const start = at % (whole.length + 1);
  return whole.slice(0, start) + added + whole.slice(start + length);
}, text));

/** Any of these. */
export const yamlText: fc.Arbitrary<string> = fc.oneof(lines, manifestText, damagedManifestText);
