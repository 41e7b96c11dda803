import { domainToASCII } from 'node:url';
import type { Bodies } from './body-pool';
import { Connection, type Answer } from './connection';
import { BrokenAnswer } from './response-head';
import type { CallResult } from '../../simulate/router/effects';
import { parseUrl } from '../../spec/go-url';

/** A call of a real model server. */
export interface UpstreamCall {
  readonly url: string;
  readonly body: Uint8Array;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** The whole call's limit in milliseconds; Infinity for none, which is the router's default too. */
  readonly timeoutMillis: number;
  readonly maxBodyBytes: number;
  /** Where the answer's body is put. */
  readonly bodies: Bodies;
}

/** Where a URL leads. */
interface Target {
  readonly isTls: boolean;
  readonly hostname: string;
  readonly port: number;
  /** As the Host header names it. */
  readonly host: string;
  readonly path: string;
  /** Connections that wait for a request; the latest is taken first. */
  readonly idle: Connection[];
}

class Timeout extends Error {}

const NO_BYTES = new Uint8Array(0);
const DEADLINE = 'context deadline exceeded';
/** Go's client writes these itself, whatever the request's headers say. */
const HOP_HEADERS = new Set(['Host', 'Content-Length', 'Transfer-Encoding', 'Trailer', 'Connection', 'Keep-Alive', 'Upgrade']);
/** As Go's default client. */
const IDLE_MILLIS = 90_000;
/**
 * Go's client never sends a POST twice. It notices at once that a server has closed a kept connection; a busy event loop may not,
 * so after so long a rest silence counts as that, and another connection is tried.
 */
const DOUBTFUL_MILLIS = 1000;

/** Model servers are called over kept connections, as Go's default client does; ours keeps as many as were in use at once. */
export class Upstream {
  private readonly targets = new Map<string, Target>();
  private readonly idle = new Map<string, Connection[]>();
  private readonly open = new Set<Connection>();

  /** POSTs as the router does. It never throws: a failure is a result, in the words of Go's client as far as they are known. */
  public async call(call: UpstreamCall): Promise<CallResult> {
    const target = this.targets.get(call.url) ?? this.find(call.url);
    if (!target) return failed(`unsupported address ${call.url}`);
    return new Promise((resolve) => this.post(target, call, resolve));
  }

  public close(): void {
    for (const connection of this.open) connection.destroy();
  }

  private find(url: string): Target | undefined {
    const { url: parsed } = parseUrl(url);
    const [, hostname, port] = /^(\[[^\]]*\]|[^:]*):?([0-9]*)$/.exec(parsed?.host ?? '') ?? [];
    if (!parsed || hostname === undefined || (parsed.scheme !== 'http' && parsed.scheme !== 'https')) return undefined;
    const isTls = parsed.scheme === 'https';
    const [, host, path] = /^[^:]*:\/\/(?:[^/?#]*@)?([^/?#]*)([^#]*)/.exec(parsed.text)!;
    const key = `${parsed.scheme}://${parsed.host}`;
    const idle = this.idle.get(key) ?? [];
    this.idle.set(key, idle);
    const target = {
      isTls,
      hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : domainToASCII(hostname) || hostname || '127.0.0.1',
      port: port === '' ? (isTls ? 443 : 80) : Number(port),
      host,
      path: path.startsWith('/') ? path : `/${path}`,
      idle,
    };
    this.targets.set(url, target);
    return target;
  }

  private post(target: Target, call: UpstreamCall, resolve: (result: CallResult) => void): void {
    let connection = target.idle.pop();
    while (connection && !connection.isOpen) connection = target.idle.pop();
    this.send(connection ?? this.connect(target), target, call, resolve);
  }

  private send(connection: Connection, target: Target, call: UpstreamCall, resolve: (result: CallResult) => void): void {
    const rested = connection.wake();
    const { body, maxBodyBytes, bodies, timeoutMillis } = call;
    const timer = Number.isFinite(timeoutMillis) ? setTimeout(() => connection.destroy(new Timeout()), timeoutMillis) : undefined;
    connection.send({
      head: head(target, call),
      body,
      maxBodyBytes,
      bodies,
      done: (answer) => {
        clearTimeout(timer);
        if (rested > DOUBTFUL_MILLIS && answer.isSilent && !(answer.error instanceof Timeout)) this.post(target, call, resolve);
        else resolve(result(answer, target));
      },
    });
  }

  private connect({ hostname, port, isTls, idle }: Target): Connection {
    const connection: Connection = new Connection(hostname, port, isTls, (free) => {
      free.rest(IDLE_MILLIS);
      afterNextPoll(() => { if (free.isOpen) idle.push(free); });
    }, (gone) => {
      this.open.delete(gone);
      const at = idle.indexOf(gone);
      if (at >= 0) idle.splice(at, 1);
    });
    this.open.add(connection);
    return connection;
  }
}

/**
 * A server that hangs up after its answer without saying so is seen to do so in the event loop's next turn, as Go's client sees it at once:
 * a request that took the connection before then would fail.
 */
function afterNextPoll(then: () => void): void {
  setImmediate(() => setImmediate(then));
}

function head({ host, path }: Target, { headers, body }: UpstreamCall): string {
  let lines = headers.has('User-Agent') ? '' : 'User-Agent: Go-http-client/1.1\r\n';
  for (const [name, values] of headers) {
    if (HOP_HEADERS.has(name)) continue;
    for (const value of name === 'User-Agent' ? values.slice(0, 1) : values) lines += `${name}: ${value}\r\n`;
  }
  return `POST ${path} HTTP/1.1\r\nHost: ${host}\r\n${lines}Content-Length: ${body.length}\r\n\r\n`;
}

function result({ status, body, isWhole, error }: Answer, target: Target): CallResult {
  if (isWhole) return { status, body };
  const hasHead = status > 0;
  if (error instanceof Timeout) {
    return hasHead ? brokenOff(`${DEADLINE} (Client.Timeout or context cancellation while reading body)`)
      : failed(`${DEADLINE} (Client.Timeout exceeded while awaiting headers)`);
  }
  if (error instanceof BrokenAnswer) return hasHead ? brokenOff(error.message) : failed(`net/http: HTTP/1.x transport connection broken: ${error.message}`);
  if (hasHead) return brokenOff('unexpected EOF');
  if (error) return failed(inGoWords(error, target));
  return failed('EOF');

  function brokenOff(bodyError: string): CallResult {
    return { status, body: NO_BYTES, bodyError };
  }
}

function failed(failure: string): CallResult {
  return { status: 0, body: NO_BYTES, failure };
}

function inGoWords(error: NodeJS.ErrnoException & { address?: string; port?: number }, { host, port, hostname }: Target): string {
  const address = error.address === undefined ? (/:[0-9]+$/.test(host) ? host : `${host}:${port}`) : `${error.address.includes(':') ? `[${error.address}]` : error.address}:${error.port}`;
  switch (error.code) {
    case 'ECONNREFUSED': return `dial tcp ${address}: connect: connection refused`;
    case 'ENOTFOUND': return `dial tcp: lookup ${hostname}: no such host`;
    case 'EHOSTUNREACH': return `dial tcp ${address}: connect: no route to host`;
    case 'ETIMEDOUT': return `dial tcp ${address}: i/o timeout`;
    case 'ECONNRESET': return 'read: connection reset by peer';
    default: return error.message || String(error.code);
  }
}
