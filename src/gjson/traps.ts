import { byteText, textOfByteText } from './bytes';
import { quoteText } from './escape';
import { isModifier } from './modifier-names';
import { Path, Query } from './parse';
import { Part, partsOf } from './parts';
import { aroundQuery, closed, conditionOf, dotted, isNumber, joined, queryOf } from './rewrite';
import { Verdict, verdictOf } from './verdict';

/** The ways in which a condition is read otherwise than it was meant. */
export type TrapId =
  | 'empty' // no path
  | 'default-word' // `default`, `else`: the name of a field
  | 'template-braces' // `{…}`, `{{…}}`
  | 'unbalanced' // a bracket or quote is not closed, or closed twice
  | 'boolean-operator' // `&&`, `||`
  | 'jsonpath' // `$.a`, `a[0]`
  | 'single-quotes'
  | 'comparison-outside-query' // `score>0.5`
  | 'line-break' // around a name, as a YAML block leaves it
  | 'unknown-modifier' // `a|@length`
  | 'negation' // `!a`
  | 'list-always-exists' // `#(…)#`, `#.x`, a trailing `#`
  | 'multipath-always-exists' // `[a,b]`
  | 'boolean-literal' // `==true` is also the number 0
  | 'text-compared-with-number' // `>"10"`, `>abc`
  | 'matches-any-value' // a bare path: `false` and `null` exist
  | 'always-matches' // for another reason
  | 'never-matches';

export interface Trap {
  readonly id: TrapId;
  /** What GJSON does with it, in a sentence without a capital and full stop. */
  readonly reason: string;
  /** What to write instead; missing where only a human can say. */
  readonly mend?: string;
}

/** Nobody writes a longer condition by hand. */
const LONGEST = 10_000;

/** So many mends one after another may a path need. */
const MENDS = 5;

export function findTraps(path: string, parts: readonly Part[], verdict: Verdict, mends = MENDS): Trap[] {
  if (path.length > LONGEST) {
    return [];
  }
  const written = inText(path);
  const found = written !== undefined ? [written] : inParts(path, parts, verdict);
  return found.map((trap) => ({ ...trap, mend: mended(trap.mend, mends - 1) }));
}

/** What shows only when the path is read. */
function inParts(path: string, parts: readonly Part[], verdict: Verdict): Trap[] {
  const named = nameTrap(path, parts);
  if (named !== undefined) {
    return [named];
  }
  const found = [listTrap(path, parts), ...queriesIn(parts).flatMap((query) => comparisonTraps(path, query)), bareTrap(path, parts)]
    .flatMap((trap) => (trap === undefined ? [] : [trap]));
  if (found.length > 0 || path === '@this') {
    return found;
  }
  if (verdict === 'always') {
    return [{ id: 'always-matches', reason: 'the path makes a value of any document, so it always exists', mend: '@this' }];
  }
  return verdict === 'never' ? [{ id: 'never-matches', reason: 'no document has what the path asks for' }] : [];
}

