/**
 * Why Go's `http.Client` could not call a URL, or undefined where it could.
 *
 * Follows `net/url.Parse` of Go 1.25 where it says no: control characters, bytes that no host has, a port that is no number, a broken `%` escape.
 */
export function urlProblem(url: string): string | undefined {
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(url)) {
    return 'has a control character';
  }
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(url)?.[1].toLowerCase();
  if (scheme !== 'http' && scheme !== 'https') {
    return 'does not begin with http:// or https://';
  }
  const authority = /^[^:]+:\/\/([^/?#]*)/.exec(url)?.[1];
  const host = authority?.slice(authority.lastIndexOf('@') + 1);
  if (!host || host.startsWith(':')) {
    return 'has no host';
  }
  const [, name, port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(host) ?? [];
  if (name === undefined || !HOST.test(name)) {
    return `has characters that no host name has in '${host}'`;
  }
  if (port !== undefined && !/^[0-9]*$/.test(port)) {
    return `has a port that is no number in '${host}'`;
  }
  const path = url.slice(url.indexOf(authority!) + authority!.length);
  if (/%(?![0-9a-fA-F]{2})/.test(path.split(/[?#]/)[0])) {
    return "has a '%' without two hexadecimal digits";
  }
  return undefined;
}

/** Unreserved characters and sub-delimiters, `[]<>"`, and whatever is not ASCII. */
const HOST = /^[A-Za-z0-9\-._~!$&'()*+,;=[\]<>":\u0080-\uffff]+$/;
