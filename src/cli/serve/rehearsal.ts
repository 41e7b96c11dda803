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
 * What V8 has optimized for the objects of one connection, some forty functions, does not fit those of the next one ("wrong map" in --trace-deopt)
 * as long as there were fewer than about a dozen: it was thrown away when a second client came, and thousands of requests were slow until it was there again.
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
  for (let connection = 0, isServed = true; isServed && connection < CONNECTIONS; connection++) {
    const client = new Upstream();
    await client.call(call);
    isServed = (await client.call(call)).failure === undefined;
    client.close();
  }
  await server.stop(0);
}
