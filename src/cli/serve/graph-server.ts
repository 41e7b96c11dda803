import * as http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Arrivals } from './arrivals';
import { BodyGate } from './body-gate';
import { Bodies, BodyPool } from './body-pool';
import { DroppedConnections } from './dropped-connections';
import { BodyTooLarge, readBody } from './read-body';
import { Upstream } from './upstream';
import { whyFailed } from './why-failed';
import { canonicalHeaders, type GoHeaders } from '../../simulate/go/header';
import type { GraphSimulator } from '../../simulate/graph-simulator';
import type { CallEffect, CallResult } from '../../simulate/router/effects';
import { stepLabel } from '../../simulate/words';
import { Unusable } from '../terminal';

/** What the local router is told. */
export interface GraphServerOptions {
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** 0 for any free port. @default 8080 */
  readonly port?: number;
  /** Addresses by service name, URL or step: called instead of what the graph names. */
  readonly map?: ReadonlyMap<string, string>;
  /** The largest body of a request or an answer, in bytes. @default 67108864 */
  readonly maxBodyBytes?: number;
  /** @default 1024 */
  readonly maxConnections?: number;
  /** Gets a line for each request and each event. */
  readonly log: (line: string) => void;
}

const TRACE_HEADER = 'X-Graph-Trace';
const LONGEST_TRACE = 4096;
const DEFAULT_MAX_BODY_BYTES = 64 * 1024 * 1024;
const DEFAULT_MAX_CONNECTIONS = 1024;
const DEFAULT_PORT = 8080;

/** How long a refused client may go on writing. */
const LINGER_MILLIS = 2000;

/** How often the server looks for clients that send their headers too slowly. */
const LOOK_MILLIS = 500;

const ONE_PIECE_BYTES = 32_768;

/** How a request ended, for the log. */
interface End {
  readonly end: string;
  /** What failed, and why. */
  readonly why?: string;
}

/** KServe's router on this machine: the same semantics, over HTTP, against stub models or real ones. */
export class GraphServer {
  private readonly server: http.Server;
  private readonly upstream = new Upstream();
  private readonly pool = new BodyPool();
  private readonly arrivals = new Arrivals();
  private readonly gate = new BodyGate();
  private readonly dropped: DroppedConnections;
  private simulator: GraphSimulator;
  private isStopping = false;
  private inFlight = 0;

  public constructor(simulator: GraphSimulator, private readonly options: GraphServerOptions) {
    this.simulator = simulator;
    this.server = http.createServer({ connectionsCheckingInterval: LOOK_MILLIS }, (request, response) => void this.handle(request, response));
    this.server.maxConnections = options.maxConnections ?? DEFAULT_MAX_CONNECTIONS;
    this.dropped = new DroppedConnections(this.server.maxConnections, options.log);
    this.server.on('connection', () => this.arrivals.connected());
    this.server.on('drop', () => this.dropped.add());
    this.server.on('clientError', (_, socket) => badRequest(socket as Socket));
    this.applyTimeouts();
  }

  private get maxBodyBytes(): number {
    return this.options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
  }

  /** Where it listens. */
  public get url(): string {
    const { address, port, family } = this.server.address() as AddressInfo;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  }

