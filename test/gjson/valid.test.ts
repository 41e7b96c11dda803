import * as fc from 'fast-check';
import { plainEnd } from '../../src/gjson/plain-bytes';
import { isValidJson } from '../../src/gjson/valid';

// Where more than a byte is looked at at a time, beside something slow; the real gjson is asked by conformance/test/gjson.test.ts.

/** The bytes, at some place in a larger buffer. */
const placed = (text: string, offset: number) => Buffer.from(`${'\\'.repeat(offset)}${text}""""`, 'latin1').subarray(offset, offset + text.length);

const special = fc.constantFrom(0, 0x1f, 0x20, 0x21, 0x22, 0x5c, 0x7f, 0x80, 0xa2, 0xdc, 0xff);
const bytes = fc.array(fc.oneof({ weight: 40, arbitrary: fc.integer({ min: 0x20, max: 0xff }) }, special), { maxLength: 40 })
  .map((codes) => String.fromCharCode(...codes));

test('plainEnd stops at or just before the first byte that is not plain', () => {
  fc.assert(fc.property(bytes, fc.nat(3), fc.nat(40), (text, offset, from) => {
    fc.pre(from <= text.length);
    // eslint-disable-next-line no-control-regex
    const first = text.slice(from).search(/[\u0000-\u001f"\\]/);
    const end = plainEnd(placed(text, offset), from);
    const exact = first < 0 ? text.length : from + first;
    expect(end).toBeGreaterThanOrEqual(Math.max(from, exact - 3));
    expect(end).toBeLessThanOrEqual(exact);
  }), { numRuns: 20_000 });
});

test('each byte, wherever it stands in a long string', () => {
  for (let code = 0; code < 256; code++) {
    for (const before of [0, 1, 127, 128, 129, 130, 131, 300]) {
      const text = `"${'x'.repeat(before)}${String.fromCharCode(code)}nyyyyyy"`;
      expect([code, before, isValidJson(placed(text, before % 5))]).toEqual([code, before, code >= 0x20 && code !== 0x22]);
    }
  }
});

test('long strings, cut off anywhere', () => {
  // eslint-disable-next-line no-control-regex
  const string = /^"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"$/;
  const part = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 150 }).map((length) => 'a\xe9'.repeat(length)) }, fc.constantFrom('\\n', '\\"', '\\\\', '\\u00e9', '\\u00', '\\x', '"', '\u001f'));
  fc.assert(fc.property(fc.array(part, { maxLength: 8 }), fc.nat(3), fc.nat(2), (parts, offset, missing) => {
    const text = `"${parts.join('')}"`.slice(0, missing === 0 ? undefined : -missing);
    expect(isValidJson(placed(text, offset))).toBe(string.test(text));
  }), { numRuns: 5_000 });
});

test('lists of numbers', () => {
  const part = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('1', '23', '456789') }, fc.constantFrom('0', '01', '-1', '1.5', '1e3', '10', ' 7', '8 ', '', '1.', '-', '"1"', '[1,2]', '{"a":1}', '[', ']', '}', '\u0000'));
  fc.assert(fc.property(fc.array(part, { maxLength: 6 }), fc.constantFrom('[]', '{}', '  ', '[ ', '[[]]'), fc.nat(3), (parts, around, offset) => {
    const half = around.length / 2;
    const text = `${around.slice(0, half)}${parts.join(',')}${around.slice(half)}`;
    expect(isValidJson(placed(text, offset))).toBe(parses(text));
  }), { numRuns: 20_000 });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
