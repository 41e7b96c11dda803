import type { InferenceGraphSpec, InferenceStepSpec } from '../../spec/inference-graph';
import { ROOT_NODE } from '../../spec/inference-graph';
import { evaluateCondition, isConditionable } from '../conditions';
import type { Clock, Decisions, Outcome, Routing, StepAt } from './effects';
import { RouterPanic } from './effects';
import { EnsembleCollector, isSuccess } from './ensemble';
import type { RouterSemantics } from './semantics';
import type { NodeRecord, StepRecord } from './trace';
import { startNode } from './trace';
import type { GoPattern } from '../../spec/go-regexp';
import { parseUrl, type ParsedUrl } from '../../spec/go-url';
import { utf8 } from '../../spec/utf8';
import { NO_BYTES } from '../go/bytes';
import type { GoHeaders } from '../go/header';
import { stepHeaders } from '../go/header';
import { predictionsAsInstances } from '../go/json';

/** So many nodes may run for a request: nodes that call no service have no other bound. */
const MOST_NODES = 10_000;

const NIL_DEREFERENCE = 'runtime error: invalid memory address or nil pointer dereference';

/** KServe's router (cmd/router/main.go, v0.20.0) over one graph, as coroutines. */
export class Router {
  private readonly urls = new Map<string, ParsedUrl>();

  public constructor(
    private readonly spec: InferenceGraphSpec,
    private readonly semantics: RouterSemantics,
    private readonly patterns: readonly GoPattern[],
    private readonly urlOfService: (name: string) => string,
  ) {}

  /** Starts a request at the root; `record` is called with the root's record before anything runs. */
  public route(request: Uint8Array, headers: GoHeaders, clock: Clock, decisions: Decisions, record: (root: NodeRecord) => void): Routing {
    return this.node(ROOT_NODE, request, { headers, decisions, nodes: 0 }, clock, record);
  }

  /** A graph has few URLs, and each request needs them. */
  private parsed(address: string): ParsedUrl {
    const known = this.urls.get(address);
    if (known) return known;
    const parsed = parseUrl(address);
    this.urls.set(address, parsed);
    return parsed;
  }

  private *node(name: string, input: Uint8Array, run: Run, clock: Clock, attach: (record: NodeRecord) => void): Routing {
    // a name such as 'constructor' must not find what every object has
    const node = Object.prototype.hasOwnProperty.call(this.spec.nodes, name) ? this.spec.nodes[name] : undefined;
    const steps = node?.steps ?? [];
    if (++run.nodes > MOST_NODES) throw new Error(`the request runs through more than ${MOST_NODES} nodes: let fewer steps call nodes that call nodes`);
    const record = startNode(name, node?.routerType ?? '', input, steps.length, clock);
    attach(record);
    const visit: Visit = { name, steps, input, run, clock, record };
    switch (node?.routerType) {
      case 'Sequence': record.outcome = yield* this.sequence(visit); break;
      case 'Switch': record.outcome = yield* this.switch(visit); break;
      case 'Splitter': record.outcome = yield* this.splitter(visit); break;
      case 'Ensemble': record.outcome = yield* this.ensemble(visit); break;
      default: record.outcome = failure(500, `invalid route type: ${node?.routerType ?? ''}`);
    }
    record.ended = clock.now;
    return record.outcome;
  }

  private *splitter(visit: Visit): Routing {
    const draw = visit.run.decisions.draw(visit.name, this.semantics.splitterDraws);
    visit.record.note = `drew ${draw} of 0 to ${this.semantics.splitterDraws - 1}`;
    let end = 0;
    for (const [index, step] of visit.steps.entries()) {
      if (step.weight === undefined || step.weight === null) throw new RouterPanic(NIL_DEREFERENCE, false);
      end += step.weight;
      if (draw < end) return yield* this.choose(visit, index, `drew ${draw}, below ${end}`, 'another step was drawn');
    }
    if (this.semantics.panicsWithoutRoute) throw new RouterPanic(NIL_DEREFERENCE, false);
    return failure(500, 'no route was selected by the splitter');
  }

  private *switch(visit: Visit): Routing {
    const isJson = isConditionable(visit.input);
    for (const [index, { condition }] of visit.steps.entries()) {
      const record = visit.record.steps[index];
      record.conditionMet = isJson && evaluateCondition(visit.input, condition ?? '');
      record.fate = 'skipped';
      if (record.conditionMet) return yield* this.choose(visit, index, '', 'a step before it was chosen');
      record.reason = isJson ? '' : 'the request is not valid JSON';
    }
    return failure(404, 'None of the routes matched with the switch condition');
  }

  private *choose(visit: Visit, index: number, reason: string, othersReason: string): Routing {
    visit.record.steps.forEach((other) => {
      if (other.fate === 'not-reached') {
        other.fate = 'skipped';
        other.reason = othersReason;
      }
    });
    const outcome = yield* this.step(visit, index, visit.input, reason, visit.clock);
    return outcome.cause === undefined ? outcome : failure(500, outcome.cause);
  }

