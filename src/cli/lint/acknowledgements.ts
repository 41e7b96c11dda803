import type { Position } from './documents';
import { Lines } from './lines';
import { rulePages } from './on-demand';
import { nearest, quote } from '../../lint/words';

/** What is wrong with an acknowledgement, and what to do. */
export interface Idle {
  readonly message: string;
  readonly help: string;
}

/** What is wrong with an acknowledgement that is not used; `place` is what it is written as. */
export function idleOf(rule: string, reason: string, place: 'annotation' | 'comment'): Idle {
  const known = rulePages().listedRules().map(({ id }) => id);
  if (!known.includes(rule)) {
    const meant = nearest(rule, known);
    return {
      message: `an acknowledgement names no rule, got ${quote(rule)}`,
      help: meant === undefined ? "'cdk8s-kserve rules' lists them" : `did you mean '${meant}'?`,
    };
  }
  return reason === ''
    ? { message: `the acknowledgement of ${rule} gives no reason`, help: place === 'annotation' ? 'write the reason as its value' : 'write the reason behind a colon' }
    : { message: `the rule ${rule} is acknowledged, and finds nothing here`, help: `remove the ${place}` };
}

interface Comment extends Position {
  readonly rule: string;
  readonly reason: string;
}

/** What the comments of a file acknowledge: `# cdk8s-kserve: acknowledge <rule>: <reason>`. */
export class FileAcknowledgements {
  public static of(text: string): FileAcknowledgements {
    if (!text.includes('cdk8s-kserve:')) {
      return new FileAcknowledgements([]);
    }
    const lines = new Lines(text);
    const found = text.matchAll(/#[ \t]*cdk8s-kserve:[ \t]*acknowledge[ \t]+([^\s:]+)[ \t]*(?::[ \t]*([^\n\r]*))?/g);
    return new FileAcknowledgements(Array.from(found, ({ 1: rule, 2: reason = '', index }) => ({ rule, reason: reason.trim(), ...lines.at(index) })));
  }

  private readonly used = new Set<string>();

  private constructor(private readonly comments: readonly Comment[]) {}

  /** Whether a rule is acknowledged; that it was asked for is remembered. */
  public has(rule: string): boolean {
    const isKnown = this.comments.some((comment) => comment.rule === rule && comment.reason !== '');
    if (isKnown) {
      this.used.add(rule);
    }
    return isKnown;
  }

  /** The comments that nothing asked for, or that give no reason. */
  public idle(): readonly (Position & Idle)[] {
    return this.comments
      .filter(({ rule, reason }) => reason === '' || !this.used.has(rule))
      .map(({ rule, reason, line, column }) => ({ line, column, ...idleOf(rule, reason, 'comment') }));
  }
}
