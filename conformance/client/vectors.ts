import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, Program } from './oracle';

/** A question and the real KServe's answer, as recorded. */
export interface Vector<Question, Answer> {
  readonly question: Question;
  readonly answer: Answer;
}

/** A question and the answers of several releases; those that answer alike stand together. */
export interface VersionedVector<Question, Answer> {
  readonly question: Question;
  readonly answers: readonly { readonly versions: readonly string[]; readonly answer: Answer }[];
}

const fileOf = (name: string): string => join(__dirname, '..', 'vectors', `${name}.jsonl`);

/** What is recorded under a name; needs neither Go nor KServe. */
export function recorded<One>(name: string): One[];
export function recorded<Question, Answer>(name: string): Vector<Question, Answer>[];
export function recorded(name: string): unknown[] {
  return readFileSync(fileOf(name), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
}

/** Records anew. */
export function write(name: string, vectors: readonly unknown[]): void {
  writeFileSync(fileOf(name), vectors.map((vector) => `${JSON.stringify(vector)}\n`).join(''));
}

/**
 * Asks every recorded question again, and returns the recorded answers and today's.
 *
 * With RECORD=1 in the environment (`npx projen conformance:record`) the questions and their answers are written anew first.
 */
export async function askedAgain(program: Program, name: string, questions: () => readonly unknown[]): Promise<{ then: unknown[]; now: unknown[] }> {
  if (process.env.RECORD) {
    const fresh = questions();
    const answers = await ask<unknown>(program, fresh);
    write(name, fresh.map((question, i) => ({ question, answer: answers[i] })));
  }
  const vectors = recorded<unknown, unknown>(name);
  return { then: vectors.map(({ answer }) => answer), now: await ask<unknown>(program, vectors.map(({ question }) => question)) };
}
