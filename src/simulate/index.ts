// by name where a file has more than types: functions would be missing in other languages
export { GraphCoverage } from './graph-coverage';
export * from './graph-simulator';
export * from './model-answer';
export * from './simulation-result';
export { StepFate } from './simulation-trace';
export type { NodeTrace, StepTrace } from './simulation-trace';
export * from './stub-model';
