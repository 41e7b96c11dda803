import * as http from 'node:http';
import * as net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { GraphServer, type GraphServerOptions } from '../../../src/cli/serve/graph-server';
import { GraphSimulator, ModelAnswer, StubModel, type ModelRequest } from '../../../src/simulate';
import { ensemble, sequence, simulatorOf } from '../../simulate/graphs';

// The local router over real sockets on 127.0.0.1: what it answers comes from the simulator, what is looked at here is HTTP.

const ends: (() => Promise<void> | void)[] = [];
const lines: string[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  lines.length = 0;
});

async function serve(simulator: GraphSimulator, options: Partial<GraphServerOptions> = {}): Promise<GraphServer> {
  const server = new GraphServer(simulator, { port: 0, log: (line) => lines.push(line), ...options });
  await server.start();
  ends.push(async () => server.stop(0));
  return server;
}

/** A model server; returns its address. */
async function model(answer: (request: http.IncomingMessage, response: http.ServerResponse, body: string) => void): Promise<string> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(request, response, Buffer.concat(chunks).toString()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
}

interface Got { readonly status: number; readonly type: string | null; readonly body: string }

async function post(server: GraphServer, body: string, headers: { [name: string]: string } = {}): Promise<Got> {
  const response = await fetch(`${server.url}/any/path`, { method: 'POST', body, headers });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
}

const one = (spec: object = {}, options: object = {}) => simulatorOf({ root: sequence({ name: 'one', serviceName: 'svc' }) }, options, spec);
const failed = (cause: string): Got => ({ status: 500, type: 'application/json', body: JSON.stringify({ error: 'Failed to process request', cause }) });

describe('with stubs', () => {
  it('answers as the simulator does', async () => {
    const server = await serve(one().withModel('svc', StubModel.text('not JSON', { status: 404 })));
    expect(await post(server, '{}')).toEqual({ status: 404, type: 'text/plain; charset=utf-8', body: 'not JSON' });
    expect(lines).toEqual([expect.stringMatching(/^POST \/any\/path 404 \d+ ms$/)]);
  });

  it('hands out the trace where a request asks for it', async () => {
    const server = await serve(one().withModel('svc', StubModel.json({ ok: true })));
    const response = await fetch(server.url, { method: 'POST', body: '{}', headers: { 'X-Graph-Trace': '1' } });
    expect(decodeURIComponent(response.headers.get('x-graph-trace')!)).toBe([
      'root (Sequence)', '└─ ✓ one → service svc  gets the request', '      in   {}', '      out  200  {"ok":true}', '⇒ 200 application/json',
    ].join('\n'));
    expect((await fetch(server.url, { method: 'POST', body: '{}' })).headers.get('x-graph-trace')).toBeNull();
  });

  it('a long trace is cut off between two characters', async () => {
    const steps = Array.from({ length: 50 }, (_, i) => ({ name: `é${i}`, serviceName: 'svc' }));
    const server = await serve(simulatorOf({ root: sequence(...steps) }).withModel('svc', StubModel.json({ ok: true })));
    const header = (await fetch(server.url, { method: 'POST', body: '{}', headers: { 'X-Graph-Trace': '1' } })).headers.get('x-graph-trace')!;
    expect(header.length).toBeLessThanOrEqual(4096);
    expect(header.length).toBeGreaterThan(4080);
    expect(decodeURIComponent(header)).toMatch(/^root \(Sequence\)\n├─ ✓ é0 /);
  });

  it('drops the connection where the router panics', async () => {
    const server = await serve(simulatorOf({ root: sequence() }));
    await expect(post(server, '{}')).rejects.toThrow();
    expect(lines).toEqual([expect.stringContaining('no answer: the router panics (invalid WriteHeader code 0)')]);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });

  it('drops the connection when serverWrite is over', async () => {
    const server = await serve(one({ routerTimeouts: { serverWrite: 1 } }).withModel('svc', StubModel.json({}, { delayMillis: 1500 })));
    await expect(post(server, '{}')).rejects.toThrow();
  });
});

