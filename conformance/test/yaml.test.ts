import { isDeepStrictEqual } from 'node:util';
import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { FILE_RULES } from '../../src/cli/lint/rule-pages';
import { READ_OTHERWISE } from '../../src/cli/lint/words';
import { unsafeTexts } from '../../src/private/unsafe-texts';
import type { InferenceGraphManifest } from '../../src/spec/inference-graph';
import { plainScalarText, YAML_TRAPS } from '../../test/arbitraries/plain-scalar';
import { readings, yamlQuestion } from '../../test/support/kubectl-yaml';
import type { YamlAnswer } from '../../test/support/kubectl-yaml';
import { differential } from '../client/differential';
import { ask } from '../client/oracle';
import type { AdmitAnswer } from '../client/oracle';
import { askedAgain } from '../client/vectors';

/*
 * YAML as kubectl reads it (k8s.io/apimachinery, sigs.k8s.io/yaml), and as the linter does.
 */

/** How the readings of texts differ. */
async function compared(texts: readonly string[]): Promise<(string | undefined)[]> {
  const answers = await ask<YamlAnswer>('oracle', texts.map(yamlQuestion));
  return texts.map((text, i) => {
    const [kubectl, ours] = Object.values(readings(text, answers[i])).map((reading) => JSON.stringify(reading));
    return kubectl === ours ? undefined : `${JSON.stringify(text)}: kubectl ${kubectl}, ours ${ours}`;
  });
}

test('the recorded readings are those of kubectl', async () => {
  const { then, now } = await askedAgain('oracle', 'yaml', () => YAML_TRAPS.map(yamlQuestion));
  expect(now).toEqual(then);
});

test('texts without quotes are read alike, as values and as keys', async () => {
  await differential(fc.tuple(plainScalarText, fc.constantFrom((text: string) => `a: ${text}\n`, (text: string) => `${text}: a\n`)), 40_000, (cases) => (
    compared(cases.map(([text, write]) => write(text)))
  ));
});

/** A text of several documents, each line of which may be a border. */
const stream = fc.tuple(
  fc.array(fc.constantFrom(
    '---', '---', '---', '--- # c', '--- {a: 1}', '--- text', '---text', '----', '---\t', '--- |', ' ---', '  ---', '...', '... # x', '...text', '%YAML 1.1',
    'a: 1', 'b: [1]', '{d: 1}', 'f: |', '  x', '- 1', 'text', '# c', '', '  ',
  ), { maxLength: 6 }),
  fc.constantFrom('\n', '\r\n'),
).map(([lines, end]) => lines.join(end));

test('of several documents those are read that kubectl reads, and what it refuses to take apart is told', async () => {
  const isMap = (document: unknown) => typeof document === 'object' && document !== null && !Array.isArray(document);
  let alike = 0;
  await differential(stream, 20_000, async (texts) => {
    const answers = await ask<YamlAnswer>('oracle', texts.map(yamlQuestion));
    return texts.map((text, i) => {
      const { kubectl, ours } = readings(text, { ...answers[i], documents: answers[i].documents.filter(isMap) });
      const isRefused = /invalid Yaml document separator|did not find expected node content/.test(answers[i].refused ?? '');
      if (kubectl !== 'refused' && ours !== 'refused') {
        alike++;
        return isDeepStrictEqual(kubectl, ours) ? undefined : `${JSON.stringify(text)}: kubectl ${JSON.stringify(kubectl)}, ours ${JSON.stringify(ours)}`;
      }
      return isRefused && ours !== 'refused' ? `${JSON.stringify(text)}: kubectl ${answers[i].refused}, ours ${JSON.stringify(ours)}` : undefined;
    });
  });
  expect(alike).toBeGreaterThan(2000);
});

const odd = fc.constantFrom(...'\u0085\u2028\u2029\u00a0\t\n\r #:-"\'\\{[&*!|>%@`ab?,=</\u0007\u001b\u007f\u0080\u200b\ufffe\uffff~').map(String);
const anyText = fc.oneof(plainScalarText, fc.array(odd, { maxLength: 6 }).map((all) => all.join('')), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }))
  .filter((text) => !/[\ud800-\udfff]/u.test(text) && !(text.includes('\n') && /^\s*\t/.test(text))); // kubectl refuses a block that begins with a tab, and says so

test('what cdk8s writes is read as it is, unless synth says otherwise', async () => {
  const told = { yes: 0, no: 0 };
  await differential(fc.tuple(anyText, anyText), 20_000, async (cases) => {
    const documents = cases.map(([key, value]) => ({ a: [{ [`${key}`]: value }] }));
    const answers = await ask<YamlAnswer>('oracle', documents.map((document) => yamlQuestion(Yaml.stringify(document))));
    return documents.map((document, i) => {
      const isTold = unsafeTexts(document).length > 0;
      told[isTold ? 'yes' : 'no']++;
      const isRead = JSON.stringify(answers[i].documents) === JSON.stringify([document]);
      // a line end of YAML 1.1 may come through by chance, in quotes and beside others
      const isWell = isTold !== isRead || (isTold && /[\u0085\u2028\u2029]/.test(JSON.stringify(document)));
      return isWell ? undefined : `${JSON.stringify(Yaml.stringify(document))}: kubectl ${JSON.stringify(answers[i])}, ${isTold ? 'told' : 'not told'}`;
    });
  });
  expect(Math.min(told.yes, told.no)).toBeGreaterThan(1000);
});

test('the mistaken example of yaml-read-otherwise is read as other values than the mended one, and accepted by the API server', async () => {
  const { fails, mended } = FILE_RULES.find(({ id }) => id === READ_OTHERWISE)!;
  const read = (await ask<YamlAnswer>('oracle', [fails, mended].map((text) => yamlQuestion(text as string)))).map(({ documents: [object] }) => object as InferenceGraphManifest);
  expect(read.map(({ metadata, spec: { maxReplicas } }) => ({ labels: metadata.labels, maxReplicas }))).toEqual([
    { labels: { true: 'duty' }, maxReplicas: 10 }, { labels: { on: 'duty' }, maxReplicas: 12 },
  ]);
  expect((await ask<AdmitAnswer>('oracle', read.map((object) => ({ ask: 'admit', object })))).map(({ schema, unknown, webhook }) => [schema, unknown, webhook])).toEqual([[[], [], ''], [[], [], '']]);
});
