import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, Program } from './oracle';

/** A question and the real KServe's answer, as recorded. */
export interface Vector<Question, Answer> {
  readonly question: Question;
  readonly answer: Answer;
}

const fileOf = (name: string): string => join(__dirname, '..', 'vectors', `${name}.jsonl`);

/** What is recorded under a name; needs neither Go nor KServe. */
export function recorded<Question, Answer>(name: string): Vector<Question, Answer>[] {
  return readFileSync(fileOf(name), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Vector<Question, Answer>);
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
    writeFileSync(fileOf(name), fresh.map((question, i) => `${JSON.stringify({ question, answer: answers[i] })}\n`).join(''));
  }
  const vectors = recorded<unknown, unknown>(name);
  return { then: vectors.map(({ answer }) => answer), now: await ask<unknown>(program, vectors.map(({ question }) => question)) };
}
