import type { Diagnostic } from '../../src/lint/diagnostic';
import type { Rule } from '../../src/lint/rule';

type Described = Pick<Rule, 'id' | 'severity' | 'title' | 'why' | 'source' | 'fails' | 'mended'>;

/** Each rule with its two examples: one is found by it and by no other, the other is clean. */
export function testRules<R extends Described>(rules: readonly R[], lint: (document: unknown, rule: R) => readonly Diagnostic[]): void {
  describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
    test('finds its failing example, and nothing else in it', () => {
      const found = lint(rule.fails, rule);
      expect(found.length).toBeGreaterThan(0);
      expect(found.filter((diagnostic) => diagnostic.rule !== id)).toEqual([]);
      expect(new Set(found.map((diagnostic) => diagnostic.severity))).toEqual(new Set([rule.severity]));
    });

    test('finds nothing in its mended example', () => {
      expect(lint(rule.mended, rule)).toEqual([]);
    });

    test('is described', () => {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(rule.title).toMatch(/^[^.]+$/);
      expect(rule.why).toMatch(/[.)]$/);
      expect(rule.source).not.toBe('');
    });
  });

  test('every rule has an id of its own', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });
}
