import * as fc from 'fast-check';

const numbers = fc.oneof(
  fc.constantFrom('0', '-0', '1', '-1', '1.0', '1e21', '1e20', '123456789012345678901234567890', '0.000001', '1e-7', '1.5e-7', '5e-324', '1e-400',
    '1.7976931348623157e308', '1e309', '-1e999', '0e0', '0E+5', '-0.0', '9007199254740993', '0.1', '100000000000000000000000', '2.5e+3'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer().map(String),
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.bigInt({ min: 0n, max: 10n ** 22n }), fc.integer({ min: -330, max: 330 })).map(([a, b, c]) => `${a}.${b}e${c}`),
);

const pieces = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'dog', 'x y', 'Z', '<', '>', '&', '/', '\u2028', '\u2029', 'é', '😀', '\ue000', '\uffff', '\x7f') },
  { weight: 3, arbitrary: fc.constantFrom('\\n', '\\t', '\\b', '\\f', '\\r', '\\"', '\\\\', '\\/', '\\u0041', '\\u001f', '\\u2028', '\\u003c', '\\u0000') },
  { weight: 2, arbitrary: fc.constantFrom('\\ud83d\\ude00', '\\ud800', '\\udc00', '\\ud800\\ud800', '\\ud800a', '\\uD83D\\u0041', '\\ufffd') },
);

const strings = fc.array(pieces, { maxLength: 4 }).map((parts) => `"${parts.join('')}"`);

const keys = fc.oneof(
  fc.constantFrom('"predictions"', '"instances"', '"Predictions"', '"INSTANCES"', '"prediction\u017f"', '"in\\u0073tances"', '"label"', '"a"', '"b"', '""'),
  strings,
);

const spaces = fc.constantFrom('', '', '', '', ' ', '\n', '\t', ' \r\n ');

/** JSON texts of every odd but legal form: duplicate keys, lone surrogates, huge numbers, spaces anywhere. */
export const jsonTexts: fc.Arbitrary<string> = fc.letrec<{ value: string; array: string; object: string }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true },
    fc.oneof(numbers, strings, fc.constantFrom('true', 'false', 'null')), tie('array'), tie('object')),
  array: fc.tuple(fc.array(tie('value'), { maxLength: 4 }), spaces).map(([elements, space]) => `[${space}${elements.join(`${space},`)}${space}]`),
  object: fc.tuple(fc.array(fc.tuple(keys, tie('value')), { maxLength: 4 }), spaces)
    .map(([members, space]) => `{${space}${members.map(([key, value]) => `${key}${space}:${space}${value}`).join(`,${space}`)}${space}}`),
})).value;

/** A JSON object at the top. */
export const jsonObjects: fc.Arbitrary<string> = fc.array(fc.tuple(keys, jsonTexts), { maxLength: 4 })
  .map((members) => `{${members.map(([key, value]) => `${key}:${value}`).join(',')}}`);

/** Bytes that are nearly JSON: one byte lost, doubled or replaced, or cut off in the middle. */
export const brokenJson: fc.Arbitrary<Uint8Array> = fc.tuple(jsonTexts, fc.nat(), fc.integer({ min: 0, max: 255 }), fc.constantFrom('drop', 'insert', 'replace', 'cut'))
  .map(([json, where, byte, how]) => {
    const bytes = [...Buffer.from(json)];
    const at = where % bytes.length;
    if (how === 'drop') bytes.splice(at, 1);
    if (how === 'insert') bytes.splice(at, 0, byte);
    if (how === 'replace') bytes[at] = byte;
    if (how === 'cut') bytes.length = at;
    return Uint8Array.from(bytes);
  });

/** Any body that a request or an answer may have: mostly JSON, some of it broken, some of it no JSON at all. */
export const bodies: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 8, arbitrary: jsonTexts.map((json) => Uint8Array.from(Buffer.from(json))) },
  { weight: 4, arbitrary: jsonObjects.map((json) => Uint8Array.from(Buffer.from(json))) },
  { weight: 3, arbitrary: brokenJson },
  { weight: 1, arbitrary: fc.constantFrom('', 'null', 'plain text', '<html>', '{}', '[]', '""').map((plain) => Uint8Array.from(Buffer.from(plain))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 12 }) },
);