/** What shows in the text alone. One finding at a time: a mend may meet the next. */
function inText(path: string): Trap | undefined {
  const text = path.trim();
  if (text === '') {
    return { id: 'empty', reason: 'GJSON looks for a member with an empty name, so it never matches a usual document', mend: '@this' };
  }
  if (/^(?:default|else|otherwise|always|true)$/i.test(text)) {
    return {
      id: 'default-word', reason: `'${text}' is the name of a field to GJSON; a step that runs in any case has the condition '@this'`, mend: '@this',
    };
  }
  if (text.startsWith('{')) {
    return {
      id: 'template-braces',
      reason: 'braces build a new object of what is inside, and that object always exists, even empty',
      mend: /^\{\s*"?[^"=<>#]*"?\s*:/.test(text) ? undefined : text.replace(/^\{+\s*|\s*\}+$/g, ''),
    };
  }
  if (closed(path) !== path) {
    return {
      id: 'unbalanced',
      reason: 'a bracket or quote is not closed, so that GJSON reads the rest of the path as a name, or asks nothing at all',
      mend: closed(path),
    };
  }
  return joinedTrap(path) ?? jsonpathTrap(path) ?? quotesTrap(path) ?? comparisonOutside(path);
}

/** The text after all mends that it needs itself; undefined where it then still steps into a trap, or can never match. */
function mended(guess: string | undefined, mends: number): string | undefined {
  if (guess === undefined || guess.trim() === '' || mends === 0) {
    return undefined;
  }
  const path = new Path(byteText(guess));
  const verdict = verdictOf(path);
  const [trap] = findTraps(guess, partsOf(path), verdict, mends);
  if (trap !== undefined && trap.id !== 'matches-any-value') {
    return trap.mend;
  }
  return verdict === 'sometimes' || guess === '@this' ? guess : undefined;
}

function joinedTrap(path: string): Trap | undefined {
  const query = aroundQuery(path);
  const both = joined(query === undefined ? path : query.inside);
  if (both === undefined) {
    return undefined;
  }
  const reason = 'GJSON has no && and no ||: what follows the first comparison is part of the text that it compares with';
  const inner = both.parts.map(queryOf);
  const clean = query === undefined || (query.after === '' && !/[#"']/.test(query.before));
  if (!clean || inner.length === 0 || inner.includes(undefined)) {
    return { id: 'boolean-operator', reason };
  }
  const before = query?.before ?? '[@this].';
  return {
    id: 'boolean-operator',
    reason,
    mend: both.operator === '&&'
      ? inner.map((one, i) => `${i === 0 ? before : ''}#(${one})`).join('#|')
      : `[${inner.map((one) => `${before}#(${one})`).join(',')}].0`,
  };
}

function jsonpathTrap(path: string): Trap | undefined {
  if (!/^\s*\$(?:\.|\[|$)/.test(path) && !/^[^#"'[{(@]*\w\[(?:\d+|'[^']*'|"[^"]*")\]/.test(path)) {
    return undefined;
  }
  const rewritten = dotted(path);
  return {
    id: 'jsonpath',
    reason: 'GJSON has no $ and no brackets behind a name: it looks for members that are named so',
    mend: rewritten === '' ? '@this' : rewritten,
  };
}

function quotesTrap(path: string): Trap | undefined {
  return /[=<>%]\s*'[^'"\\]*'\s*\)/.test(path)
    ? {
      id: 'single-quotes',
      reason: 'single quotes are part of the text that GJSON compares with; only double quotes enclose a text',
      mend: path.replace(/([=<>%]\s*)'([^'"\\]*)'(?=\s*\))/g, '$1"$2"'),
    }
    : undefined;
}

function comparisonOutside(path: string): Trap | undefined {
  const outside = path.replace(/\\./gs, '').replace(/"(?:[^"\\]|\\.)*"|[([{].*[)\]}]/gs, '');
  return /[=<>]/.test(outside) && !/^[!@]/.test(path)
    ? {
      id: 'comparison-outside-query',
      reason: 'GJSON compares only inside of a query, #(…); outside of one the comparison is part of a name',
      mend: conditionOf(path),
    }
    : undefined;
}

/** What GJSON takes for a part of a name. */
function nameTrap(path: string, parts: readonly Part[]): Trap | undefined {
  const [first, last] = [parts[0], parts[parts.length - 1]];
  if ((first?.kind === 'key' && /^\s*[\r\n]/.test(path)) || (last?.kind === 'key' && /[\r\n]\s*$/.test(path))) {
    return { id: 'line-break', reason: 'the line break is part of the name that GJSON looks for; a block in YAML keeps it', mend: path.trim() };
  }
  const modifier = /(?:^|[.|])(@[A-Za-z]\w*)/.exec(path)?.[1];
  if (modifier !== undefined && parts.some((part) => part.kind === 'key' && part.key.startsWith(modifier))) {
    const known = modifier.slice(1).toLowerCase();
    return {
      id: 'unknown-modifier',
      reason: `GJSON has no modifier ${modifier}: it looks for a member that is named so`,
      mend: isModifier(known) ? path.replace(modifier, `@${known}`) : undefined,
    };
  }
  return first?.kind === 'key' && /^![A-Za-z_]/.test(path)
    ? {
      id: 'negation',
      reason: "GJSON has no 'not': the ! is part of the name that it looks for",
      mend: isPlain(parts) ? `[@this].#(${path.slice(1)}==~false)` : undefined,
    }
    : undefined;
}

/** Whether a path has nothing but names and indexes. */
function isPlain(parts: readonly Part[]): boolean {
  return parts.every(({ kind }) => kind === 'key' || kind === 'index');
}

/** Paths that make a list: it exists even where nothing is in it. */
function listTrap(path: string, parts: readonly Part[]): Trap | undefined {
  const last = parts[parts.length - 1];
  const element = parts[parts.length - 2];
  if (last?.kind === 'multipath') {
    const members = last.members.map((member) => textOfByteText(member.path.text));
    return {
      id: 'multipath-always-exists',
      reason: 'the list that brackets build always exists, even empty',
      mend: parts.length === 1 && last.shape === '[' && members.length > 0 ? members.length === 1 ? members[0] : `${path}.0` : undefined,
    };
  }
  const reason = (what: string) => `${what} makes a list, which exists as soon as the array does, even if nothing is in it`;
  if (last?.kind === 'query' && last.query.all) {
    return { id: 'list-always-exists', reason: reason('#(…)#'), mend: path.endsWith(')#') ? path.slice(0, -1) : undefined };
  }
  if (last?.kind === 'collect') {
    const inner = textOfByteText(last.path.text);
    const array = path.slice(0, path.length - inner.length - 2);
    const mend = element?.kind !== 'query' && path.endsWith(`#.${inner}`) && !/[#|[\]{}!=<>%]/.test(inner) ? `${array}#(${inner})` : undefined;
    return { id: 'list-always-exists', reason: reason('#.…'), mend };
  }
  return last?.kind === 'count'
    ? { id: 'list-always-exists', reason: 'the number of elements exists as soon as the array does, 0 included', mend: countMend(path, parts) }
    : undefined;
}

function countMend(path: string, parts: readonly Part[]): string | undefined {
  return isPlain(parts.slice(0, -1)) ? `[@this].#(${path}>0)` : undefined;
}

/** The queries of the path, and those inside of its lists. */
function queriesIn(parts: readonly Part[], depth = 10): Query[] {
  return depth === 0 ? [] : parts.flatMap((part) => {
    switch (part.kind) {
      case 'query':
        return [part.query, ...(part.query.path.text === '' ? [] : queriesIn(partsOf(part.query.path), depth - 1))];
      case 'multipath':
        return part.members.flatMap((member) => (member.path.text === '' ? [] : queriesIn(partsOf(member.path), depth - 1)));
      case 'collect':
        return part.path.text === '' ? [] : queriesIn(partsOf(part.path), depth - 1);
      default:
        return [];
    }
  });
}

function comparisonTraps(path: string, query: Query): Trap[] {
  const field = textOfByteText(query.path.text);
  const value = textOfByteText(query.value);
  const written = `${field}${query.operator === '=' ? '==' : query.operator}`;
  const replaced = (by: string): string | undefined => {
    const found = path.split(`(${written}${value})`);
    return found.length === 2 ? found.join(`(${by})`) : undefined; // the text is there once, and only so is it clear what to replace
  };
  // in quotes it is a text that happens to be this word
  if (/^(?:true|false)$/.test(value) && query.operator === '=' && !path.includes(`"${value}"`)) {
    return [{
      id: 'boolean-literal',
      reason: `==${value} matches the boolean, the text "${value}" and the number 0`,
      mend: field === '' ? undefined : replaced(`${field}|@tostr==${quoteText(value)}`),
    }];
  }
  if (/^[<>]=?$/.test(query.operator) && !value.startsWith('~') && !isNumber(value) && !path.includes(quoteText(value))) {
    return [{
      id: 'text-compared-with-number',
      reason: `'${value}' is no number, so that a text is compared with it letter by letter, and a number with 0`,
      mend: undefined,
    }];
  }
  if (/^[<>]=?$/.test(query.operator) && isNumber(value) && path.includes(`"${value}"`)) {
    return [{
      id: 'text-compared-with-number',
      reason: `quotes change nothing: a number is compared with ${value}, a text letter by letter ("10" stands before "9")`,
      mend: path.split(`"${value}"`).length === 2 ? path.replace(`"${value}"`, value) : undefined,
    }];
  }
  return [];
}

/** A path of plain names: it asks whether something is there, not what it is. */
function bareTrap(path: string, parts: readonly Part[]): Trap | undefined {
  return parts.length > 0 && isPlain(parts)
    ? {
      id: 'matches-any-value',
      reason: 'a path alone asks whether the field is there; false, 0, null and "" are',
      mend: `[@this].#(${path}|@tostr=="true")`,
    }
    : undefined;
}
