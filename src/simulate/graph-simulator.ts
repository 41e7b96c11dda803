import type { IGraphSource } from '../spec/graph-source';
import type { InferenceGraphSpec, InferenceStepSpec } from '../spec/inference-graph';
import { text, utf8 } from '../spec/utf8';
import { canonicalHeaders, type GoHeaders } from './go/header';
import { addReached, GraphCoverage } from './graph-coverage';
import type { ModelAnswer } from './model-answer';
import { modelsFromYaml, modelsTemplate } from './models-yaml';
import { graphFromJson, graphFromYaml, type ReadGraph } from './read-graph';
import { GoPattern } from '../spec/go-regexp';
import type { CallEffect, CallResult, Clock, Decisions, Routing } from './router/effects';
import { RouterPanic, VirtualClock } from './router/effects';
import { Router } from './router/router';
import { LiveClock, runAsync } from './router/run-async';
import { runSync, type TimedResult } from './router/run-sync';
import { semanticsOf, type RouterSemantics } from './router/semantics';
import type { NodeRecord } from './router/trace';
import { reply, type Reply } from './router/wire';
import type { CallRecord } from './run-record';
import { SimulationResult } from './simulation-result';
import type { StubModel } from './stub-model';
import { stepLabel } from './words';

/** How a simulator behaves. */
export interface GraphSimulatorOptions {
  /**
   * The KServe release whose router is simulated: 0.15 to 0.20.
   * @default '0.20'
   */
  readonly version?: string;

  /**
   * Which graph of a YAML text with several.
   * @default - the only one
   */
  readonly graphName?: string;

  /**
   * What the Splitters draw follows from this number: the same seed draws the same.
   * @default 1
   */
  readonly seed?: number;

  /**
   * Patterns of the headers that go on to the steps, as in `router.headers.propagate` of KServe's ConfigMap: RE2 syntax, matched
   * anywhere in the canonical name, so `Auth` also means `Authorization` and the empty pattern means every header. As in the router,
   * a pattern that is none is left out.
   * @default - none
   */
  readonly propagateHeaders?: string[];

  /**
   * The most calls that a request may make; more of them throw.
   * @default 1000
   */
  readonly maxCalls?: number;

  /**
   * The largest body of a request or an answer, in bytes; a larger one throws.
   * @default 16777216
   */
  readonly maxBodyBytes?: number;
}

/** How a request is sent. */
export interface SendOptions {
  /**
   * The request's headers, name to values.
   * @default - none
   */
  readonly headers?: { [name: string]: string[] };

  /**
   * Which step a Splitter draws, node to step: the step's name, or its index.
   * @default - drawn, see `seed`
   */
  readonly choose?: { [node: string]: string };
}

const DEFAULT_VERSION = '0.20';
const DEFAULT_MAX_CALLS = 1000;
const DEFAULT_MAX_BODY_BYTES = 16 * 1024 * 1024;
/** Seconds; pkg/constants since 0.16, written into the router before. */
const DEFAULT_TIMEOUTS = { serverRead: 60, serverWrite: 60, serverIdle: 180 };
const CLIENT_TIMEOUT = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';

/**
 * Runs an InferenceGraph in this process, against stub models, and answers as KServe's router would: the same status, the same
 * bytes, the same calls. Compared with the real router by `conformance/test/simulate.test.ts`.
 */
export class GraphSimulator {
  /**
   * A simulator of a graph in code.
   * @throws when the router could not start with the graph, or would go round in a circle
   */
  public static of(graph: IGraphSource, options: GraphSimulatorOptions = {}): GraphSimulator {
    return new GraphSimulator(graphFromJson(graph.name, graph.specAsJson()), options);
  }

  /**
   * A simulator of the InferenceGraph in a YAML (or JSON) text; other documents in it are passed over.
   * @throws when there is none, or several and `graphName` does not say which
   */
  public static fromYaml(yaml: string, options: GraphSimulatorOptions = {}): GraphSimulator {
    return new GraphSimulator(graphFromYaml(yaml, options.graphName), options);
  }

  /** The graph's name. */
  public readonly graphName: string;

