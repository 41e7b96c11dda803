import { ALL, characters, not } from './ascii-set';
import type { AsciiSet } from './ascii-set';

/** `\d`, `\s` and `\w`; their capitals are the rest. */
export const PERL: ReadonlyMap<string, AsciiSet> = new Map([
  ['d', characters('0-9')],
  ['s', characters('\t\n\f\r ')],
  ['w', characters('0-9A-Za-z_')],
]);

/** `[:alnum:]` and so on. */
export const POSIX: ReadonlyMap<string, AsciiSet> = new Map([
  ['alnum', characters('0-9A-Za-z')],
  ['alpha', characters('A-Za-z')],
  ['ascii', ALL],
  ['blank', characters('\t ')],
  ['cntrl', characters('\0-\x1f\x7f')],
  ['digit', characters('0-9')],
  ['graph', characters('!-~')],
  ['lower', characters('a-z')],
  ['print', characters(' -~')],
  ['punct', characters('!-/:-@[-`{-~')],
  ['space', characters('\t-\r ')],
  ['upper', characters('A-Z')],
  ['word', characters('0-9A-Za-z_')],
  ['xdigit', characters('0-9A-Fa-f')],
]);

/** What `\p{name}` has of ASCII; undefined for a name that Go does not know (regexp/syntax, Go 1.25). */
export function unicodeClass(name: string): AsciiSet | undefined {
  return CLASSES.get(canonical(name));
}

/** Go ignores the case of a name, and its spaces, hyphens and underscores. */
function canonical(name: string): string {
  const letters = name.replace(/[_ -]/g, '');
  return letters.slice(0, 1).replace(/[a-z]/, (c) => c.toUpperCase()) + letters.slice(1).replace(/[A-Z]/g, (c) => c.toLowerCase());
}

const UPPER = characters('A-Z');
const LOWER = characters('a-z');
const CONTROL = characters('\0-\x1f\x7f');
const DIGIT = characters('0-9');
const SPACE = characters(' ');
const DASH = 1n << 0x2dn;
const OTHER_PUNCTUATION = characters('!"#%&\'*,./:;?@\\');
const OPEN = characters('([{');
const CLOSE = characters(')]}');
const MATH = characters('+<=>|~');
const MODIFIER = characters('^`');
const PUNCTUATION = characters('_') | DASH | OPEN | CLOSE | OTHER_PUNCTUATION;
const SYMBOL = characters('$') | MATH | MODIFIER;
const LETTER = UPPER | LOWER;

/** Categories with their other names (unicode.Categories and unicode.CategoryAliases). */
const CATEGORIES: readonly [string, AsciiSet][] = [
  ['C Other', CONTROL], ['Cc Control cntrl', CONTROL], ['Cf Format', 0n], ['Cn Unassigned', 0n], ['Co Private_Use', 0n], ['Cs Surrogate', 0n],
  ['L Letter', LETTER], ['LC Cased_Letter', LETTER], ['Ll Lowercase_Letter', LOWER], ['Lm Modifier_Letter', 0n], ['Lo Other_Letter', 0n],
  ['Lt Titlecase_Letter', 0n], ['Lu Uppercase_Letter', UPPER],
  ['M Mark Combining_Mark', 0n], ['Mc Spacing_Mark', 0n], ['Me Enclosing_Mark', 0n], ['Mn Nonspacing_Mark', 0n],
  ['N Number', DIGIT], ['Nd Decimal_Number digit', DIGIT], ['Nl Letter_Number', 0n], ['No Other_Number', 0n],
  ['P Punctuation punct', PUNCTUATION], ['Pc Connector_Punctuation', characters('_')], ['Pd Dash_Punctuation', DASH], ['Pe Close_Punctuation', CLOSE],
  ['Pf Final_Punctuation', 0n], ['Pi Initial_Punctuation', 0n], ['Po Other_Punctuation', OTHER_PUNCTUATION], ['Ps Open_Punctuation', OPEN],
  ['S Symbol', SYMBOL], ['Sc Currency_Symbol', characters('$')], ['Sk Modifier_Symbol', MODIFIER], ['Sm Math_Symbol', MATH], ['So Other_Symbol', 0n],
  ['Z Separator', SPACE], ['Zl Line_Separator', 0n], ['Zp Paragraph_Separator', 0n], ['Zs Space_Separator', SPACE],
  ['Any', ALL], ['Assigned', ALL], ['ASCII', ALL],
];

/** Scripts without a letter of ASCII. Those whose name is of several words are missing: Go 1.25 looks for them without the underscore, and finds none. */
const SCRIPTS = 'Adlam Ahom Arabic Armenian Avestan Balinese Bamum Batak Bengali Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid Carian Chakma Cham '
  + 'Cherokee Chorasmian Coptic Cuneiform Cypriot Cyrillic Deseret Devanagari Dogra Duployan Elbasan Elymaic Ethiopic Georgian Glagolitic Gothic Grantha '
  + 'Greek Gujarati Gurmukhi Han Hangul Hanunoo Hatran Hebrew Hiragana Inherited Javanese Kaithi Kannada Katakana Kawi Kharoshthi Khmer Khojki Khudawadi '
  + 'Lao Lepcha Limbu Lisu Lycian Lydian Mahajani Makasar Malayalam Mandaic Manichaean Marchen Medefaidrin Miao Modi Mongolian Mro Multani Myanmar '
  + 'Nabataean Nandinagari Newa Nko Nushu Ogham Oriya Osage Osmanya Palmyrene Phoenician Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham '
  + 'Sinhala Sogdian Soyombo Sundanese Syriac Tagalog Tagbanwa Takri Tamil Tangsa Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta Toto Ugaritic Vai '
  + 'Vithkuqi Wancho Yezidi Yi';

const CLASSES: ReadonlyMap<string, AsciiSet> = new Map([
  ...[...CATEGORIES, [SCRIPTS, 0n], ['Latin', LETTER], ['Common', not(LETTER)]] as [string, AsciiSet][],
].flatMap(([names, set]) => names.split(' ').map((name) => [canonical(name), set] as const)));
