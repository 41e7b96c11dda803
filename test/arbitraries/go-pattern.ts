import * as fc from 'fast-check';

/** Names of Unicode classes, as Go knows them, in other spellings, and some that it does not know. */
const CLASS_NAMES = ['L', 'Lu', 'lu', 'Nd', 'Greek', 'greek', 'Latin', 'Common', 'Letter', 'upper_case letter', 'Uppercase_Letter', 'Dash-Punctuation', 'Any', 'ASCII',
  'Assigned', 'Cn', 'LC', 'Old_Italic', 'SignWriting', 'Klingon', '^Lu', '^^L', '', '^', 'Po', 'Zs', 'M'];

const POSIX_NAMES = ['alpha', 'lower', '^upper', 'digit', 'punct', 'word', '^xdigit', 'space', 'nope', ''];

/** What can stand in brackets. */
const inBrackets = fc.oneof(
  fc.constantFrom('a-z', 'A-Z', '0-9', '-', ']', '^', '[', 'a', 'Z', '_', 'a-', 'z-a', '!-~', '\\d', '\\W', '\\-', '\\x41', '\\x{212A}', 'ſ', 'ĀœK', '\\101', '\\n', '\\Q', '\\z', '[:', ':]', '.', '\\'),
  fc.constantFrom(...CLASS_NAMES).map((name) => `\\p{${name}}`),
  fc.constantFrom(...POSIX_NAMES).map((name) => `[:${name}:]`),
);

const flags = fc.constantFrom('i', 'm', 's', 'U', 'ims', '-i', 'i-s', 'i-i', '-', 'i-', '--i', 'x', '', 'i-sU');

const atom = fc.oneof(
  fc.constantFrom('a', 'X', 'k', 'S', 'Trace', 'Id', '-', '1', '_', 'é', 'ſ', 'K', '.', '^', '$', '\\b', '\\B', '\\A', '\\z', '\\.', '\\-', '\\d', '\\W', '\\s', '\\x2D', '\\x{2d}', '\\x{110000}',
    '\\055', '\\8', '\\0', '\\Qa.b\\E', '\\Q*', '\\Q\\E', '\\E', '\\C', '\\y', '\\pN', '\\PN', '\\pX', '\\p', '\\', '😀'),
  fc.tuple(fc.constantFrom('p', 'P'), fc.constantFrom(...CLASS_NAMES)).map(([p, name]) => `\\${p}{${name}}`),
  fc.tuple(fc.constantFrom('', '^'), fc.array(inBrackets, { minLength: 1, maxLength: 4 })).map(([not, items]) => `[${not}${items.join('')}]`),
);

const repeat = fc.constantFrom('', '', '', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{0}', '{0,2}', '{2,}', '{,2}', '{3,1}', '{1001}', '{999,1000}', '{50}', '{01}', '{99999999999}', '**', '{2}{2}', '{');

/** Patterns that are put together as patterns are. */
const wellMade = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
  pattern: fc.array(tie('piece'), { maxLength: 4 }).map((pieces) => pieces.join('')),
  piece: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 6, arbitrary: fc.tuple(atom, repeat).map(([what, times]) => what + times) },
    { weight: 1, arbitrary: flags.map((now) => `(?${now})`) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom('(', '(?:', '(?P<n>', '(?<n1>', '(?i:', '(?=', '(?<=', '(?P=n)'), tie('pattern'), fc.constantFrom(')', ')', ')', ''), repeat).map((parts) => parts.join('')) },
    { weight: 1, arbitrary: fc.tuple(tie('pattern'), tie('pattern')).map((both) => both.join('|')) },
  ),
})).pattern;

/** Characters that mean something, in any order. */
const noise = fc.string({ unit: fc.constantFrom(...'ab?*+(){}[]^$|\\,-:<>PpQEi0129=!&x.K'), maxLength: 12 });

/** Regular expressions of Go, and texts that are nearly some. */
const goPatterns = fc.oneof({ weight: 3, arbitrary: wellMade }, { weight: 1, arbitrary: noise });

/** Header names, and other texts of ASCII. */
const asciiNames = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom('a', 'X', 'Trace', '-', 'Id', '1', '_', 'A', 'aa', 'k', 's', 'S'), { maxLength: 5 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: fc.integer({ min: 0, max: 127 }).map((code) => String.fromCharCode(code)), maxLength: 4 }) },
);

/** What Go is asked of a pattern. */
export interface PatternQuestion {
  readonly ask: 'pattern';
  readonly text: string;
  readonly names: readonly string[];
}

/** A pattern, and names that it may match. */
export const patternQuestions = (mostNames: number): fc.Arbitrary<PatternQuestion> => fc.record({
  ask: fc.constant('pattern' as const), text: goPatterns, names: fc.array(asciiNames, { maxLength: mostNames }),
});