  private *ensemble(visit: Visit): Routing {
    const collector = new EnsembleCollector(visit.steps, visit.run.decisions, visit.record);
    if (visit.steps.length === 0) return collector.arrive([])!;
    const branches = visit.steps.map((_, index) => {
      const clock = visit.clock.fork();
      return { clock, routing: this.step(visit, index, visit.input, 'every step of an Ensemble runs', clock) };
    });
    return yield { kind: 'parallel', branches, collector, clock: visit.clock };
  }

  private *sequence(visit: Visit): Routing {
    let last: Outcome = { status: 0, body: NO_BYTES };
    for (const [index, step] of visit.steps.entries()) {
      const usesResponse = step.data === '$response' && index > 0;
      let request = usesResponse ? last.body : visit.input;
      let reason = usesResponse ? 'gets the previous answer' : 'gets the request';
      if (step.mapPredictionsToInstances && this.semantics.knowsMappingAndTimeouts) {
        const mapped = predictionsAsInstances(request);
        reason += mapped ? ', predictions as instances' : ', which has no predictions to map';
        request = mapped ?? request;
      }
      if (step.condition) {
        const record = visit.record.steps[index];
        if (!isConditionable(last.body)) {
          record.fate = 'failed';
          record.reason = index === 0 ? 'a condition is tested on the previous answer, and the first step has none' : 'the previous answer is not valid JSON';
          skipRest(visit.record, index + 1, 'the Sequence has failed');
          return failure(500, 'invalid response');
        }
        record.conditionMet = evaluateCondition(last.body, step.condition);
        if (!record.conditionMet) {
          record.fate = 'skipped';
          skipRest(visit.record, index + 1, 'the Sequence has ended');
          return { status: this.semantics.unmetConditionStatus, body: last.body };
        }
      }
      last = yield* this.step(visit, index, request, reason, visit.clock);
      if (last.cause !== undefined) {
        skipRest(visit.record, index + 1, 'the Sequence has failed');
        return failure(500, last.cause);
      }
      if (step.dependency === 'Hard' && !isSuccess(last.status)) {
        skipRest(visit.record, index + 1, `a Hard step answered ${last.status}`);
        return last;
      }
    }
    return last;
  }

  private *step(visit: Visit, index: number, input: Uint8Array, reason: string, clock: Clock): Routing {
    const record = visit.record.steps[index];
    Object.assign(record, { input, reason, fate: 'ran', started: clock.now });
    const step = visit.steps[index];
    const outcome: Outcome = step.nodeName
      ? yield* this.node(step.nodeName, input, visit.run, clock, (child) => { record.child = child; })
      : yield* this.service({ node: visit.name, index, step }, input, visit.run, clock, record);
    record.outcome = outcome;
    record.ended = clock.now;
    if (outcome.cause !== undefined) record.fate = 'failed';
    return outcome;
  }

  private *service(at: StepAt, body: Uint8Array, run: Run, clock: Clock, record: StepRecord): Routing {
    const address = at.step.serviceUrl || (at.step.serviceName ? this.urlOfService(at.step.serviceName) : '');
    record.url = address;
    const { url, error } = this.parsed(address);
    if (!url) return failure(500, error!);
    if (url.scheme !== 'http' && url.scheme !== 'https') return failure(500, `Post "${url.redacted}": unsupported protocol scheme "${url.scheme}"`);
    if (url.host === '') return failure(500, `Post "${url.redacted}": http: no Host in request URL`);
    const headers = stepHeaders(run.headers, this.patterns);
    if (url.username !== undefined && !headers.get('Authorization')?.[0]) {
      headers.set('Authorization', [`Basic ${base64(`${url.username}:${url.password ?? ''}`)}`]);
    }
    const result = yield { kind: 'call', at, url: url.text, body, headers, clock };
    if (result.failure !== undefined) return failure(500, `Post "${url.redacted}": ${result.failure}`);
    if (result.bodyError !== undefined) return failure(500, result.bodyError);
    return { status: result.status, body: result.body };
  }
}

interface Run {
  readonly headers: GoHeaders;
  readonly decisions: Decisions;
  /** How many have run so far. */
  nodes: number;
}

interface Visit {
  readonly name: string;
  readonly steps: readonly InferenceStepSpec[];
  readonly input: Uint8Array;
  readonly run: Run;
  readonly clock: Clock;
  readonly record: NodeRecord;
}

function failure(status: number, cause: string): Outcome {
  return { status, body: NO_BYTES, cause };
}

function skipRest(record: NodeRecord, from: number, reason: string): void {
  for (const step of record.steps.slice(from)) step.reason = reason;
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...utf8(text)));
}
