import { canonicalName } from '../../simulate/go/header';
import { goQuote } from '../../spec/go-quote';

/** What an answer's head tells of its body and of the connection. */
export interface ResponseHead {
  readonly status: number;
  /** Undefined where the head names none. */
  readonly length?: number;
  readonly isChunked: boolean;
  /** Whether the connection may take another request. */
  readonly mayStay: boolean;
}

/** An answer that Go's client refuses, in its words. */
export class BrokenAnswer extends Error {}

const TOKEN_OR_SPACE = /^[A-Za-z0-9!#$%&'*+\-.^_`|~ ]+$/;
// eslint-disable-next-line no-control-regex
const NO_VALUE = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** Header lines as Go's net/textproto reads them (Reader.ReadMIMEHeader), of one character a byte. */
export class HeaderLines {
  public readonly headers = new Map<string, string[]>();
  private line?: string;

  /**
   * Takes a line; true after the empty one.
   * @throws BrokenAnswer
   */
  public take(line: string): boolean {
    const isMore = line.startsWith(' ') || line.startsWith('\t');
    if (isMore && this.line === undefined) throw new BrokenAnswer(`malformed MIME header initial line: ${goQuote(line)}`);
    if (isMore) {
      this.line += ` ${trim(line)}`;
      return false;
    }
    if (this.line !== undefined) this.add(this.line);
    if (line === '') return true;
    if (!line.includes(':')) throw new BrokenAnswer(`malformed MIME header: missing colon: ${goQuote(line)}`);
    this.line = trim(line);
    return false;
  }

  private add(line: string): void {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1);
    if (!TOKEN_OR_SPACE.test(name) || NO_VALUE.test(value)) {
      throw new BrokenAnswer(`malformed MIME header line: ${goQuote(`${canonicalName(name)}:${value}`)}`);
    }
    const key = name.toLowerCase();
    const values = this.headers.get(key);
    if (values) values.push(trim(value));
    else this.headers.set(key, [trim(value)]);
  }
}

/** An answer's head as Go reads it (net/http, ReadResponse and readTransfer), a line at a time. */
export class HeadReader {
  private status?: number;
  private major = 0;
  private minor = 0;
  private readonly lines = new HeaderLines();

  /**
   * Takes a line; gives the head after the empty one.
   * @throws BrokenAnswer
   */
  public take(line: string): ResponseHead | undefined {
    if (this.status !== undefined) return this.lines.take(line) ? this.end(this.status) : undefined;
    this.readStatus(line);
    return undefined;
  }

  private readStatus(line: string): void {
    const space = line.indexOf(' ');
    if (space < 0) throw new BrokenAnswer(`malformed HTTP response ${goQuote(line)}`);
    const status = line.slice(space).replace(/^ +/, '').split(' ')[0];
    if (!/^(\d{3}|\+\d\d)$/.test(status)) throw new BrokenAnswer(`malformed HTTP status code ${goQuote(status)}`);
    const version = line.slice(0, space);
    const [, major, minor] = /^HTTP\/(\d)\.(\d)$/.exec(version) ?? [];
    if (major === undefined) throw new BrokenAnswer(`malformed HTTP version ${goQuote(version)}`);
    this.status = Number(status);
    this.major = Number(major);
    this.minor = Number(minor);
  }

  private end(status: number): ResponseHead {
    const { headers } = this.lines;
    const isChunked = this.isChunked(headers.get('transfer-encoding'));
    const length = contentLength(headers.get('content-length') ?? []);
    return { status, length: isChunked ? undefined : length, isChunked, mayStay: this.mayStay(headers.get('connection') ?? []) };
  }

  private isChunked(encodings: readonly string[] | undefined): boolean {
    if (encodings === undefined || this.major < 1 || (this.major === 1 && this.minor < 1)) return false;
    if (encodings.length !== 1) throw new BrokenAnswer(`too many transfer encodings: ${quoteAll(encodings)}`);
    if (encodings[0].toLowerCase() !== 'chunked') throw new BrokenAnswer(`unsupported transfer encoding: ${goQuote(encodings[0])}`);
    return true;
  }

  private mayStay(connection: readonly string[]): boolean {
    const tokens = connection.flatMap((value) => value.toLowerCase().split(',').map(trim));
    if (this.major < 1 || tokens.includes('close')) return false;
    return this.major > 1 || this.minor > 0 || tokens.includes('keep-alive');
  }
}

/** A head that a server has sent, and what it said: most of its answers begin with the same bytes. */
export class KnownHead {
  /** @param bytes from the status line to the empty one */
  public constructor(private readonly bytes: Buffer, public readonly head: ResponseHead) {}

  public get length(): number {
    return this.bytes.length;
  }

  public isAt(chunk: Buffer, from: number): boolean {
    const to = from + this.bytes.length;
    return to <= chunk.length && chunk.compare(this.bytes, 0, this.bytes.length, from, to) === 0;
  }
}

function contentLength(lengths: readonly string[]): number | undefined {
  if (lengths.length === 0) return undefined;
  if (lengths.some((length) => length !== lengths[0])) throw new BrokenAnswer(`http: message cannot contain multiple Content-Length headers; got ${quoteAll(lengths)}`);
  if (lengths[0] === '') throw new BrokenAnswer('invalid empty Content-Length ""');
  if (!/^\d+$/.test(lengths[0]) || BigInt(lengths[0]) >= 2n ** 63n) throw new BrokenAnswer(`bad Content-Length ${goQuote(lengths[0])}`);
  return Number(lengths[0]);
}

function quoteAll(values: readonly string[]): string {
  return `[${values.map(goQuote).join(' ')}]`;
}

function trim(value: string): string {
  return value.replace(/^[ \t]+|[ \t]+$/g, '');
}
