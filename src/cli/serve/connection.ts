import * as net from 'node:net';
import * as tls from 'node:tls';
import { BodyBuffer } from './body-buffer';
import type { Bodies } from './body-pool';
import { BrokenAnswer, HeaderLines, HeadReader, KnownHead, type ResponseHead } from './response-head';

/** A request and where its answer goes. */
export interface Exchange {
  /** Request line and headers, up to and with the empty line. */
  readonly head: string;
  readonly body: Uint8Array;
  readonly maxBodyBytes: number;
  /** Where the answer's body is put. They are lost to the pool where the connection ends with the exchange. */
  readonly bodies: Bodies;
  /** Called once: with the answer, or with why there is none. */
  readonly done: (answer: Answer) => void;
}

/** What came back, as far as it came. */
export interface Answer {
  /** 0 where no head came. */
  readonly status: number;
  readonly body: Uint8Array;
  /** Whether it came to its end. */
  readonly isWhole: boolean;
  /** What broke it off; undefined where the server just hung up. */
  readonly error?: Error;
  /** Whether the connection ended without a byte of an answer. */
  readonly isSilent?: boolean;
}

/** As Go's client: for heads, and for a line between chunks. */
const MAX_HEAD_BYTES = 10 * 1024 * 1024;
const MAX_CHUNK_LINE_BYTES = 4096;
const MAX_TRAILER_BYTES = 4096;
const LONG_TRAILER = 'http: suspiciously long trailer after chunked body';
/** How much more than its data a chunked body may be. */
const MAX_EXCESS = 16 * 1024;
/** All connections read into it, one after the other; what is kept is copied. */
const READ_BUFFER = Buffer.allocUnsafeSlow(262_144);
/** Up to so many bytes, one piece is cheaper to write than two. */
const ONE_PIECE_BYTES = 32_768;
const NO_BYTES = new Uint8Array(0);

const enum Part { HEAD, LENGTH, UNTIL_CLOSE, CHUNK_SIZE, CHUNK, CHUNK_END, TRAILER }

/**
 * One HTTP/1.1 connection to a model server: a request at a time, a body of known length, an answer read whole.
 *
 * Node's own client does the same with streams and events for each request, which took more time than all the rest of the router.
 */
export class Connection {
  private restedAt = Infinity;
  private readonly socket: net.Socket;
  private exchange?: Exchange;
  private part = Part.HEAD;
  private head = new HeadReader();
  private headBytes = 0;
  /** Where the head begins in the chunk that is read; -1 where it began in an earlier one. */
  private headFrom = -1;
  private known?: KnownHead;
  private trailer = new HeaderLines();
  /** The beginning of a line whose end has not come yet. */
  private line = '';
  private status = 0;
  private mayStay = false;
  private body?: BodyBuffer;
  /** Bytes that are still to come of the body, or of its chunk. */
  private left = 0;
  private excess = 0;
  private error?: Error;

  /**
   * @param free called when it can take another request
   * @param gone called when it has ended
   */
  public constructor(host: string, port: number, isTls: boolean,
    private readonly free: (self: Connection) => void, gone: (self: Connection) => void) {
    if (isTls) {
      this.socket = tls.connect({ host, port, servername: net.isIP(host) ? undefined : host, ALPNProtocols: ['http/1.1'] });
      this.socket.on('data', (chunk: Buffer) => this.read(chunk));
    } else {
      this.socket = net.connect({
        host,
        port,
        onread: {
          buffer: READ_BUFFER,
          callback: (count) => {
            this.read(READ_BUFFER.subarray(0, count));
            return true;
          },
        },
      });
    }
    this.socket.setNoDelay(true);
    this.socket.on('error', (error) => { this.error ??= error; });
    this.socket.on('end', () => this.socket.destroy());
    this.socket.on('timeout', () => this.socket.destroy());
    this.socket.on('close', () => {
      gone(this);
      this.broken();
    });
  }

  public get isOpen(): boolean {
    return !this.socket.destroyed;
  }

