import { ChildProcess, spawn } from 'node:child_process';
import { createServer, IncomingHttpHeaders, IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { eventually } from './api';

/** What a model answers. */
export interface ModelAnswer {
  readonly status: number;
  readonly body: string;
}

/** Answers one POST of a step: the body that came, the path that was asked and the headers, to a status and a body. */
export type Model = (body: string, path: string, headers: IncomingHttpHeaders) => ModelAnswer | Promise<ModelAnswer>;

/** How a program ended: by itself, with a code, or by a signal. */
export interface End {
  readonly code: number | null;
  readonly signal: string | null;
}

/** What a server shows to be who it is, PEM. */
export interface Identity {
  readonly key: Buffer;
  readonly cert: Buffer;
}

/** Stub models, each at an address of its own on 127.0.0.1. */
export class Models {
  /** @param identity if given, the models are called by https */
  static async serve(models: Record<string, Model>, identity?: Identity): Promise<Models> {
    const servers = await Promise.all(Object.entries(models).map(async ([host, model]) => [host, await listen(model, identity)] as const));
    return new Models(new Map(servers));
  }

  private constructor(private readonly servers: Map<string, Server>) {}

  /** The text with each model's host replaced by the address of its stub. */
  redirect(graphJson: string): string {
    return [...this.servers].reduce((text, [host, server]) => text.replaceAll(`://${host}`, `://127.0.0.1:${portOf(server)}`), graphJson);
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
  /** @param variables the container's environment; nothing else is in it */
  static async start(args: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<RouterProgram> {
    const port = await freePort();
    const child = spawn(join(__dirname, '..', 'bin', 'router-program'), [...args], { stdio: 'ignore', env: { ...variables, ROUTER_PORT: `${port}` } });
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

  async send(body: string, headers: Record<string, string> = {}): Promise<{ status: number; body: unknown }> {
    const response = await fetch(this.url, { method: 'POST', body, headers });
    return { status: response.status, body: await response.json() };
  }

  /** Whether the router would be sent requests; they are sent to it for some time after it would not. */
  async isReady(): Promise<boolean> {
    return (await fetch(`${this.url}/readyz`)).ok;
  }

  /** Ends the program as a kubelet does: it may end by itself for so many seconds, then it is killed. */
  async terminate(gracePeriodSeconds: number): Promise<End> {
    const ended = new Promise<End>((resolve) => this.child.once('exit', (code, signal) => resolve({ code, signal })));
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.end(), gracePeriodSeconds * 1000);
    try {
      return await ended;
    } finally {
      clearTimeout(timer);
    }
  }

  end(): void {
    this.child.kill('SIGKILL'); // at SIGTERM it sleeps for 30 s first
  }
}

async function listen(model: Model, identity?: Identity): Promise<Server> {
  const answer: RequestListener = (request, response) => {
    void bodyOf(request).then(async (text) => {
      const { status, body } = await model(text, request.url ?? '', request.headers);
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
    });
  };
  const server = identity === undefined ? createServer(answer) : createTlsServer({ ...identity }, answer);
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