  /** @throws when the port is taken, with the way out */
  public async start(): Promise<void> {
    const { host = '127.0.0.1', port = DEFAULT_PORT } = this.options;
    if (port > 65_535) throw new Unusable(`the port must be 0 to 65535, got ${port}: give another with --port`);
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error: NodeJS.ErrnoException) => reject(
        error.code === 'EADDRINUSE' ? new Unusable(`port ${port} on ${host} is in use: give another with --port, or 0 for any free one`)
          : new Unusable(`cannot listen on ${host}, port ${port}: ${error.message}`)));
      this.server.listen(port, host, resolve);
    });
  }

  /** Requests from now on go through this graph; those on their way end in the old one. */
  public replace(simulator: GraphSimulator): void {
    this.simulator = simulator;
    this.applyTimeouts();
  }

  /** Answers what is on its way, takes nothing new. */
  public async stop(patienceMillis = 30_000): Promise<void> {
    this.isStopping = true;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeIdleConnections();
    const deadline = Date.now() + patienceMillis;
    while (this.inFlight > 0 && Date.now() < deadline) await sleep(10);
    this.server.closeAllConnections();
    await closed;
    this.dropped.end();
    this.upstream.close();
  }

  private applyTimeouts(): void {
    const { serverRead, serverIdle } = this.simulator._timeouts();
    this.server.requestTimeout = 0; // a body that comes too slowly is cut off, see readBody
    this.server.headersTimeout = Math.max(serverRead, 0) * 1000;
    this.server.keepAliveTimeout = Math.max(serverIdle, 0) * 1000;
    this.server.setTimeout(0);
  }

  private async handle(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const started = performance.now();
    const path = (request.url ?? '/').split('?')[0];
    if (path === '/readyz') return this.ready(response);
    this.inFlight++;
    try {
      const { end, why } = await this.answer(request, response);
      this.options.log(`${request.method} ${path} ${end} ${Math.round(performance.now() - started)} ms${why === undefined ? '' : `: ${why}`}`);
    } catch (error) {
      this.refuse(error as Error, request, response);
    } finally {
      this.inFlight--;
    }
  }

  private ready(response: http.ServerResponse): void {
    if (!this.isStopping) {
      response.writeHead(200).end();
      return;
    }
    response.writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' }).end('shutting down\n');
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<End> {
    const simulator = this.simulator;
    const { serverRead, serverWrite } = simulator._timeouts();
    // Go ends the connection when the time to write is over: the client gets no answer at all
    const cut = serverWrite > 0 ? setTimeout(() => request.socket.destroy(), serverWrite * 1000) : undefined;
    try {
      const bodies = new Bodies(this.pool);
      response.once('finish', () => bodies.release());
      const { arrivals, gate, maxBodyBytes } = this;
      const body = await readBody(request, { take: (bytes) => bodies.take(bytes), arrivals, gate, most: maxBodyBytes, serverRead });
      const result = await simulator._serve(body, incoming(request), async (effect) => this.call(effect, simulator, bodies));
      const { reply, panic } = result._run;
      if (!reply) {
        request.socket.destroy();
        return { end: `no answer: ${panic}` };
      }
      const headers: http.OutgoingHttpHeaders = { 'Content-Length': reply.body.length };
      if (reply.contentType !== '') headers['Content-Type'] = reply.contentType;
      const wantsTrace = request.headers[TRACE_HEADER.toLowerCase()] !== undefined;
      if (wantsTrace) headers[TRACE_HEADER] = asHeader(result.traceText());
      if (response.destroyed) return { end: 'the client is gone' };
      if (!request.complete) headers.Connection = 'close'; // what still comes is no request
      response.writeHead(reply.status, headers);
      // of a text Node makes one piece with the headers, of bytes it does not
      if (reply.body.length <= ONE_PIECE_BYTES) response.end(latin1(reply.body), 'latin1');
      else response.end(reply.body);
      return { end: String(reply.status), why: whyFailed(result._run) };
    } finally {
      clearTimeout(cut);
    }
  }

  private async call(effect: CallEffect, simulator: GraphSimulator, bodies: Bodies): Promise<CallResult> {
    const { serviceClient } = simulator._timeouts();
    const timeoutMillis = serviceClient > 0 ? serviceClient * 1000 : Infinity;
    const mapped = this.mapped(effect.at);
    bodies.enter();
    try {
      const stub = mapped === undefined ? simulator._stubAnswer(effect) : undefined;
      if (stub) {
        await sleep(Math.min(stub.took, timeoutMillis));
        return stub;
      }
      const { url, body, headers } = effect;
      return await this.upstream.call({ url: mapped ?? url, body, headers, timeoutMillis, maxBodyBytes: this.maxBodyBytes, bodies });
    } finally {
      bodies.leave();
    }
  }

  /** Where a call is sent instead: what was said last, on the command line, goes before a stub in a file. */
  private mapped({ node, step, index }: CallEffect['at']): string | undefined {
    const { map } = this.options;
    if (!map || map.size === 0) return undefined;
    const names = [`${node}/${stepLabel(step, index)}`, step.name, step.serviceName, step.serviceUrl];
    return names.map((name) => (name ? map.get(name) : undefined)).find(Boolean);
  }

  private refuse(error: Error, request: http.IncomingMessage, response: http.ServerResponse): void {
    const status = error instanceof BodyTooLarge ? 413 : 500;
    this.options.log(`${request.method} ${request.url} ${status} ${error.message}`);
    if (response.headersSent || response.destroyed) return;
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Connection': 'close' }).end(`${error.message}\n`);
    const { socket } = request;
    setTimeout(() => socket.destroy(), LINGER_MILLIS).unref();
  }
}

/** What Go's server says to what is no HTTP, and to headers that come too slowly. */
function badRequest(socket: Socket): void {
  if (!socket.writable) return;
  socket.end('HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n400 Bad Request', () => socket.destroy());
}

function latin1({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('latin1');
}

/** URL-encoded, and cut off between two characters. */
function asHeader(trace: string): string {
  let header = '';
  for (const char of Buffer.from(trace).toString()) { // a lone surrogate has no encoding
    const encoded = encodeURIComponent(char);
    if (header.length + encoded.length > LONGEST_TRACE) break;
    header += encoded;
  }
  return header;
}

/** As Go's server holds them: Host is no header there. */
function incoming(request: http.IncomingMessage): GoHeaders {
  const pairs: [string, string[]][] = [];
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    const name = request.rawHeaders[i].toLowerCase();
    if (name !== 'host' && name !== 'transfer-encoding') pairs.push([request.rawHeaders[i], [request.rawHeaders[i + 1]]]);
  }
  return canonicalHeaders(pairs);
}
