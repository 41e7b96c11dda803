import * as http from 'node:http';
import * as https from 'node:https';
import type { CallResult } from '../../simulate/router/effects';

/** A call of a real model server. */
export interface UpstreamCall {
  readonly url: string;
  readonly body: Uint8Array;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** The whole call's limit in milliseconds; Infinity for none, which is the router's default too. */
  readonly timeoutMillis: number;
  readonly maxBodyBytes: number;
}

const NO_BYTES = new Uint8Array(0);
const DEADLINE = 'context deadline exceeded';
/** Go's client writes these itself, whatever the request's headers say. */
const HOP_HEADERS = new Set(['Host', 'Content-Length', 'Transfer-Encoding', 'Trailer', 'Connection', 'Keep-Alive', 'Upgrade']);

/** Model servers are called over kept connections, as Go's default client does. */
export class Upstream {
  private readonly agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) };

  /** POSTs as the router does. It never throws: a failure is a result, in the words of Go's client as far as they are known. */
  public async call(call: UpstreamCall): Promise<CallResult> {
    let target: URL;
    try {
      target = new URL(call.url);
    } catch {
      return failed(`unsupported address ${call.url}`);
    }
    return new Promise((resolve) => this.post(target, call, resolve));
  }

  public close(): void {
    this.agents['http:'].destroy();
    this.agents['https:'].destroy();
  }

  private post(target: URL, call: UpstreamCall, resolve: (result: CallResult) => void): void {
    const { body, headers, timeoutMillis, maxBodyBytes } = call;
    const isTls = target.protocol === 'https:';
    const request = (isTls ? https : http).request(target, { method: 'POST', agent: this.agents[isTls ? 'https:' : 'http:'], headers: outgoing(headers, body) });
    let timer: NodeJS.Timeout | undefined;
    let isDone = false;
    const finish = (result: CallResult): void => {
      isDone = true;
      clearTimeout(timer);
      resolve(result);
    };
    let status = 0;
    if (Number.isFinite(timeoutMillis)) {
      timer = setTimeout(() => {
        finish(status === 0 ? failed(`${DEADLINE} (Client.Timeout exceeded while awaiting headers)`)
          : { status, body: NO_BYTES, bodyError: `${DEADLINE} (Client.Timeout or context cancellation while reading body)` });
        request.destroy();
      }, timeoutMillis);
    }
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (status === 0 && request.reusedSocket && error.code === 'ECONNRESET' && !isDone) {
        clearTimeout(timer);
        this.post(target, call, resolve); // the server closed a kept connection: Go's client tries another
      } else {
        finish(status === 0 ? failed(inGoWords(error, target)) : { status, body: NO_BYTES, bodyError: 'unexpected EOF' });
      }
    });
    request.on('response', (response) => {
      status = response.statusCode ?? 0;
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= maxBodyBytes) {
          chunks.push(chunk);
        } else {
          finish({ status, body: NO_BYTES, bodyError: `the answer is larger than ${maxBodyBytes} bytes` });
          request.destroy();
        }
      });
      response.on('end', () => finish({ status, body: Buffer.concat(chunks) }));
      response.on('aborted', () => finish({ status, body: NO_BYTES, bodyError: 'unexpected EOF' }));
      response.on('error', () => finish({ status, body: NO_BYTES, bodyError: 'unexpected EOF' }));
    });
    request.end(body);
  }
}

function outgoing(headers: ReadonlyMap<string, readonly string[]>, body: Uint8Array): http.OutgoingHttpHeaders {
  const result: http.OutgoingHttpHeaders = { 'User-Agent': 'Go-http-client/1.1' };
  for (const [name, values] of headers) {
    if (!HOP_HEADERS.has(name)) result[name] = name === 'User-Agent' ? values[0] : [...values];
  }
  result['Content-Length'] = body.length;
  return result;
}

function failed(failure: string): CallResult {
  return { status: 0, body: NO_BYTES, failure };
}

function inGoWords(error: NodeJS.ErrnoException & { address?: string; port?: number }, target: URL): string {
  const address = error.address === undefined ? target.host : `${error.address.includes(':') ? `[${error.address}]` : error.address}:${error.port}`;
  switch (error.code) {
    case 'ECONNREFUSED': return `dial tcp ${address}: connect: connection refused`;
    case 'ENOTFOUND': return `dial tcp: lookup ${target.hostname}: no such host`;
    case 'EHOSTUNREACH': return `dial tcp ${address}: connect: no route to host`;
    case 'ETIMEDOUT': return `dial tcp ${address}: i/o timeout`;
    case 'ECONNRESET': return error.message === 'socket hang up' ? 'EOF' : 'read: connection reset by peer';
    default: return error.message || String(error.code);
  }
}
