import {
  CLUSTER_PROOFS, CONTROLLER_PROOFS, OLD_PROOFS, OTHER_PROOFS, OTHER_SERVICE_PROOFS, ROUTER_PROOFS,
} from '../../conformance/support/rule-proofs';
import { RULES } from '../../src/lint/lint';
import type { Rule } from '../../src/lint/rule';
import { SERVICE_RULES } from '../../src/lint/service/lint';

/*
 * Every rule is seen at work in the real KServe, or says on its page why not.
 */

/** The rules that are accounted for never, or more than once. */
function counted(rules: readonly Pick<Rule, 'id' | 'authority' | 'unproven'>[], ...proofs: readonly object[]): string[] {
  const shown = proofs.flatMap((proof) => Array.isArray(proof) ? proof as string[] : Object.keys(proof));
  const known = rules.map(({ id }) => id);
  return [
    ...rules.map(({ id, authority, unproven }) => {
      // a field that older releases lack is refused by them alone
      const ways = [authority !== undefined && id !== 'field-too-new', unproven !== undefined, ...shown.map((one) => one === id)];
      return `${id}: ${ways.filter((way) => way).length}`;
    }).filter((line) => !line.endsWith(': 1')),
    ...shown.filter((id) => !known.includes(id)).map((id) => `${id}: no rule`),
  ];
}

test('each rule about graphs has one proof', () => {
  expect(counted(RULES, ROUTER_PROOFS, CONTROLLER_PROOFS, OTHER_PROOFS, OLD_PROOFS)).toEqual([]);
});

test('each rule about services has one proof', () => {
  expect(counted(SERVICE_RULES, CLUSTER_PROOFS, OTHER_SERVICE_PROOFS)).toEqual([]);
});
