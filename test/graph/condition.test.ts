import { Condition, FieldPath } from '../../src';

test('each factory writes the path that the router tests', () => {
  const paths: Array<[string, Condition]> = [
    ['@this', Condition.always()],
    ['predictions.0', Condition.exists('predictions.0')],
    ['[@this].#(predictions.0=="dog")', Condition.stringEquals('predictions.0', 'dog')],
    ['[@this].#(label%"dog*")', Condition.stringMatches('label', 'dog*')],
    ['[@this].#(label<"m")', Condition.stringLessThan('label', 'm')],
    ['[@this].#(label<="m")', Condition.stringLessThanEquals('label', 'm')],
    ['[@this].#(label>"m")', Condition.stringGreaterThan('label', 'm')],
    ['[@this].#(label>="m")', Condition.stringGreaterThanEquals('label', 'm')],
    ['[@this].#(score==0.5)', Condition.numberEquals('score', 0.5)],
    ['[@this].#(score<-1)', Condition.numberLessThan('score', -1)],
    ['[@this].#(score<=1e-7)', Condition.numberLessThanEquals('score', 1e-7)],
    ['[@this].#(score>0)', Condition.numberGreaterThan('score', -0)],
    ['[@this].#(predictions.#>=3)', Condition.numberGreaterThanEquals('predictions.#', 3)],
    ['[@this].#(score>=0.5)#|#(score<=0.9)', Condition.numberBetween('score', 0.5, 0.9)],
    ['[@this].#(isDog|@tostr=="true")', Condition.isTrue('isDog')],
    ['[@this].#(isDog|@tostr=="false")', Condition.isFalse('isDog')],
    ['[@this].#(isDog|@tostr=="false")', Condition.booleanEquals('isDog', false)],
    ['[@this].#(error|@tostr=="null")', Condition.isNull('error')],
    ['a.#(b>1)#', Condition.gjson('a.#(b>1)#')],
  ];
  expect(paths.map(([, condition]) => condition.toGjson())).toEqual(paths.map(([path]) => path));
});

test('special characters of keys and texts are escaped', () => {
  const path = (field: string, value: string) => Condition.stringEquals(field, value).toGjson();
  expect(path('user@host.0', 'say "hi"\\\n')).toBe(String.raw`[@this].#(user\@host.0=="say \"hi\"\\\n")`);
  expect(path('a\\.b', 'ß')).toBe(String.raw`[@this].#(a\.b=="ß")`);
  expect(path(' a ', 'x')).toBe('[@this].#(\\ a |@this=="x")'); // gjson trims a query
  expect(path('a', '~true*')).toBe(String.raw`[@this].#(a%"\\~true\\*")`); // == with ~ is a test of truth
  expect(path(FieldPath.of('.#*?|@\\!{}[]()="', 'ü'), '')).toBe(String.raw`[@this].#(\.\#\*\?\|\@\\\!\{\}\[\]\(\)\=\".ü=="")`);
});

test('FieldPath knows the answers of the protocols', () => {
  expect(FieldPath.of('image.size', '0')).toBe(String.raw`image\.size.0`);
  expect(FieldPath.firstPrediction()).toBe('predictions.0');
  expect(FieldPath.firstPrediction('label')).toBe('predictions.0.label');
  expect(FieldPath.v2Output('score')).toBe('outputs.#(name=="score").data.0');
  expect(FieldPath.v2Output('a"b', 3)).toBe(String.raw`outputs.#(name=="a\"b").data.3`);
  expect(FieldPath.ensembleMember('cat.dog', 'predictions.0')).toBe(String.raw`cat\.dog.predictions.0`);
  expect(Condition.numberGreaterThan(FieldPath.v2Output('score'), 0.9).toGjson()).toBe('[@this].#(outputs.#(name=="score").data.0>0.9)');
});

const refused: Array<[() => unknown, string]> = [
  [() => Condition.exists(''), 'the field path is empty, got \'\': name the field whose value decides, as in \'predictions.0\''],
  [() => Condition.exists('a..b'), 'a component of the field path is empty, got \'a..b\': put one key or index between the dots'],
  [() => Condition.exists('predictions[0]'), '\'predictions[0]\' in the field path is no plain key, got \'predictions[0]\': '
    + 'GJSON has no \'$\' and no brackets; write \'predictions.0\', or for a key of that very name FieldPath.of(\'predictions[0]\')'],
  [() => Condition.exists('$.a'), '\'$\' in the field path is no plain key, got \'$.a\': '
    + 'GJSON has no \'$\' and no brackets; write \'a\', or for a key of that very name FieldPath.of(\'$\')'],
  [() => Condition.exists('score>0.5'), '\'score>0\' in the field path is no plain key, got \'score>0.5\': '
    + 'name the field only, the factory makes the comparison; for a key of that very name FieldPath.of(\'score>0\')'],
  [() => Condition.exists('a.@reverse.0'), '\'@reverse\' in the field path is no plain key, got \'a.@reverse.0\': '
    + 'wildcards, pipes and modifiers need Condition.gjson; for a key of that very name FieldPath.of(\'@reverse\')'],
  [() => Condition.exists('a.#.b'), '\'#\' does not end the field path, got \'a.#.b\': \'#.x\' collects an array, which always exists; '
    + 'give an index, or ask for any element with Condition.any'],
  [() => Condition.exists('a.#(b==1)#'), 'a query in the field path goes on after its parenthesis, got \'a.#(b==1)#\': '
    + 'follow it with a dot, or use Condition.gjson (\'#(…)#\' gives an array, which always exists)'],
  [() => Condition.exists('a.#(b==1'), 'the query in the field path is never closed, got \'a.#(b==1\': '
    + 'balance the parentheses and the double quotes'],
  [() => Condition.exists('a\\'), 'the field path ends in a backslash, got \'a\\\': write \'\\\\\' for a key that holds one'],
  [() => FieldPath.of(), 'the field path has no key, got none: name the field, as in FieldPath.of(\'predictions\', \'0\')'],
  [() => FieldPath.of('a', ''), 'a key of the field path is empty, got \'\': leave it out, or write the path yourself with Condition.gjson'],
  [() => FieldPath.of('\ud800'), 'the key holds half a surrogate pair, got "\\ud800": '
    + 'such a text has no form in UTF-8, which KServe compares; give whole characters'],
  [() => FieldPath.v2Output('x', -1), 'the index into output \'x\' is no position, got -1: give a whole number from 0'],
  [() => Condition.stringMatches('a', 'x\\'), 'the pattern ends in a backslash, got \'x\\\': write \'\\\\\' for a text that ends in one'],
  [() => Condition.stringLessThan('a', '~b'), 'GJSON cannot order texts against one that begins with \'~\', got \'~b\': '
    + 'it reads that as a test of truth; compare with another text, or use stringEquals or stringMatches, which can say it'],
  [() => Condition.numberEquals('a', NaN), 'the number to compare \'a\' with is not finite, got NaN: JSON holds finite numbers only'],
  [() => Condition.numberBetween('a', 2, 1), 'the limits for \'a\' are the wrong way round, got 2 to 1: give the lower one first'],
  [() => Condition.gjson(''), 'the condition is empty, got \'\': it would never match; use Condition.always() for a step that runs in any case'],
];

test.each(refused)('refused at the call: %s', (call, message) => {
  expect(call).toThrow(new Error(message));
});
