import type { IncomingMessage } from 'node:http';
import type { Arrivals } from './arrivals';
import { BodyBuffer, type Take } from './body-buffer';
import type { BodyGate, BodyReader } from './body-gate';

/** How a request's body is read. */
export interface ReadBodyOptions {
  readonly take: Take;
  readonly arrivals: Arrivals;
  readonly gate: BodyGate;
  /** The largest body, in bytes. */
  readonly most: number;
  /** Seconds that reading may take; 0 for no limit. */
  readonly serverRead: number;
}

export class BodyTooLarge extends Error {}

/** Node has read so much by the time it hands out a request: to wait with the rest would spare nothing. */
const SMALL_BYTES = 64 * 1024;
const NO_BYTES = new Uint8Array(0);

/**
 * The body. Where the client goes away, or `serverRead` seconds are over, the router goes on with the part that has come (main.go ignores the
 * error), and so do we. The rest of a body that is too large is read and dropped: a client that is still writing would not see the answer.
 * @throws BodyTooLarge
 */
export async function readBody(request: IncomingMessage, options: ReadBodyOptions): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const reading = new Reading(request, options, resolve, reject);
    const { 'content-length': length = 0, 'transfer-encoding': encoding } = request.headers;
    const isSmall = encoding === undefined && Number(length) <= SMALL_BYTES;
    options.arrivals.whenIn(() => {
      if (reading.isOver) return;
      if (isSmall) reading.begin();
      else options.gate.enter(reading);
    });
  });
}

class Reading implements BodyReader {
  public received = 0;
  public isOver = false;
  private body?: BodyBuffer;
  private timer?: NodeJS.Timeout;

  public constructor(
    private readonly request: IncomingMessage,
    private readonly options: ReadBodyOptions,
    private readonly resolve: (body: Uint8Array) => void,
    private readonly reject: (error: Error) => void,
  ) {
    const go = (): void => this.go();
    request.on('end', go);
    request.on('error', go);
    request.on('close', go);
  }

  public begin(): void {
    const { take, serverRead } = this.options;
    this.body = new BodyBuffer(take, Number(this.request.headers['content-length'] ?? 0));
    if (serverRead > 0) this.timer = setTimeout(() => this.go(), serverRead * 1000);
    this.request.on('data', (chunk: Buffer) => this.append(chunk));
  }

  private append(chunk: Buffer): void {
    if (this.isOver) return;
    const { most } = this.options;
    this.received += chunk.length;
    if (this.received <= most) {
      this.body!.append(chunk);
    } else {
      this.end();
      this.reject(new BodyTooLarge(`the request is larger than ${most} bytes: raise --max-body if it is meant to`));
    }
  }

  private go(): void {
    if (this.isOver) return;
    this.end();
    this.resolve(this.body?.whole() ?? NO_BYTES);
  }

  private end(): void {
    this.isOver = true;
    clearTimeout(this.timer);
    this.options.gate.leave(this);
  }
}
