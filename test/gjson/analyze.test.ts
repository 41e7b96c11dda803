import * as fc from 'fast-check';
import { Condition, Gjson } from '../../src';
import { analyze } from '../../src/gjson/analyze';
import { textOfByteText } from '../../src/gjson/bytes';
import { condition } from '../arbitraries/condition';
import { gjsonPath, jsonDocument } from '../arbitraries/gjson';

/** What people write: from KServe's documents and from public graphs. */
const TRAPS: Array<[path: string, verdict: string, trap: string, mend?: string, matched?: string, unmatched?: string]> = [
  ['', 'sometimes', 'empty', '@this', '{}'],
  ['default', 'sometimes', 'default-word', '@this', '{}'],
  ['true', 'sometimes', 'default-word', '@this', '{}'],
  [
    '[@this].#(instances.0.data>0.5 && instances.0.data<=0.9)', 'sometimes', 'boolean-operator',
    '[@this].#(instances.0.data>0.5)#|#(instances.0.data<=0.9)',
    '{"instances":[{"data":0.7}]}', '{"instances":[{"data":0.95}]}',
  ],
  [
    '[@this].#(l=="cat" || l=="dog")', 'sometimes', 'boolean-operator',
    '[[@this].#(l=="cat"),[@this].#(l=="dog")].0',
    '{"l":"dog"}', '{"l":"cow"}',
  ],
  [
    'predictions.#(score>0.9 && label=="dog")', 'sometimes', 'boolean-operator',
    'predictions.#(score>0.9)#|#(label=="dog")',
    '{"predictions":[{"score":1,"label":"dog"}]}', '{"predictions":[{"score":1},{"label":"dog"}]}',
  ],
  ['a>1 and b<2', 'sometimes', 'boolean-operator', '[@this].#(a>1)#|#(b<2)', '{"a":2,"b":1}', '{"a":2,"b":3}'],
  ['[@this].#(a==1 && b==2 || c==3)', 'sometimes', 'boolean-operator'],
  [
    '{ .predictions.class == "dog" }', 'always', 'template-braces',
    '[@this].#(predictions.class=="dog")',
    '{"predictions":{"class":"dog"}}', '{"predictions":{"class":"cat"}}',
  ],
  ['{{predictions.0}}', 'always', 'template-braces', 'predictions.0', '{"predictions":[1]}', '{}'],
  ['{"x":a}', 'always', 'template-braces'],
  ['score>0.5', 'sometimes', 'comparison-outside-query', '[@this].#(score>0.5)', '{"score":0.6}', '{"score":0.4}'],
  ['target == "blue"', 'sometimes', 'comparison-outside-query', '[@this].#(target=="blue")', '{"target":"blue"}', '{"target":"red"}'],
  ['request.prompt.size() < 100', 'sometimes', 'comparison-outside-query'],
  ['isDog', 'sometimes', 'matches-any-value', '[@this].#(isDog|@tostr=="true")', '{"isDog":true}', '{"isDog":false}'],
  ['p.#(l=="dog")#', 'sometimes', 'list-always-exists', 'p.#(l=="dog")', '{"p":[{"l":"dog"}]}', '{"p":[]}'],
  ['p.#.zzz', 'sometimes', 'list-always-exists', 'p.#(zzz)', '{"p":[{},{"zzz":0}]}', '{"p":[{}]}'],
  ['p.#', 'sometimes', 'list-always-exists', '[@this].#(p.#>0)', '{"p":[0]}', '{"p":[]}'],
  ['[@this].#(l=="dog")#', 'always', 'list-always-exists', '[@this].#(l=="dog")', '{"l":"dog"}', '{}'],
  ['predictions[0]', 'sometimes', 'jsonpath', 'predictions.0', '{"predictions":[0]}', '{"predictions":[]}'],
  [
    '$.predictions[0].label == \'dog\'', 'sometimes', 'jsonpath',
    '[@this].#(predictions.0.label=="dog")',
    '{"predictions":[{"label":"dog"}]}', '{"predictions":[{"label":"cat"}]}',
  ],
  ['predictions.0\n', 'sometimes', 'line-break', 'predictions.0', '{"predictions":[0]}', '{}'],
  ['\n  isDog', 'sometimes', 'line-break', 'isDog', '{"isDog":1}', '{}'],
  ['predictions|@length', 'sometimes', 'unknown-modifier'],
  ['a.@Reverse.0', 'sometimes', 'unknown-modifier', 'a.@reverse.0', '{"a":[1]}', '{"a":[]}'],
  ['!isDog', 'sometimes', 'negation', '[@this].#(isDog==~false)', '{"isDog":false}', '{"isDog":true}'],
  ['!a.#(b==1)', 'sometimes', 'negation'],
  ['a.\\@first', 'sometimes', 'matches-any-value', '[@this].#(a.\\@first|@tostr=="true")'],
  ['!true', 'always', 'always-matches', '@this', '{}'],
  ['[@this].#(l==\'dog\')', 'sometimes', 'single-quotes', '[@this].#(l=="dog")', '{"l":"dog"}', '{"l":"\'dog\'"}'],
  ['[@this].#(l=="dog"', 'sometimes', 'unbalanced', '[@this].#(l=="dog")', '{"l":"dog"}', '{"l":"cat"}'],
  ['a.#(b==1))', 'sometimes', 'unbalanced'],
  ['[@this].#(isDog==true)', 'sometimes', 'boolean-literal', '[@this].#(isDog|@tostr=="true")', '{"isDog":true}', '{"isDog":0}'],
  ['[@this].#(a>"10")', 'sometimes', 'text-compared-with-number', '[@this].#(a>10)', '{"a":11}', '{"a":9}'],
  ['[@this].#(a>abc)', 'sometimes', 'text-compared-with-number'],
  ['[a,b]', 'always', 'multipath-always-exists', '[a,b].0', '{"b":1}', '{}'],
  ['@keys', 'always', 'always-matches', '@this', '{}'],
  ['[a,b].2', 'never', 'never-matches'],
  ['[@this].#(a==~yes)', 'never', 'never-matches'],
];