  private readonly spec: InferenceGraphSpec;
  private readonly router: Router;
  private readonly semantics: RouterSemantics;
  private readonly options: GraphSimulatorOptions;
  private readonly models = new Map<string, StubModel>();
  private readonly serviceUrls = new Map<string, string>();
  private readonly callCounts = new Map<StubModel, number>();
  private readonly reached = new Set<string>();
  private random: () => number;

  private constructor(graph: ReadGraph, options: GraphSimulatorOptions) {
    this.graphName = graph.name;
    this.spec = graph.spec;
    this.options = options;
    this.semantics = semanticsOf(options.version ?? DEFAULT_VERSION);
    const namespace = graph.namespace;
    this.router = new Router(graph.spec, this.semantics, patterns(options.propagateHeaders ?? []), (service) => this.urlOf(service, namespace));
    this.random = randomNumbers(options.seed ?? 1);
  }

  /**
   * Says what answers in a model's place.
   * @param target the service's name, its URL, the step's name, or `<node>/<step>`; where several are given, the narrower one answers
   * @throws when the graph has nothing of that name
   */
  public withModel(target: string, model: StubModel): GraphSimulator {
    const known = this._targets();
    if (!known.includes(target)) {
      throw new Error(`graph '${this.graphName}' calls nothing that is called '${target}', got ${known.join(', ') || 'no step that calls a service'}: give one of those`);
    }
    this.models.set(target, model);
    return this;
  }

  /**
   * Says what answers, from a YAML text in the form of the command line's models.yaml (docs/simulate.md).
   * @throws with all that is wrong with the text, or when the graph has nothing of a name
   */
  public withModelsYaml(yaml: string): GraphSimulator {
    modelsFromYaml(yaml).forEach(({ target, model }) => this.withModel(target, model));
    return this;
  }

  /** A text for `withModelsYaml` with a stub for each service of the graph, to be filled in. */
  public modelsTemplate(): string {
    return modelsTemplate(this.spec);
  }

  /**
   * Says which URL a service has in the cluster. It is seen in calls and in error bodies.
   *
   * Without it the simulator takes the address that KServe gives a service in Standard mode with protocol v1:
   * `http://<service>-predictor.<namespace>.svc.cluster.local/v1/models/<service>:predict`.
   */
  public withServiceUrl(service: string, url: string): GraphSimulator {
    this.serviceUrls.set(service, url);
    return this;
  }

  /**
   * Sends a request with a JSON body.
   * @throws when a model is called that there is no stub for, or a bound is passed
   */
  public send(request: object, options: SendOptions = {}): SimulationResult {
    return this.sendText(JSON.stringify(request), options);
  }

  /**
   * Sends a request with any body, JSON or not.
   * @throws when a model is called that there is no stub for, or a bound is passed
   */
  public sendText(request: string, options: SendOptions = {}): SimulationResult {
    return this._send(utf8(request), options);
  }

  /** What all requests so far have reached. */
  public coverage(): GraphCoverage {
    return GraphCoverage._of(this.spec, this.reached);
  }

  /** Starts anew: sequences of answers and draws begin again, nothing is reached. */
  public reset(): void {
    this.callCounts.clear();
    this.reached.clear();
    this.random = randomNumbers(this.options.seed ?? 1);
  }

  /** @internal */
  public _send(request: Uint8Array, options: SendOptions): SimulationResult {
    const result = this._sendBytes(request, canonicalHeaders(Object.entries(options.headers ?? {})), this.decisions(options.choose ?? {}));
    addReached(result._run.root, this.spec, this.reached);
    return result;
  }

  /** @internal */
  public _sendBytes(request: Uint8Array, headers: GoHeaders, decisions: Decisions): SimulationResult {
    this.bound(request, 'the request');
    const clock = new VirtualClock();
    const run = this.start(request, headers, decisions, clock);
    try {
      const answer = reply(runSync(run.routing, (effect) => {
        this.note(effect, run.calls);
        const result = this._stubAnswer(effect);
        if (!result) throw new Error(noModel(effect));
        return result;
      }));
      return this.finish(run, clock, answer, this.writeTimeout(clock.now));
    } catch (error) {
      return this.finish(run, clock, undefined, panicText(error));
    }
  }