describe('with models', () => {
  it('posts to the mapped address, with the propagated headers and no others', async () => {
    const seen: object[] = [];
    const url = await model(({ method, headers, url: path }, response, body) => {
      const { 'content-type': type, 'x-trace': trace, 'content-length': length, cookie } = headers;
      seen.push({ method, path, body, type, trace, cookie, length });
      response.end('{"predictions":["cat"]}');
    });
    const server = await serve(one({}, { propagateHeaders: ['^X-'] }), { map: new Map([['svc', `${url}/v1/models/m:predict`]]) });
    expect(await post(server, '{"instances":[1]}', { 'x-trace': '7', 'cookie': 'c' })).toEqual({ status: 200, type: 'application/json', body: '{"predictions":["cat"]}' });
    expect(seen).toEqual([{ method: 'POST', path: '/v1/models/m:predict', body: '{"instances":[1]}', type: 'application/json', trace: '7', cookie: undefined, length: '17' }]);
  });

  it('the steps of an Ensemble run at the same time', async () => {
    const waiting: (() => void)[] = [];
    const url = await model((_, response) => {
      waiting.push(() => response.end('{}'));
      if (waiting.length === 3) waiting.forEach((answer) => answer()); // none is answered before all have asked
    });
    const steps = ['a', 'b', 'c'].map((name) => ({ name, serviceUrl: url }));
    expect((await post(await serve(simulatorOf({ root: ensemble(...steps) })), '{}')).body).toBe('{"a":{},"b":{},"c":{}}');
  });

  it('nobody listens', async () => {
    const server = await serve(one(), { map: new Map([['svc', 'http://127.0.0.1:1/']]) });
    expect(await post(server, '{}')).toEqual(failed('Post "http://svc-predictor.default.svc.cluster.local/v1/models/svc:predict": dial tcp 127.0.0.1:1: connect: connection refused'));
    expect(lines).toEqual([expect.stringMatching(/^POST \/any\/path 500 \d+ ms: step 'one' of node 'root': Post "[^"]*": dial tcp 127\.0\.0\.1:1: connect: connection refused$/)]);
  });

  it('a redirect is an answer like any other: only what the graph and --map name is called', async () => {
    const called: string[] = [];
    const elsewhere = await model(({ method, url: path }, response) => {
      called.push(`${method} ${path}`);
      response.end('{}');
    });
    const url = await model(({ url: path }, response) => {
      const status = Number(path!.slice(1));
      response.writeHead(status, { Location: `${elsewhere}/${status}` }).end(`{"moved":${status}}`);
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const server = await serve(one(), { map: new Map([['svc', `${url}/${status}`]]) });
      expect(await post(server, '{}')).toEqual({ status, type: 'application/json', body: `{"moved":${status}}` });
    }
    expect(called).toEqual([]);
  });

  it('the model hangs, and serviceClient is over', async () => {
    const url = await model(() => { /* never answers */ });
    const server = await serve(one({ routerTimeouts: { serviceClient: 1 } }), { map: new Map([['svc', url]]) });
    expect((await post(server, '{}')).body).toContain('context deadline exceeded (Client.Timeout exceeded while awaiting headers)');
  });

  it('the model hangs in its body, and serviceClient is over', async () => {
    const url = await model((_, response) => void response.writeHead(200).write('{'));
    const server = await serve(one({ routerTimeouts: { serviceClient: 1 } }), { map: new Map([['svc', url]]) });
    expect(await post(server, '{}')).toEqual(failed('context deadline exceeded (Client.Timeout or context cancellation while reading body)'));
  });

  it('the model answers half', async () => {
    const url = await model((_, response) => {
      response.writeHead(200, { 'Content-Length': 10 }).write('{"x"');
      setTimeout(() => response.socket!.destroy(), 50);
    });
    const server = await serve(one(), { map: new Map([['svc', url]]) });
    expect(await post(server, '{}')).toEqual(failed('unexpected EOF'));
  });

  it('the model closes the connection without a word', async () => {
    const url = await model((_, response) => response.socket!.destroy());
    const server = await serve(one(), { map: new Map([['svc', url]]) });
    expect((await post(server, '{}')).body).toContain(': EOF"');
  });

  it('the model answers more than is allowed', async () => {
    const url = await model((_, response) => response.end('x'.repeat(2000)));
    const server = await serve(one(), { map: new Map([['svc', url]]), maxBodyBytes: 1000 });
    expect(await post(server, '{}')).toEqual(failed('the answer is larger than 1000 bytes'));
  });

  it('10 MB go through', async () => {
    const url = await model((_, response, body) => response.end(body));
    const server = await serve(one(), { map: new Map([['svc', url]]) });
    const big = JSON.stringify({ x: 'y'.repeat(10_000_000) });
    expect((await post(server, big)).body === big).toBe(true);
  });
});

describe('large bodies', () => {
  const size = (request: number) => 66_000 + 13_579 * (request % 17);
  const large = (request: number) => JSON.stringify({ x: 'abcdefghijklmnopqrstuvwxyz'[request % 26].repeat(size(request)) });
  const isOfOnePiece = (body: string) => /^\{"x":"(\w)\1*"\}$/.test(body) && body.length >= 66_000;

  async function postMany(server: GraphServer, count: number, look: (got: Got, request: number) => void): Promise<void> {
    let next = 0;
    await Promise.all(Array.from({ length: 12 }, async () => {
      while (next < count) {
        const request = next++;
        look(await post(server, large(request)), request);
      }
    }));
  }

  it('of many requests at a time come back as they were', async () => {
    const url = await model((_, response, body) => response.end(body));
    const server = await serve(simulatorOf({ root: sequence(...['a', 'b', 'c'].map((name) => ({ name, serviceUrl: url, data: '$response' as const }))) }));
    let mixedUp = 0;
    await postMany(server, 100, ({ body }, request) => { mixedUp += body === large(request) ? 0 : 1; });
    expect(mixedUp).toBe(0);
  }, 30_000);

  it('stay as they were for a branch that nobody waits for', async () => {
    const seen: boolean[] = [];
    const slow = await model((_, response, body) => {
      seen.push(isOfOnePiece(body));
      setTimeout(() => response.end(body), 5);
    });
    const failing = await model((_, response) => response.writeHead(503).end('{}'));
    const server = await serve(simulatorOf({
      root: ensemble({ serviceUrl: failing, dependency: 'Hard' }, { nodeName: 'late' }),
      late: sequence(...['a', 'b', 'c'].map((name) => ({ name, serviceUrl: slow, data: '$response' as const }))),
    }));
    await postMany(server, 60, ({ status }) => expect(status).toBe(503));
    while (seen.length < 180) await sleep(10);
    expect(seen.filter((is) => !is)).toEqual([]);
  }, 30_000);
});

describe('the server', () => {
  const ok = StubModel.json({ ok: true });

  it('a request that is too large gets 413, and the next is served', async () => {
    const server = await serve(one().withModel('svc', ok), { maxBodyBytes: 1000 });
    expect(await post(server, 'x'.repeat(2000))).toEqual({
      status: 413, type: 'text/plain; charset=utf-8', body: 'the request is larger than 1000 bytes: raise --max-body if it is meant to\n',
    });
    expect((await post(server, '{}')).status).toBe(200);
  });

  it('a port that is taken', async () => {
    const port = Number(new URL((await serve(one())).url).port);
    await expect(serve(one(), { port })).rejects.toThrow(`port ${port} on 127.0.0.1 is in use: give another with --port, or 0 for any free one`);
  });

  it('a host that is none', async () => {
    await expect(serve(one(), { host: '256.0.0.1' })).rejects.toThrow(/^cannot listen on 256\.0\.0\.1, port 0: /);
  });

  it('another graph takes over for the requests to come', async () => {
    const server = await serve(one().withModel('svc', StubModel.text('old')));
    expect((await post(server, '')).body).toBe('old');
    server.replace(one().withModel('svc', StubModel.text('new')));
    expect((await post(server, '')).body).toBe('new');
  });

  it('stops once what is on its way is answered, and is not ready meanwhile', async () => {
    const server = await serve(one().withModel('svc', StubModel.text('late', { delayMillis: 300 })));
    const keptOpen = net.connect(Number(new URL(server.url).port), '127.0.0.1');
    const late = post(server, '');
    await sleep(100);
    keptOpen.write('GET /readyz HTTP/1.1\r\nHost: x\r\n'); // not complete yet, so the connection is not idle
    await sleep(20);
    const stopped = server.stop();
    keptOpen.write('\r\n');
    const [answer] = await new Promise<string[]>((resolve) => keptOpen.once('data', (data) => resolve(String(data).split('\r\n'))));
    expect(answer).toBe('HTTP/1.1 503 Service Unavailable');
    expect((await late).body).toBe('late');
    await stopped;
    keptOpen.destroy();
    await expect(post(server, '')).rejects.toThrow();
  });

  it('a body that stops coming is cut off after serverRead, and the part that came is the request', async () => {
    const bodies: string[] = [];
    class Echo extends StubModel {
      public answer({ body }: ModelRequest): ModelAnswer {
        bodies.push(body);
        return ModelAnswer.text('ok');
      }
    }
    const server = await serve(one({ routerTimeouts: { serverRead: 1 } }).withModel('svc', new Echo()));
    const socket = net.connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"half":1');
    const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain('Connection: close');
    expect(bodies).toEqual(['{"half":1']);
    socket.destroy();
  });

  it('a client that goes away does no harm', async () => {
    const server = await serve(one().withModel('svc', StubModel.text('late', { delayMillis: 100 })));
    const controller = new AbortController();
    const gone = fetch(server.url, { method: 'POST', body: '', signal: controller.signal });
    await sleep(30);
    controller.abort();
    await expect(gone).rejects.toThrow();
    await sleep(150);
    expect((await post(server, '')).body).toBe('late');
  });

  it('tells of connections above the limit, the first and how many there were', async () => {
    const server = await serve(one().withModel('svc', ok), { maxConnections: 2 });
    const sockets = Array.from({ length: 5 }, () => net.connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => undefined));
    await Promise.all(sockets.slice(2).map(async (socket) => new Promise((resolve) => socket.once('close', resolve))));
    expect(lines).toEqual(['a connection was dropped: 2 are open, raise --max-connections if more are meant to']);
    await sleep(1200);
    expect(lines.slice(1)).toEqual(['3 connections were dropped, as more than 2 were open']);
    sockets.forEach((socket) => socket.destroy());
  });

  it('what is no HTTP gets 400 and is hung up on', async () => {
    const server = await serve(one().withModel('svc', ok));
    const socket = net.connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write('nonsense\r\n\r\n');
    let got = '';
    socket.on('data', (data) => { got += String(data); });
    await new Promise((resolve) => socket.once('close', resolve));
    expect(got).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[^]*\r\n\r\n400 Bad Request$/);
    expect((await post(server, '{}')).status).toBe(200);
  });
});
