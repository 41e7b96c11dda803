import { lintRuntime, RUNTIME_RULES } from '../../../src/lint/runtime/lint';
import { Priorities } from '../../../src/lint/runtime/priorities';
import type { RuntimeRule } from '../../../src/lint/runtime/rule';
import { NEWEST_RELEASE, targetOf } from '../../../src/spec/versions';

/** What is known beside an example. */
const contextOf = ({ context: { kserveVersion } = {}, beside = [] }: RuntimeRule) => (
  { release: kserveVersion === undefined ? NEWEST_RELEASE : targetOf(kserveVersion), priorities: Priorities.of(beside) }
);

describe.each(RUNTIME_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('finds its failing example, and nothing else in it', () => {
    const found = lintRuntime(rule.fails, contextOf(rule));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((diagnostic) => diagnostic.rule !== id)).toEqual([]);
    expect(new Set(found.map((diagnostic) => diagnostic.severity))).toEqual(new Set([rule.severity]));
  });

  test('finds nothing in its mended example', () => {
    expect(lintRuntime(rule.mended, contextOf(rule))).toEqual([]);
  });

  test('is described', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(rule.title).toMatch(/^[^.]+$/);
    expect(rule.why).toMatch(/[.)]$/);
    expect(rule.source).not.toBe('');
  });
});

test('every rule has an id of its own', () => {
  expect(new Set(RUNTIME_RULES.map(({ id }) => id)).size).toBe(RUNTIME_RULES.length);
});
