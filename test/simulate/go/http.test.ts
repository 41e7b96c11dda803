import { detectContentType } from '../../../src/simulate/go/content-type';
import { canonicalHeaders, canonicalName, stepHeaders } from '../../../src/simulate/go/header';
import { goQuote } from '../../../src/spec/go-quote';
import { GoPattern } from '../../../src/spec/go-regexp';

// What Go 1.26 does; conformance/test/go-standard-library.test.ts asks it about random input.
const latin1 = (value: string) => Uint8Array.from(Buffer.from(value, 'latin1'));

describe('headers', () => {
  it.each([['content-type', 'Content-Type'], ['X-B3-TRACEID', 'X-B3-Traceid'], ['x_odd', 'X_odd'], ['a b', 'a b'], ['é', 'é'], ['', '']])('%j is %j', (name, canonical) => {
    expect(canonicalName(name)).toBe(canonical);
  });

  const propagated = (headers: { [name: string]: string[] }, ...patterns: string[]) => Object.fromEntries(
    stepHeaders(canonicalHeaders(Object.entries(headers)), patterns.map((pattern) => new GoPattern(pattern))));
  const request = { 'x-trace-id': ['1', '2'], 'Authorization': ['secret'], 'content-type': ['text/plain'] };
  const json = ['application/json'];

  it.each<[what: string, patterns: string[], headers: object]>([
    ['nothing without a pattern but the default Content-Type', [], { 'Content-Type': json }],
    ['all values of a header that matches', ['X-Trace'], { 'X-Trace-Id': ['1', '2'], 'Content-Type': json }],
    ['patterns match anywhere in the name', ['Auth'], { 'Authorization': ['secret'], 'Content-Type': json }],
    ['patterns match the canonical name, case and all', ['auth', '^trace'], { 'Content-Type': json }],
    ['the empty pattern matches every header', [''], { 'X-Trace-Id': ['1', '2'], 'Authorization': ['secret'], 'Content-Type': ['text/plain'] }],
    ['a header that matches twice goes once', ['X-', 'Id$'], { 'X-Trace-Id': ['1', '2'], 'Content-Type': json }],
  ])('%s', (_, patterns, headers) => {
    expect(propagated(request, ...patterns)).toEqual(headers);
  });

  it('an empty Content-Type gets company', () => {
    expect(propagated({ 'Content-Type': [''] }, 'Content')).toEqual({ 'Content-Type': ['', 'application/json'] });
  });
});

it.each([
  ['hello', 'text/plain; charset=utf-8'], [' <html>', 'text/html; charset=utf-8'], ['<a', 'text/plain; charset=utf-8'], ['<?xml version', 'text/xml; charset=utf-8'],
  ['\x89PNG\r\n\x1a\n', 'image/png'], ['RIFF1234WAVE', 'audio/wave'], ['\0\0\0\x10ftypmp42....', 'video/mp4'], ['\0\0\0\x10ftypxxxx....', 'application/octet-stream'],
  [`${'x'.repeat(34)}LP`, 'application/vnd.ms-fontobject'], ['a\x01', 'application/octet-stream'], ['', 'text/plain; charset=utf-8'],
])('the Content-Type of %j is guessed as %s', (body, type) => {
  expect(detectContentType(latin1(body))).toBe(type);
});

it('texts are quoted as Go does', () => {
  expect(goQuote('a"\\\n\x01\x7f\u00a0\u0080é😀')).toBe('"a\\"\\\\\\n\\x01\\x7f\\u00a0\\u0080é😀"');
  expect(goQuote('\u{e0001}')).toBe('"\\U000e0001"');
});
