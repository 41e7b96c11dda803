import type { Body } from './body';
import { analyze } from '../../gjson/analyze';
import type { PathAnalysis } from '../../gjson/analyze';
import { GjsonLimitError } from '../../gjson/budget';

/** Whether a condition holds: for every body that is JSON, for none, or for some. */
export type Truth = 'always' | 'never' | 'sometimes';

/** Whether a condition can hold for a body. Claims nothing that is not certain. */
export function truthOf(condition: string, body: Body): Truth {
  // a document may have a field with an empty name, but no graph means that one
  if (condition === '' || body.kind === 'empty') {
    return 'never';
  }
  const { met = [], unmet = [] } = body;
  const needed = neededPaths(condition);
  if (unmet.some((tested) => tested === condition || needed.includes(tested))) {
    return 'never';
  }
  if (met.some((tested) => tested === condition || neededPaths(tested).includes(condition))) {
    return 'always';
  }
  const [key] = needed.slice(-1);
  const keys = keysOf(body);
  if (needed[0] === condition && keys?.includes(condition) === true) {
    return 'always';
  }
  return key !== undefined && keys !== undefined && !keys.includes(key) ? 'never' : analysisOf(condition).verdict;
}

const known = new Map<string, PathAnalysis>();

/** What GJSON makes of a condition; nothing is claimed of one that is too long or deep to say. */
export function analysisOf(condition: string): PathAnalysis {
  let analysis = known.get(condition);
  if (analysis === undefined) {
    try {
      analysis = analyze(condition);
    } catch (error) {
      if (!(error instanceof GjsonLimitError)) {
        throw error;
      }
      analysis = { verdict: 'sometimes', traps: [] };
    }
    // each condition is asked for many times, and few are known at once
    if (known.size > 1000) {
      known.clear();
    }
    known.set(condition, analysis);
  }
  return analysis;
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
  return neededPaths(condition).slice(-1)[0];
}

/**
 * The plain paths that exist in every document for which a condition holds, where that is plain to see, the longest first: those of a path of
 * names and indexes, and of one comparison in a query over the document. (`~` and `!` hold for a missing field too.)
 */
export function neededPaths(condition: string): string[] {
  const query = /^\[@this\][.|]#\(([^()~!]*)\)$/.exec(condition)?.[1];
  const [path] = (query === undefined ? PLAIN_PATH : /^[A-Za-z_][\w-]*(\.[\w-]+)*(?=$|[=<>%])/).exec(query ?? condition) ?? [];
  const parts = path?.split('.') ?? [];
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('.'));
}

const PLAIN_PATH = /^[A-Za-z_][\w-]*(\.[\w-]+)*$/;
