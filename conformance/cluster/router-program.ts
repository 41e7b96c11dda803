import { ChildProcess, spawn } from 'node:child_process';
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { eventually } from './api';

/** Answers one POST of a step: the path that was asked and the body that came, to a status and a body. */
export type Model = (body: string, path: string) => { status: number; body: string };

/** Stub models, each at an address of its own on 127.0.0.1. */
export class Models {
  static async serve(models: Record<string, Model>): Promise<Models> {
    const servers = await Promise.all(Object.entries(models).map(async ([host, model]) => [host, await listen(model)] as const));
    return new Models(new Map(servers));
  }

  private constructor(private readonly servers: Map<string, Server>) {}

  /** The text with each model's host replaced by the address of its stub. */
  redirect(graphJson: string): string {
    return [...this.servers].reduce((text, [host, server]) => text.replaceAll(`http://${host}`, `http://127.0.0.1:${portOf(server)}`), graphJson);
  }

  close(): void {
    for (const server of this.servers.values()) {
      server.close();
      server.closeAllConnections();
    }
  }
}

/** The real router, as a process, with the arguments of a Deployment. */
export class RouterProgram {
  static async start(args: readonly string[]): Promise<RouterProgram> {
    const port = await freePort();
    const child = spawn(join(__dirname, '..', 'bin', 'router-program'), [...args], { stdio: 'ignore', env: { ROUTER_PORT: `${port}` } });
    const router = new RouterProgram(child, `http://127.0.0.1:${port}`);
    try {
      await eventually('the router being ready', async () => ((await fetch(`${router.url}/readyz`)).ok ? true : undefined), 10);
    } catch (error) {
      router.end();
      throw error;
    }
    return router;
  }

  private constructor(private readonly child: ChildProcess, private readonly url: string) {}

  async send(body: string): Promise<{ status: number; body: unknown }> {
    const response = await fetch(this.url, { method: 'POST', body });
    return { status: response.status, body: await response.json() };
  }

  end(): void {
    this.child.kill('SIGKILL'); // at SIGTERM it sleeps for 30 s first
  }
}

async function listen(model: Model): Promise<Server> {
  const server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      const { status, body } = model(text, request.url ?? '');
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
