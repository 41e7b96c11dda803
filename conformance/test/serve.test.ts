import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { GraphServer } from '../../src/cli/serve/graph-server';
import { GraphSimulator } from '../../src/simulate';
import { answer, PROPAGATE, startRouter } from '../support/real-router';

/** The local router beside the real router's program: the same graphs, models and requests over HTTP, the same answers. */
let models: Server;
let address: string;

beforeAll(async () => {
  models = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [, kind, status] = request.url!.split('/');
      if (kind === 'json') response.writeHead(Number(status), { 'Content-Type': 'application/json' }).end('{"predictions":["dog"],"score":1.0}');
      else if (kind === 'text') response.writeHead(Number(status)).end('<html>no</html>');
      else if (kind === 'echo') response.end(JSON.stringify({ body: Buffer.concat(chunks).toString(), headers: forwarded(request.headers) }));
      else if (kind === 'big') response.end(JSON.stringify({ x: 'y'.repeat(10_000_000) }));
      else if (kind === 'empty') response.writeHead(204).end();
      else if (kind === 'half') response.writeHead(200, { 'Content-Length': 100 }).write('{"x":', () => response.socket!.destroy());
      else if (kind === 'close') response.socket!.destroy();
      else if (kind === 'reset') response.socket!.resetAndDestroy();
      // 'hang' never answers
    });
  });
  await new Promise<void>((resolve) => models.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(models.address() as AddressInfo).port}`;
});

afterAll(() => {
  models.closeAllConnections();
  models.close();
});

/** What the router itself sets; its HTTP client adds Host, Accept-Encoding and the like. */
function forwarded(headers: { [name: string]: unknown }): object {
  const { 'content-type': type, 'x-trace-id': trace, 'authorization': authorization, 'user-agent': agent, 'content-length': length } = headers;
  return { type, trace, authorization, agent, length };
}

const step = (path: string, more: object = {}) => ({ serviceUrl: `${address}/${path}`, ...more });
const root = (routerType: string, ...steps: object[]) => () => ({ nodes: { root: { routerType, steps } } });
const lazily = (routerType: string, steps: () => object[], more: object = {}) => () => ({ nodes: { root: { routerType, steps: steps() } }, ...more });

const GRAPHS: { [name: string]: () => object } = {
  'a sequence': lazily('Sequence', () => [step('json/200'), step('echo', { data: '$response', condition: 'predictions' })]),
  'an unmet condition': lazily('Sequence', () => [step('json/200'), step('echo', { condition: 'nothing' })]),
  'an ensemble': lazily('Ensemble', () => [step('json/200', { name: 'a' }), step('echo', { name: 'b' }), step('json/503')]),
  'a hard failure': lazily('Ensemble', () => [step('json/200'), step('json/503', { dependency: 'Hard' })]),
  'a switch': lazily('Switch', () => [step('json/201', { condition: 'instances' }), step('text/404', { condition: 'other' })]),
  'text': lazily('Sequence', () => [step('text/418')]),
  'a redirect that leads nowhere': lazily('Sequence', () => [step('text/302')]),
  'no content': lazily('Sequence', () => [step('empty')]),
  'mapped predictions': lazily('Sequence', () => [step('echo', { mapPredictionsToInstances: true })]),
  '10 MB': lazily('Sequence', () => [step('big')]),
  'half an answer': lazily('Sequence', () => [step('half')]),
  'a closed connection': lazily('Sequence', () => [step('close')]),
  'a model that hangs': lazily('Sequence', () => [step('hang')], { routerTimeouts: { serviceClient: 1 } }),
  'an answer that comes too late': lazily('Sequence', () => [step('hang')], { routerTimeouts: { serverWrite: 1, serviceClient: 2 } }),
  'a dead model': root('Sequence', { serviceUrl: 'http://127.0.0.1:1/x' }),
  'no address': root('Sequence', { serviceUrl: 'model' }),
  'nothing to do': root('Sequence'),
  'no such node': root('Sequence', { nodeName: 'nowhere' }),
};

const REQUESTS: { readonly body: string; readonly headers?: { [name: string]: string } }[] = [
  { body: '{"instances":[1.0,"<"]}', headers: { 'x-trace-id': '7', 'Authorization': 'Bearer t', 'Cookie': 'c=1', 'Content-Type': 'application/json; charset=utf-8' } },
  { body: '{"other":1,"predictions":[{"b":1,"a":1e30}]}', headers: { Authorization: 'Bearer t' } },
  { body: 'no JSON', headers: { 'Content-Type': 'text/plain' } },
  { body: '' },
];

describe.each(Object.keys(GRAPHS))('%s', (name) => {
  it('is answered alike', async () => {
    const spec = GRAPHS[name]();
    const real = await startRouter(spec);
    const ours = new GraphServer(
      GraphSimulator.of({ name, specAsJson: () => JSON.stringify(spec) }, { propagateHeaders: [PROPAGATE] }), { port: 0, log: () => undefined });
    await ours.start();
    try {
      for (const { body, headers } of REQUESTS) {
        expect(await answer(ours.url, body, headers)).toEqual(await answer(real.url, body, headers));
      }
      expect((await fetch(`${ours.url}/readyz`)).status).toBe((await fetch(`${real.url}/readyz`)).status);
    } finally {
      real.process.kill('SIGKILL');
      await ours.stop(0);
    }
  });
});

it('a reset connection fails the request with the same status', async () => {
  const spec = { nodes: { root: { routerType: 'Sequence', steps: [step('reset')] } } };
  const real = await startRouter(spec);
  const ours = new GraphServer(GraphSimulator.of({ name: 'reset', specAsJson: () => JSON.stringify(spec) }), { port: 0, log: () => undefined });
  await ours.start();
  try {
    const [a, b] = [await answer(ours.url, '{}'), await answer(real.url, '{}')];
    expect([a.status, a.type]).toEqual([b.status, b.type]); // Go's text names both ends' ports
  } finally {
    real.process.kill('SIGKILL');
    await ours.stop(0);
  }
});

it.each([
  [301, ['POST /301', 'GET /elsewhere']], [302, ['POST /302', 'GET /elsewhere']], [303, ['POST /303', 'GET /elsewhere']],
  [307, ['POST /307', 'POST /elsewhere {}']], [308, ['POST /308', 'POST /elsewhere {}']],
])('a redirect (%s): the real router follows it wherever it leads, ours calls what the graph names', async (status, calls) => {
  const seen: string[] = [];
  const moved = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => { body += chunk; });
    request.on('end', () => {
      const isFirst = request.url !== '/elsewhere';
      seen.push(`${request.method} ${request.url}${isFirst || body === '' ? '' : ` ${body}`}`);
      if (isFirst) response.writeHead(status, { Location: '/elsewhere' });
      response.end(isFirst ? '{"moved":1}' : '{"found":1}');
    });
  });
  await new Promise<void>((resolve) => moved.listen(0, '127.0.0.1', resolve));
  const spec = { nodes: { root: { routerType: 'Sequence', steps: [{ serviceUrl: `http://127.0.0.1:${(moved.address() as AddressInfo).port}/${status}` }] } } };
  const real = await startRouter(spec);
  const ours = new GraphServer(GraphSimulator.of({ name: 'moved', specAsJson: () => JSON.stringify(spec) }), { port: 0, log: () => undefined });
  await ours.start();
  try {
    expect(await answer(real.url, '{}')).toEqual({ status: 200, type: 'application/json', body: '{"found":1}' });
    expect(seen.splice(0)).toEqual(calls);
    expect(await answer(ours.url, '{}')).toEqual({ status, type: 'application/json', body: '{"moved":1}' });
    expect(seen).toEqual(calls.slice(0, 1));
  } finally {
    real.process.kill('SIGKILL');
    await ours.stop(0);
    moved.closeAllConnections();
    moved.close();
  }
});

it.each([
  ['a body that stops coming', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"half":1'],
  ['headers that stop coming', 'POST / HTTP/1.1\r\nHost: x\r\nContent-'],
  ['what is no HTTP', 'nonsense\r\n\r\n'],
])('%s: after serverRead the same answer', async (_, sent) => {
  const spec = { nodes: { root: { routerType: 'Sequence', steps: [step('echo')] } }, routerTimeouts: { serverRead: 1 } };
  const real = await startRouter(spec);
  const ours = new GraphServer(GraphSimulator.of({ name: 'slow', specAsJson: () => JSON.stringify(spec) }), { port: 0, log: () => undefined });
  await ours.start();
  try {
    const [a, b] = await Promise.all([ours.url, real.url].map(async (url) => rawAnswer(url, sent)));
    expect(a).toEqual(b);
  } finally {
    real.process.kill('SIGKILL');
    await ours.stop(0);
  }
});

/** What comes back until the server hangs up: status line and body. */
async function rawAnswer(url: string, sent: string): Promise<string[]> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(sent);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise((resolve) => socket.once('close', resolve));
  const [head, body] = Buffer.concat(chunks).toString().split('\r\n\r\n');
  return [head.split('\r\n')[0], body];
}
