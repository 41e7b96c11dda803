import { lintRuntime, RUNTIME_RULES } from '../../../src/lint/runtime/lint';
import { Priorities } from '../../../src/lint/runtime/priorities';
import { exampleRelease } from '../../support/example-context';
import { testRules } from '../../support/rule-table';

testRules(RUNTIME_RULES, (document, rule) => lintRuntime(document, { release: exampleRelease(rule), priorities: Priorities.of(rule.beside ?? []) }));
