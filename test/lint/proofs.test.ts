import {
  CLUSTER_PROOFS, CONTROLLER_PROOFS, FILE_PROOFS, OLD_CONTROLLER_PROOFS, OLD_ROUTER_PROOFS, OTHER_OLD_PROOFS, OTHER_PROOFS, OTHER_SERVICE_PROOFS,
  ROUTER_PROOFS, RUNTIME_PROOFS,
} from '../../conformance/support/rule-proofs';
import { FILE_RULES } from '../../src/cli/lint/rule-pages';
import { lintGraph, RULES } from '../../src/lint/lint';
import type { Rule } from '../../src/lint/rule';
import { RUNTIME_RULES } from '../../src/lint/runtime/lint';
import { SERVICE_RULES } from '../../src/lint/service/lint';
import { exampleContext } from '../support/example-context';

/*
 * Every rule is seen at work in the real KServe.
 */

/** The rules that are accounted for never, or more than once. */
function counted(rules: readonly Pick<Rule, 'id' | 'authority'>[], ...proofs: readonly object[]): string[] {
  const shown = proofs.flatMap((proof) => Object.keys(proof));
  const known = rules.map(({ id }) => id);
  return [
    ...rules.map(({ id, authority }) => {
      // a field that older releases lack is refused by them alone
      const ways = [authority !== undefined && id !== 'field-too-new', ...shown.map((one) => one === id)];
      return `${id}: ${ways.filter((way) => way).length}`;
    }).filter((line) => !line.endsWith(': 1')),
    ...shown.filter((id) => !known.includes(id)).map((id) => `${id}: no rule`),
  ];
}

test('each rule about graphs has one proof', () => {
  expect(counted(RULES, ROUTER_PROOFS, CONTROLLER_PROOFS, OTHER_PROOFS, OLD_ROUTER_PROOFS, OLD_CONTROLLER_PROOFS, OTHER_OLD_PROOFS)).toEqual([]);
});

test('each rule about services has one proof', () => {
  expect(counted(SERVICE_RULES, CLUSTER_PROOFS, OTHER_SERVICE_PROOFS)).toEqual([]);
});

test('each rule about runtimes has one proof', () => {
  expect(counted(RUNTIME_RULES, RUNTIME_PROOFS)).toEqual([]);
});

test('each rule about files has one proof', () => {
  expect(counted(FILE_RULES, FILE_PROOFS)).toEqual([]);
});

describe('a rule about old releases is found for those in which its effect was seen, and for no other', () => {
  test.each(Object.entries({ ...OLD_ROUTER_PROOFS, ...OLD_CONTROLLER_PROOFS }))('%s', (id, { seen, gone }) => {
    const rule = RULES.find((one) => one.id === id)!;
    const isFound = (kserveVersion: string) => lintGraph(rule.fails, { ...exampleContext(rule), kserveVersion }).some((found) => found.rule === id);
    expect(Object.keys({ ...seen, ...gone }).filter(isFound)).toEqual(Object.keys(seen));
  });
});
