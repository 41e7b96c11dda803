import { urlProblem } from '../../src/spec/url';

test.each([
  'http://a',
  'http://a.default.svc.cluster.local/v1/models/a:predict',
  'https://user:password@a.example.com:8443/x?y=z#w',
  'HTTP://A/',
  'http://[::1]:8080/x',
  'http://a:/x',
  'http://a/%20',
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
  ['http://a/%2', "has a '%' without two hexadecimal digits"],
  ['http://a/\n', 'has a control character'],
])('%j %s', (url, problem) => {
  expect(urlProblem(url)).toBe(problem);
});
