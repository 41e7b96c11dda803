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

/** The conditions that were tested on a body on its way, sorted. */
interface Tests {
  readonly met?: readonly string[];
  readonly unmet?: readonly string[];
}

export const REQUEST: Body = { kind: 'request' };
export const INSTANCES: Body = { kind: 'instances' };
export const EMPTY: Body = { kind: 'empty' };
const VARIOUS: Body = { kind: 'various' };

/** The body once it met a condition, or did not. */
export function afterTest(body: Body, condition: string, isMet: boolean): Body {
  const known = isMet ? body.met : body.unmet;
  if (known !== undefined && (known.includes(condition) || known.length >= MOST_TESTS)) {
    return body;
  }
  const tests = known === undefined ? [condition] : [...known, condition].sort();
  return isMet ? { ...body, met: tests } : { ...body, unmet: tests };
}

/** More are not remembered, which leaves out what is impossible, but nothing that is possible. */
const MOST_TESTS = 32;

function isSame(a: Body, b: Body): boolean {
  return a === b || (a.kind === b.kind && makerOf(a) === makerOf(b) && isSameList(a.met, b.met) && isSameList(a.unmet, b.unmet));
}

/** What tells bodies of one kind apart. */
function makerOf(body: Body): StepModel | NodeModel | undefined {
  return body.kind === 'answer' ? body.step : body.kind === 'ensemble' ? body.node : undefined;
}

function isSameList(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a === b || (a !== undefined && a.length === b?.length && a.every((text, i) => text === b[i]));
}

// more would make the flow of a large graph slow, and no message names so many
const MOST = 24;

/** The bodies that are possible somewhere, each once. There are few, so that looking through them is quicker than any index. */
export class Bodies {
  public static readonly NONE = new Bodies([]);

  public static of(...bodies: readonly Body[]): Bodies {
    return Bodies.from(bodies);
  }

  public static from(bodies: readonly Body[]): Bodies {
    return bodies.length === 0 ? Bodies.NONE : bodies.length === 1 ? new Bodies(bodies) : Bodies.NONE.with(bodies);
  }

  private constructor(public readonly all: readonly Body[]) {}

  public get isEmpty(): boolean {
    return this.all.length === 0;
  }

  public every(test: (body: Body) => boolean): boolean {
    return !this.isEmpty && this.all.every(test);
  }

  public some(test: (body: Body) => boolean): boolean {
    return this.all.some(test);
  }

  public filter(test: (body: Body) => boolean): Bodies {
    return this.all.every(test) ? this : new Bodies(this.all.filter(test));
  }

  public and(other: Bodies): Bodies {
    return this.isEmpty ? other : this.with(other.all);
  }

  /** Whether `other` has nothing that this has not. */
  public covers(other: Bodies): boolean {
    return this.isVarious || other.all.every((body) => this.has(body));
  }

  private get isVarious(): boolean {
    return this.all[0] === VARIOUS;
  }

  private has(body: Body): boolean {
    return this.all.some((known) => isSame(known, body));
  }

  private with(bodies: readonly Body[]): Bodies {
    if (this.isVarious) {
      return this;
    }
    const all = [...this.all];
    for (const body of bodies) {
      if (!all.some((known) => isSame(known, body))) {
        all.push(body);
      }
      if (body === VARIOUS || all.length > MOST) {
        return new Bodies([VARIOUS]);
      }
    }
    return all.length === this.all.length ? this : new Bodies(all);
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
