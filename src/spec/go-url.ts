import { goQuote, goQuoteBytes } from './go-quote';
import { text, utf8 } from './utf8';

/** The parts of a step's URL that the router's HTTP client looks at, as Go's net/url reads them. */
export interface GoUrl {
  readonly scheme: string;
  readonly host: string;
  readonly username?: string;
  readonly password?: string;
  /** The URL written again, as it is sent. */
  readonly text: string;
  /** The same as in the client's error texts: the password is `***`. */
  readonly redacted: string;
}

/** The URL as Go reads it, or why it does not. */
export interface ParsedUrl {
  readonly url?: GoUrl;
  /** The text of Go's error. */
  readonly error?: string;
  /** The same in our words: what the URL does wrong. */
  readonly problem?: string;
}

class UrlError extends Error {
  public constructor(goText: string, public readonly problem: string) {
    super(goText);
  }
}

const NO_SCHEME = 'does not begin with http:// or https://';

/**
 * Why Go's `http.Client` could not call a URL, or undefined where it could. `http://:80` is one that it calls, but on its own machine.
 */
export function urlProblem(raw: string): string | undefined {
  const { url, problem } = parseUrl(raw);
  if (url === undefined) return problem;
  if (url.scheme !== 'http' && url.scheme !== 'https') return NO_SCHEME;
  return url.host === '' || url.host.startsWith(':') ? 'has no host' : undefined;
}

const UNRESERVED = '-_.~';
/** Beside letters and digits, what each part of a URL keeps unescaped (net/url, v1.26). */
const KEPT = {
  path: UNRESERVED + '$&+,/:;=@',
  host: UNRESERVED + '!$&\'()*+,;=:[]<>"',
  user: UNRESERVED + '$&+,;=',
  fragment: UNRESERVED + '$&+,/:;=?@!()*',
};
const ALSO_VALID = '!$&\'()*+,;=:@[]%';

/** Reads a URL like Go's url.Parse; IPv6 hosts are taken as they are, beyond their brackets and port. */
export function parseUrl(raw: string): ParsedUrl {
  const hash = raw.indexOf('#');
  const whole = hash < 0 ? raw : raw.slice(0, hash);
  let failing = whole;
  try {
    const url = parseWithoutFragment(whole);
    failing = raw;
    const fragment = hash < 0 ? '' : raw.slice(hash + 1);
    const written = fragment === '' ? '' : '#' + rewriteEscapes(fragment, KEPT.fragment);
    return { url: { ...url, text: url.text + written, redacted: url.redacted + written } };
  } catch (error) {
    if (error instanceof UrlError) return { error: `parse ${goQuote(failing)}: ${error.message}`, problem: error.problem };
    throw error;
  }
}

function parseWithoutFragment(raw: string): GoUrl {
  if (/[\u0000-\u001f\u007f]/.test(raw)) throw new UrlError('net/url: invalid control character in URL', 'has a control character');
  if (raw === '*') return withoutUser('', '*');
  const { scheme, after } = splitScheme(raw);
  const question = after.indexOf('?');
  const query = question < 0 ? '' : after.slice(question);
  const rest = question < 0 ? after : after.slice(0, question);
  const prefix = scheme === '' ? '' : `${scheme}:`;

  if (!rest.startsWith('/')) {
    if (scheme !== '') return withoutUser(scheme, prefix + rest + query);
    if (rest.split('/')[0].includes(':')) throw new UrlError('first path segment in URL cannot contain colon', NO_SCHEME);
  }
  if (!rest.startsWith('//') || (scheme === '' && rest.startsWith('///'))) {
    return withoutUser(scheme, prefix + relativePath(rest, prefix) + query);
  }

  const slash = rest.indexOf('/', 2);
  const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
  const path = slash < 0 ? '' : rest.slice(slash);
  const at = authority.lastIndexOf('@');
  const host = parseHost(authority.slice(at + 1));
  const user = at < 0 ? undefined : parseUser(authority.slice(0, at));
  const written = rewriteEscapes(path, KEPT.path);
  if (scheme === '' && host === '' && user === undefined) return withoutUser('', relativePath(path, '') + query);
  const before = prefix + (host !== '' || path !== '' || user !== undefined ? '//' : '');
  const writtenHost = host.startsWith('[') ? escape(host, KEPT.host) : escapeBytes(unescapeBytes(authority.slice(at + 1)), KEPT.host);
  const rear = writtenHost + written + query;
  return {
    scheme,
    host,
    username: user?.username,
    password: user?.password,
    text: before + (user ? `${user.text}@` : '') + rear,
    redacted: before + (user ? `${user.redacted}@` : '') + rear,
  };
}

