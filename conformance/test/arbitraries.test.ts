import { inferenceGraph } from '../../test/arbitraries/graph';
import { differential } from '../client/differential';
import { AdmitAnswer, ask } from '../client/oracle';

const verdict = ({ schema, unknown, webhook }: AdmitAnswer): string => JSON.stringify({ schema, unknown, webhook });
const accepted = verdict({ schema: [], unknown: [], webhook: '' });

test('KServe accepts every graph that the generator calls valid', async () => {
  await differential(inferenceGraph(), 2_000, async (graphs) => {
    const answers = await ask<AdmitAnswer>('oracle', graphs.map((object) => ({ ask: 'admit', object })));
    return answers.map((answer) => (verdict(answer) === accepted ? undefined : verdict(answer)));
  });
});
