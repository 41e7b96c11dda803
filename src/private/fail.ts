import type { IConstruct } from 'constructs';

/** Refuses a call that has no meaning: where, what is wrong, and what to do. */
export function fail(where: IConstruct, problem: string, help: string): never {
  throw new Error(`[${where.node.path}] ${problem}: ${help}`);
}