  public send(exchange: Exchange): void {
    this.exchange = exchange;
    this.part = Part.HEAD;
    this.head = new HeadReader();
    this.headBytes = 0;
    this.status = 0;
    const { head, body } = exchange;
    if (body.length <= ONE_PIECE_BYTES) {
      const whole = Buffer.allocUnsafe(head.length + body.length);
      whole.write(head, 'latin1');
      whole.set(body, head.length);
      this.socket.write(whole);
    } else {
      this.socket.cork();
      this.socket.write(head, 'latin1');
      this.socket.write(body);
      this.socket.uncork();
    }
  }

  /** Ends it; a request that is on its way gets this error. */
  public destroy(error?: Error): void {
    this.error ??= error;
    this.socket.destroy();
  }

  /** An idle connection keeps no process alive, and ends after a time. */
  public rest(millis: number): void {
    this.restedAt = performance.now();
    this.socket.setTimeout(millis);
    this.socket.unref();
  }

  /** Gives how long it has rested, in milliseconds; 0 where it is new. */
  public wake(): number {
    this.socket.setTimeout(0);
    this.socket.ref();
    return Math.max(performance.now() - this.restedAt, 0);
  }

  private read(chunk: Buffer): void {
    if (!this.exchange) {
      this.socket.destroy(); // an answer that nobody asked for
      return;
    }
    try {
      let i = 0;
      this.headFrom = -1;
      while (i < chunk.length && this.exchange && !this.error) i = this.take(chunk, i);
      if (i < chunk.length) this.socket.destroy(); // what follows the answer was not asked for either
    } catch (error) {
      if (!(error instanceof BrokenAnswer)) throw error;
      this.destroy(error);
    }
  }

  /** Reads a piece of the answer; returns where the next one begins. */
  private take(chunk: Buffer, from: number): number {
    switch (this.part) {
      case Part.LENGTH:
      case Part.CHUNK: return this.takeBytes(chunk, from);
      case Part.CHUNK_END: return this.takeChunkEnd(chunk, from);
      case Part.UNTIL_CLOSE:
        this.append(chunk.subarray(from));
        return chunk.length;
      default: return this.takeLine(chunk, from);
    }
  }

  private takeLine(chunk: Buffer, from: number): number {
    if (this.part === Part.HEAD && this.headBytes === 0) {
      if (this.known?.isAt(chunk, from)) {
        this.startBody(this.known.head);
        return from + this.known.length;
      }
      this.headFrom = from;
    }
    const end = chunk.indexOf(0x0a, from);
    const to = end < 0 ? chunk.length : end + 1;
    this.bounded(to - from);
    this.line += chunk.toString('latin1', from, to);
    if (end >= 0) this.endLine(chunk, to);
    return to;
  }

  private bounded(more: number): void {
    if (this.part === Part.CHUNK_SIZE) {
      if (this.line.length + more > MAX_CHUNK_LINE_BYTES) throw new BrokenAnswer('header line too long');
      return;
    }
    this.headBytes += more;
    if (this.part === Part.TRAILER && this.headBytes > MAX_TRAILER_BYTES) throw new BrokenAnswer(LONG_TRAILER);
    if (this.headBytes > MAX_HEAD_BYTES) throw new BrokenAnswer(`net/http: server response headers exceeded ${MAX_HEAD_BYTES} bytes; aborted`);
  }

  private endLine(chunk: Buffer, to: number): void {
    const { line } = this;
    this.line = '';
    if (this.part === Part.CHUNK_SIZE) {
      this.startChunk(line);
      return;
    }
    const text = line.replace(/\r?\n$/, '');
    if (this.part === Part.TRAILER) {
      if (this.trailer.take(text)) this.finish();
      return;
    }
    const head = this.head.take(text);
    if (!head) return;
    if (this.headFrom >= 0) this.known = new KnownHead(Buffer.from(chunk.subarray(this.headFrom, to)), head);
    this.startBody(head);
  }

