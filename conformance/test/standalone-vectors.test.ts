import { ReconcileQuestion } from '../client/oracle';
import { graphQuestions, quantityQuestion, serviceQuestions } from '../client/standalone-cases';
import { askedAgain } from '../client/vectors';

const SEED = 20_261_124;

/** Small ones, since a repository keeps them. */
function short(questions: readonly ReconcileQuestion[], count: number): ReconcileQuestion[] {
  return questions.filter((question) => JSON.stringify(question).length < 2_500).slice(0, count);
}

test('the recorded objects are those that the real controller makes', async () => {
  const services = process.env.RECORD ? await serviceQuestions(60, SEED) : [];
  const { then, now } = await askedAgain('oracle', 'standalone', () => [...short(graphQuestions(300, SEED), 25), quantityQuestion(300, SEED), ...services]);

  expect(now).toEqual(then);
});
