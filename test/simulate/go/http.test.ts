import { detectContentType } from '../../../src/simulate/go/content-type';
import { canonicalHeaders, canonicalName, stepHeaders } from '../../../src/simulate/go/header';
import { goQuote } from '../../../src/simulate/go/quote';
import { parseUrl } from '../../../src/simulate/go/url';
import { GoPattern } from '../../../src/spec/go-regexp';

// What Go 1.26 does; conformance/test/go-standard-library.test.ts asks it about random input.
const latin1 = (value: string) => Uint8Array.from(Buffer.from(value, 'latin1'));

describe('URLs', () => {
  it.each([
    ['http://model', 'http://model'],
    ['HTTP://model:8080/v1/x:predict?q=1#part', 'http://model:8080/v1/x:predict?q=1#part'],
    ['http://user:pa%3Ass@m/x', 'http://user:***@m/x'],
    ['http://user@m', 'http://user@m'],
    ['http://m/a b/é', 'http://m/a%20b/%C3%A9'],
    ['http://m/a%2Fb', 'http://m/a%2Fb'],
    ['http://[::1]:80/', 'http://[::1]:80/'],
    ['model', 'model'],
    ['./a:b', './a:b'],
    ['mailto:a', 'mailto:a'],
    ['*', '*'],
    ['', ''],
  ])('%j is written as %j in errors', (raw, redacted) => {
    expect(parseUrl(raw)).toMatchObject({ url: { redacted } });
  });

  it.each([
    ['http://single.{$domain}/x', 'parse "http://single.{$domain}/x": invalid character "{" in host name'],
    ['http://m:port/', 'parse "http://m:port/": invalid port ":port" after host'],
    ['http://m/%zz', 'parse "http://m/%zz": invalid URL escape "%zz"'],
    ['http://%41/', 'parse "http://%41/": invalid URL escape "%41"'],
    ['http://m/#%zz', 'parse "http://m/#%zz": invalid URL escape "%zz"'],
    ['://m', 'parse "://m": missing protocol scheme'],
    ['1a:b', 'parse "1a:b": first path segment in URL cannot contain colon'],
    ['http://a\n', 'parse "http://a\\n": net/url: invalid control character in URL'],
    ['http://u{@m', 'parse "http://u{@m": net/url: invalid userinfo'],
    ['http://[::1', 'parse "http://[::1": missing \']\' in host'],
    ['http://a[::1]', 'parse "http://a[::1]": invalid IP-literal'],
  ])('%j: %s', (raw, error) => {
    expect(parseUrl(raw)).toEqual({ error });
  });
});

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
