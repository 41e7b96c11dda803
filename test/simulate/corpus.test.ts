import { readFileSync } from 'node:fs';
import { GraphSimulator, ModelAnswer, StubModel, type ModelRequest } from '../../src/simulate';
import { describeShared, sharedFile } from '../support/shared';

/** Cases of KServe's own tests, from material that lies beside the project (skipped where it does not). */
interface CorpusCase {
  readonly name: string;
  readonly entry: 'routeStep' | 'http' | 'callService' | 'pickupRoute' | 'none';
  readonly graph?: { readonly spec?: object; readonly nodes?: object };
  readonly url?: string;
  readonly services?: { readonly [name: string]: CorpusService };
  readonly request?: unknown;
  readonly requestRaw?: string;
  readonly requestHeaders?: { [name: string]: string[] } | null;
  readonly propagateHeaders?: string[];
  readonly expected: { readonly status?: number | null; readonly body?: unknown; readonly match?: string; readonly error?: unknown };
  readonly observed?: { readonly status?: number; readonly body?: unknown; readonly error?: string };
}

interface CorpusService {
  readonly response?: unknown;
  readonly responseRaw?: string;
  readonly status?: number;
  readonly delayMs?: number;
  readonly assertRequestHasKey?: string;
  readonly echoPropagatedHeaders?: boolean;
}

function load(name: string): CorpusCase[] {
  const file = sharedFile('corpus', name);
  return file === undefined ? [] : JSON.parse(readFileSync(file, 'utf8'));
}

describeShared('the cases of KServe\'s own tests', () => {
  const cases = ['router-cases.json', 'e2e-cases.json'].flatMap((file) => load(file).map((each, i) => [`${file} ${i}: ${each.name}`, each] as const));
  const run = cases.filter(([, { entry }]) => entry === 'routeStep' || entry === 'http' || entry === 'callService');

  it('there are some', () => expect(run.length).toBeGreaterThan(20));

  if (run.length > 0) {
    it.each(run)('%s', (_, each) => {
      const result = simulatorOf(each).sendText(each.requestRaw ?? JSON.stringify(each.request), { headers: each.requestHeaders ?? {} });
      const { expected, observed } = each;
      if (expected.error === 'EOF') {
        expect(result.dropped).toMatch(/serverWrite/);
        return;
      }
      if (observed?.status !== undefined) expect(result.status).toBe(observed.status);
      if (expected.status !== undefined && expected.status !== null) expect(result.status).toBe(expected.status);
      const body = expected.body ?? (expected.error === undefined ? observed?.body : undefined);
      if (body === undefined || body === null) return;
      if (expected.match === 'subset') expect(JSON.parse(result.body)).toMatchObject(body as object);
      else expect(JSON.parse(result.body)).toEqual(body);
    });
  }
});

function simulatorOf(each: CorpusCase): GraphSimulator {
  const spec = each.graph?.spec ?? each.graph ?? { nodes: { root: { routerType: 'Sequence', steps: [{ serviceUrl: each.url }] } } };
  const simulator = GraphSimulator.of({ name: each.name, specAsJson: () => JSON.stringify(spec) }, { propagateHeaders: each.propagateHeaders });
  for (const [name, service] of Object.entries(each.services ?? {})) {
    for (const target of [name, `http://${name}`, `http://${name}/`]) {
      try {
        simulator.withModel(target, new CorpusModel(service, each.propagateHeaders ?? []));
      } catch {
        // the graph names it in another way
      }
    }
  }
  return simulator;
}

class CorpusModel extends StubModel {
  public constructor(private readonly service: CorpusService, private readonly patterns: string[]) {
    super();
  }

  public answer({ body, headers }: ModelRequest): ModelAnswer {
    const { response, responseRaw, status = 200, delayMs = 0, assertRequestHasKey, echoPropagatedHeaders } = this.service;
    if (assertRequestHasKey) expect(Object.keys(JSON.parse(body))).toContain(assertRequestHasKey);
    const options = { status, delayMillis: delayMs };
    if (responseRaw !== undefined) return ModelAnswer.text(responseRaw, options);
    // KServe's stub tells which headers it got
    const echoed = Object.entries(headers).filter(([name]) => name !== 'Content-Type' && this.patterns.length > 0).map(([name, values]) => [name, values[0]]);
    return ModelAnswer.json({ ...(response as object), ...(echoPropagatedHeaders && Object.fromEntries(echoed)) }, options);
  }
}