test.each(TRAPS)('%s is %s: %s', (...row) => {
  const [path, verdict, trap, mend, matched, unmatched] = row;
  const analysis = analyze(path);

  expect({ verdict: analysis.verdict, trap: analysis.traps[0]?.id, mend: analysis.traps[0]?.mend }).toEqual({ verdict, trap, mend });
  if (matched !== undefined) expect(Gjson.get(matched, mend!).exists).toBe(true);
  if (unmatched !== undefined) expect(Gjson.get(unmatched, mend!).exists).toBe(false);
});

test.each([
  '@this', '[@this].#(predictions.0=="dog")', 'predictions.#(score>0.9)', '[@this].#(a.b|@tostr=="true")', '[@this].#(a>0.5)#|#(a<=0.9)', '[@this].#(l=="true")',
  '[@this].#(l=="dog")\n',
  'outputs.#(name=="score").data.#(>0.9)', '[[a].#].#(==0)', '[@this].#(m%"dog*")', '[@this].#(a<-1e3)',
])('no trap: %s', (path) => {
  expect(analyze(path).traps).toEqual([]);
});

test('no trap in what the factories write, but for paths that may be bare', () => {
  fc.assert(fc.property(condition, (c) => {
    const { traps } = analyze(c.toGjson());
    // stringGreaterThanEquals(…, '1') is a text beside numbers, as was asked for
    const expected = ['matches-any-value', 'list-always-exists', 'always-matches', 'never-matches', 'text-compared-with-number'];
    expect(traps.filter(({ id }) => !expected.includes(id))).toEqual([]);
  }));
});

const utf8 = gjsonPath.map(textOfByteText);
const documents = fc.sample(jsonDocument.map(textOfByteText), { numRuns: 100, seed: 7 })
  .concat('5', '0', '"x"', '""', 'null', 'true', '{}', '[]', '[[]]', '{"":1}', '[{}]');

test('always and never are not refuted', () => {
  const seen = { always: 0, never: 0, sometimes: 0 };
  fc.assert(fc.property(fc.oneof(utf8, condition.map((c) => c.toGjson())), (path) => {
    const { verdict } = analyze(path);
    seen[verdict]++;
    if (verdict !== 'sometimes') {
      expect(documents.filter((json) => Gjson.get(json, path).exists !== (verdict === 'always'))).toEqual([]);
    }
  }), { numRuns: 3_000 });
  expect(Math.min(seen.always, seen.never)).toBeGreaterThan(20); // or the test has proved nothing
});

test('a mend has no trap of its own, and can match', () => {
  fc.assert(fc.property(utf8, (path) => {
    analyze(path).traps.filter(({ mend }) => mend !== undefined).forEach(({ mend }) => {
      const { verdict, traps } = analyze(mend!);
      expect({ path, mend, verdict, traps: traps.map(({ id }) => id).filter((id) => id !== 'matches-any-value') })
        .toEqual({ path, mend, verdict: mend === '@this' ? 'always' : 'sometimes', traps: [] });
    });
  }), { numRuns: 2_000 });
});

test('not(not(x)) and its like keep their verdict', () => {
  const always = Condition.always();
  const never = Condition.not(always);
  const verdicts = [never, Condition.not(never), Condition.or(never, always), Condition.and(always, never), Condition.and(always, always)]
    .map((c) => analyze(c.toGjson()).verdict);
  expect(verdicts).toEqual(['never', 'always', 'always', 'never', 'always']);
});
