import { parseUrl, urlProblem } from '../../src/spec/go-url';

test.each([
  'http://a',
  'http://a.default.svc.cluster.local/v1/models/a:predict',
  'https://user:password@a.example.com:8443/x?y=z#w',
  'HTTP://A/',
  'http://[::1]:8080/x',
  'http://a:/x',
  'http://a/%20',
  'http://a/x y?z=%zz',
  'http://ä.example.com/',
])('%s can be called', (url) => {
  expect(urlProblem(url)).toBeUndefined();
});

test.each([
  ['a.default/x', 'does not begin with http:// or https://'],
  ['ftp://a/x', 'does not begin with http:// or https://'],
  ['//a/x', 'does not begin with http:// or https://'],
  ['', 'does not begin with http:// or https://'],
  ['http:/a', 'has no host'],
  ['http:///x', 'has no host'],
  ['http://:80/x', 'has no host'],
  ['http://user@/x', 'has no host'],
  ['http://single-1.default.{$your-domain}/switch', "has characters that no host name has in 'single-1.default.{$your-domain}'"],
  ['http://a b/x', "has characters that no host name has in 'a b'"],
  ['http://a:port/x', "has a port that is no number in 'a:port'"],
  ['http://[::1/x', "has characters that no host name has in '[::1'"],
  ['http://a%41/x', "has characters that no host name has in 'a%41'"],
  ['http://{user}@a/x', "has characters that no user name has in '{user}'"],
  ['1a:b', 'does not begin with http:// or https://'],
  ['http://a/x#%zz', "has a '%' without two hexadecimal digits"],
  ['http://a/%2', "has a '%' without two hexadecimal digits"],
  ['http://a/\n', 'has a control character'],
])('%j %s', (url, problem) => {
  expect(urlProblem(url)).toBe(problem);
});

// What Go does; conformance/test/go-standard-library.test.ts asks it about random input.
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
    expect(parseUrl(raw).error).toBe(error);
  });
});
