export * from './graph/condition';
export * from './graph/field-path';
