import { Budget } from './budget';
import { Rune, runeAt, runeBefore } from './bytes';

/** gjson gives up a match after this many attempts for each byte of the text; what is given up does not match. */
const ATTEMPTS_PER_BYTE = 10_000;

const STAR = 0x2a;
const QUESTION = 0x3f;
const BACKSLASH = 0x5c;

/** A text and a pattern, each as the part between two positions. */
interface Attempt {
  s: number;
  sEnd: number;
  p: number;
  pEnd: number;
}

/**
 * Whether the whole text matches the pattern: `*` any run of characters, `?` one character, `\` makes the next one plain.
 * The order of attempts is that of github.com/tidwall/match v1.1.1, because the limit counts them; its recursion is a stack here.
 */
export function matches(text: Uint8Array, pattern: Uint8Array, budget: Budget): boolean {
  if (pattern.length === 1 && pattern[0] === STAR) {
    return true;
  }
  const limit = text.length * ATTEMPTS_PER_BYTE;
  const waiting: Attempt[] = []; // each stands on a star that may take one more character
  let now: Attempt = { s: 0, sEnd: text.length, p: 0, pEnd: pattern.length };
  let attempts = 1;

  for (;;) {
    const from = now.p;
    const outcome = step(text, pattern, now, budget);
    budget.spend(8 + now.p - from);
    if (outcome === 'match') {
      return true;
    }
    if (outcome === 'star') {
      if (attempts++ > limit) {
        return false;
      }
      waiting.push(now);
      now = { ...now, p: now.p + 1 };
      continue;
    }
    // back to the last star: it takes one more character
    let star = waiting.pop();
    while (star !== undefined && star.s === star.sEnd) {
      star = waiting.pop();
    }
    if (star === undefined) {
      return false;
    }
    star.s += runeAt(text, star.s, star.sEnd).size;
    now = star;
  }
}

/** Walks to the next star that text and pattern agree up to, or to the end. */
function step(text: Uint8Array, pattern: Uint8Array, at: Attempt, budget: Budget): 'match' | 'star' | 'no' {
  while (at.p < at.pEnd) {
    let wanted = runeAt(pattern, at.p, at.pEnd);
    if (wanted.code === STAR) {
      while (at.pEnd - at.p > 1 && pattern[at.p + 1] === STAR) {
        at.p++;
      }
      if (at.pEnd - at.p === 1) {
        return 'match';
      }
      if (!trimSuffix(text, pattern, at, budget)) {
        return 'no';
      }
      return at.pEnd - at.p === 1 ? 'match' : 'star';
    }
    const found = runeAt(text, at.s, at.sEnd);
    if (found.size === 0) {
      return 'no';
    }
    if (wanted.code !== QUESTION) {
      if (wanted.code === BACKSLASH) {
        at.p += 1;
        wanted = runeAt(pattern, at.p, at.pEnd);
        if (wanted.size === 0) {
          return 'no';
        }
      }
      if (wanted.code !== found.code) {
        return 'no';
      }
    }
    at.s += found.size;
    at.p += wanted.size;
  }
  return at.s === at.sEnd ? 'match' : 'no';
}

/** Takes from both ends what follows the last star; false where it differs. */
function trimSuffix(text: Uint8Array, pattern: Uint8Array, at: Attempt, budget: Budget): boolean {
  while (at.sEnd > at.s && at.pEnd - at.p > 1) {
    const wanted = runeBefore(pattern, at.p, at.pEnd);
    let backslashes = 0;
    while (pattern[at.pEnd - wanted.size - backslashes - 1] === BACKSLASH) {
      backslashes++;
    }
    budget.spend(2 + backslashes);
    const escaped = backslashes % 2 === 1;
    if (wanted.code === STAR && !escaped) {
      return true;
    }
    const found: Rune = runeBefore(text, at.s, at.sEnd);
    if (!(wanted.code === QUESTION && !escaped) && wanted.code !== found.code) {
      return false;
    }
    at.sEnd -= found.size;
    at.pEnd -= wanted.size + (escaped ? 1 : 0);
  }
  return true;
}