  /**
   * The same against something that takes its time: what `serve` does.
   *
   * @internal
   */
  public async _serve(request: Uint8Array, headers: GoHeaders, call: (effect: CallEffect) => Promise<CallResult>): Promise<SimulationResult> {
    const clock = new LiveClock();
    const run = this.start(request, headers, this.decisions({}), clock);
    try {
      const answer = reply(await runAsync(run.routing, async (effect) => {
        this.note(effect, run.calls);
        return call(effect);
      }));
      return this.finish(run, clock, answer);
    } catch (error) {
      return this.finish(run, clock, undefined, panicText(error));
    }
  }

  /**
   * The router's timeouts in seconds, defaults filled in; 0 for a client without one.
   *
   * @internal
   */
  public _timeouts(): { serverRead: number; serverWrite: number; serverIdle: number; serviceClient: number } {
    const { serverRead, serverWrite, serverIdle, serviceClient } = this.semantics.knowsMappingAndTimeouts ? this.spec.routerTimeouts ?? {} : {};
    return {
      serverRead: serverRead ?? DEFAULT_TIMEOUTS.serverRead,
      serverWrite: serverWrite ?? DEFAULT_TIMEOUTS.serverWrite,
      serverIdle: serverIdle ?? DEFAULT_TIMEOUTS.serverIdle,
      serviceClient: serviceClient ?? 0,
    };
  }

  /**
   * What a stub model answers to a call; undefined where there is none for it.
   *
   * @internal
   */
  public _stubAnswer({ at, url, body, headers }: CallEffect): TimedResult | undefined {
    const model = this.models.size > 0 ? this.modelOf(at, url) : undefined;
    if (!model) return undefined;
    const label = stepLabel(at.step, at.index);
    const callIndex = this.callCounts.get(model) ?? 0;
    this.callCounts.set(model, callIndex + 1);
    const step = at.step.name || String(at.index);
    return this.timed(model.answer({ url, node: at.node, step, body: text(body), headers: Object.fromEntries(headers), callIndex }), label);
  }

  /**
   * The services that neither a stub nor one of these names answers for. A URL of the graph's own is an address.
   *
   * @internal
   */
  public _unanswered(others: readonly string[]): string[] {
    const missing = new Set<string>();
    for (const [node, { steps }] of Object.entries(this.spec.nodes)) {
      (steps ?? []).forEach((step, index) => {
        if (!step.serviceName || step.serviceUrl) return;
        const names = [`${node}/${stepLabel(step, index)}`, step.name, step.serviceName];
        if (!names.some((name) => name && (this.models.has(name) || others.includes(name)))) missing.add(step.serviceName);
      });
    }
    return [...missing];
  }

  /**
   * What a model may be named by: services, URLs and steps.
   *
   * @internal
   */
  public _targets(): string[] {
    const names = new Set<string>();
    for (const [node, { steps }] of Object.entries(this.spec.nodes)) {
      (steps ?? []).forEach((step, index) => {
        if (step.nodeName) return;
        for (const name of [step.serviceName, step.serviceUrl, step.name, `${node}/${stepLabel(step, index)}`]) if (name) names.add(name);
      });
    }
    return [...names];
  }

  private start(request: Uint8Array, headers: GoHeaders, decisions: Decisions, clock: Clock): Started {
    const run: Started = { calls: [], routing: this.router.route(request, headers, clock, decisions, (record) => { run.root = record; }) };
    return run;
  }

  private finish({ root, calls }: Started, clock: Clock, answer?: Reply, panic?: string): SimulationResult {
    calls.sort((a, b) => a.started - b.started);
    return SimulationResult._of({ spec: this.spec, root: root!, calls, reply: panic === undefined ? answer : undefined, panic, elapsed: clock.now });
  }

  private note({ at, url, headers, body, clock }: CallEffect, calls: CallRecord[]): void {
    calls.push({ node: at.node, step: stepLabel(at.step, at.index), url, headers, bytes: body, started: clock.now });
    const maxCalls = this.options.maxCalls ?? DEFAULT_MAX_CALLS;
    if (calls.length > maxCalls) throw new Error(`the request makes more than ${maxCalls} calls: raise maxCalls if the graph is meant to`);
  }

