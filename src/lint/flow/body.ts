import type { HttpProtocol } from '../known-service';
import type { NodeModel, StepModel } from '../model';

/**
 * What is known of a body that flows along an edge.
 *
 * - `request`: what the client sent
 * - `answer`: what a service answered, which is anything; `protocol` is what it is meant to be
 * - `ensemble`: the map that an Ensemble makes, with exactly these keys
 * - `instances`: what `mapPredictionsToInstances` makes: `instances` and nothing else
 * - `empty`: no bytes at all, from a Sequence without steps
 * - `various`: too many to tell apart
 */
export type Body = Source & Tests;

type Source =
  | { readonly kind: 'request' }
  | { readonly kind: 'answer'; readonly step: StepModel; readonly protocol?: HttpProtocol }
  | { readonly kind: 'ensemble'; readonly node: NodeModel; readonly keys: readonly string[] }
  | { readonly kind: 'instances' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'various' };

/** The conditions that were tested on a body on its way. */
interface Tests {
  readonly met?: readonly string[];
  readonly unmet?: readonly string[];
}

/** The body once it met a condition, or did not. */
export function afterTest(body: Body, condition: string, isMet: boolean): Body {
  const { met = [], unmet = [] } = body;
  return isMet ? { ...body, met: withText(met, condition) } : { ...body, unmet: withText(unmet, condition) };
}

/** More are not remembered, which leaves out what is impossible, but nothing that is possible. */
const MOST_TESTS = 32;

function withText(texts: readonly string[], text: string): readonly string[] {
  return texts.includes(text) || texts.length >= MOST_TESTS ? texts : [...texts, text].sort();
}

export const REQUEST: Body = { kind: 'request' };
export const INSTANCES: Body = { kind: 'instances' };
export const EMPTY: Body = { kind: 'empty' };

// more would make the flow of a large graph slow, and no message names so many
const MOST = 24;

/** The bodies that are possible somewhere, each once. */
export class Bodies {
  public static of(...bodies: readonly Body[]): Bodies {
    return new Bodies(byIds(bodies));
  }

  private readonly byId: ReadonlyMap<string, Body>;

  private constructor(byId: ReadonlyMap<string, Body>) {
    this.byId = byId.size > MOST || byId.has('various') ? new Map<string, Body>([['various', { kind: 'various' }]]) : byId;
  }

  public get all(): Body[] {
    return [...this.byId.values()];
  }

  public get isEmpty(): boolean {
    return this.byId.size === 0;
  }

  public every(test: (body: Body) => boolean): boolean {
    return !this.isEmpty && this.all.every(test);
  }

  public some(test: (body: Body) => boolean): boolean {
    return this.all.some(test);
  }

  public map(change: (body: Body) => Body): Bodies {
    return new Bodies(byIds(this.all.map(change)));
  }

  public filter(test: (body: Body) => boolean): Bodies {
    const kept = [...this.byId].filter(([, body]) => test(body));
    return kept.length === this.byId.size ? this : new Bodies(new Map(kept));
  }

  public and(other: Bodies): Bodies {
    if (this.isEmpty || other.isEmpty) {
      return this.isEmpty ? other : this;
    }
    return new Bodies(new Map([...this.byId, ...other.byId]));
  }

  /** Whether `other` has nothing that this has not. */
  public covers(other: Bodies): boolean {
    return this.byId.has('various') || [...other.byId.keys()].every((id) => this.byId.has(id));
  }
}

function byIds(bodies: readonly Body[]): Map<string, Body> {
  return new Map(bodies.map((body) => [idOf(body), body]));
}

function idOf(body: Body): string {
  const { met, unmet } = body;
  return met === undefined && unmet === undefined ? sourceOf(body) : JSON.stringify([sourceOf(body), met, unmet]);
}

function sourceOf(body: Body): string {
  switch (body.kind) {
    case 'answer':
      return `answer ${body.step.node.name}/${body.step.index}`;
    case 'ensemble':
      return `ensemble ${body.node.name}`;
    default:
      return body.kind;
  }
}

/** A body in words, as the object of a sentence. */
export function describe(body: Body): string {
  const { met = [], unmet = [] } = body;
  const tests = [...met.map((condition) => `meets '${condition}'`), ...unmet.map((condition) => `does not meet '${condition}'`)];
  return describeSource(body) + (tests.length === 0 ? '' : `, which ${tests.join(' and ')}`);
}

function describeSource(body: Body): string {
  switch (body.kind) {
    case 'request':
      return "the client's request";
    case 'answer':
      return `the answer of ${body.step}`;
    case 'ensemble':
      return `the answer of Ensemble '${body.node.name}', which has the keys ${body.keys.map((key) => `'${key}'`).join(', ') || 'none'}`;
    case 'instances':
      return "a body with nothing but 'instances'";
    case 'empty':
      return 'nothing at all';
    case 'various':
      return 'one of many bodies';
  }
}
