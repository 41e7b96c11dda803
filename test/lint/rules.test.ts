import { lintGraph, RULES } from '../../src/lint/lint';
import { Severity } from '../../src/lint/severity';
import { exampleContext } from '../support/example-context';

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('finds its failing example, and nothing else in it', () => {
    const found = lintGraph(rule.fails, exampleContext(rule)).filter(({ severity }) => severity !== Severity.INFO || rule.severity === Severity.INFO);
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map((diagnostic) => diagnostic.rule))).toEqual(new Set([id]));
    expect(new Set(found.map((diagnostic) => diagnostic.severity))).toEqual(new Set([rule.severity]));
  });

  test('finds nothing in its mended example', () => {
    expect(lintGraph(rule.mended, exampleContext(rule))).toEqual([]);
  });

  test('is described', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(rule.title).toMatch(/^[^.]+$/);
    expect(rule.why).toMatch(/\.$/);
    expect(rule.source).toMatch(/v0\.\d+\.\d+/);
  });
});

test('every rule has an id of its own', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
});

test('who refuses an object refuses it for an error', () => {
  expect(RULES.filter(({ authority, severity }) => authority !== undefined && severity !== Severity.ERROR)).toEqual([]);
});
