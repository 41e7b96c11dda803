import { request } from 'node:https';

/** A Kubernetes object. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly generation?: number;
    readonly annotations?: { readonly [key: string]: string };
  };
  readonly spec?: any;
  readonly status?: any;
}

/** The API server refused. */
export class ApiError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

/** Just enough of a Kubernetes client: it needs no kubectl. */
export class Api {
  private readonly resources = new Map<string, { plural: string; namespaced: boolean }>();

  /** @param ca the server's certificate, PEM */
  constructor(private readonly server: string, private readonly token: string, private readonly ca: () => Buffer) {}

  async send(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<any> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const sent = request(this.server + path, {
        method,
        ca: this.ca(),
        headers: { Authorization: `Bearer ${this.token}`, ...payload && { 'Content-Type': contentType } },
      }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      });
      sent.on('error', reject);
      sent.end(payload);
    });
    if (status >= 400) throw new ApiError(status, messageOf(text));
    return text.startsWith('{') ? JSON.parse(text) : text;
  }

  /** `kubectl apply --server-side --validate=strict` */
  async apply(object: KubeObject): Promise<KubeObject> {
    const path = await this.pathOf(object);
    return await this.send('PATCH', `${path}?fieldManager=conformance&force=true&fieldValidation=Strict`, object, 'application/apply-patch+yaml') as KubeObject;
  }

  /** `kubectl create --validate=strict` */
  async create(object: KubeObject): Promise<KubeObject> {
    const path = await this.pathOf(object);
    return await this.send('POST', `${path.slice(0, path.lastIndexOf('/'))}?fieldValidation=Strict`, object) as KubeObject;
  }

  async get(object: Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>): Promise<KubeObject | undefined> {
    try {
      return await this.send('GET', await this.pathOf(object)) as KubeObject;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Writes the status as a controller would. */
  async patchStatus(object: KubeObject, status: unknown): Promise<void> {
    await this.send('PATCH', `${await this.pathOf(object)}/status`, { status }, 'application/merge-patch+json');
  }

  private async pathOf({ apiVersion, kind, metadata }: Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>): Promise<string> {
    const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    if (!this.resources.has(`${group}/${kind}`)) {
      const { resources } = await this.send('GET', group) as { resources: { name: string; kind: string; namespaced: boolean }[] };
      for (const { name, kind: other, namespaced } of resources) {
        if (!name.includes('/')) this.resources.set(`${group}/${other}`, { plural: name, namespaced });
      }
    }
    const resource = this.resources.get(`${group}/${kind}`);
    if (resource === undefined) throw new ApiError(404, `the server knows no kind ${kind} in ${apiVersion}`);
    return `${group}${resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : ''}/${resource.plural}/${metadata.name}`;
  }
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text;
  }
}

/** What was waited for cannot come any more. */
export class Hopeless extends Error {}

/** Asks until there is an answer. @throws after so many seconds, with what was waited for; at once what is Hopeless */
export async function eventually<T>(what: string, probe: () => Promise<T | undefined>, seconds = 60): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const found = await probe();
      if (found !== undefined) return found;
    } catch (error) {
      if (error instanceof Hopeless) throw error;
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what} did not happen within ${seconds} s${last instanceof Error ? `: ${last.message}` : ''}`);
}
