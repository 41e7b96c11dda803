/*
 * What KServe's controller made of graphs, recorded by conformance/test/standalone.test.ts: a graph without a controller is the same.
 */
import * as fs from 'fs';
import * as path from 'path';
import { Hardening } from '../../src';
import { canonicalQuantity } from '../../src/spec/quantity';
import { calling } from '../support/calling';
import { objectsOf, standalone } from '../support/manifest-graph';

const folder = path.join(__dirname, '../../conformance/vectors');
const lines = (file: string): any[] => fs.readFileSync(path.join(folder, file), 'utf8').trim().split('\n').map((line) => JSON.parse(line));

test.each(lines('standalone.jsonl').map(({ manifest, objects }, i) => [i, manifest, objects]))('graph %i', (_, manifest, objects) => {
  expect(objectsOf(standalone(manifest, { hardening: Hardening.NONE }).graph)).toEqual(objects);
});

test('quantities', () => {
  const pairs: [string, string][] = JSON.parse(fs.readFileSync(path.join(folder, 'quantities.json'), 'utf8'));
  expect(pairs.map(([text]) => [text, canonicalQuantity(text)])).toEqual(pairs);
});

test('the URLs of services', () => {
  const services = lines('services.jsonl');
  expect(services.map(({ manifest }) => ({ manifest, url: calling(manifest).url }))).toEqual(services);
});
