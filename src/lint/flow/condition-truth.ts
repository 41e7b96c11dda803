import type { Body } from './body';
import { analyze } from '../../gjson/analyze';
import type { PathAnalysis } from '../../gjson/analyze';
import { GjsonLimitError } from '../../gjson/budget';
import type { GraphModel, StepModel } from '../model';

/** Whether a condition holds: for every body that is JSON, for none, or for some. */
export type Truth = 'always' | 'never' | 'sometimes';

/** Whether a condition can hold for a body. Claims nothing that is not certain. */
export function truthOf(condition: string, body: Body): Truth {
  // a document may have a field with an empty name, but no graph means that one
  if (condition === '' || body.kind === 'empty') {
    return 'never';
  }
  const { met, unmet } = body;
  const needed = neededPaths(condition);
  if (unmet?.some((tested) => holdsWith(tested, condition)) === true) {
    return 'never';
  }
  if (met?.some((tested) => holdsWith(condition, tested)) === true) {
    return 'always';
  }
  const keys = keysOf(body);
  if (keys !== undefined && needed.length > 0) {
    if (needed[0] === condition && keys.includes(condition)) {
      return 'always';
    }
    if (!keys.includes(needed[needed.length - 1])) {
      return 'never';
    }
  }
  return analysisOf(condition).verdict;
}

/**
 * Whether all that the flow knows of the bodies that a step tests leaves its condition as open as the condition is by itself: in a Sequence they are
 * the answer of the service before, in a Switch at the root the client's request. Spares most graphs the flow.
 */
export function isTestedAfresh(graph: GraphModel, { node, index }: StepModel): boolean {
  switch (node.routerType) {
    case 'Sequence':
      return node.steps[index - 1]?.index === index - 1 && node.steps[index - 1].nodeName === undefined;
    case 'Switch':
      return node === graph.root && !graph.rootIsCalled;
    default:
      return false;
  }
}

/** What is known of a condition: each is asked for many times, and few at once. */
interface Known {
  readonly needed: readonly string[];
  analysis?: PathAnalysis;
  order?: Order | null;
}

/** A field that is compared with a number: `[@this].#(score>0.5)`. */
interface Order {
  /** The field and the operator. */
  readonly side: string;
  /** The number, as it is written. */
  readonly bound: string;
}

const known = new Map<string, Known>();

function knownOf(condition: string): Known {
  let found = known.get(condition);
  if (found === undefined) {
    found = { needed: pathsIn(condition) };
    if (known.size > 1000) {
      known.clear();
    }
    known.set(condition, found);
  }
  return found;
}

/** What GJSON makes of a condition; nothing is claimed of one that is too long or deep to say. */
export function analysisOf(condition: string): PathAnalysis {
  return knownOf(condition).analysis ??= analyzed(condition);
}

function analyzed(condition: string): PathAnalysis {
  try {
    return analyze(condition);
  } catch (error) {
    if (!(error instanceof GjsonLimitError)) {
      throw error;
    }
    return { verdict: 'sometimes', traps: [] };
  }
}

/** Whether a condition holds wherever another does, where that is plain to see. */
export function holdsWith(condition: string, other: string): boolean {
  return condition === other || neededPaths(other).includes(condition) || isLooser(orderOf(condition), orderOf(other));
}

/** Numbers are compared as such, and texts byte by byte with the number as it is written: both must tell the same. */
function isLooser(a: Order | undefined, b: Order | undefined): boolean {
  if (a === undefined || a.side !== b?.side) {
    return false;
  }
  const [low, high] = a.side.includes('>') ? [a.bound, b.bound] : [b.bound, a.bound];
  return Number(low) <= Number(high) && low <= high;
}

/** Undefined where the condition is none that compares a field with a number. */
export function orderOf(condition: string): Order | undefined {
  const found = knownOf(condition);
  if (found.order === undefined) {
    const [, side, bound] = /^\[@this\][.|]#\(([A-Za-z_][\w-]*(?:\.[\w-]+)*[<>]=?)(-?\d+(?:\.\d+)?)\)$/.exec(condition) ?? [];
    found.order = side === undefined ? null : { side, bound };
  }
  return found.order ?? undefined;
}

/** The keys that a body has, where they are known exactly. */
function keysOf(body: Body): readonly string[] | undefined {
  switch (body.kind) {
    case 'ensemble':
      return body.keys;
    case 'instances':
      return ['instances'];
    default:
      return undefined;
  }
}

/** The field at the top of the document without which a condition cannot hold, where that is plain to see. */
export function firstKeyOf(condition: string): string | undefined {
  const needed = neededPaths(condition);
  return needed[needed.length - 1];
}

/**
 * The plain paths that exist in every document for which a condition holds, where that is plain to see, the longest first: those of a path of
 * names and indexes, and of one comparison in a query over the document. (`~` and `!` hold for a missing field too.)
 */
export function neededPaths(condition: string): readonly string[] {
  return knownOf(condition).needed;
}

function pathsIn(condition: string): string[] {
  const query = /^\[@this\][.|]#\(([^()~!]*)\)$/.exec(condition)?.[1];
  const [path] = (query === undefined ? PLAIN_PATH : /^[A-Za-z_][\w-]*(\.[\w-]+)*(?=$|[=<>%])/).exec(query ?? condition) ?? [];
  const parts = path?.split('.') ?? [];
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('.'));
}

const PLAIN_PATH = /^[A-Za-z_][\w-]*(\.[\w-]+)*$/;