  /** net/http/internal/chunked.go */
  private startChunk(line: string): void {
    const carriageReturn = line.indexOf('\r');
    if (carriageReturn < 0) throw new BrokenAnswer('chunked line ends with bare LF');
    if (carriageReturn !== line.length - 2) throw new BrokenAnswer('invalid CR in chunked line');
    const [digits] = line.replace(/[ \t]*\r\n$/, '').split(';');
    if (digits === '') throw new BrokenAnswer('empty hex number for chunk length');
    if (/^[0-9A-Fa-f]{17}/.test(digits)) throw new BrokenAnswer('http chunk length too large');
    if (!/^[0-9A-Fa-f]+$/.test(digits)) throw new BrokenAnswer('invalid byte in chunk length');
    this.left = parseInt(digits, 16);
    this.excess = Math.max(this.excess + line.length - 16 - 2 * this.left, 0);
    if (this.excess > MAX_EXCESS) throw new BrokenAnswer('chunked encoding contains too much non-data');
    this.bound(this.body!.length + this.left);
    this.part = this.left === 0 ? Part.TRAILER : Part.CHUNK;
    this.headBytes = 0;
  }

  private takeChunkEnd(chunk: Buffer, from: number): number {
    const to = Math.min(chunk.length, from + 2 - this.line.length);
    this.line += chunk.toString('latin1', from, to);
    if (this.line.length === 2) {
      if (this.line !== '\r\n') throw new BrokenAnswer('malformed chunked encoding');
      this.line = '';
      this.part = Part.CHUNK_SIZE;
    }
    return to;
  }

  private startBody({ status, length, isChunked, mayStay }: ResponseHead): void {
    if (status >= 100 && status < 200 && status !== 101) { // another head follows
      this.head = new HeadReader();
      return;
    }
    this.status = status;
    this.mayStay = mayStay && status >= 200;
    const hasBody = status !== 101 && status !== 204 && status !== 304;
    if (!hasBody || (!isChunked && length === 0)) {
      this.finish();
      return;
    }
    if (length !== undefined) this.bound(length);
    const { bodies } = this.exchange!;
    this.body = new BodyBuffer((bytes) => bodies.take(bytes), length);
    if (isChunked) {
      this.part = Part.CHUNK_SIZE;
      this.excess = 0;
      this.trailer = new HeaderLines();
    } else if (length === undefined) {
      this.part = Part.UNTIL_CLOSE;
    } else {
      this.part = Part.LENGTH;
      this.left = length;
    }
  }

  private takeBytes(chunk: Buffer, from: number): number {
    const to = Math.min(chunk.length, from + this.left);
    this.append(chunk.subarray(from, to));
    this.left -= to - from;
    if (this.left === 0) {
      if (this.part === Part.LENGTH) this.finish();
      else this.part = Part.CHUNK_END;
    }
    return to;
  }

  private append(bytes: Buffer): void {
    this.bound(this.body!.length + bytes.length);
    this.body!.append(bytes);
  }

  private bound(size: number): void {
    const most = this.exchange!.maxBodyBytes;
    if (size > most) throw new BrokenAnswer(`the answer is larger than ${most} bytes`);
  }

  private finish(): void {
    const { status, body, mayStay } = this;
    const { done, bodies } = this.exchange!;
    this.exchange = undefined;
    this.body = undefined;
    // a server that answers before it has read the request is asked nothing more over this connection
    if (mayStay && this.socket.writableLength === 0) {
      this.free(this);
    } else {
      bodies.lose();
      this.socket.destroy();
    }
    done({ status, body: body?.whole() ?? NO_BYTES, isWhole: true });
  }

  /** The connection has ended in the middle of an exchange. */
  private broken(): void {
    if (!this.exchange) return;
    if (this.part === Part.UNTIL_CLOSE && !this.error) {
      this.mayStay = false;
      this.finish();
      return;
    }
    const isSilent = this.part === Part.HEAD && this.headBytes === 0;
    const { done, bodies } = this.exchange;
    this.exchange = undefined;
    bodies.lose();
    done({ status: this.status, body: NO_BYTES, isWhole: false, error: this.error ?? this.lastWords(), isSilent });
  }

  /** What Go makes of a line without an end, which it reads where the connection ends. */
  private lastWords(): Error | undefined {
    if (this.part === Part.TRAILER) return new BrokenAnswer(this.headBytes < 2 ? 'http: unexpected EOF reading trailer' : LONG_TRAILER);
    if (this.part !== Part.HEAD || this.headBytes === 0) return undefined;
    try {
      if (this.line !== '') this.head.take(this.line);
      return new BrokenAnswer('unexpected EOF');
    } catch (error) {
      return error as Error;
    }
  }
}
