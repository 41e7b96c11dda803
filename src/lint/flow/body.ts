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
export type Body = Source & Tests & {
  /** Equal for equal bodies. */
  readonly id: string;
};

type Source =
  | { readonly kind: 'request' }
  | { readonly kind: 'answer'; readonly step: StepModel; readonly protocol?: HttpProtocol }
  | { readonly kind: 'ensemble'; readonly node: NodeModel; readonly keys: readonly string[] }
  | { readonly kind: 'instances' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'various' };

/** The conditions that were tested on a body on its way. */
interface Tests {
  /** The id of the body that was tested. */
  readonly untested?: string;
  readonly met?: readonly string[];
  readonly unmet?: readonly string[];
}

export const REQUEST: Body = { kind: 'request', id: 'request' };
export const INSTANCES: Body = { kind: 'instances', id: 'instances' };
export const EMPTY: Body = { kind: 'empty', id: 'empty' };
const VARIOUS: Body = { kind: 'various', id: 'various' };

export function answerOf(step: StepModel, protocol: HttpProtocol | undefined): Body {
  return { kind: 'answer', id: `answer ${step.node.name}/${step.index}`, step, protocol };
}

export function answerOfEnsemble(node: NodeModel, keys: readonly string[]): Body {
  return { kind: 'ensemble', id: `ensemble ${node.name}`, node, keys };
}

/** The body once it met a condition, or did not. */
export function afterTest(body: Body, condition: string, isMet: boolean): Body {
  const known = (isMet ? body.met : body.unmet) ?? [];
  if (known.includes(condition) || known.length >= MOST_TESTS) {
    return body;
  }
  const tests = known.length === 0 ? [condition] : [...known, condition].sort();
  const [met, unmet] = isMet ? [tests, body.unmet] : [body.met, tests];
  const untested = body.untested ?? body.id;
  return { ...body, id: `${untested.length} ${untested} ${counted(met)}/${counted(unmet)}`, untested, met, unmet };
}

/** Texts as one, such that no other texts give the same. */
function counted(texts: readonly string[] = []): string {
  return texts.map((text) => `${text.length} ${text}`).join('');
}

/** More are not remembered, which leaves out what is impossible, but nothing that is possible. */
const MOST_TESTS = 32;

// more would make the flow of a large graph slow, and no message names so many
const MOST = 24;

/** The bodies that are possible somewhere, each once. There are few, so that looking through them is quicker than any index. */
export class Bodies {
  public static readonly NONE = new Bodies([]);

  public static of(...bodies: readonly Body[]): Bodies {
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

  public map(change: (body: Body) => Body): Bodies {
    return Bodies.of(...this.all.map(change));
  }

  public filter(test: (body: Body) => boolean): Bodies {
    const kept = this.all.filter(test);
    return kept.length === this.all.length ? this : new Bodies(kept);
  }

  public and(other: Bodies): Bodies {
    return this.isEmpty ? other : this.with(other.all);
  }

  /** Whether `other` has nothing that this has not. */
  public covers(other: Bodies): boolean {
    return this.isVarious || other.all.every((body) => this.has(body));
  }

  private get isVarious(): boolean {
    return this.all.length === 1 && this.all[0] === VARIOUS;
  }

  private has({ id }: Body): boolean {
    for (const body of this.all) {
      if (body.id === id) {
        return true;
      }
    }
    return false;
  }

  private with(bodies: readonly Body[]): Bodies {
    const added: Body[] = [];
    for (const body of bodies) {
      if (body === VARIOUS) {
        return new Bodies([VARIOUS]);
      }
      if (!this.has(body) && !added.some(({ id }) => id === body.id)) {
        added.push(body);
      }
    }
    if (added.length === 0 || this.isVarious) {
      return this;
    }
    return new Bodies(this.all.length + added.length > MOST ? [VARIOUS] : [...this.all, ...added]);
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
