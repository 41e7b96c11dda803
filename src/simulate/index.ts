export * from './graph-coverage';
export * from './graph-simulator';
export * from './model-answer';
export * from './simulation-result';
export * from './simulation-trace';
export * from './stub-model';
