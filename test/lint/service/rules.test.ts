import { lintService, SERVICE_RULES } from '../../../src/lint/service/lint';
import type { ServiceRule } from '../../../src/lint/service/rule';
import { NEWEST_RELEASE, targetOf } from '../../../src/spec/versions';

/** The release that an example is for. */
const contextOf = ({ context: { kserveVersion } = {} }: ServiceRule) => (
  { release: kserveVersion === undefined ? NEWEST_RELEASE : targetOf(kserveVersion) }
);

describe.each(SERVICE_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('finds its failing example', () => {
    const found = lintService(rule.fails, contextOf(rule));
    expect(found.map((diagnostic) => diagnostic.rule)).toContain(id);
    // one mistake of a service may break several rules only where the example says so
    expect(found.filter((diagnostic) => diagnostic.rule !== id)).toEqual([]);
    expect(new Set(found.map((diagnostic) => diagnostic.severity))).toEqual(new Set([rule.severity]));
  });

  test('finds nothing in its mended example', () => {
    expect(lintService(rule.mended, contextOf(rule))).toEqual([]);
  });

  test('is described', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(rule.title).toMatch(/^[^.]+$/);
    expect(rule.why).toMatch(/[.)]$/);
    expect(rule.source).not.toBe('');
  });
});

test('every rule has an id of its own', () => {
  expect(new Set(SERVICE_RULES.map(({ id }) => id)).size).toBe(SERVICE_RULES.length);
});
