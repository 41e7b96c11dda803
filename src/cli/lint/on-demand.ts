/*
 * What most calls of `lint` do not need, and what takes a part of the time of a small one that is seen: loaded when it is first asked for.
 */
/* eslint-disable @typescript-eslint/no-require-imports */

/** The rules about InferenceServices. */
export const serviceRules = () => require('../../lint/service/lint') as typeof import('../../lint/service/lint');

/** The rules about ServingRuntimes, and what they are compared by. */
export const runtimeRules = () => require('../../lint/runtime/lint') as typeof import('../../lint/runtime/lint');
export const runtimePriorities = () => (require('../../lint/runtime/priorities') as typeof import('../../lint/runtime/priorities')).Priorities;

/** The parser that reads all of YAML and keeps positions. */
export const locatedYaml = () => require('./located') as typeof import('./located');

/** What mends files, with that parser. */
export const fixing = () => require('./fix-files') as typeof import('./fix-files');

/** All rules, by name. */
export const rulePages = () => require('./rule-pages') as typeof import('./rule-pages');
