import * as fc from 'fast-check';
import { formatDiagnostic } from '../../../src/lint/diagnostic';
import { fieldsOf, listOf } from '../../../src/lint/json';
import { lintRuntime } from '../../../src/lint/runtime/lint';
import { Priorities } from '../../../src/lint/runtime/priorities';
import { mutated } from '../../arbitraries/mutation';
import { servingRuntimes } from '../../arbitraries/serving-runtime';

test('any JSON value is answered, and never by an exception', () => {
  fc.assert(fc.property(fc.jsonValue(), (document) => {
    expect(lintRuntime(document, { priorities: Priorities.of([document]) }).length).toBeGreaterThan(0);
  }));
});

test('damaged runtimes are answered with messages', () => {
  fc.assert(fc.property(mutated(servingRuntimes()), (damaged) => {
    const { runtime = null, beside } = fieldsOf(damaged);
    lintRuntime(runtime, { priorities: Priorities.of(listOf(beside)) }).map(formatDiagnostic).forEach((line) => {
      expect(line).toMatch(/^.+: .+ {2}\([a-z-]+\)$/s);
      expect(line).not.toMatch(/undefined|\[object/);
    });
  }), { numRuns: 2_000 });
});