function withoutUser(scheme: string, url: string): GoUrl {
  return { scheme, host: '', text: url, redacted: url };
}

function splitScheme(raw: string): { scheme: string; after: string } {
  if (raw.startsWith(':')) throw new UrlError('missing protocol scheme', NO_SCHEME);
  const match = /^([A-Za-z][A-Za-z0-9+\-.]*):/.exec(raw);
  return match ? { scheme: match[1].toLowerCase(), after: raw.slice(match[0].length) } : { scheme: '', after: raw };
}

function relativePath(path: string, before: string): string {
  const written = rewriteEscapes(path, KEPT.path);
  return before === '' && written.split('/')[0].includes(':') ? './' + written : written;
}

interface User {
  readonly username: string;
  readonly password?: string;
  readonly text: string;
  readonly redacted: string;
}

function parseUser(userinfo: string): User {
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(userinfo)) throw new UrlError('net/url: invalid userinfo', `has characters that no user name has in '${userinfo}'`);
  const colon = userinfo.indexOf(':');
  const username = unescape(colon < 0 ? userinfo : userinfo.slice(0, colon));
  const name = escape(username, KEPT.user);
  if (colon < 0) return { username, text: name, redacted: name };
  const password = unescape(userinfo.slice(colon + 1));
  return { username, password, text: `${name}:${escape(password, KEPT.user)}`, redacted: `${username}:***` }; // Go puts the decoded name there
}

function parseHost(host: string): string {
  const open = host.lastIndexOf('[');
  if (open > 0) throw new UrlError('invalid IP-literal', noHost(host));
  if (open === 0) {
    const close = host.lastIndexOf(']');
    if (close < 0) throw new UrlError("missing ']' in host", noHost(host));
    checkPort(host.slice(close + 1), host);
    return host;
  }
  const colon = host.lastIndexOf(':'); // Go 1.26 would take the first, but KServe's go.mod asks for the habits of 1.25
  if (colon >= 0) checkPort(host.slice(colon), host);
  const bytes = utf8(host);
  for (let i = 0; i < bytes.length; i++) {
    const c = String.fromCharCode(bytes[i]);
    if (c === '%') {
      const value = escapedByte(bytes, i);
      if (value < 0x80 && value !== 0x25) throw new UrlError(`invalid URL escape ${goQuoteBytes(bytes.subarray(i, i + 3))}`, noHost(host));
      i += 2;
    } else if (c < '\x80' && !isKept(c, KEPT.host)) {
      throw new UrlError(`invalid character ${goQuote(c)} in host name`, noHost(host));
    }
  }
  return unescape(host);
}

function noHost(host: string): string {
  return `has characters that no host name has in '${host}'`;
}

function checkPort(port: string, host: string): void {
  if (!/^(:[0-9]*)?$/.test(port)) throw new UrlError(`invalid port ${goQuote(port)} after host`, `has a port that is no number in '${host}'`);
}

/** A path or fragment as Go writes it again: as it came in where that was a valid escaping, else escaped anew. */
function rewriteEscapes(part: string, kept: string): string {
  const decoded = unescapeBytes(part);
  for (const c of part) {
    if (!isKept(c, kept) && !ALSO_VALID.includes(c)) return escapeBytes(decoded, kept);
  }
  return part;
}

function unescape(part: string): string {
  return text(unescapeBytes(part));
}

function unescapeBytes(part: string): Uint8Array {
  const bytes = utf8(part);
  const out: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== 0x25) {
      out.push(bytes[i]);
      continue;
    }
    out.push(escapedByte(bytes, i));
    i += 2;
  }
  return Uint8Array.from(out);
}

function escapedByte(bytes: Uint8Array, at: number): number {
  const escaped = bytes.subarray(at, at + 3);
  const digits = text(escaped.subarray(1));
  if (!/^[0-9A-Fa-f]{2}$/.test(digits)) throw new UrlError(`invalid URL escape ${goQuoteBytes(escaped)}`, "has a '%' without two hexadecimal digits");
  return parseInt(digits, 16);
}

function escape(part: string, kept: string): string {
  return escapeBytes(utf8(part), kept);
}

function escapeBytes(bytes: Uint8Array, kept: string): string {
  let out = '';
  for (const byte of bytes) {
    const c = String.fromCharCode(byte);
    out += isKept(c, kept) ? c : '%' + byte.toString(16).toUpperCase().padStart(2, '0');
  }
  return out;
}

function isKept(c: string, kept: string): boolean {
  return /^[A-Za-z0-9]$/.test(c) || kept.includes(c);
}
