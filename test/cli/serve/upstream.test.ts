import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Bodies, BodyPool } from '../../../src/cli/serve/body-pool';
import { Upstream } from '../../../src/cli/serve/upstream';
import { ANSWERS, oddModels } from '../../support/odd-models';

// Our client of model servers, on answers that are odd; the same table is compared with the real router in conformance/test/upstream.test.ts.

let models: Awaited<ReturnType<typeof oddModels>>;
const upstream = new Upstream();

beforeAll(async () => {
  models = await oddModels();
});

afterAll(() => {
  upstream.close();
  models.close();
});

const call = async (name: string, more: object = {}, by = upstream) => {
  const { status, body, failure, bodyError } = await by.call({
    url: `http://127.0.0.1:${models.port}/${encodeURIComponent(name)}`,
    body: Buffer.from('{}'),
    headers: new Map(),
    timeoutMillis: 60_000,
    maxBodyBytes: 1000,
    bodies: new Bodies(new BodyPool()),
    ...more,
  });
  return failure ?? (bodyError === undefined ? `${status} ${Buffer.from(body).toString('latin1')}` : `${status}, then ${bodyError}`);
};

// first, while nothing else is open here
test('nothing is left open, however the calls end', async () => {
  const open = () => process.getActiveResourcesInfo().filter((type) => type === 'TCPSocketWrap' || type === 'Timeout').length;
  const before = open();
  const own = new Upstream();
  await Promise.all(Object.keys(ANSWERS).map(async (name) => call(name, {}, own)));
  await call('a length', { url: 'http://127.0.0.1:1/' }, own);
  expect(open()).toBeGreaterThan(before); // kept connections
  own.close();
  for (let look = 0; look < 100 && open() > before; look++) await sleep(20);
  expect(open()).toBeLessThanOrEqual(before);
});

test('each odd answer, twice over the same connections', async () => {
  const seen: { [name: string]: string } = {};
  for (const name of Object.keys(ANSWERS)) {
    const own = new Upstream();
    seen[name] = await call(name, {}, own);
    await sleep(5); // until the connection can be taken again
    const again = await call(name, {}, own);
    own.close();
    if (again !== seen[name]) seen[`${name}, again`] = again;
  }
  expect(seen).toMatchSnapshot();
});

test('a server that hangs up after each answer and does not say so fails no request', async () => {
  const own = new Upstream();
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const answers: string[] = [];
  for (let request = 0; request < 20; request++) answers.push(await call('', { url }, own));
  own.close();
  server.close();
  expect(answers).toEqual(answers.map(() => '200 {}'));
});

test('an answer that is larger than is allowed, however it comes', async () => {
  for (const name of ['a length', 'chunks', 'until it hangs up']) {
    expect(await call(name, { maxBodyBytes: 6 })).toBe('200, then the answer is larger than 6 bytes');
    expect(await call(name, { maxBodyBytes: 7 })).toBe('200 {"a":1}');
  }
});

test.each([['ftp://a/x', 'unsupported address ftp://a/x'], ['a/x', 'unsupported address a/x'], ['http://[::1/', 'unsupported address http://[::1/']])('%s is no address', async (url, failure) => {
  expect(await call('', { url })).toBe(failure);
});

test('a name that nobody knows', async () => {
  expect(await call('', { url: 'http://nowhere.invalid/x', timeoutMillis: Infinity })).toMatch(/^dial tcp: lookup nowhere\.invalid: /);
});
