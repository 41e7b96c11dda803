/*
 * Patterns of headers as Go's own regexp package takes them, or not.
 */
import * as fc from 'fast-check';
import { GoPattern } from '../../src/spec/go-regexp';
import { PatternQuestion, patternQuestions } from '../../test/arbitraries/go-pattern';
import { ask } from '../client/oracle';

const SEED = Number(process.env.CONFORMANCE_SEED ?? Date.now() % 2 ** 31);
const RUNS = Number(process.env.CONFORMANCE_RUNS ?? 20_000);

interface Answer {
  readonly refused?: string;
  readonly matches?: readonly string[];
}

async function compared(questions: readonly PatternQuestion[]): Promise<Answer[]> {
  const answers = await ask<Answer>('gostd', questions);
  for (const [i, { text, names }] of questions.entries()) {
    const pattern = new GoPattern(text);
    const ours = pattern.isValid ? { matches: names.filter((name) => pattern.matches(name)) } : {};
    const { refused, ...theirs } = answers[i];
    expect({ text, seed: SEED, refused: !pattern.isValid, ...ours }).toEqual({ text, seed: SEED, refused: refused !== undefined, ...theirs });
  }
  return answers;
}

const pattern = (text: string, ...names: string[]): PatternQuestion => ({ ask: 'pattern', text, names });

test('random patterns are refused, and match, alike', async () => {
  const answers = await compared(fc.sample(patternQuestions(12), { numRuns: RUNS, seed: SEED }));
  const refused = answers.filter(({ matches }) => matches === undefined).length;
  const matching = answers.filter(({ matches = [] }) => matches.length > 0).length;
  // all three kinds are there, so that each could fail
  expect(Math.min(refused, matching, RUNS - refused - matching)).toBeGreaterThan(RUNS / 20);
});

test('every name of a Unicode class, whatever its spelling, has the same characters', async () => {
  const [{ names }] = await ask<{ names: string[] }>('gostd', [{ ask: 'unicode-names' }]);
  expect(names.length).toBeGreaterThan(200);
  const spelled = [...new Set(['Any', 'ASCII', 'Assigned', ...names].flatMap((name) => [name, name.toLowerCase(), name.toUpperCase(), name.replaceAll('_', '- ')]))];
  const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
  await compared(spelled.flatMap((name) => [`^\\p{${name}}$`, `(?i)^\\P{${name}}$`, `(?i)^[\\p{${name}}\\p{Sm}]$`].map((text) => pattern(text, ...ascii))));
});

test('the limits are those of Go', async () => {
  const nested = (count: number, open = '(', close = ')') => `${open.repeat(count)}a${close.repeat(count)}`;
  const answers = await compared([
    nested(999), nested(1000), nested(5000, '(?:'), nested(499, '(', ')*'), nested(500, '(', ')*'), nested(999, '(?:', '|b)'), nested(9, '(?:', '){2}'), nested(10, '(?:', '){2}'),
    'a{1000}', 'a{1001}', '(a{31}){32}', '(a{32}){32}', '(a{1000}){1,}', '((a{500}){1}){2,}', '(a{1000}){0}', '(a{2}){0}{2}', '((a{0}){1000}){1000}',
    'a{1000}'.repeat(3000), 'a{1000}'.repeat(4000), 'a'.repeat(100_000), '(?:a|b)'.repeat(10_000), '[a-z]{500}'.repeat(100),
  ].map((text) => pattern(text, 'a', 'b')));
  expect(answers.map(({ refused }) => refused === undefined ? '' : /: (.*?)(: |$)/.exec(refused)![1])).toMatchInlineSnapshot(`
[
  "",
  "expression nests too deeply",
  "",
  "",
  "expression nests too deeply",
  "",
  "",
  "invalid repeat count",
  "",
  "invalid repeat count",
  "",
  "invalid repeat count",
  "",
  "",
  "",
  "invalid nested repetition operator",
  "invalid repeat count",
  "",
  "expression too large",
  "",
  "",
  "",
]
`);
});
