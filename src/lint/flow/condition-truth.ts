import type { Body } from './body';

/** Whether a condition holds: for every body that is JSON, for none, or for some. */
export type Truth = 'always' | 'never' | 'sometimes';

/** Whether a condition can hold for a body. Claims nothing that is not certain. */
export function truthOf(condition: string, body: Body): Truth {
  // a document may have a field with an empty name, but no graph means that one
  if (condition === '' || body.kind === 'empty') {
    return 'never';
  }
  const key = firstKeyOf(condition);
  const keys = keysOf(body);
  if (key !== undefined && keys !== undefined && !keys.includes(key)) {
    return 'never';
  }
  return condition === '@this' ? 'always' : 'sometimes';
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

/**
 * The field of the document without which a condition cannot hold, where that is plain to see:
 * a path that begins with a name, or one query over the document that does. `~` holds for a missing field too.
 */
export function firstKeyOf(condition: string): string | undefined {
  const query = /^\[@this\][.|]#\(([^()~]*)\)$/.exec(condition)?.[1];
  const [, key] = (query === undefined ? /^([A-Za-z_][\w-]*)(?:$|[.|])/.exec(condition) : /^([A-Za-z_][\w-]*)(?:$|[.|=<>!%])/.exec(query)) ?? [];
  return key;
}
