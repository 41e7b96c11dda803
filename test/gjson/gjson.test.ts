import { Gjson } from '../../src';

const DOCUMENT = JSON.stringify({
  'predictions': [{ label: 'dog', score: 0.91 }, { label: 'cat', score: 0.09 }],
  'big': 12345678901234567890,
  'image.size': null,
  'größe': '€',
});

test('a path finds a value, its type and its JSON text', () => {
  const found = (path: string) => {
    const { exists, type, raw } = Gjson.get(DOCUMENT, path);
    return { exists, type, raw };
  };
  expect(found('predictions.0.label')).toEqual({ exists: true, type: 'String', raw: '"dog"' });
  expect(found('predictions.#(score>0.5).score')).toEqual({ exists: true, type: 'Number', raw: '0.91' });
  expect(found('predictions.#.label')).toEqual({ exists: true, type: 'JSON', raw: '["dog","cat"]' });
  expect(found('image\\.size')).toEqual({ exists: true, type: 'Null', raw: 'null' });
  expect(found('größe')).toEqual({ exists: true, type: 'String', raw: '"€"' });
  expect(found('predictions.2')).toEqual({ exists: false, type: 'Null', raw: '' });
});

test.each([
  ['{"a":1,"a":2}', true], // duplicate keys
  ['"\\ud800"', true], // half a surrogate pair
  ['1e400', true],
  ['[' .repeat(100_000) + ']'.repeat(100_000), true],
  ['[' .repeat(1_000_000), false],
  ['{"a":1}{"a":2}', false],
  ['', false],
  ['01', false],
  ['"\t"', false],
  ['{\'a\':1}', false],
  ['[1,]', false],
  ['[1 2]', false],
  ['{"a" 1}', false],
  ['{"a":1,}', false],
  ['{a:1}', false],
  ['nul', false],
  ['trap', false],
  ['"\\u12g4"', false],
  ['"\\x"', false],
  ['"open', false],
  ['-', false],
  ['1.', false],
  ['1e', false],
  ['-0.5E+10', true],
  [' { "a" : [ ] , "b" : { } } ', true],
])('%.20s is valid JSON: %s', (json, valid) => {
  expect(Gjson.isValid(json)).toBe(valid);
});

test('numbers as Go reads them, beyond what JSON writes', () => {
  const matches = (value: string, json: string) => Gjson.get(`[${json}]`, `#(==${value})`).exists;
  expect(['0x10p0', '1_6', '16.', '+16', '0x1p4', '.16e2', '1600e-2', '0X.8p5'].filter((value) => !matches(value, '16'))).toEqual([]);
  expect(['inf', '+Infinity', '1e999', '0x1p1024', '0x1.fffffffffffff8p1023'].filter((value) => !matches(value, '1e400'))).toEqual([]);
  expect(['x', '1__0', '0x1', '0x1p-1075', '', '1e', '.', '0xp0', 'infinit', '1_'].filter((value) => !matches(value, '0'))).toEqual([]); // none, so 0
  expect(matches('0x1p-1074', '5e-324')).toBe(true);
  expect(matches('0x3p-1075', '1e-323')).toBe(true);
  expect(matches('nan', '0')).toBe(false);
  expect(matches('9007199254740993', '9007199254740992')).toBe(true); // beyond 2^53 they are the same
});

test('texts are ordered by their bytes', () => {
  expect(Gjson.get('["\ufffd"]', '#(<"😀")').exists).toBe(true); // by UTF-16 it would not be
});

const MEGABYTE = 2 ** 20;
const TOO_MUCH = 'the GJSON path costs too much on this document, got more work than 64 MiB read and written (or 32 times the document): '
  + 'simplify the path, or send a smaller document';
const TOO_DEEP = 'the GJSON path nests too deep on this document, got more than 400 levels: write a flatter path';

test.each([
  ['[@this,@this]|'.repeat(1000), '{}', TOO_MUCH], // doubles with each step: Go's gjson takes all memory
  ['@dig:a', '['.repeat(MEGABYTE / 2) + ']'.repeat(MEGABYTE / 2), TOO_MUCH], // Go's gjson: the square of the depth
  ['@pretty', '['.repeat(MEGABYTE / 2) + ']'.repeat(MEGABYTE / 2), TOO_DEEP],
  ['@flatten:{"deep":true}', '['.repeat(MEGABYTE / 2) + ']'.repeat(MEGABYTE / 2), TOO_MUCH],
  ['@flatten:{"deep":true}', '['.repeat(1000) + ']'.repeat(1000), TOO_DEEP],
  ['a.'.repeat(MEGABYTE / 2), '{"a":'.repeat(1000) + '1' + '}'.repeat(1000), TOO_DEEP],
  [`[${'a,'.repeat(MEGABYTE / 2)}a]`, `{"b":"${'x'.repeat(1000)}"}`, TOO_MUCH],
])('refuses what would take minutes or all memory: %.20s', (path, json, message) => {
  expect(() => Gjson.get(json, path)).toThrow(message);
});

test.each(['#(', '[', '\\', '"', '.', '|', '@', '!', '{', '#(#', '..', '?*', '#.'])('answers a megabyte of %s', (text) => {
  expect(Gjson.get('{"a":[1,{"b":"x"}]}', text.repeat(MEGABYTE / text.length)).exists).toBe(false);
});
