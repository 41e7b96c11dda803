import { Bodies, BodyPool } from './body-pool';
import { GraphServer } from './graph-server';
import { Upstream } from './upstream';
import { GraphSimulator } from '../../simulate';

const CONNECTIONS = 16;
/** It calls nothing, and answers 404. */
const GRAPH = { nodes: { root: { routerType: 'Switch' } } };

/**
 * Serves a few requests of its own, each over a connection of its own, before clients come.
 *
 * V8 settles the shape of a class's objects after about a dozen of them. What it has optimized for one client's, some forty functions, it threw away when
 * a second one connected, and thousands of requests were slow until it had them again. It takes about 60 ms, in part what the first request would take.
 */
export async function rehearse(): Promise<void> {
  const simulator = GraphSimulator.of({ name: 'rehearsal', specAsJson: () => JSON.stringify(GRAPH) });
  const server = new GraphServer(simulator, { port: 0, log: () => undefined });
  try {
    await server.start();
  } catch {
    return; // it is served all the same
  }
  const call = { url: server.url, body: Buffer.from('{}'), headers: new Map(), timeoutMillis: 1000, maxBodyBytes: 1000, bodies: new Bodies(new BodyPool()) };
  for (let connection = 0; connection < CONNECTIONS; connection++) {
    const client = new Upstream();
    await client.call(call);
    await client.call(call);
    client.close();
  }
  await server.stop(0);
}
