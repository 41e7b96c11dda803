import { Budget, GjsonLimitError } from './budget';
import { EMPTY } from './bytes';
import { compareBoolean, compareNumber, evaluate } from './evaluate';
import { ArrayStep, MultipathHead, Path, Query } from './parse';

/** For which valid JSON documents a path exists. `always` and `never` are proofs; `sometimes` is also said where there is none. */
export type Verdict = 'always' | 'never' | 'sometimes';

/**
 * What is known of a JSON text before there is one.
 * `any`: some valid JSON value. `array`: a valid array of `min` to `max` elements. `number`: one from `min` to `max`.
 * `unknown`: perhaps no valid JSON, of which nothing can be said.
 */
type Shape =
  | { readonly kind: 'any' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'array'; readonly min: number; readonly max: number; readonly element: Shape };

/** What a path may lead to: to nothing (`missing`), to a value (`shape` is there), or to one of both. */
interface Outcome {
  readonly missing: boolean;
  readonly shape?: Shape;
}

const ANY: Shape = { kind: 'any' };
const UNKNOWN: Shape = { kind: 'unknown' };
type ArrayShape = Extract<Shape, { kind: 'array' }>;
const LIST: ArrayShape = { kind: 'array', min: 0, max: Infinity, element: UNKNOWN };

const NOTHING: Outcome = { missing: true };
const MAYBE: Outcome = { missing: true, shape: UNKNOWN };
const there = (shape: Shape): Outcome => ({ missing: false, shape });
const either = (a: Outcome, b: Outcome): Outcome => ({
  missing: a.missing || b.missing,
  shape: a.shape === undefined ? b.shape : b.shape === undefined ? a.shape : merged([a.shape, b.shape]),
});

/** Nested deeper than this, nothing is proven. */
const DEEPEST = 60;

export function verdictOf(path: Path): Verdict {
  const { missing, shape } = lookUp(path, ANY, DEEPEST);
  return !missing ? 'always' : shape === undefined ? 'never' : 'sometimes';
}

/** Steps without modifiers and literals find nothing but pieces of the document, and lists and counts of them: valid JSON. */
const PLAIN_STEPS = /^(?:[^!@]|![=%])*$/;

/** gjson's `Get`, on a text of which only the shape is known. */
function lookUp(path: Path, input: Shape, depth: number): Outcome {
  if (depth === 0) {
    return MAYBE;
  }
  const head = path.head;
  switch (head.kind) {
    case 'literal':
      return onNothing(path); // the document plays no part
    case 'modifier': {
      const outcome = modified(head.name, input);
      return head.next === undefined || outcome.shape === undefined || outcome.missing ? head.next === undefined ? outcome : MAYBE
        : lookUp(head.next, outcome.shape, depth - 1);
    }
    case 'multipath': {
      const shape = assembled(head, input, depth);
      return head.next === undefined ? there(shape) : lookUp(head.next, shape, depth - 1);
    }
    case 'lines':
      return MAYBE;
    case 'steps':
      switch (input.kind) {
        case 'number':
          return NOTHING; // a walk begins at a bracket, and a number has none
        case 'array':
          return inArray(head.path.arrayStep, input, depth);
        case 'any':
          return { missing: true, shape: PLAIN_STEPS.test(head.path.text) ? ANY : UNKNOWN };
        default:
          return MAYBE;
      }
  }
}

/** The path on nothing at all, which is a known text: the empty one. */
function onNothing(path: Path): Outcome {
  try {
    return evaluate(EMPTY, path, new Budget(0)).exists ? there(UNKNOWN) : NOTHING;
  } catch (error) {
    if (error instanceof GjsonLimitError) {
      return MAYBE;
    }
    throw error;
  }
}

function modified(name: string, input: Shape): Outcome {
  if (!isJson(input)) {
    return MAYBE;
  }
  switch (name) {
    case 'this': case 'ugly': case 'pretty': case 'valid': case 'reverse':
      return there(input);
    case 'flatten':
      return there(input.kind === 'array' ? { ...LIST, element: ANY } : ANY);
    case 'join':
      return there(ANY);
    case 'keys': case 'values':
      return there({ ...LIST, element: ANY });
    case 'dig':
      return there(LIST);
    case 'tostr':
      return there(UNKNOWN); // always a text, but a walk looks for brackets inside of it
    default:
      return MAYBE;
  }
}

function assembled(head: MultipathHead, input: Shape, depth: number): Shape {
  const outcomes = head.members.map((member) => lookUp(member.path, input, depth - 1));
  const shapes = outcomes.flatMap(({ shape }) => (shape === undefined ? [] : [shape]));
  if (head.shape === '{') {
    return shapes.some((shape) => !isJson(shape)) ? UNKNOWN : ANY;
  }
  // what may be broken JSON may break the array around it; nothing is known of that array then
  return shapes.some((shape) => !isJson(shape))
    ? UNKNOWN
    : { kind: 'array', min: outcomes.filter(({ missing }) => !missing).length, max: shapes.length, element: merged(shapes) };
}

