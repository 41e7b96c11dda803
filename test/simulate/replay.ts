import { GraphSimulator, ModelAnswer, StubModel, type ModelRequest, SimulationResult } from '../../src/simulate';
import { canonicalHeaders } from '../../src/simulate/go/header';
import type { RouteCase, StubCase } from '../arbitraries/route';

/** What the router answers to a case, in the words of the oracle. */
export interface Answer {
  readonly status?: number;
  readonly contentType?: string;
  readonly body?: string;
  readonly calls?: { readonly url: string; readonly body: string; readonly headers: { [name: string]: string[] } }[];
  readonly panic?: string;
  readonly died?: boolean;
}

/**
 * What the simulator answers to a case: one answer, or several where steps of an Ensemble race. Delays get the oracle's tie-break:
 * calls of one moment are answered in the order of their URLs (a fraction of a nanosecond that doubles add up exactly).
 */
export function simulate(routeCase: RouteCase, { most = 64, version }: { most?: number; version?: string } = {}): Answer[] {
  const answers: Answer[] = [];
  const pending: number[][] = [[]];
  while (pending.length > 0 && answers.length < most) {
    const choices = pending.pop()!;
    let seen = 0;
    const result = runOnce(routeCase, version, (count) => {
      const at = seen++;
      if (at < choices.length) return choices[at];
      for (let other = 1; other < count; other++) pending.push([...choices, ...new Array(at - choices.length).fill(0), other]);
      return 0;
    });
    answers.push(inOracleWords(result));
  }
  return answers;
}

function runOnce(routeCase: RouteCase, version: string | undefined, race: (count: number) => number): SimulationResult {
  const { graph, stubs, request, headers, propagate, draws } = routeCase;
  const simulator = GraphSimulator.of({ name: 'case', specAsJson: () => JSON.stringify(graph) }, { propagateHeaders: propagate, version });
  const used = new Set(Object.values(graph.nodes).flatMap(({ steps }) => (steps ?? []).flatMap(({ serviceUrl }) => serviceUrl || [])));
  const ranks = Object.keys(stubs).map((url) => ({ url, sent: Buffer.from(asSent(url)) }))
    .sort((a, b) => Buffer.compare(a.sent, b.sent)).map(({ url }) => url);
  for (const [url, list] of Object.entries(stubs)) {
    if (used.has(url)) simulator.withModel(url, new CaseModel(list, (ranks.indexOf(url) + 1) * 2 ** -20));
  }
  let draw = 0;
  return simulator._sendBytes(request, canonicalHeaders(Object.entries(headers)), {
    draw: () => draws[Math.min(draw++, draws.length - 1)],
    race: (_, count) => race(count),
  });
}

function asSent(url: string): string {
  return new URL(url).href.replace(/^(https?:\/\/[^/]*)\/$/, url.endsWith('/') ? '$1/' : '$1');
}

class CaseModel extends StubModel {
  public constructor(private readonly list: StubCase[], private readonly lag: number) {
    super();
  }

  public answer({ callIndex }: ModelRequest): ModelAnswer {
    const { status, body, fail, delay = 0 } = this.list[Math.min(callIndex, this.list.length - 1)];
    if (fail !== undefined) return ModelAnswer.unreachable(fail).after(delay + this.lag);
    return ModelAnswer._bytes(body!, { status, delayMillis: delay + this.lag });
  }
}

function inOracleWords({ _run: run }: SimulationResult): Answer {
  const calls = run.calls.map(({ url, bytes, headers }) => ({ url, body: base64(bytes), headers: Object.fromEntries(headers) }));
  if (run.panic === undefined) return { status: run.reply!.status, contentType: run.reply!.contentType, body: base64(run.reply!.body), calls };
  if (run.panic.includes('its process ends')) return { died: true };
  return { panic: /\((.*)\)/s.exec(run.panic)![1], calls };
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** Go prints calls in the order of time; in parallel branches that order is nothing to compare. */
export function comparable(answer: Answer, inAnyOrder: boolean): Answer {
  const byName = (headers: { [name: string]: string[] }) => Object.fromEntries(Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1)));
  const calls = answer.calls?.map((call) => ({ ...call, headers: byName(call.headers) }));
  if (inAnyOrder) calls?.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return { ...answer, ...(calls && { calls }) };
}

/** Go writes no bytes as null; how a process died is not compared. */
export function answered(answer: Answer & { died?: unknown }): Answer {
  if (answer.died !== undefined) return { died: true };
  return 'body' in answer ? { ...answer, body: answer.body ?? '' } : answer;
}

/** A case as JSON, bodies as base64: the oracle's question, and what a vector holds. */
export function question({ graph, stubs, request, headers, propagate, draws }: RouteCase): RouteQuestion {
  return {
    ask: 'route',
    graph,
    request: base64(request),
    headers,
    propagate,
    draws,
    stubs: Object.fromEntries(Object.entries(stubs).map(([url, list]) => [
      url, list.map(({ body, ...rest }) => ({ ...rest, ...(body && { body: base64(body) }) })),
    ])),
  };
}

/** The case of a question. */
export function caseOf({ request, stubs, ...rest }: RouteQuestion): RouteCase {
  return {
    ...rest,
    request: bytesOf(request),
    stubs: Object.fromEntries(Object.entries(stubs).map(([url, list]) => [
      url, list.map(({ body, ...stub }) => ({ ...stub, ...(body !== undefined && { body: bytesOf(body) }) })),
    ])),
  };
}

export interface RouteQuestion extends Omit<RouteCase, 'request' | 'stubs'> {
  readonly ask: 'route';
  readonly request: string;
  readonly stubs: { [url: string]: (Omit<StubCase, 'body'> & { readonly body?: string })[] };
}

function bytesOf(encoded: string): Uint8Array {
  return Uint8Array.from(Buffer.from(encoded, 'base64'));
}
