import { spawn, type ChildProcess } from 'node:child_process';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The real router's program beside which the local router is tested. */

const program = join(__dirname, '../bin/router-program');

export const PROPAGATE = '^X-,Auth,*bad';

export interface Got { readonly status?: number; readonly type?: string | null; readonly body?: string }

export async function answer(url: string, body: string, headers: { [name: string]: string } = {}): Promise<Got> {
  try {
    const response = await fetch(url, { method: 'POST', body, headers });
    return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
  } catch {
    return {}; // an empty reply
  }
}

export async function startRouter(spec: object): Promise<{ process: ChildProcess; url: string }> {
  const port = await freePort();
  const child = spawn(program, ['--graph-json', JSON.stringify(spec)], {
    env: { ...process.env, ROUTER_PORT: String(port), PROPAGATE_HEADERS: PROPAGATE },
    stdio: 'ignore',
  });
  const failed = new Promise<never>((_, reject) => child.once('error', (error) => reject(new Error(`bin/router-program does not run (npx projen conformance:build makes it): ${error.message}`))));
  await Promise.race([failed, listens(port)]);
  return { process: child, url: `http://127.0.0.1:${port}` };
}

async function listens(port: number): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (open) return;
    await sleep(20);
  }
  throw new Error('the real router does not listen');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