  private timed(answer: ModelAnswer, label: string): TimedResult {
    this.bound(answer._body, `the answer of step '${label}'`);
    const seconds = this._timeouts().serviceClient;
    const limit = seconds > 0 ? seconds * 1000 : Infinity; // Go's client takes 0 and less for none
    if (answer.delayMillis >= limit) return { status: 0, body: answer._body, failure: CLIENT_TIMEOUT, took: limit };
    return { status: answer.status, body: answer._body, failure: answer.failure, bodyError: answer._bodyError, took: answer.delayMillis };
  }

  private writeTimeout(elapsed: number): string | undefined {
    const seconds = this._timeouts().serverWrite;
    if (seconds <= 0 || elapsed < seconds * 1000) return undefined;
    return `the answer took ${elapsed / 1000} s, and serverWrite ends the connection after ${seconds} s`;
  }

  private modelOf(at: CallEffect['at'], url: string): StubModel | undefined {
    const { step } = at;
    const label = stepLabel(step, at.index);
    return [`${at.node}/${label}`, step.name, step.serviceName, step.serviceUrl, url]
      .map((name) => (name ? this.models.get(name) : undefined))
      .find((model) => model !== undefined);
  }

  private urlOf(service: string, namespace: string): string {
    return this.serviceUrls.get(service) ?? `http://${service}-predictor.${namespace}.svc.cluster.local/v1/models/${service}:predict`;
  }

  private decisions(choose: { [node: string]: string }): Decisions {
    const draws = new Map(Object.entries(choose).map(([node, step]) => [node, this.drawFor(node, step)]));
    return {
      draw: (node, count) => draws.get(node) ?? Math.floor(this.random() * count),
      race: () => 0,
    };
  }

  /** A number that makes the Splitter take the wanted step. */
  private drawFor(node: string, wanted: string): number {
    const steps: readonly InferenceStepSpec[] = Object.prototype.hasOwnProperty.call(this.spec.nodes, node) ? this.spec.nodes[node].steps ?? [] : [];
    const index = steps.findIndex((step, i) => step.name === wanted || String(i) === wanted);
    if (index < 0) throw new Error(`node '${node}' has no step '${wanted}' to choose, got ${steps.map(stepLabel).join(', ') || 'no steps'}: give a step's name or index`);
    const before = steps.slice(0, index).reduce((sum, step) => sum + (step.weight ?? 0), 0);
    if ((steps[index].weight ?? 0) < 1) throw new Error(`step '${wanted}' of node '${node}' is never drawn, got weight ${steps[index].weight ?? 'none'}: choose another step`);
    return before;
  }

  private bound(body: Uint8Array, what: string): void {
    const most = this.options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
    if (body.length > most) throw new Error(`${what} has ${body.length} bytes, more than the ${most} that are allowed: raise maxBodyBytes if it is meant to`);
  }
}

/** A request on its way. */
interface Started {
  readonly routing: Routing;
  readonly calls: CallRecord[];
  /** Set by the first turn of the routing. */
  root?: NodeRecord;
}

/** What the client sees of a panic; any other error is thrown on. */
function panicText(error: unknown): string {
  if (!(error instanceof RouterPanic)) throw error;
  return `the router panics (${error.reason})${error.endsProcess ? ' and its process ends' : ''}, the client gets an empty reply`;
}

function noModel({ at, url }: CallEffect): string {
  const label = stepLabel(at.step, at.index);
  const target = at.step.serviceName || label;
  return `step '${label}' of node '${at.node}' calls ${url}, and no stub model answers there: add withModel('${target}', StubModel.json({ … })), or '${target}' to the models' YAML`;
}

/** `PROPAGATE_HEADERS` is split at commas, so a pattern with a comma is two; the router goes on without those that are none. */
function patterns(sources: readonly string[]): GoPattern[] {
  return sources.flatMap((source) => source.split(',')).map((source) => new GoPattern(source)).filter(({ isValid }) => isValid);
}

/** Park and Miller's generator: plain arithmetic, the same everywhere. */
function randomNumbers(seed: number): () => number {
  const modulus = 2147483647;
  let state = Math.abs(Math.trunc(seed)) % (modulus - 1) + 1;
  const next = (): number => {
    state = state * 48271 % modulus;
    return state / modulus;
  };
  for (let i = 0; i < 8; i++) next(); // small seeds begin close to 0
  return next;
}
