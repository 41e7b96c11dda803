import { errorBody, predictionsAsInstances, rewriteObject } from '../../../src/simulate/go/json';
import { isValidJson, jsonSyntaxError } from '../../../src/simulate/go/json-syntax';

// Every expectation here is what Go 1.26's encoding/json does; conformance/test/go-standard-library.test.ts asks it about random ones.
const bytes = (value: string | number[]) => (typeof value === 'string' ? Uint8Array.from(Buffer.from(value)) : Uint8Array.from(value));
const text = (value: Uint8Array | undefined) => value && Buffer.from(value).toString();

describe('an object that is decoded and written again', () => {
  it.each<[what: string, input: string | number[], output: string]>([
    ['keys are sorted', '{"b":1,"a":2}', '{"a":2,"b":1}'],
    ['keys are sorted by bytes: U+E000 before an emoji', '{"😀":1,"\ue000":2}', '{"\ue000":2,"😀":1}'],
    ['of two equal keys the last one wins', '{"a":1,"a":{"b":2}}', '{"a":{"b":2}}'],
    ['spaces go', ' { "a" : [ 1 , 2 ] } \n', '{"a":[1,2]}'],
    ['numbers become float64', '{"a":[1.0,1e2,100000000000000000000,1e21,0.000001,1e-7,9007199254740993,-0,0E+5]}',
      '{"a":[1,100,100000000000000000000,1e+21,0.000001,1e-7,9007199254740992,-0,0]}'],
    ['the smallest number stays, a smaller one is 0', '{"a":[5e-324,1e-400]}', '{"a":[5e-324,0]}'],
    ['HTML characters are escaped', '{"<&>":"\\u003c/"}', '{"\\u003c\\u0026\\u003e":"\\u003c/"}'],
    ['U+2028 and U+2029 are escaped', '{"a":"\u2028\u2029"}', '{"a":"\\u2028\\u2029"}'],
    ['escapes become characters', '{"a":"\\u0041\\/\\b\\f\\n\\r\\t\\u001f\\u007f"}', '{"a":"A/\\b\\f\\n\\r\\t\\u001f\x7f"}'],
    ['surrogates are joined, lone ones replaced', '{"a":"\\ud83d\\ude00 \\ud800 \\udc00 \\ud800\\u0041"}', '{"a":"😀 \ufffd \ufffd \ufffdA"}'],
    ['each byte that is no UTF-8 is replaced', [...Buffer.from('{"a":"'), 0xe2, 0x82, 0xff, ...Buffer.from('"}')], '{"a":"\ufffd\ufffd\ufffd"}'],
    ['true, false, null, nested and empty values', '{"a":[true,false,null,{},[],""]}', '{"a":[true,false,null,{},[],""]}'],
    ['null is an object to Go', ' null ', 'null'],
  ])('%s', (_, input, output) => {
    expect(text(rewriteObject(bytes(input)).bytes)).toBe(output);
  });

  it.each([
    ['', 'unexpected end of JSON input'],
    ['[1]', 'json: cannot unmarshal array into Go value of type map[string]interface {}'],
    ['"x"', 'json: cannot unmarshal string into Go value of type map[string]interface {}'],
    ['1e999', 'json: cannot unmarshal number into Go value of type map[string]interface {}'],
    ['true', 'json: cannot unmarshal bool into Go value of type map[string]interface {}'],
    ['{"a":-1e999}', 'json: cannot unmarshal number -1e999 into Go value of type float64'],
    ['{"a":[1e400,2e400]}', 'json: cannot unmarshal number 1e400 into Go value of type float64'],
  ])('%j is refused: %s', (input, error) => {
    expect(rewriteObject(bytes(input))).toEqual({ error });
  });

  it('nests up to 10000 levels', () => {
    const nested = (levels: number) => bytes(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
    expect(text(rewriteObject(nested(10_000)).bytes)).toBe(text(nested(10_000)));
    expect(rewriteObject(nested(10_001))).toEqual({ error: "invalid character '{' exceeded max depth" });
  });
});

describe('JSON or not', () => {
  it.each<[input: string | number[], error: string]>([
    ['{', 'unexpected end of JSON input'],
    ['"a', 'unexpected end of JSON input'],
    ['nul', "invalid character ' ' in literal null (expecting 'l')"],
    ['nult', "invalid character 't' in literal null (expecting 'l')"],
    ['-', "invalid character ' ' in numeric literal"],
    ['01', "invalid character '1' after top-level value"],
    ['1.', "invalid character ' ' after decimal point in numeric literal"],
    ['1e+', "invalid character ' ' in exponent of numeric literal"],
    ['"\\x"', "invalid character 'x' in string escape code"],
    ['"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape"],
    ['"\n"', "invalid character '\\n' in string literal"],
    ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 "b"}', "invalid character '\"' after object key:value pair"],
    ['[1 2]', "invalid character '2' after array element"],
    ["'", "invalid character '\\'' looking for beginning of value"],
    ['<html>', "invalid character '<' looking for beginning of value"],
    [[0xc3, 0xa9], "invalid character 'Ã' looking for beginning of value"],
    [[0x80], "invalid character '\\u0080' looking for beginning of value"],
    [[0x00], "invalid character '\\x00' looking for beginning of value"],
  ])('%j: %s', (input, error) => {
    expect(jsonSyntaxError(bytes(input))).toBe(error);
  });

  it('bytes that are no UTF-8 may stand in a string', () => {
    expect(isValidJson(bytes([0x22, 0xff, 0x22]))).toBe(true);
  });
});

describe('predictions as instances', () => {
  it.each([
    ['all else is dropped', '{"id":1,"predictions":[{"b":1,"a":2}]}', '{"instances":[{"a":2,"b":1}]}'],
    ['instances are replaced', '{"instances":[1],"predictions":[2]}', '{"instances":[2]}'],
    ['the case of the name does not matter, the last one wins', '{"predictions":[1],"PREDICTIONS":[2]}', '{"instances":[2]}'],
    ['Go folds the long s too', '{"prediction\u017f":[1]}', '{"instances":[1]}'],
    ['an unknown field may hold a number beyond float64', '{"x":1e999,"predictions":[1]}', '{"instances":[1]}'],
    ['null instances', '{"instances":null,"predictions":[null]}', '{"instances":[null]}'],
  ])('%s', (_, input, output) => {
    expect(text(predictionsAsInstances(bytes(input)))).toBe(output);
  });

  it.each(['{"predictions":[]}', '{"predictions":null}', '{"predictions":"x"}', '{"predictions":[1],"predictions":[]}', '{"predictions":[1e999]}',
    '{"predictions":[1],"instances":"x"}', '{"predictions":[1]', '[{"predictions":[1]}]', 'null', '{}', ''])('%j stays as it is', (input) => {
    expect(predictionsAsInstances(bytes(input))).toBeUndefined();
  });
});

it('an error body escapes its cause', () => {
  expect(text(errorBody('Post "http://a?b&c": <x>'))).toBe('{"error":"Failed to process request","cause":"Post \\"http://a?b\\u0026c\\": \\u003cx\\u003e"}');
});
