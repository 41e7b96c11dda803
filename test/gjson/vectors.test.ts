import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Budget } from '../../src/gjson/budget';
import { byteTextToBytes, bytesToByteText } from '../../src/gjson/bytes';
import { evaluate } from '../../src/gjson/evaluate';
import { Path } from '../../src/gjson/parse';

const TYPES = ['Null', 'False', 'Number', 'String', 'True', 'JSON'];

test('answers as Go\'s gjson answered, on the recorded documents and paths', () => {
  const vectors = readFileSync(join(__dirname, '../../conformance/vectors/gjson.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  expect(vectors.length).toBeGreaterThan(1000);

  const answers = vectors.map(({ json, path }) => {
    const bytes = byteTextToBytes(json);
    const value = evaluate(bytes, new Path(path), new Budget(bytes.length));
    return { json, path, exists: value.exists, type: TYPES[value.type], raw: bytesToByteText(value.raw) };
  });

  expect(answers).toEqual(vectors);
});
