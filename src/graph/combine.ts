import { byteText } from '../gjson/bytes';
import { Path } from '../gjson/parse';
import { queryEnd } from '../gjson/query-end';

/*
 * Boolean algebra with GJSON paths. A multipath `[a,b]` makes an array of what exists, so that counting its elements counts the
 * conditions that hold. It does so on every document, also on a bare number or text.
 */

/** A path that exists where at least so many of these do. */
export function atLeast(count: number, paths: readonly string[]): string {
  if (paths.length === 0) {
    throw new Error('there is no condition to combine, got none: give at least one');
  }
  if (!Number.isInteger(count) || count < 1 || count > paths.length) {
    throw new Error(`the number of conditions that must hold is out of range, got ${count}: give a whole number from 1 to ${paths.length}`);
  }
  return paths.length === 1 ? paths[0] : `[${paths.map(asMember).join(',')}].${count - 1}`;
}

/** A path that exists where this one does not. */
export function not(path: string): string {
  return `[[${asMember(path)}].#].#(==0)`;
}

/** A path that exists where the array at `array` has an element in which `path` exists. */
export function any(array: string, path: string): string {
  const start = array === '@this' ? '' : `${array}.`;
  // one comparison, of a field of the element or of the element itself, needs no array around the element
  const comparison = /^\[@this\]\.#\((.*)$/s.exec(path) ?? /^\[\[@this\]\]\.#\(0([=!<>%].*)$/s.exec(path);
  const query = comparison === null ? '' : `#(${comparison[1]}`;
  if (query !== '' && queryEnd(query) === query.length) {
    return start + query;
  }
  // each element in an array of its own, because a query asks a bare number or text for nothing but itself
  return `${start}#.[@this]|#(0|[${asMember(path)}].0)`;
}

/** A path so written that a multipath takes it whole: no comma or colon of its own may end it early. */
function asMember(path: string): string {
  // behind a modifier a colon no longer ends the name of a member
  const member = [path, `@this|@this|${path}`].find(isOneMember);
  if (member === undefined) {
    throw new Error(`the condition cannot be part of another, got '${path}': balance its brackets and quotes, `
      + 'or put it on a step of its own (a Switch in front of this one)');
  }
  return member;
}

function isOneMember(path: string): boolean {
  const { head } = new Path(byteText(`[${path}]`));
  return head.kind === 'multipath' && head.next === undefined && head.members.length === 1 && head.members[0].name === ''
    && head.members[0].path.text === byteText(path);
}