function isJson(shape: Shape): boolean {
  return shape.kind !== 'unknown' && (shape.kind !== 'array' || shape.max === 0 || isJson(shape.element));
}

function merged(shapes: readonly Shape[]): Shape {
  const [first, ...rest] = shapes;
  return first === undefined ? ANY : rest.reduce((a, b) => {
    if (a.kind === 'number' && b.kind === 'number') {
      return { kind: 'number', min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
    }
    if (a.kind === 'array' && b.kind === 'array') {
      return { kind: 'array', min: Math.min(a.min, b.min), max: Math.max(a.max, b.max), element: merged([a.element, b.element]) };
    }
    return isJson(a) && isJson(b) ? ANY : UNKNOWN;
  }, first);
}

function inArray(step: ArrayStep, input: ArrayShape, depth: number): Outcome {
  const { min, max, element } = input;
  if (!isJson(input)) {
    return step.query?.all === true || step.part === '#' ? alwaysList(step) : MAYBE;
  }
  const piped = (outcome: Outcome): Outcome => {
    if (step.pipe === undefined) {
      return outcome;
    }
    const onValue = outcome.shape === undefined ? undefined : lookUp(step.pipe, outcome.shape, depth - 1);
    const onMissing = outcome.missing ? onNothing(step.pipe) : undefined;
    return onValue === undefined ? onMissing ?? MAYBE : onMissing === undefined ? onValue : either(onValue, onMissing);
  };
  if (step.collect !== undefined) {
    return step.collect.split.right === undefined ? there(LIST) : MAYBE;
  }
  if (step.query !== undefined) {
    return inQuery(step, step.query, input, depth, piped);
  }
  if (step.all) {
    return step.part === '#' ? piped(there({ kind: 'number', min, max })) : step.next === undefined ? piped(NOTHING) : NOTHING;
  }
  if (step.index < 0 || step.index >= max) {
    return step.next === undefined ? piped(NOTHING) : NOTHING;
  }
  return step.next === undefined ? piped({ missing: step.index >= min, shape: element }) : MAYBE;
}

function inQuery(
  step: ArrayStep, query: Query, { min, max, element }: ArrayShape, depth: number, piped: (outcome: Outcome) => Outcome,
): Outcome {
  if (query.all) {
    if (step.next !== undefined) {
      return alwaysList(step);
    }
    return piped(there({ kind: 'array', min: 0, max, element }));
  }
  const { can, must } = holds(query, element, depth);
  if (max === 0 || !can) {
    return step.next === undefined ? piped(NOTHING) : NOTHING;
  }
  return step.next === undefined ? piped({ missing: !(must && min > 0), shape: element }) : MAYBE;
}

/** A step that makes a list of what it finds makes one of nothing, too; a pipe behind it may lead anywhere. */
function alwaysList(step: ArrayStep): Outcome {
  const pipes = step.pipe !== undefined || step.next?.split.right !== undefined || step.collect?.split.right !== undefined;
  return pipes ? MAYBE : there(UNKNOWN);
}

/** Whether an element of this shape can fit the query, and whether every such element must. */
function holds(query: Query, element: Shape, depth: number): { can: boolean; must: boolean } {
  if (query.value.startsWith('~') && query.operator !== '') {
    const known = ['~*', '~null', '~true', '~false'].includes(query.value);
    return { can: known && [true, false].some((truth) => compareBoolean(truth, query.operator, 'true')), must: false };
  }
  if (!['', '=', '!=', '<', '<=', '>', '>=', '%', '!%'].includes(query.operator)) {
    return { can: false, must: false };
  }
  if (element.kind === 'number') {
    // only objects and arrays are asked for a path
    return query.path.text === '' ? inRange(query, element.min, element.max) : { can: false, must: false };
  }
  if (query.path.text === '' && element.kind !== 'array') {
    return { can: true, must: false }; // a text or number itself, or the member with an empty name of an object
  }
  const { missing, shape } = lookUp(query.path, element, depth - 1);
  return { can: shape !== undefined, must: query.operator === '' && element.kind === 'array' && !missing };
}

/** Counts are whole numbers: what holds for both ends of a range holds in between, or the range is too long to say. */
function inRange({ operator, valueNumber }: Query, min: number, max: number): { can: boolean; must: boolean } {
  if (operator === '' ) {
    return { can: true, must: true };
  }
  if (max - min > 1000) {
    return { can: true, must: false };
  }
  const truths: boolean[] = [];
  for (let n = min; n <= max; n++) {
    truths.push(compareNumber(n, operator, valueNumber));
  }
  return { can: truths.includes(true), must: !truths.includes(false) };
}
