import type { RunRecord } from './run-record';
import { nodeTrace, StepFate, type NodeTrace, type StepTrace } from './simulation-trace';
import { traceText } from './trace-text';
import { text } from '../spec/utf8';

/** A call that the router made. */
export interface SimulatedCall {
  /** The name of the step's node. */
  readonly node: string;
  /** The step's name, or `step <index>`. */
  readonly step: string;
  /** Where it went. */
  readonly url: string;
  /** The body that was sent. */
  readonly body: string;
  /** The headers that the router set, canonical name to values; the HTTP client adds its own, such as User-Agent, to those. */
  readonly headers: { [name: string]: string[] };
}

/** What a request came to: what the client gets, the calls that were made, and how it came about. */
export class SimulationResult {
  /** @internal */
  public static _of(run: RunRecord): SimulationResult {
    return new SimulationResult(run);
  }

  /** The HTTP status; 0 where the connection ends without an answer (see `dropped`). */
  public readonly status: number;

  /** The Content-Type header; empty where there is none. */
  public readonly contentType: string;

  /** Why the connection ends without an answer: the router's code panics, or `serverWrite` is over. Undefined where there is an answer. */
  public readonly dropped?: string;

  /** The simulated time that the request took, in milliseconds. */
  public readonly elapsedMillis: number;

  /** @internal */
  public readonly _run: RunRecord;

  private constructor(run: RunRecord) {
    this._run = run;
    this.status = run.reply?.status ?? 0;
    this.contentType = run.reply?.contentType ?? '';
    this.dropped = run.panic;
    this.elapsedMillis = run.elapsed;
  }

  /** The body as text. */
  public get body(): string {
    return this._run.reply ? text(this._run.reply.body) : '';
  }

  /** The calls in the order of time; those of one moment in the order of the steps. */
  public get calls(): SimulatedCall[] {
    return this._run.calls
      .map(({ node, step, url, bytes, headers }) => ({ node, step, url, body: text(bytes), headers: Object.fromEntries(headers) }));
  }

  /** How it came about: the run of the root node, and of all that it called. */
  public get trace(): NodeTrace {
    return nodeTrace(this._run.root, this._run.spec);
  }

  /** The trace as a tree for eyes. */
  public traceText(): string {
    const end = this.dropped === undefined ? `${this.status} ${this.contentType}`.trim() : `no answer: ${this.dropped}`;
    return `${traceText(this.trace)}\n⇒ ${end}`;
  }

  /**
   * Whether a step was called.
   * @param step its name, or `<node>/<name>`; a step without a name is `step <index>`
   * @throws when the graph has no such step
   */
  public hasRun(step: string): boolean {
    return this.find(step).some(({ fate, input }) => fate === StepFate.RAN || (fate === StepFate.FAILED && input !== undefined));
  }

  /**
   * Fails a test unless the answer has this status.
   * @throws with the trace
   */
  public assertStatus(status: number): SimulationResult {
    return this.check(this.status === status, `the answer should have status ${status}, got ${this.status}`);
  }

  /**
   * Fails a test unless the answer's body is this text.
   * @throws with the trace
   */
  public assertBody(body: string): SimulationResult {
    return this.check(this.body === body, `the answer should be ${body}, got ${this.body}`);
  }

  /**
   * Fails a test unless the answer's body is this JSON; the order of keys does not matter.
   * @throws with the trace
   */
  public assertJson(body: object): SimulationResult {
    const [wanted, got] = [sorted(body), sortedText(this.body)];
    return this.check(got === wanted, `the answer should be ${wanted}, got ${got}`);
  }

  /**
   * Fails a test unless this step was called.
   * @throws with the trace
   */
  public assertRan(step: string): SimulationResult {
    return this.check(this.hasRun(step), `step '${step}' should have run, but did not`);
  }

  /**
   * Fails a test unless this step was called, and each time with this JSON; the order of keys does not matter.
   * @param step as in `hasRun`
   * @throws with the trace
   */
  public assertReceived(step: string, body: object): SimulationResult {
    const wanted = sorted(body);
    const got = this.find(step).flatMap(({ input }) => input === undefined ? [] : sortedText(input));
    return this.check(got.length > 0 && got.every((each) => each === wanted), `step '${step}' should have received ${wanted}, got ${got.join(' and ') || 'no call'}`);
  }

  /**
   * Fails a test unless this step was left out.
   * @throws with the trace
   */
  public assertSkipped(step: string): SimulationResult {
    return this.check(!this.hasRun(step), `step '${step}' should have been skipped, but ran`);
  }

  private check(isMet: boolean, problem: string): SimulationResult {
    if (!isMet) throw new Error(`${problem}\n\n${this.traceText()}`);
    return this;
  }

  private find(step: string): StepTrace[] {
    const found: StepTrace[] = [];
    const visit = (node: NodeTrace): void => node.steps.forEach((each) => {
      if (each.name === step || `${each.node}/${each.name}` === step) found.push(each);
      if (each.called) visit(each.called);
    });
    visit(this.trace);
    if (found.length === 0) {
      const all = Object.entries(this._run.spec.nodes).flatMap(([node, { steps }]) => (steps ?? []).map(({ name }, index) => `${node}/${name || `step ${index}`}`));
      if (!all.some((name) => name === step || name.endsWith(`/${step}`))) throw new Error(`the graph has no step '${step}', got ${all.join(', ')}: give one of those`);
    }
    return found;
  }
}

/** A text as `sorted` writes it; what is no JSON as it is. */
function sortedText(json: string): string {
  try {
    return sorted(JSON.parse(json));
  } catch {
    return json;
  }
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner) => (typeof inner === 'object' && inner !== null && !Array.isArray(inner)
    ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
    : inner));
}
