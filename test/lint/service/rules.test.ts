import { lintService, SERVICE_RULES } from '../../../src/lint/service/lint';
import { exampleRelease } from '../../support/example-context';
import { testRules } from '../../support/rule-table';

testRules(SERVICE_RULES, (document, rule) => lintService(document, { release: exampleRelease(rule) }));
